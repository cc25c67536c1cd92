import type { Instant } from './names.ts';
import { isHeld } from './objection.ts';
import type { Restore } from './restore.ts';
import { timesPutOff } from './round.ts';

/** Where a restore stands for those whose service it touches. */
export type StakeholderStatus =
  | 'planned'
  | 'held'
  | 'put-off'
  /** It has begun; the data is as it was. */
  | 'preparing'
  | 'restoring'
  | 'verifying'
  | 'done'
  | 'failed'
  | 'called-off'
  /** The instance was put back to how it was before. */
  | 'undone';

/** Where the restore stands and since when; undefined while stakeholders have not heard of it. */
export function stakeholderStatus(restore: Restore): StakeholderStatus | undefined {
  const { state } = restore;
  if (restore.undone) return 'undone';
  switch (state.status) {
    case 'awaiting-approval':
      return timesPutOff(restore) > 0 ? 'put-off' : undefined;
    case 'approved':
      return isHeld(restore) ? 'held' : 'planned';
    case 'taking-baseline':
    case 'requesting-safety-snapshot':
    case 'awaiting-safety-snapshot':
    case 'ready-to-restore':
      return 'preparing';
    case 'restore-sent':
    case 'start-unclear':
    case 'restoring':
      return 'restoring';
    case 'verifying':
      return 'verifying';
    case 'completed':
      return 'done';
    case 'failed':
      return state.intent ? 'failed' : 'called-off';
    case 'rehearsed':
    case 'denied':
    case 'withdrawn':
    case 'cancelled':
    case 'expired':
    case 'lapsed':
      return 'called-off';
    default:
      return state satisfies never;
  }
}

/** Since when it has stood there. */
export function statusSince(restore: Restore): Instant {
  const { state, since, undone } = restore;
  if (undone) return undone.at;
  if (stakeholderStatus(restore) === 'preparing' && 'preflight' in state && state.preflight) return state.preflight.at;
  if (stakeholderStatus(restore) === 'restoring' && 'intent' in state && state.intent) return state.intent.at;
  return since;
}
