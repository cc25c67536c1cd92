import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { type AuraClient, createAuraClient } from '../aura/client.ts';
import { type AuraInstances, createAuraInstances } from '../aura/made-instances.ts';
import type { AuraAccess } from '../aura/sender.ts';
import { shareOfLimit } from '../aura/share-of-limit.ts';
import { createClocks, type SeenClocks } from '../clocks.ts';
import type { Config } from '../config/config.ts';
import { createCoordinator } from '../coordinator/create-coordinator.ts';
import type { Coordinator, RefusedRequestStore } from '../coordinator.ts';
import { createExportKeeper, type ExportKeeper, type ExportStore } from '../exports/export-keeper.ts';
import { createMetrics, type Metrics } from '../health.ts';
import { createPolicyKeeper, type PolicyKeeper } from '../policy-keeper.ts';
import { createDistantAlarm } from '../queue/distant-alarm.ts';
import { startRepeating } from '../queue/repeat.ts';
import { createWorkQueue, type WorkQueue } from '../queue/work-queue.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import { createShadowKeeper, type ShadowKeeper, type ShadowStore } from '../shadow/shadow-keeper.ts';
import { createReaders, type Readers } from '../slack/readers.ts';
import { createSlackClient } from '../slack/web-client.ts';
import { unsafeRedisRefusal } from '../start-checks/redis-check.ts';
import { createAuraBudget } from '../store/aura-budget.ts';
import { createAuraTokenCache } from '../store/aura-token-cache.ts';
import { ringBell } from '../store/bell.ts';
import { type CardDrawings, createCardDrawings } from '../store/card-drawings.ts';
import { createExportStore } from '../store/export-store.ts';
import { createFingerprints } from '../store/fingerprints.ts';
import { KEY_PREFIX } from '../store/keys.ts';
import { createMessagePlaces, type MessagePlaces } from '../store/message-places.ts';
import { createPolicyStore } from '../store/policy-store.ts';
import {
  connectAtStart,
  connectForClicks,
  connectForQueue,
  persistenceProblems,
  type RedisTarget,
} from '../store/redis.ts';
import { createRefusedRequestStore } from '../store/refused-request-store.ts';
import { createRestoreStore } from '../store/restore-store.ts';
import { createShadowStore } from '../store/shadow-store.ts';
import type { Closing } from './closing.ts';

/** What the people's side and the workers' side both stand on. */
export interface SharedParts {
  readonly config: Config;
  readonly log: Logger;
  readonly closing: Closing;
  readonly redisTarget: RedisTarget;
  readonly redis: ReturnType<typeof connectForClicks>;
  readonly clocks: SeenClocks;
  readonly store: ReturnType<typeof createRestoreStore>;
  readonly places: MessagePlaces;
  readonly drawings: CardDrawings;
  readonly queue: WorkQueue;
  readonly metrics: Metrics;
  readonly coordinator: Coordinator;
  readonly rules: PolicyKeeper;
  readonly refusedRequests: RefusedRequestStore;
  readonly exportStore: ExportStore;
  readonly exports: ExportKeeper;
  readonly shadowStore: ShadowStore;
  readonly shadows: ShadowKeeper;
  readonly aura: AuraClient;
  readonly instances: AuraInstances;
  readonly slack: WebClient;
  readonly readers: Readers;
  readonly fingerprints: Fingerprints;
}

const AURA_TIMEOUT_MS = 15_000;
/** So many looks in a row may fail to see a clock before it counts as unknown. */
const CLOCK_LIFETIME_LOOKS = 3;

/** Connects to Redis and builds the parts. Rejects when Redis cannot be reached or may lose records. */
export async function createSharedParts(
  config: Config,
  { redisTarget, closing, log }: Pick<SharedParts, 'redisTarget' | 'closing' | 'log'>,
): Promise<SharedParts> {
  const redis = connectForClicks(redisTarget);
  redis.on('error', (error) => log.warn({ err: error }, 'Redis connection trouble'));
  await connectAtStart(redis, redisTarget);
  closing.after(async () => redis.disconnect());
  const unsafe = unsafeRedisRefusal(await persistenceProblems(redis), config.allowUnsafeRedis);
  if (unsafe !== undefined) throw new Error(unsafe);
  const queueConnection = connectForQueue(redisTarget);
  queueConnection.on('error', (error) => log.warn({ err: error }, 'queue connection trouble'));
  closing.after(async () => queueConnection.disconnect());

  const clocks = createClocks({ lifetimeMs: CLOCK_LIFETIME_LOOKS * config.timing.startChecksMs });
  const access: AuraAccess = {
    baseUrl: config.aura.apiUrl,
    clientId: config.aura.clientId,
    clientSecret: config.aura.clientSecret,
    tokens: createAuraTokenCache(redis, config.aura.clientSecret),
    budget: createAuraBudget(redis, shareOfLimit(config.aura.requestsPerMinute)),
    timeoutMs: AURA_TIMEOUT_MS,
    sawClock: clocks.saw,
  };
  const store = createRestoreStore(redis, clocks.saw);
  const queue = createWorkQueue({ connection: queueConnection, prefix: KEY_PREFIX, log });
  closing.after(() => queue.close());
  const alarm = config.role === 'slack' ? createDistantAlarm((ids) => ringBell(redis, ids), log) : queue;
  closing.after(() => alarm.quiet());
  const slack = createSlackClient(config.slack.botToken, config.slack.apiUrl);
  const metrics = createMetrics(async () => (await store.open()).length);
  const refusedRequests = createRefusedRequestStore(redis);
  const rules = createPolicyKeeper({
    store: createPolicyStore(redis),
    refusedRequests,
    now: store.now,
    file: config.policy,
    calendarTexts: config.calendarTexts,
    clocks,
    log,
  });
  await rules.begin();
  const keeping = startRepeating(
    async () => {
      await rules.record();
    },
    config.timing.sweepMs,
    (error) => log.warn({ err: error }, 'the rules in force could not be read; they are read again'),
  );
  closing.intake(() => keeping.stop());
  const exportStore = createExportStore(redis);
  const shadowStore = createShadowStore(redis);
  return {
    config,
    log,
    closing,
    redisTarget,
    redis,
    clocks,
    store,
    places: createMessagePlaces(redis),
    drawings: createCardDrawings(redis),
    queue,
    metrics,
    rules,
    refusedRequests,
    exportStore,
    exports: createExportKeeper({ store: exportStore, log }),
    shadowStore,
    shadows: createShadowKeeper({ store: shadowStore, policy: rules.latest, log }),
    coordinator: createCoordinator({
      store,
      refusedRequests,
      alarm,
      samePeople: config.policy.samePeople,
      rules,
      log,
      witness: metrics,
      clocks,
    }),
    aura: createAuraClient(access),
    instances: createAuraInstances(access),
    slack,
    readers: createReaders({ client: slack }),
    fingerprints: createFingerprints(redis, config.fingerprintsKept),
  };
}
