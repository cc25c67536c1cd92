import type { Method } from '../src/restore/plan.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { RestoreState, Status } from '../src/restore/state.ts';
import { escaped } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** The way from confirmation to the end, in the order people follow it. */
const PHASES: readonly { readonly label: keyof Words['status']['phases']; readonly statuses: readonly Status[] }[] = [
  { label: 'confirmed', statuses: ['approved'] },
  { label: 'baseline', statuses: ['taking-baseline'] },
  { label: 'safetySnapshot', statuses: ['requesting-safety-snapshot', 'awaiting-safety-snapshot'] },
  { label: 'restore', statuses: ['ready-to-restore', 'restore-sent', 'start-unclear', 'restoring'] },
  { label: 'checks', statuses: ['verifying'] },
  { label: 'done', statuses: ['completed'] },
];

/** What is done before data is overwritten, and not where none is. */
const OF_A_RESTORE: ReadonlySet<string> = new Set(['baseline', 'safetySnapshot']);

/** `✓ Confirmed · ✓ Baseline · ▶ Safety snapshot · Restore · Checks · Done (step 3 of 6)` */
export function progressLine(
  current: Status,
  { status, newInstance }: Words = ENGLISH,
  method?: Method,
): string | undefined {
  const isNew = method === 'new-instance';
  const phases = isNew ? PHASES.filter(({ label }) => !OF_A_RESTORE.has(label)) : PHASES;
  const reached = phases.findIndex(({ statuses }) => statuses.includes(current));
  if (reached < 0) return undefined;
  const line = phases.map((phase, index) => {
    const label = isNew && phase.label === 'restore' ? newInstance.phase : status.phases[phase.label];
    if (index < reached || current === 'completed') return `✓ ${label}`;
    return index === reached ? `▶ *${label}*` : label;
  });
  return `${line.join(' · ')}  ${status.step({ number: reached + 1, of: phases.length })}`;
}

/** What a restore is doing: of a file that is on its way another than of a call, and of a new instance another than of an old one. */
export function statusName(
  { plan, state }: Pick<Restore, 'plan' | 'state'>,
  { status, files, newInstance }: Words,
): string {
  if (plan.method === 'new-instance') return newInstance.statuses[state.status] ?? status.names[state.status];
  const isFile = plan.method === 'backup-file' || plan.method === 'upload';
  return state.status === 'restore-sent' && isFile ? files.sent[plan.method] : status.names[state.status];
}

/** The restore's own status: separate from what the checks said. */
export function restoreOutcome(state: RestoreState, { status }: Words = ENGLISH): string {
  switch (state.status) {
    case 'completed':
      return status.completed;
    case 'failed':
      return status.failedBecause(state.reason);
    default:
      return status.inSentence(status.names[state.status]);
  }
}

/** What the checks said, escaped. */
export function validationOutcome(
  { validation }: Pick<Restore, 'validation'>,
  { status, basics }: Words = ENGLISH,
): string {
  const outcome = status.checks[validation.status];
  return 'words' in validation ? `${outcome}. ${basics.recorded(escaped(validation.words))}` : outcome;
}
