import type { Instant, RestoreId } from '../names.ts';
import type { Plan } from '../plan.ts';
import type { Restore } from '../restore.ts';
import { awaitsFile, isAnothersRestore } from './own-status.ts';
import type { SeenStatus } from './shadow-restore.ts';

/** One answer of Aura about an instance, with the store's clock around it. */
export interface InstanceLook {
  readonly status: string;
  readonly askedAt: Instant;
  readonly answeredAt: Instant;
}

/** What is kept of an instance between two looks. */
export interface LastSeen extends SeenStatus {
  /** When it is to be looked at again, in epoch ms of the store's clock. */
  readonly nextAtMs: number;
  /** The restore of ours, or the shadow restore, that its status comes from, as long as it needs explaining. */
  readonly explainedBy?: string;
}

/** What a look at an instance on which no shadow restore is open comes to. */
export type LookVerdict =
  | { readonly kind: 'nothing' }
  /** It is what a run of ours made it, or a shadow restore that was said already. */
  | { readonly kind: 'explained'; readonly by: string }
  | { readonly kind: 'shadow'; readonly before?: SeenStatus; readonly during?: RestoreId };

/** Statuses that only a restore, a clone or the load of a file explains. */
const RESTORE_STATUSES: ReadonlySet<string> = new Set(['restoring', 'overwriting', 'loading']);
const LOAD_FAILED = 'loading failed';

/** True for a status that needs a run to explain it. */
export function needsExplaining(status: string): boolean {
  return RESTORE_STATUSES.has(status) || status === LOAD_FAILED;
}

/** True for a restore that ended with nothing loaded. */
export function isLoadFailed(status: string): boolean {
  return status === LOAD_FAILED;
}

/**
 * Whether a restore made by somebody else is under way. `runs` are our own restores of this instance: the open one, and
 * those that ended lately. All must have been read after the look: a call that was sent before the answer stands in its
 * record by then.
 */
export function verdictOnLook(
  look: InstanceLook,
  seen: LastSeen | undefined,
  runs: readonly Pick<Restore, 'id' | 'plan' | 'state'>[],
): LookVerdict {
  if (!needsExplaining(look.status)) return { kind: 'nothing' };
  const isBegunAnew = seen !== undefined && isLoadFailed(seen.status) && !isLoadFailed(look.status);
  const ours = runs.find((run) => explains(run, look, seen));
  if (ours && !(isBegunAnew && ours.state.status === 'failed')) return { kind: 'explained', by: ours.id };
  const { explainedBy } = seen ?? {};
  // A run that is among these has spoken for itself.
  if (explainedBy !== undefined && !isBegunAnew && runs.every(({ id }) => id !== explainedBy)) {
    return { kind: 'explained', by: explainedBy };
  }
  const during = runs.find(({ state }) => isBeforeItsCall(state));
  return {
    kind: 'shadow',
    ...(seen ? { before: { status: seen.status, at: seen.at } } : {}),
    ...(during ? { during: during.id } : {}),
  };
}

/**
 * True while Aura may be carrying out the call of this restore, so that its own looks see whatever the instance shows. A file that is
 * still to be loaded leaves time for a restore that somebody else makes.
 */
export function isOnAura({ plan, state }: Pick<Restore, 'plan' | 'state'>): boolean {
  if (!changesItsInstance(plan)) return false;
  if (state.status === 'restoring') return true;
  return !awaitsFile(plan.method) && (state.status === 'restore-sent' || state.status === 'start-unclear');
}

/** True when the status of this look may come from the call of this restore. */
function explains(
  { plan, state }: Pick<Restore, 'plan' | 'state'>,
  { status, askedAt, answeredAt }: InstanceLook,
  seen: LastSeen | undefined,
): boolean {
  if (isAnothersRestore(plan.method, status)) return false;
  const intent = 'intent' in state ? state.intent : undefined;
  if (!intent || intent.at > answeredAt || !changesItsInstance(plan)) return false;
  // It was seen running by then: what is asked later shows something that began afterwards.
  if ('restoredAt' in state) return askedAt <= state.restoredAt;
  if (state.status !== 'failed' || askedAt <= state.at) return true;
  const isWellSince = seen !== undefined && seen.at > state.at && !needsExplaining(seen.status);
  return state.condition !== 'unchanged' && !isWellSince;
}

/** A new instance leaves the one alone whose snapshot it gets. */
function changesItsInstance({ method }: Pick<Plan, 'method'>): boolean {
  return method !== 'new-instance';
}

function isBeforeItsCall(state: Restore['state']): boolean {
  switch (state.status) {
    case 'awaiting-approval':
    case 'approved':
    case 'taking-baseline':
    case 'requesting-safety-snapshot':
    case 'awaiting-safety-snapshot':
    case 'ready-to-restore':
      return true;
    default:
      return false;
  }
}
