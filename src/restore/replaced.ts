import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { hasEnded } from './state.ts';

/** Whether this restore replaced the data of its instance after a moment, or may have. One that is still at it counts. */
export function mayHaveReplacedSince({ plan, state }: Pick<Restore, 'plan' | 'state'>, since: Instant): boolean {
  if (plan.method === 'new-instance' || !('intent' in state) || !state.intent) return false;
  if (state.status === 'failed' && state.condition === 'unchanged') return false;
  if ('restoredAt' in state) return state.restoredAt > since;
  return !hasEnded(state.status) || !('at' in state) || state.at > since;
}
