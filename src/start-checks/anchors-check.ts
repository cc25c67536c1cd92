import type { Finding, StartCheck } from './finding.ts';
import { type Named, placesWords } from './named.ts';

/** Whether every channel of the configuration that anchors go to has got those of the days until now. */
export function createAnchorsCheck(parts: {
  /** Channels that lack daily anchors. Rejects when Redis is away. */
  readonly behind: () => Promise<ReadonlyMap<string, unknown>>;
  readonly channels: Named;
}): StartCheck {
  const find = async () =>
    [...(await parts.behind()).keys()].flatMap((channel): readonly Finding[] => {
      const places = parts.channels.get(channel);
      if (!places) return [];
      const words = `Slack did not take the daily anchor for channel ${channel} (${placesWords(places)}): until it does, a rewritten history is not noticed there. The anchor of the next day is over these days too; put the bot into the channel until then.`;
      return [{ about: 'anchors', weight: 'fault', words }];
    });
  return {
    about: 'anchors',
    // That Redis is away is found by the check of Redis.
    find: () => find().catch(() => []),
  };
}
