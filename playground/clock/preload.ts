import process from 'node:process';
import { z } from 'zod';
import { installMovedDate, setDateAhead } from './moved-date.ts';
import { installMovedRedisTime } from './moved-redis.ts';

/**
 * Loaded before the bot by the playground alone (`--import`): the bot's time of day then follows what the playground says
 * over the channel that it started the process with, and each message is answered when it counts. Until the first it is
 * ahead by what the environment says.
 */
const aheadMessage = z.object({ clockAheadMs: z.number().nonnegative() });

if (!process.send) throw new Error('only the playground moves a clock: it starts this process with a channel');
installMovedDate();
installMovedRedisTime();
setDateAhead(
  z.coerce
    .number()
    .nonnegative()
    .parse(process.env.PLAYGROUND_CLOCK_AHEAD_MS ?? 0),
);
process.on('message', (message) => {
  const { clockAheadMs } = aheadMessage.parse(message);
  setDateAhead(clockAheadMs);
  process.send?.({ clockAheadMs });
});
process.channel?.unref();
