import { pino } from 'pino';
import { type Pace, QUICK } from '../../playground/aura/assumptions.ts';
import type { NewDatabase } from '../../playground/aura/instances.ts';
import { type ProductionDatabase, startWorld, type World } from '../../playground/world.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { readCheck } from '../../src/graph/check-definition.ts';
import { startTestRedis } from './redis.ts';

export interface Journey extends World {
  readonly bot: Bot;
  readonly redis: Awaited<ReturnType<typeof startTestRedis>>;
  /** Stops the bot as a deploy does, and starts it again, with the file as it is then, after what happens meanwhile. */
  restart(whileDown?: () => Promise<unknown>): Promise<void>;
  end(): Promise<void>;
}

/** The whole bot between two simulators, with a Redis of its own; quick enough for a test. */
export async function startJourney(
  options: {
    readonly transport?: 'socket' | 'http';
    readonly pace?: Partial<Pace>;
    readonly production?: ProductionDatabase;
    /** A real database to stand behind an instance that the bot makes. */
    readonly newDatabase?: NewDatabase;
    readonly productionSettings?: Readonly<Record<string, unknown>>;
    readonly stagingSettings?: Readonly<Record<string, unknown>>;
    readonly timing?: Readonly<Record<string, unknown>>;
    /** The language that people use Slack in, by their ids, as Slack writes it. */
    readonly locales?: Readonly<Record<string, string>>;
    readonly people?: Readonly<Record<string, unknown>>;
    /** More of the configuration file, at its top level. */
    readonly settings?: Readonly<Record<string, unknown>>;
    /** More of the bot's environment. */
    readonly env?: Readonly<Record<string, string>>;
    /** Done to the surroundings before the bot starts. */
    readonly prepare?: (world: World) => void;
    /** The same for what takes a while, and gives the bot more of its environment. */
    readonly surround?: (world: World) => Promise<Readonly<Record<string, string>>>;
    /** Takes each line that the bot logs, of every level. */
    readonly logTo?: (line: string) => void;
  } = {},
): Promise<Journey> {
  const transport = options.transport ?? 'socket';
  const redis = await startTestRedis();
  const world = await startWorld({
    transport,
    pace: { ...QUICK, ...options.pace },
    production: options.production,
    newDatabase: options.newDatabase,
    settings: {
      timing: {
        poll_interval: '0.1s',
        snapshot_poll: '0.1s',
        start_watch: '3s',
        start_lag: '3s',
        verify_connect: '8s',
        sweep: '0.5s',
        card_refresh: '1s',
        fingerprint_look: '0.2s',
        ...options.timing,
      },
      ...(options.people ? { people: options.people } : {}),
      ...options.settings,
    },
    ...(options.locales ? { locales: options.locales } : {}),
    ...(options.productionSettings ? { productionSettings: options.productionSettings } : {}),
    ...(options.stagingSettings ? { stagingSettings: options.stagingSettings } : {}),
  });
  options.prepare?.(world);
  const surroundings = await options.surround?.(world);
  const readConfig = () => loadConfig({ ...world.env, ...options.env, ...surroundings }, readCheck);
  const config = readConfig();
  const closeSurroundings = async () => {
    await world.close();
    await redis.stop();
  };
  const { logTo } = options;
  const log = logTo ? pino({ level: 'trace' }, { write: logTo }) : pino({ level: process.env.TEST_LOG ?? 'silent' });
  let bot = await startBot(config, redis.target, { log }).catch(async (error: unknown) => {
    await closeSurroundings();
    throw error;
  });
  if (transport === 'http') world.slack.setEventsUrl(`http://127.0.0.1:${bot.port}/slack/events`);
  return {
    ...world,
    get bot() {
      return bot;
    },
    redis,
    async restart(whileDown) {
      await bot.stop();
      await whileDown?.();
      bot = await startBot(readConfig(), redis.target, { log });
    },
    async end() {
      await bot.stop();
      await closeSurroundings();
    },
  };
}
