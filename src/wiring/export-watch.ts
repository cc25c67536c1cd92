import { createExportPlanner } from '../exports/export-planner.ts';
import { startRepeating } from '../queue/repeat.ts';
import { createExportMessages } from '../slack/export-messages.ts';
import { createPostOnce } from '../slack/post-once.ts';
import type { SharedParts } from './shared-parts.ts';

/** Starts what has restore points leave Aura in time: people are reminded, since no call of Aura does it. */
export function startExportWatch(parts: SharedParts): void {
  const { closing, places, slack, aura, rules, exports, exportStore, log } = parts;
  const policy = () => rules.latest();
  const plan = createExportPlanner({
    policy,
    exports,
    store: exportStore,
    aura,
    postMessages: createExportMessages({
      exports,
      places,
      postOnce: createPostOnce(slack, places),
      readerOf: parts.readers.readerOf,
      policy,
      now: exportStore.now,
      log,
    }),
    log,
  });
  const planning = startRepeating(plan, parts.config.timing.sweepMs, (error) =>
    log.warn({ err: error }, 'exports could not be looked after; they are again'),
  );
  closing.intake(() => planning.stop());
}
