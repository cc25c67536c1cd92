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
