import { type ExportTask, overdueFrom } from './export-task.ts';

/** A message that an export owes; its key says whether it was posted. */
export interface OwedExportMessage {
  readonly key: string;
  readonly kind: 'reminder' | 'recorded' | 'missed';
  /** A channel, or a person who is told directly. */
  readonly to: string;
}

/** What is owed and was not settled. A reminder that a later one replaced is not said any more. */
export function owedExportMessages(task: ExportTask): readonly OwedExportMessage[] {
  const { state, auditChannel, deliveries } = task;
  const all =
    state.status === 'open'
      ? remindersOf(task)
      : [
          state.status === 'done'
            ? { key: 'recorded', kind: 'recorded' as const, to: auditChannel }
            : { key: 'missed', kind: 'missed' as const, to: auditChannel },
        ];
  return all.filter(({ key }) => deliveries[key] === undefined);
}

/** True when nothing is left to wait for or to say. */
export function isExportAtRest(task: ExportTask): boolean {
  return task.state.status !== 'open' && owedExportMessages(task).length === 0;
}

/** People are told directly; groups can only be mentioned, and what is overdue is said where everybody sees it. */
function remindersOf(task: ExportTask): readonly OwedExportMessage[] {
  const { reminded, plan, auditChannel } = task;
  if (!reminded) return [];
  const isPublic = plan.owners.groups.length > 0 || reminded.at >= overdueFrom(task);
  const places = [...plan.owners.users, ...(isPublic ? [auditChannel] : [])];
  return places.map((to) => ({ key: `reminder:${reminded.nth}:${to}`, kind: 'reminder', to }));
}
