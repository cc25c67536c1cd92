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
  /** The restore call is on its way; nobody knows yet whether Aura carries it out. */
  | 'sent'
  /** Everything is prepared, and the database runs on until the file is loaded. */
  | 'file-awaited'
  /** No start was seen, so that a person must say whether it ran. */
  | 'unclear'
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
      return isFromFile(restore) ? 'file-awaited' : 'sent';
    case 'start-unclear':
      return 'unclear';
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
  if (state.status === 'restore-sent' || state.status === 'start-unclear') return state.intent.at;
  return (state.status === 'restoring' ? beganAt(restore) : undefined) ?? since;
}

/**
 * Since when the database is not available, while it is being restored or was; undefined while that has not been seen. A call
 * takes effect as it is sent; a file when it is loaded, which may be hours after the restore was prepared.
 */
export function beganAt(restore: Restore): Instant | undefined {
  const { state, history } = restore;
  if (state.status !== 'restoring' && state.status !== 'verifying') return undefined;
  const seen = history.find(({ entered }) => entered === 'restoring');
  return isFromFile(restore) ? seen?.at : state.intent.at;
}

/** Whether the database runs on after the restore was prepared, until a file is loaded. */
export function isFromFile({ plan }: Pick<Restore, 'plan'>): boolean {
  return plan.method === 'backup-file' || plan.method === 'upload';
}
