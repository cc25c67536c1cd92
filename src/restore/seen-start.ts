import type { Instant, PersonId } from './names.ts';
import type { Restore } from './restore.ts';

/**
 * True when the answer to the restore call was lost and that it ran is known only from the status that the instance showed: a
 * restore that somebody else made in the console at that moment would have looked the same. A file is loaded without such a call.
 */
export function wasOnlySeen({ plan, state, history }: Pick<Restore, 'plan' | 'state' | 'history'>): boolean {
  if (plan.method !== 'restore-snapshot' && plan.method !== 'overwrite') return false;
  if ('intent' in state && state.intent?.requestId !== undefined) return false;
  const wasSeen = history.some(({ event, entered }) => event === 'start-seen' && entered === 'restoring');
  return wasSeen && history.every(({ event }) => event !== 'restore-accepted' && event !== 'restore-answered');
}

/** Who said that it ran, and when, where the bot itself never saw it in Aura; undefined where nobody had to. */
export function saidToHaveRun({
  history,
}: Pick<Restore, 'history'>): { readonly by: PersonId; readonly at: Instant } | undefined {
  const judged = history.findLast(({ event, facts }) => event === 'start-judged' && facts.ran === true);
  return judged?.by === undefined ? undefined : { by: judged.by, at: judged.at };
}
