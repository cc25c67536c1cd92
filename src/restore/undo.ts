import { noted, type Outcome, stale } from './change.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
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

/** Another restore put the instance back to this one's safety snapshot. */
export function afterUndone(restore: Restore, event: Extract<WorkerEvent, { type: 'undone' }>): Outcome {
  if (!wayBackFrom(restore)) return stale();
  return noted({ ...restore, undone: { by: event.undoneBy, at: event.at } }, event);
}
