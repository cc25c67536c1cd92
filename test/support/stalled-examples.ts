import type { Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from './example-events.ts';
import { followedBy } from './make-restore.ts';

const UNKNOWN = 'Aura reports the instance as "foo-7".';
const NO_ANSWER = 'Stille-8';

/** Each of these after it has stalled: with nothing seen of it, with a status that nobody knows, and without an answer of Aura. */
export function stalledRestores(restoring: readonly Restore[]): readonly (readonly [name: string, restore: Restore])[] {
  return restoring.flatMap((restore) => {
    const { method } = restore.plan;
    const seen = exampleEvent('step-observed', restore);
    const stalled = (before: Restore) => followedBy(before, exampleEvent('stall-noticed', before));
    const silent = { ...seen, words: NO_ANSWER, unansweredSince: seen.at };
    return [
      [`stalled, ${method}`, stalled(restore)],
      [`stalled in an unknown status, ${method}`, stalled(followedBy(restore, { ...seen, words: UNKNOWN }))],
      [`stalled without an answer, ${method}`, stalled(followedBy(restore, silent))],
    ] as const;
  });
}
