import type { Delegations } from '../delegations.ts';
import { startRepeating } from '../queue/repeat.ts';
import { createDelegationMessages } from '../slack/delegation-messages.ts';
import { createPostOnce } from '../slack/post-once.ts';
import type { SharedParts } from './shared-parts.ts';

/** Looks again and again whether somebody must be told of a delegation. */
export function startTellingDelegations(parts: SharedParts, delegations: Delegations): void {
  const { config, closing, store, places, slack, log } = parts;
  const tellDelegations = createDelegationMessages({
    delegations,
    places,
    postOnce: createPostOnce(slack, places),
    readerOf: parts.readers.readerOf,
    now: store.now,
    log,
  });
  const telling = startRepeating(tellDelegations, config.timing.sweepMs, (error) =>
    log.warn({ err: error }, 'people of a delegation could not be told; it is still owed'),
  );
  closing.intake(() => telling.stop());
}
