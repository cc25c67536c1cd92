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

/** `✓ Confirmed · ✓ Baseline · ▶ Safety snapshot · Restore · Checks · Done (step 3 of 6)` */
export function progressLine(current: Status, { status }: Words = ENGLISH): string | undefined {
  const reached = PHASES.findIndex(({ statuses }) => statuses.includes(current));
  if (reached < 0) return undefined;
  const line = PHASES.map((phase, index) => {
    const label = status.phases[phase.label];
    if (index < reached || current === 'completed') return `✓ ${label}`;
    return index === reached ? `▶ *${label}*` : label;
  });
  return `${line.join(' · ')}  ${status.step({ number: reached + 1, of: PHASES.length })}`;
}

/** What a restore is doing: of a file that is on its way another than of a call. */
export function statusName({ plan, state }: Pick<Restore, 'plan' | 'state'>, { status, files }: Words): string {
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
