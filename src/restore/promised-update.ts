import { noted, type Outcome, stale } from './change.ts';
import { isUnderWay } from './due-step.ts';
import type { WorkerEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';

/** When stakeholders hear of the restore next, whether there is news or not; undefined before its start and after its end. */
export function nextUpdateAt({ state, terms, updates = [] }: Restore): Instant | undefined {
  const startedAt = 'preflight' in state ? state.preflight?.at : undefined;
  if (!terms.updateMinutes || startedAt === undefined || !isUnderWay(state.status)) return undefined;
  return addMinutes(updates.at(-1)?.at ?? startedAt, terms.updateMinutes);
}

/** What is promised at the latest is said a little before, since nobody looks at a restore at every moment. */
const EARLY_SHARE = 0.05;

/** True when a promised word is due. After an outage that is one, however many were promised meanwhile. */
export function updateIsDue(restore: Restore, now: Instant): boolean {
  const at = nextUpdateAt(restore);
  return at !== undefined && now >= addMinutes(at, -EARLY_SHARE * (restore.terms.updateMinutes ?? 0));
}

/** The promise fell due: what stands on record owes everybody a word. */
export function afterUpdateDue(restore: Restore, event: Extract<WorkerEvent, { type: 'update-due' }>): Outcome {
  const promisedFor = nextUpdateAt(restore);
  if (promisedFor === undefined || !updateIsDue(restore, event.at)) return stale();
  const updates = [...(restore.updates ?? []), { promisedFor, at: event.at }];
  return noted({ ...restore, updates }, event, { promisedFor });
}

/** For which moment the word that a place gets now was promised to it: one that it did not get is kept by the next. */
export function promisedTo(place: string, { updates = [], deliveries }: Restore): Instant | undefined {
  const missed = updates.findLastIndex((_, index) => deliveries[updateKey(index + 1, place)] !== undefined) + 1;
  return updates[missed]?.promisedFor;
}

/** Key of the nth promised word to a place, counted from 1. */
export function updateKey(nth: number, place: string): string {
  return `update:${nth}:${place}`;
}
