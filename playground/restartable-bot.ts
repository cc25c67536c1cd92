import { startBotProcess } from './bot-process.ts';
import { listeningBot, type PlaygroundClock } from './clock/playground-clock.ts';
import type { World } from './world.ts';

/** The bot of the demo, which follows the playground's clock and can be started again. */
export interface RestartableBot {
  /** Stops it as a deploy does, and starts it with the same records and the time that it is in the playground. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRestartableBot(world: World, clock: PlaygroundClock): Promise<RestartableBot> {
  const start = (clockAheadMs: number) => startBotProcess(world, undefined, { movableClock: true, clockAheadMs });
  let bot = await start(0);
  clock.lead({ setClockAhead: (aheadMs) => listeningBot(bot, world.slack).setClockAhead(aheadMs) });
  return {
    async restart() {
      await bot.stop();
      bot = await start(clock.aheadMs());
    },
    stop: () => bot.stop(),
  };
}
