import type { Arena } from './arena.ts';
import { entriesOf, type RecordSeen } from './records.ts';

/** Clocks of one machine, read in several processes. */
const CLOCK_SLACK_MS = 50;

/** Whether what a request asked for was begun, by what Aura saw and by what people did in its console. */
export function hasRun({ aura, equipment }: Pick<Arena, 'aura' | 'equipment'>, record: RecordSeen): boolean {
  const from = Date.parse(entriesOf(record, 'restore-intended')[0]?.at ?? '') - CLOCK_SLACK_MS;
  const { auraId } = record.plan.instance;
  const isMine = (one: { readonly at: number; readonly auraId: string }) => one.at >= from && one.auraId === auraId;
  switch (record.plan.method) {
    case 'new-instance':
      return [...(equipment?.made.values() ?? [])].some((name) => name.startsWith(`rb-${record.id}-`));
    case 'upload':
      return equipment?.uploads().some(isMine) ?? false;
    case 'backup-file':
      return equipment?.consoleActs.some((act) => act.isAsked && isMine(act)) ?? false;
    default:
      return [...aura.calls('restore'), ...aura.calls('overwrite')].some(
        ({ path, applied, at }) => applied && at >= from && path.includes(auraId),
      );
  }
}
