import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import { registerHandlers } from '../handlers/index.ts';
import { createAuraClient } from './aura/client.ts';
import { shareOfLimit } from './aura/share-of-limit.ts';
import { createSnapshotDays } from './aura/snapshot-days.ts';
import { createClocks } from './clocks.ts';
import type { Config } from './config/config.ts';
import { createCoordinator } from './coordinator.ts';
import { createDataLooks } from './graph/data-looks.ts';
import { createMetrics, healthRoutes, serveRoutes } from './health.ts';
import { createDirectoryWithOnCall, peopleOnCall } from './on-call/directory-with-on-call.ts';
import { createOnCallFrom } from './on-call/from-config.ts';
import { startRepeating } from './queue/repeat.ts';
import { startSweep } from './queue/sweep.ts';
import { createWorkQueue } from './queue/work-queue.ts';
import { startWorkWorker, type WorkRunner } from './queue/work-worker.ts';
import { tierOf } from './restore/tier.ts';
import { createAppConnection } from './slack/app-connection.ts';
import { createCandidates } from './slack/candidates.ts';
import { createCardDrawer } from './slack/card-drawer.ts';
import { createClicksInHand } from './slack/clicks-in-hand.ts';
import { createAnchorDaily } from './slack/daily-anchor.ts';
import { createDirectory } from './slack/directory.ts';
import { createEmailAccounts } from './slack/email-accounts.ts';
import { identityAtLast, identityNow, TokenRefusedError } from './slack/identity.ts';
import { createMessageDeliverer } from './slack/message-deliverer.ts';
import { createPostOnce } from './slack/post-once.ts';
import { createSlackClient } from './slack/web-client.ts';
import { createAllChecks } from './start-checks/all-checks.ts';
import { clocksProblem } from './start-checks/clocks-check.ts';
import { unsafeRedisRefusal } from './start-checks/redis-check.ts';
import { tokenRefusedWords } from './start-checks/slack-check.ts';
import { createSteps } from './steps/all-steps.ts';
import { createRunDueStep } from './steps/run-step.ts';
import { headsBetween } from './store/audit-stream.ts';
import { createAuraBudget } from './store/aura-budget.ts';
import { createAuraTokenCache } from './store/aura-token-cache.ts';
import { createDailyAnchorRecord } from './store/daily-anchor-record.ts';
import { KEY_PREFIX } from './store/keys.ts';
import { createLooks } from './store/looks.ts';
import { createMessagePlaces } from './store/message-places.ts';
import {
  connectAtStart,
  connectForClicks,
  connectForQueue,
  persistenceProblems,
  type RedisTarget,
} from './store/redis.ts';
import { createRestoreStore } from './store/restore-store.ts';

export interface Bot {
  /** Where health, readiness and metrics are served, and Slack's requests in HTTP mode. */
  readonly port: number;
  /** Finishes clicks in hand, hands steps over, and closes every connection. */
  stop(): Promise<void>;
}

const AURA_TIMEOUT_MS = 15_000;
/** How long work in hand may take to finish when the bot is told to stop; another process has taken up the rest by then. */
const CLOSE_DEADLINE_MS = 8_000;
/** Slack shows people an error when a click is not answered within this time. */
const ANSWER_DEADLINE_MS = 3_000;
/** How long the start waits for the first look at the surroundings; the look goes on meanwhile. */
const FIRST_LOOK_MS = 3_000;
/** So many looks in a row may fail to see a clock before it counts as unknown. */
const CLOCK_LIFETIME_LOOKS = 3;

/**
 * Builds the bot of real parts and starts it. Rejects, with nothing left running, when Redis cannot be reached or may lose
 * records, or when Slack refuses the token. While Slack cannot be reached the work goes on, and this waits for Slack.
 */
export async function startBot(config: Config, redisTarget: RedisTarget, log: Logger): Promise<Bot> {
  const { policy, timing } = config;
  const closers: (() => Promise<unknown>)[] = [];
  /** What takes in work: told to stop all at once, so that what one has in hand does not keep another from handing over. */
  const intakes: (() => Promise<unknown>)[] = [];
  const cleanly = (close: () => Promise<unknown>) =>
    close().catch((error: unknown) => log.warn({ err: error }, 'a part did not stop cleanly'));
  const stop = async () => {
    await Promise.all(intakes.map(cleanly));
    for (const close of closers.reverse()) await cleanly(close);
  };
  try {
    const redis = connectForClicks(redisTarget);
    redis.on('error', (error) => log.warn({ err: error }, 'Redis connection trouble'));
    await connectAtStart(redis, redisTarget);
    closers.push(async () => redis.disconnect());
    const unsafe = unsafeRedisRefusal(await persistenceProblems(redis), config.allowUnsafeRedis);
    if (unsafe !== undefined) throw new Error(unsafe);
    const queueConnection = connectForQueue(redisTarget);
    queueConnection.on('error', (error) => log.warn({ err: error }, 'queue connection trouble'));
    closers.push(async () => queueConnection.disconnect());

    const clocks = createClocks({ lifetimeMs: CLOCK_LIFETIME_LOOKS * timing.startChecksMs });
    const store = createRestoreStore(redis, clocks.saw);
    const places = createMessagePlaces(redis);
    const queue = createWorkQueue({ connection: queueConnection, prefix: KEY_PREFIX, log });
    closers.push(() => queue.close());
    closers.push(() => queue.quiet());
    const metrics = createMetrics(async () => (await store.open()).length);
    const coordinator = createCoordinator({
      store,
      alarm: queue,
      samePeople: policy.samePeople,
      log,
      witness: metrics,
      clocks,
    });

    const aura = createAuraClient({
      baseUrl: config.aura.apiUrl,
      clientId: config.aura.clientId,
      clientSecret: config.aura.clientSecret,
      tokens: createAuraTokenCache(redis, config.aura.clientSecret),
      budget: createAuraBudget(redis, shareOfLimit(config.aura.requestsPerMinute)),
      timeoutMs: AURA_TIMEOUT_MS,
      sawClock: clocks.saw,
    });
    const slack = createSlackClient(config.slack.botToken, config.slack.apiUrl);
    let identity = await identityNow(slack).catch(sayTokenRefused);
    const askOnCall = () => createOnCallFrom(config.onCall, { accountOf: createEmailAccounts(slack), log });
    const checks = createAllChecks({
      config,
      redis: { settingProblems: () => persistenceProblems(redis), readClock: store.now },
      slack,
      botName: () => identity?.botName ?? 'restore-bot',
      aura,
      onCall: askOnCall(),
      clocks,
      log,
      onFound: metrics.startChecksFound,
    });
    closers.push(async () => checks.stop());
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

    if (config.role !== 'slack') {
      const data = createDataLooks({ config, aura, log });
      const drawCard = createCardDrawer({
        client: slack,
        coordinator,
        places,
        postOnce: createPostOnce(slack, places),
        log,
      });
      const deliver = createMessageDeliverer({ coordinator, places, postOnce: createPostOnce(slack, places), log });
      const runDueStep = createRunDueStep({
        coordinator,
        steps: createSteps({ aura, data, policy, timing, clocks, looks: createLooks(redis) }),
        timing,
        refreshCard: (id) => {
          queue.ensureCard(id).catch((error: unknown) => log.warn({ err: error }, 'card will be redrawn by the sweep'));
        },
        log,
      });
      const run: WorkRunner = async (work) => {
        switch (work.kind) {
          case 'step':
            return runDueStep(work.restoreId, work.turn);
          case 'card':
            await drawCard(work.restoreId);
            return { kind: 'done' };
          case 'messages':
            await deliver(work.restoreId);
            return { kind: 'done' };
          default:
            return work satisfies never;
        }
      };
      const workerConnection = connectForQueue(redisTarget);
      workerConnection.on('error', (error) => log.warn({ err: error }, 'worker connection trouble'));
      closers.push(async () => workerConnection.disconnect());
      const worker = startWorkWorker({ connection: workerConnection, prefix: KEY_PREFIX, run, log });
      intakes.push(() => worker.close(CLOSE_DEADLINE_MS));
      const sweep = startSweep({
        store,
        queue,
        everyMs: timing.sweepMs,
        refreshCardsEveryMs: timing.cardRefreshMs,
        log,
      });
      intakes.push(() => sweep.stop());
      const anchorDaily = createAnchorDaily({
        record: createDailyAnchorRecord(redis),
        store,
        headsBetween: (after, through) => headsBetween(redis, after, through),
        places,
        postOnce: createPostOnce(slack, places),
        worker: randomUUID(),
        log,
      });
      const anchoring = startRepeating(anchorDaily, timing.sweepMs, (error) =>
        log.error({ err: error }, 'daily anchor could not be posted; it is still owed'),
      );
      intakes.push(() => anchoring.stop());
    }

    await Promise.race([firstLook, sleep(FIRST_LOOK_MS, undefined, { ref: false })]);
    void firstLook.then(() => checks.repeat(timing.startChecksMs));

    let { port } = config;
    const isHttp = config.role !== 'worker' && config.slack.transport.kind === 'http';
    if (!isHttp) {
      const server = await serveRoutes(routes, config.port);
      const address = server.address();
      port = typeof address === 'object' && address ? address.port : config.port;
      closers.push(() => new Promise((resolve) => server.close(resolve)));
    }
    if (config.role !== 'worker') {
      const stopWaiting = new AbortController();
      closers.push(async () => stopWaiting.abort());
      identity ??= await identityAtLast(slack, log, stopWaiting.signal).catch(sayTokenRefused);
      const { transport } = config.slack;
      const receiver =
        transport.kind === 'socket'
          ? new SocketModeReceiver({
              appToken: transport.appToken,
              logLevel: LogLevel.ERROR,
              installerOptions: { clientOptions: connection.clientOptions },
            })
          : new HTTPReceiver({
              signingSecret: transport.signingSecret,
              logLevel: LogLevel.ERROR,
              customRoutes: [...routes],
            });
      if (receiver instanceof SocketModeReceiver) connection.watch(receiver.client);
      const app = new App({
        token: config.slack.botToken,
        receiver,
        logLevel: LogLevel.ERROR,
        convoStore: false,
        clientOptions: {
          slackApiUrl: config.slack.apiUrl,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
          timeout: 10_000,
        },
      });
      const clicks = createClicksInHand();
      const processEvent = app.processEvent.bind(app);
      app.processEvent = (event) => clicks.follow(event, processEvent);
      const listAllDays = createSnapshotDays(aura);
      const onCall = askOnCall();
      registerHandlers(app, {
        policy,
        coordinator,
        directory: createDirectoryWithOnCall({
          directory: createDirectory({ client: slack, home: identity }),
          onCall,
        }),
        candidates: createCandidates({ client: slack, home: identity, onCallNow: peopleOnCall(onCall) }),
        lists: {
          open: store.open,
          ended: store.ended,
          byPerson: store.byPerson,
          holderOf: store.holderOf,
          linkTo: async (id) => (await places.card(id))?.link,
        },
        aura: {
          instance: (auraId) => aura.getInstance(auraId, 'person-waiting'),
          snapshot: (auraId, snapshotId) => aura.getSnapshot(auraId, snapshotId, 'person-waiting'),
          snapshots: (instance, type, onProgress) =>
            listAllDays(instance.auraId, instance.retentionDays ?? tierOf(type).retentionDays, onProgress),
          takeSnapshot: (auraId) => aura.takeSnapshot(auraId),
        },
        log,
        now: store.now,
      });
      const started = await app.start(config.port);
      if (isHttp && started && 'address' in started) {
        const address = started.address();
        port = typeof address === 'object' && address ? address.port : config.port;
      }
      intakes.push(async () => {
        // A click is answered over the connection it came by.
        if (!isHttp) await clicks.answered(ANSWER_DEADLINE_MS);
        await app.stop();
        await clicks.finished(CLOSE_DEADLINE_MS - ANSWER_DEADLINE_MS);
      });
    }
    log.info({ port, role: config.role, transport: config.slack.transport.kind }, 'restore bot is running');
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function sayTokenRefused(error: unknown): never {
  throw error instanceof TokenRefusedError ? new Error(tokenRefusedWords(error.code)) : error;
}
