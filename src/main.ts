import process from 'node:process';
import { startBot } from './bot.ts';
import { loadConfig } from './config/load-config.ts';
import { ConfigError } from './config/problem.ts';
import { readCheck } from './graph/check-definition.ts';
import { createLog } from './log.ts';
import { findRedisServer, startLocalRedis } from './store/local-redis.ts';

/** Starts the bot from its environment and stops it on a signal. Exits with 1 when it could not be started. */
async function main(): Promise<void> {
  const config = loadConfig(process.env, readCheck);
  const log = createLog(config.logLevel, process.stdout.isTTY === true);
  const localRedis = 'localDirectory' in config.redis ? await ownRedis(config.redis.localDirectory) : undefined;
  const target = 'url' in config.redis ? config.redis : { socketPath: localRedis?.socketPath ?? '' };
  const bot = await startBot(config, target, log).catch(async (error: unknown) => {
    await localRedis?.stop();
    throw error;
  });

  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    void bot
      .stop()
      .then(() => localRedis?.stop())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
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
