import { noted, type Outcome, stale } from './change.ts';
import type { WorkerEvent } from './event.ts';
import type { Restore } from './restore.ts';
import { hasEnded } from './state.ts';

type Observed = Extract<WorkerEvent, { type: 'step-observed' }>;

/** What a look saw, when it is news; that Aura was looked at for the start is kept also when the words stay the same. */
export function afterObserving(restore: Restore, event: Observed): Outcome {
  if (hasEnded(restore.state.status)) return stale();
  const { observation, stalledAt: _, ...kept } = restore;
  const state = watchedState(restore, event);
  if (observation?.words === event.words) return state ? noted({ ...restore, state }, event) : stale();
  const unansweredSince = event.unansweredSince && (observation?.unansweredSince ?? event.unansweredSince);
  const seen = { at: event.at, words: event.words, ...(unansweredSince ? { unansweredSince } : {}) };
  return noted({ ...kept, ...(state ? { state } : {}), observation: seen }, event);
}

/** Undefined when nothing newer is known of the watch: a worker that stood still tells of an old look. */
function watchedState({ state }: Restore, { watch }: Observed): Restore['state'] | undefined {
  if (!watch || state.status !== 'restore-sent') return undefined;
  return state.watch && watch.lookedAt <= state.watch.lookedAt ? undefined : { ...state, watch };
}
