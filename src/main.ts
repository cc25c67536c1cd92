import process from 'node:process';
import { startBot } from './bot.ts';
import { loadConfig } from './config/load-config.ts';
import { ConfigError } from './config/problem.ts';
import { giveMemoryBack } from './give-memory-back.ts';
import { readCheck } from './graph/check-definition.ts';
import { createLog } from './log.ts';
import { findRedisServer, startLocalRedis } from './store/local-redis.ts';

/** Whoever waited for the start to answer a click has had their answer by then. */
const SETTLED_MS = 1_000;

/** Starts the bot from its environment and stops it on a signal. Exits with 1 when it could not be started. */
async function main(): Promise<void> {
  const config = loadConfig(process.env, readCheck);
  const log = createLog(config.logLevel, process.stdout.isTTY === true);
  const localRedis = 'localDirectory' in config.redis ? await ownRedis(config.redis.localDirectory) : undefined;
  const target = 'url' in config.redis ? config.redis : { socketPath: localRedis?.socketPath ?? '' };
  const giveUp = new AbortController();
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  const starting = startBot(config, target, { log, giveUp: giveUp.signal });
  const stop = (signal: string) => {
    if (giveUp.signal.aborted) return;
    log.info({ signal }, 'stopping');
    giveUp.abort();
    void starting
      .then(
        (bot) => bot.stop(),
        () => undefined,
      )
      .then(() => localRedis?.stop())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await starting.catch(async (error: unknown) => {
    if (giveUp.signal.aborted) return;
    await localRedis?.stop();
    throw error;
  });
  setTimeout(
    () => giveMemoryBack().catch((error) => log.debug({ err: error }, 'memory could not be given back')),
    SETTLED_MS,
  ).unref();
}

async function ownRedis(directory: string) {
  const program = findRedisServer(process.env);
  if (!program) {
    throw new Error(
      'REDIS_URL is not set and no redis-server was found. Install one, or run "npm run redis:get" once.',
    );
  }
  return startLocalRedis(program, directory);
}

main().catch((error: unknown) => {
  const words =
    error instanceof ConfigError
      ? error.message
      : `The bot could not be started: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${words}\n`);
  process.exit(1);
});
