import { noted, type Outcome, stale } from './change.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Instant, RestoreId } from './names.ts';
import { type Plan, snapshotIdOf } from './plan.ts';
import type { Refusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import type { SafetySnapshot } from './state.ts';
import { hasEnded } from './state.ts';
import { tierOf } from './tier.ts';

const MINUTES_OF_DAY = 1_440;

/** The way back from a restore: its safety snapshot, and until when Aura keeps that, as far as its tier says. */
export interface WayBack {
  readonly safetySnapshot: SafetySnapshot;
  readonly until: Instant;
}

/** The way back from an ended restore that sent its call; undefined when nothing was changed or it was undone already. */
export function wayBackFrom({ state, plan, terms, undone }: Restore): WayBack | undefined {
  if (!hasEnded(state.status) || undone) return undefined;
  if (!('intent' in state) || !state.intent || !state.safetySnapshot) return undefined;
  const days = terms.retentionDays ?? tierOf(plan.instance.type).retentionDays;
  const { safetySnapshot } = state;
  return { safetySnapshot, until: addMinutes(safetySnapshot.completedAt, days * MINUTES_OF_DAY) };
}

/** Why nobody can ask to go back any more: Aura has the safety snapshot no longer. */
export function lateUndo({ id, plan }: Restore, { safetySnapshot, until }: WayBack, now: Instant): Refusal | undefined {
  const { completedAt } = safetySnapshot;
  const { alias } = plan.instance;
  return now >= until ? { reason: 'too-late-to-undo', id, alias, completedAt, until } : undefined;
}

/**
 * What may be done here with the way back: the bot restores what is running only, since it takes a safety snapshot first. Absent
 * where nothing was changed or nothing is there to go back with.
 */
export type UndoOffer = {
  readonly kind: 'possible' | 'too-late' | 'when-it-runs';
  readonly until: Instant;
};

/** What people may be told to do with the way back of an ended restore at this moment. */
export function undoOffer(restore: Restore, now: Instant): UndoOffer | undefined {
  const until = wayBackFrom(restore)?.until;
  if (until === undefined) return undefined;
  const { state, plan } = restore;
  // To go back there takes another safety snapshot, which would take the place of this one.
  if (tierOf(plan.instance.type).keepsOne) return undefined;
  const failed = state.status === 'failed' ? state : undefined;
  if (failed?.condition === 'unchanged' || failed?.reason === 'instance-deleted') return undefined;
  if (now >= until) return { kind: 'too-late', until };
  return { kind: failed?.condition === 'broken' ? 'when-it-runs' : 'possible', until };
}

/** What a request chose: how the data comes back, to which instance, and from which snapshot. */
interface ChosenWay {
  readonly method: Plan['method'];
  readonly auraId: string;
  readonly snapshotId?: string | undefined;
}

/** Whether a request undoes this restore: it puts the same instance itself back to the safety snapshot, in place. */
export function isUndoOf(earlier: Restore, { method, auraId, snapshotId }: ChosenWay): boolean {
  const wayBack = wayBackFrom(earlier);
  return (
    wayBack !== undefined &&
    method === 'restore-snapshot' &&
    auraId === earlier.plan.instance.auraId &&
    snapshotId === wayBack.safetySnapshot.snapshotId
  );
}

/** The restore that this one undoes: what it was asked for, as long as its plan still goes back to the same snapshot. */
export function undoneBy({ request, plan, askedAnew = [] }: Restore): RestoreId | undefined {
  if (plan.method !== 'restore-snapshot') return undefined;
  const asked = askedAnew[0]?.before ?? plan;
  return snapshotIdOf(asked) === snapshotIdOf(plan) ? request.undoes : undefined;
}

/** Another restore put the instance back to this one's safety snapshot. */
export function afterUndone(restore: Restore, event: Extract<WorkerEvent, { type: 'undone' }>): Outcome {
  if (!wayBackFrom(restore)) return stale();
  return noted({ ...restore, undone: { by: event.undoneBy, at: event.at } }, event);
}
