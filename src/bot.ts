import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { healthRoutes, serveRoutes } from './health.ts';
import { createAgreedOnCall, onCallInForce } from './on-call/agreed.ts';
import { createOnCallFrom } from './on-call/from-config.ts';
import { createAppConnection } from './slack/app-connection.ts';
import { createEmailAccounts } from './slack/email-accounts.ts';
import { identityAtLast, identityNow, TokenRefusedError } from './slack/identity.ts';
import { createAllChecks } from './start-checks/all-checks.ts';
import { clocksProblem } from './start-checks/clocks-check.ts';
import { tokenRefusedWords } from './start-checks/slack-check.ts';
import { createDailyAnchorRecord } from './store/daily-anchor-record.ts';
import { persistenceProblems, type RedisTarget } from './store/redis.ts';
import { createClosing } from './wiring/closing.ts';
import { startPeoplesSide } from './wiring/peoples-side.ts';
import { createSharedParts } from './wiring/shared-parts.ts';
import { startWorkersSide } from './wiring/workers-side.ts';

export interface Bot {
  /** Where health, readiness and metrics are served, and Slack's requests in HTTP mode. */
  readonly port: number;
  /** Finishes clicks in hand, hands steps over, and closes every connection. */
  stop(): Promise<void>;
}

/** How long the start waits for the first look at the surroundings; the look goes on meanwhile. */
const FIRST_LOOK_MS = 3_000;

/**
 * Builds the bot of real parts and starts it. Rejects, with nothing left running, when Redis cannot be reached or may lose
 * records, or when Slack refuses the token. While Slack cannot be reached the work goes on, and this waits for Slack; when
 * `giveUp` ends that, what runs by then is stopped as `stop` does, and it rejects.
 */
export async function startBot(
  config: Config,
  redisTarget: RedisTarget,
  { log, giveUp }: { readonly log: Logger; readonly giveUp?: AbortSignal },
): Promise<Bot> {
  const closing = createClosing(log);
  try {
    const parts = await createSharedParts(config, { redisTarget, closing, log });
    const { slack, clocks, redis, metrics } = parts;
    let identity = await identityNow(slack).catch(sayTokenRefused);
    const inForce = () => parts.rules.latest().onCall;
    const askOnCall = () =>
      createAgreedOnCall(
        createOnCallFrom(onCallInForce(config.onCall, inForce), { accountOf: createEmailAccounts(slack), log }),
        { file: config.policy.onCall, inForce },
      );
    const checks = createAllChecks({
      config,
      inForce: parts.rules.latest,
      redis: { settingProblems: () => persistenceProblems(redis), readClock: parts.store.now },
      slack,
      now: parts.store.now,
      anchors: createDailyAnchorRecord(redis),
      botName: () => identity?.botName ?? 'restore-bot',
      aura: parts.aura,
      onCall: askOnCall(),
      clocks,
      log,
      onFound: metrics.startChecksFound,
    });
    closing.after(async () => checks.stop());
    const firstLook = checks.look();
    const connection = createAppConnection({ slackApiUrl: config.slack.apiUrl, log });
    const slackProblem = () =>
      checks.found().find(({ about, weight }) => about === 'slack' && weight === 'stops-decisions')?.words;
    const routes = healthRoutes(
      {
        redis: async () => ((await redis.ping()) === 'PONG' ? undefined : 'no answer'),
        clocks: async () => clocksProblem(clocks),
        slack: async () => slackProblem() ?? connection.problem(),
      },
      metrics,
      () => checks.found().flatMap(({ weight, words }) => (weight === 'stops-decisions' ? [] : [words])),
    );
    if (config.role !== 'slack') startWorkersSide(parts);
    await Promise.race([firstLook, sleep(FIRST_LOOK_MS, undefined, { ref: false })]);
    void firstLook.then(() => checks.repeat(config.timing.startChecksMs));

    let { port } = config;
    const isSlackServed = config.role !== 'worker';
    if (!isSlackServed || config.slack.transport.kind !== 'http') {
      const server = await serveRoutes(routes, config.port);
      const address = server.address();
      port = typeof address === 'object' && address ? address.port : config.port;
      closing.after(() => new Promise((resolve) => server.close(resolve)));
    }
    if (isSlackServed) {
      identity ??= await identityAtLast(slack, log, giveUp).catch(sayTokenRefused);
      const side = await startPeoplesSide(parts, { connection, identity, onCall: askOnCall(), routes });
      port = side.port ?? port;
    }
    log.info({ port, role: config.role, transport: config.slack.transport.kind }, 'restore bot is running');
    return { port, stop: closing.stop };
  } catch (error) {
    await closing.stop();
    throw error;
  }
}

function sayTokenRefused(error: unknown): never {
  throw error instanceof TokenRefusedError ? new Error(tokenRefusedWords(error.code)) : error;
}
