import type { Instant } from '../restore/names.ts';
import type { Finding, StartCheck } from './finding.ts';
import { type Named, placesWords } from './named.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Whether every channel that anchors go to has got those of the days until now, and whether the latest one was posted at all. */
export function createAnchorsCheck(parts: {
  /** Channels that lack daily anchors. Rejects when Redis is away. */
  readonly behind: () => Promise<ReadonlyMap<string, unknown>>;
  readonly channels: () => Named;
  /** The day of a daily anchor that was begun and not finished. Rejects when Redis is away. */
  readonly unfinished: () => Promise<string | undefined>;
  readonly now: () => Promise<Instant>;
}): StartCheck {
  /** One that Slack, or a deploy, delays is posted within the day. */
  async function overdue(): Promise<readonly Finding[]> {
    const day = await parts.unfinished();
    // Counted from the end of its day: at what time of it the anchor was begun is not known.
    if (day === undefined || Date.parse(await parts.now()) < Date.parse(day) + 2 * DAY_MS) return [];
    const words = `The daily anchor of ${day} is still not posted: until it is, a rewritten history is not noticed. The log of the worker says why ("daily anchor could not be posted" or "daily anchor is still owed").`;
    return [{ about: 'anchors', weight: 'fault', words }];
  }

  async function lacking(): Promise<readonly Finding[]> {
    const channels = parts.channels();
    return [...(await parts.behind()).keys()].flatMap((channel): readonly Finding[] => {
      const places = channels.get(channel);
      if (!places) return [];
      const words = `Slack did not take the daily anchor for channel ${channel} (${placesWords(places)}): until it does, a rewritten history is not noticed there. The anchor of the next day is over these days too; put the bot into the channel until then.`;
      return [{ about: 'anchors', weight: 'fault', words }];
    });
  }

  return {
    about: 'anchors',
    // That Redis is away is found by the check of Redis.
    find: async () => (await Promise.all([lacking(), overdue()]).catch(() => [])).flat(),
  };
}
