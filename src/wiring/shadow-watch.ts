import { createDataLooks } from '../graph/data-looks.ts';
import { startRepeating } from '../queue/repeat.ts';
import { createShadowFollower } from '../shadow/shadow-follower.ts';
import { createShadowWatcher } from '../shadow/shadow-watcher.ts';
import { createPostOnce } from '../slack/post-once.ts';
import { createShadowMessages } from '../slack/shadow-messages.ts';
import { createInstanceLooks } from '../store/instance-looks.ts';
import type { SharedParts } from './shared-parts.ts';

/** Starts the looking for restores that the bot did not send, where the operator has not turned it off, and what follows from it. */
export function startShadowWatch(parts: SharedParts): void {
  const { config, closing, redis, store, places, slack, aura, rules, shadows, shadowStore, log } = parts;
  const { sweepMs, verifyConnectMs } = config.timing;
  const looks = createInstanceLooks(redis);
  const policy = () => rules.latest();
  const follow = createShadowFollower({
    active: shadowStore.active,
    shadows,
    lookAtData: createDataLooks({ config, aura, log }).lookAtShadowedData,
    looks,
    postMessages: createShadowMessages({
      shadows,
      places,
      postOnce: createPostOnce(slack, places),
      readerOf: parts.readers.readerOf,
      policy,
      now: store.now,
      log,
    }),
    now: store.now,
    verifyConnectMs,
    log,
  });
  const following = startRepeating(follow, sweepMs, (error) =>
    log.warn({ err: error }, 'shadow restores could not be followed; they are again'),
  );
  closing.intake(() => following.stop());
  const { shadowLookMs } = config;
  if (shadowLookMs === undefined) return;
  const watch = createShadowWatcher({
    aura,
    policy,
    looks,
    runs: store,
    shadows,
    openOn: shadowStore.openOn,
    pace: { lookEveryMs: shadowLookMs, requestsPerMinute: config.aura.requestsPerMinute },
    log,
  });
  const watching = startRepeating(watch, Math.min(sweepMs, shadowLookMs), (error) =>
    log.warn({ err: error }, 'no look for restores behind our back; there is another'),
  );
  closing.intake(() => watching.stop());
}
