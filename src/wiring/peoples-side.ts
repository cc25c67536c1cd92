import { App, type Authorize, HTTPReceiver, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Desk } from '../../handlers/desk.ts';
import { registerHandlers } from '../../handlers/index.ts';
import { createSnapshotDays } from '../aura/snapshot-days.ts';
import { createDelegations } from '../delegations.ts';
import type { HttpRoute } from '../health.ts';
import { createDirectoryWithOnCall, peopleOnCall } from '../on-call/directory-with-on-call.ts';
import type { OnCall } from '../on-call/on-call.ts';
import { spentOn } from '../restore/new-instance/rules.ts';
import { tierOf } from '../restore/tier.ts';
import type { AppConnection } from '../slack/app-connection.ts';
import { createCandidates } from '../slack/candidates.ts';
import { createClicksInHand } from '../slack/clicks-in-hand.ts';
import { createDirectory } from '../slack/directory.ts';
import { createDirectoryWithDelegations } from '../slack/directory-with-delegations.ts';
import type { Identity } from '../slack/identity.ts';
import { snapshotLease } from '../steps/fingerprint-snapshots.ts';
import { createDelegationStore } from '../store/delegation-store.ts';
import { createFileOffers } from '../store/file-offers.ts';
import { createLeases } from '../store/leases.ts';
import { createMadeStore } from '../store/made-store.ts';
import { CLOSE_DEADLINE_MS } from './closing.ts';
import { createOutlook } from './outlook.ts';
import type { SharedParts } from './shared-parts.ts';

/** Slack shows people an error when a click is not answered within this time. */
const ANSWER_DEADLINE_MS = 3_000;
/** Bolt's own calls, which answer people, must not keep a click waiting for a retry. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * Starts what people talk to: Slack's clicks, commands and forms, over the transport that is configured. With HTTP the routes are
 * served beside Slack's requests; the port they are served on is returned, with a socket there is none.
 */
export async function startPeoplesSide(
  parts: SharedParts,
  {
    connection,
    identity,
    onCall,
    routes,
  }: {
    readonly connection: AppConnection;
    readonly identity: Identity;
    readonly onCall: OnCall;
    readonly routes: readonly HttpRoute[];
  },
): Promise<{ readonly port: number | undefined }> {
  const { config, closing } = parts;
  const isHttp = config.slack.transport.kind === 'http';
  const app = new App({
    authorize: authorizeOnce(config.slack.botToken, identity),
    receiver: receiverFor(config.slack.transport, connection, routes),
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: {
      slackApiUrl: config.slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: CALL_TIMEOUT_MS,
    },
  });
  const clicks = createClicksInHand();
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event) => clicks.follow(event, processEvent);
  registerHandlers(app, deskOf(parts, identity, onCall));
  const started = await app.start(config.port);
  closing.intake(async () => {
    // A click is answered over the connection it came by.
    if (!isHttp) await clicks.answered(ANSWER_DEADLINE_MS);
    await app.stop();
    await clicks.finished(CLOSE_DEADLINE_MS - ANSWER_DEADLINE_MS);
  });
  const address = isHttp && started && 'address' in started ? started.address() : undefined;
  return { port: typeof address === 'object' ? address?.port : undefined };
}

/**
 * Who the bot is was asked before it listened. Left to itself, Bolt asks once more as it is built, keeps a lost answer for good, and
 * from then on acknowledges all that people do without doing it: a form closes, and nothing is on record.
 */
function authorizeOnce(botToken: string, { botId, botUserId }: Identity): Authorize<boolean> {
  const authorized = { botToken, ...(botId ? { botId } : {}), ...(botUserId ? { botUserId } : {}) };
  return async () => authorized;
}

function receiverFor(
  transport: SharedParts['config']['slack']['transport'],
  connection: AppConnection,
  routes: readonly HttpRoute[],
): Receiver {
  if (transport.kind === 'http') {
    return new HTTPReceiver({
      signingSecret: transport.signingSecret,
      logLevel: LogLevel.ERROR,
      customRoutes: [...routes],
    });
  }
  const receiver = new SocketModeReceiver({
    appToken: transport.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: connection.clientOptions },
  });
  connection.watch(receiver.client);
  return receiver;
}

function deskOf(parts: SharedParts, identity: Identity, onCall: OnCall): Desk {
  const { coordinator, rules, store, places, aura, slack, readers, log } = parts;
  const directory = createDirectory({ client: slack, home: identity, readers });
  const delegations = createDelegations({
    store: createDelegationStore(parts.redis),
    samePeople: rules.latest().samePeople,
    log,
  });
  const listAllDays = createSnapshotDays(aura);
  const leases = createLeases(parts.redis);
  const made = createMadeStore(parts.redis);
  return {
    get policy() {
      return rules.latest();
    },
    rules,
    home: identity,
    coordinator,
    directory: createDirectoryWithDelegations({
      directory: createDirectoryWithOnCall({ directory, onCall }),
      heldBy: delegations.heldBy,
      log,
    }),
    delegations,
    shadows: parts.shadows,
    exports: parts.exports,
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
      takeSnapshot: async (auraId) => {
        const taken = await aura.takeSnapshot(auraId);
        // Its fingerprint is the closer the sooner somebody looks.
        leases.again(snapshotLease(auraId), 0).catch((error: unknown) => log.debug({ err: error }, 'looked at later'));
        return taken;
      },
    },
    outlook: createOutlook(parts),
    files: { offered: createFileOffers(parts.redis).list },
    async spentOnNewInstances() {
      const now = await made.now();
      return spentOn((await made.costly(now)).made, now);
    },
    log,
    now: store.now,
  };
}
