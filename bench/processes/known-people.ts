import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { registerHandlers } from '../../handlers/index.ts';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import { createDelegations } from '../../src/delegations.ts';
import { createLog } from '../../src/log.ts';
import { createDistantAlarm } from '../../src/queue/distant-alarm.ts';
import { ringBell } from '../../src/store/bell.ts';
import { createDelegationStore } from '../../src/store/delegation-store.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { TEAM_ID } from '../people.ts';
import { personOf } from '../restores.ts';
import { serve } from './serve.ts';

/**
 * The bot's own handlers, coordinator, store and alarm, with one difference: everybody's status is known without asking
 * Slack. What is left is what a durable click costs.
 */
await serve<{
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly redisUrl: string;
}>(async ({ apiUrl, botToken, signingSecret, redisUrl }) => {
  const log = createLog('info', false);
  const redis = connectForClicks({ url: redisUrl });
  await redis.connect();
  const store = createRestoreStore(redis);
  const app = new App({
    token: botToken,
    receiver: new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR }),
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
  });
  const notHere = () => Promise.reject(new Error('not in the bench'));
  registerHandlers(app, {
    policy: { instances: [], samePeople: [] },
    home: { teamId: TEAM_ID },
    rules: { record: notHere, answer: notHere },
    coordinator: createCoordinator({
      store,
      refusedRequests: createRefusedRequestStore(redis),
      alarm: createDistantAlarm((ids) => ringBell(redis, ids), log),
      samePeople: [],
      log,
    }),
    directory: {
      readForDecision: async (id, { groups }) => personOf(id, groups),
      readEachForDecision: async (ids, { groups }) => ids.map((id) => personOf(id, groups)),
      readerOf: async () => ({ language: 'en' }),
    },
    delegations: createDelegations({ store: createDelegationStore(redis), samePeople: [], log }),
    shadows: { find: notHere, act: notHere },
    exports: {
      find: notHere,
      record: notHere,
      askBeforeDeployment: notHere,
      listExportedFiles: notHere,
      active: async () => [],
    },
    candidates: {
      namedBy: async () => undefined,
      read: async () => ({ unchecked: { why: 'no-answer' } }),
      look: async () => undefined,
    },
    lists: {
      open: store.open,
      ended: store.ended,
      byPerson: store.byPerson,
      holderOf: store.holderOf,
      linkTo: async () => undefined,
    },
    aura: { instance: notHere, snapshot: notHere, snapshots: notHere, takeSnapshot: notHere },
    outlook: { earlier: async () => undefined, loss: () => ({}) },
    files: { offered: async () => [] },
    spentOnNewInstances: notHere,
    log,
    now: store.now,
  });
  const server = await app.start(0);
  const address = 'address' in server ? server.address() : undefined;
  return { facts: { port: typeof address === 'object' && address ? address.port : 0 } };
});
