import { createDelegations } from '../delegations.ts';
import { createDataLooks } from '../graph/data-looks.ts';
import { createAskMonitoring } from '../monitoring/monitoring-hook.ts';
import { createResumeMonitoring } from '../monitoring/resume-monitoring.ts';
import { createCardRefreshes } from '../queue/card-refreshes.ts';
import { startHeeding } from '../queue/distant-alarm.ts';
import { startRepeating } from '../queue/repeat.ts';
import { startSweep } from '../queue/sweep.ts';
import { startWorkWorker, type WorkRunner } from '../queue/work-worker.ts';
import { forbiddenWords } from '../restore/forbidden.ts';
import type { RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { createRulesFollower } from '../rules-follower.ts';
import { createCardDrawer } from '../slack/card-drawer.ts';
import { createHeadKeeper } from '../slack/head-keeper.ts';
import { createMessageDeliverer } from '../slack/message-deliverer.ts';
import { createSettleOvertaken } from '../slack/overtaken-notices.ts';
import { createPolicyMessages } from '../slack/policy-messages.ts';
import { createPostOnce } from '../slack/post-once.ts';
import { createSeekPost } from '../slack/seek-post.ts';
import { createSentBefore } from '../slack/sent-mark.ts';
import { createStandInsNow } from '../slack/stand-ins-now.ts';
import { createSteps } from '../steps/all-steps.ts';
import { keepingPreviews } from '../steps/keep-preview.ts';
import { firstOf } from '../steps/made-elsewhere.ts';
import type { ForbiddenNow } from '../steps/method-allowed.ts';
import { createReplacedByBot } from '../steps/replaced-by-bot.ts';
import { createRunDueStep } from '../steps/run-step.ts';
import { createSilenceMonitoring } from '../steps/silence-monitoring.ts';
import type { CalendarOf } from '../steps/step.ts';
import { createEar } from '../store/bell.ts';
import { createDelegationStore } from '../store/delegation-store.ts';
import { createHeadPlaces } from '../store/head-places.ts';
import { KEY_PREFIX } from '../store/keys.ts';
import { createLooks } from '../store/looks.ts';
import { connectForQueue } from '../store/redis.ts';
import { type CandidatesNow, createCandidatesNow } from './candidates-now.ts';
import { CLOSE_DEADLINE_MS } from './closing.ts';
import { startAnchoring } from './daily-anchoring.ts';
import { startExportWatch } from './export-watch.ts';
import { startNewInstances } from './new-instances.ts';
import { startShadowWatch } from './shadow-watch.ts';
import type { SharedParts } from './shared-parts.ts';
import { startTellingDelegations } from './telling-delegations.ts';
import { startUploads } from './uploads.ts';
import { watchLosses } from './watch-losses.ts';
import { watchPreviews } from './watch-previews.ts';

/** Starts what runs without people: the worker of the queue, the sweep and the daily anchor. */
export function startWorkersSide(parts: SharedParts): void {
  const { config, closing, redis, store, places, queue, slack, log } = parts;
  const { timing } = config;
  const connection = connectForQueue(parts.redisTarget);
  connection.on('error', (error) => log.warn({ err: error }, 'worker connection trouble'));
  closing.after(async () => connection.disconnect());
  const refreshes = createCardRefreshes(queue.ensureCard, (error) =>
    log.warn({ err: error }, 'card will be refreshed later'),
  );
  closing.after(() => refreshes.stop());
  const delegations = createDelegations({
    store: createDelegationStore(redis),
    samePeople: config.policy.samePeople,
    log,
  });
  const candidates = createCandidatesNow(parts);
  const run = workRunner(parts, {
    refreshCard: refreshes.ask,
    candidates,
    withStandIns: createStandInsNow({ delegations, candidates, log }),
  });
  const worker = startWorkWorker({ connection, prefix: KEY_PREFIX, run, log });
  closing.intake(() => worker.close(CLOSE_DEADLINE_MS));
  const ear = connectForQueue(parts.redisTarget);
  ear.on('error', (error) => log.warn({ err: error }, 'connection for other processes’ rings in trouble'));
  const heeding = startHeeding({ ear: createEar(ear), store, alarm: queue, log });
  closing.intake(() => heeding.stop());
  const sweep = startSweep({
    store,
    queue,
    everyMs: timing.sweepMs,
    refreshCardsEveryMs: timing.cardRefreshMs,
    refreshCard: refreshes.ask,
    log,
  });
  closing.intake(() => sweep.stop());
  startAnchoring(parts);
  watchLosses(parts);
  watchPreviews(parts);
  const followRules = createRulesFollower({
    rules: parts.rules,
    store,
    coordinator: parts.coordinator,
    postMessages: createPolicyMessages({
      client: slack,
      rules: parts.rules,
      places,
      postOnce: createPostOnce(slack, places),
      seek: createSeekPost(slack, places),
      now: store.now,
      log,
    }),
    log,
  });
  const following = startRepeating(followRules, timing.sweepMs, (error) =>
    log.warn({ err: error }, 'what the rules owe could not be done; it is still owed'),
  );
  closing.intake(() => following.stop());
  startTellingDelegations(parts, delegations);
  startShadowWatch(parts);
  startExportWatch(parts);
}

function workRunner(
  parts: SharedParts,
  {
    refreshCard,
    candidates,
    withStandIns,
  }: {
    readonly refreshCard: (id: RestoreId) => void;
    readonly candidates: CandidatesNow;
    readonly withStandIns: (restore: Restore) => Promise<Restore>;
  },
): WorkRunner {
  const { config, redis, clocks, places, drawings, queue, coordinator, aura, slack, log } = parts;
  const { policy, timing } = config;
  const forbiddenNow: ForbiddenNow = async (restore) => {
    const forbidden = (await coordinator.startRulesFor(restore))?.forbidden;
    return forbidden && forbiddenWords(forbidden);
  };
  const calendarOf: CalendarOf = async (restore) => (await coordinator.rulesFor(restore))?.calendar;
  const postOnce = createPostOnce(slack, places);
  const { readerOf } = parts.readers;
  const headPlaces = createHeadPlaces(redis);
  const heads = createHeadKeeper({
    client: slack,
    heads: headPlaces,
    places,
    postOnce,
    readerOf,
    policy,
    log,
  });
  const onUpdateDue = (id: RestoreId) => {
    queue.ensureMessages(id).catch((error: unknown) => log.warn({ err: error }, 'promised word will be seen to later'));
  };
  const drawCard = createCardDrawer({
    client: slack,
    coordinator,
    places,
    drawings,
    postOnce,
    heads,
    onUpdateDue,
    policy,
    withStandIns,
    log,
  });
  const deliver = createMessageDeliverer({
    coordinator,
    places,
    postOnce,
    heads,
    settleOvertaken: createSettleOvertaken({
      coordinator,
      places,
      headPlaces,
      heads,
      seek: createSeekPost(slack, places),
    }),
    readerOf,
    policy,
    log,
  });
  const askMonitoring = createAskMonitoring((alias) => config.monitoringByAlias[alias]);
  const resumeMonitoring = createResumeMonitoring({ coordinator, ask: askMonitoring, log });
  const newInstances = startNewInstances(parts);
  const looks = createDataLooks({ config, aura, reachNew: newInstances.reachNew, log });
  const data = {
    ...looks,
    lookAtData: keepingPreviews({ lookAtData: looks.lookAtData, fingerprints: parts.fingerprints, coordinator, log }),
  };
  const runDueStep = createRunDueStep({
    coordinator,
    steps: createSteps({
      aura,
      data,
      calendarOf,
      timing,
      clocks,
      looks: createLooks(redis),
      fingerprints: parts.fingerprints,
      lookAtAsked: async (rule) => (await candidates())?.look(rule),
      uploads: startUploads(parts),
      madeElsewhere: firstOf(parts.shadowStore.foundSince, createReplacedByBot(parts.store)),
      forbiddenNow,
      sentBefore: createSentBefore({ client: slack, places, log }),
      newInstances,
      silence: createSilenceMonitoring({
        isConfigured: (alias) => alias in config.monitoringByAlias,
        ask: askMonitoring,
      }),
    }),
    timing,
    refreshCard,
    log,
  });
  newInstances.tendPasswords(runDueStep);
  return async (work) => {
    switch (work.kind) {
      case 'step':
        return runDueStep(work.restoreId, work.turn);
      case 'card':
        await drawCard(work.restoreId);
        return { kind: 'done' };
      case 'messages':
        // Neither waits for the other: Slack may be away, or the monitoring.
        await Promise.all([resumeMonitoring(work.restoreId), deliver(work.restoreId)]);
        return { kind: 'done' };
      default:
        return work satisfies never;
    }
  };
}
