import { startRepeating } from '../queue/repeat.ts';
import { createFollowPreviews } from '../steps/follow-previews.ts';
import type { SharedParts } from './shared-parts.ts';

/** Starts what tells requests of their previews. It has nothing to do where nothing may be previewed. */
export function watchPreviews({ config, closing, store, coordinator, rules, log }: SharedParts): void {
  const followPreviews = createFollowPreviews({
    store,
    coordinator,
    mayPreview: () => rules.latest().instances.some(({ newInstance }) => newInstance !== undefined),
    log,
  });
  const following = startRepeating(followPreviews, config.timing.sweepMs, (error) =>
    log.warn({ err: error }, 'previews could not be looked for; they are looked for again'),
  );
  closing.intake(() => following.stop());
}
