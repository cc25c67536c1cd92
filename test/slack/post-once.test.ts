import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnswerGoneWrong, NONSENSE, type Nonsense } from '../../playground/slack/faults.ts';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { createCardDrawer } from '../../src/slack/card-drawer.ts';
import { createHeadKeeper } from '../../src/slack/head-keeper.ts';
import { createPostOnce, type PostOnce, type PostRequest } from '../../src/slack/post-once.ts';
import { createReaders } from '../../src/slack/readers.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createCardDrawings } from '../../src/store/card-drawings.ts';
import { createHeadPlaces, type HeadPlaces } from '../../src/store/head-places.ts';
import { createMessagePlaces, type MessagePlaces } from '../../src/store/message-places.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { afterEvents, makePolicy, makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

const CHANNEL = 'C0APPROVALS';
const POLICY: Policy = { instances: [makePolicy()], samePeople: [] };
const log = pino({ level: 'silent' });

let test: TestStore;
let slack: SlackSimulator;
let places: MessagePlaces;
let heads: HeadPlaces;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.clear();
  places = createMessagePlaces(test.redis);
  heads = createHeadPlaces(test.redis);
  slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T1', name: 'T', domain: 't' },
      users: [],
      channels: [{ id: CHANNEL, name: 'approvals', botIsMember: true }],
      groups: [],
    },
    scopes: ['chat:write', 'channels:history'],
  });
});
afterEach(() => slack.close());

const client = () => createSlackClient(slack.app.botToken, slack.apiUrl, 2_000);
const calls = (method: string) => slack.calls.filter((call) => call.method === method);
const keyed = (key: string) =>
  slack.workspace.messages.filter(({ metadata }) => JSON.stringify(metadata ?? '').includes(`"${key}"`));

function request(facts: Partial<PostRequest> = {}): PostRequest {
  const now = new Date().toISOString() as PostRequest['now'];
  return { restoreId: 'R-17', key: 'planned', to: CHANNEL, message: { text: 'planned', blocks: [] }, now, ...facts };
}

/** As a process that is killed after Slack took its post, with the time passed after which another may try. */
async function postAndDie(post: PostOnce, facts: Partial<PostRequest> = {}): Promise<void> {
  await post(request(facts));
  await places.release('R-17', facts.key ?? 'planned');
}

describe('a message whose post was begun before', () => {
  it('is found however many others were said in the channel since', async () => {
    const post = createPostOnce(client(), places);
    await postAndDie(post);
    const { user } = slack.workspace.messages[0] ?? { user: '' };
    for (let said = 1; said <= 450; said++)
      slack.workspace.messages.push({
        ts: `${Date.now() / 1000 + said}`,
        channel: CHANNEL,
        user,
        text: 'x',
        blocks: [],
      });
    expect(await post(request())).toMatchObject({ kind: 'posted', isFound: true });
    expect(keyed('planned')).toHaveLength(1);
  });

  it('is looked for in the whole of its thread, whatever the age of what it answers', async () => {
    slack.workspace.messages.push({ ts: '1700000000.000100', channel: CHANNEL, user: 'U1', text: 'head', blocks: [] });
    const post = createPostOnce(client(), places);
    const thread = { ts: '1700000000.000100', isAnnounced: false };
    await places.begin('R-17', 'planned', request().now);
    await places.release('R-17', 'planned');
    expect(await post(request({ thread })), 'an old thread is not a lost one').toMatchObject({ kind: 'posted' });
    expect(calls('conversations.replies').map(({ args }) => args.oldest)).toEqual([undefined]);
    expect(keyed('planned')).toHaveLength(1);
  });

  it('is not looked for while Slack may still be at it, because it would not be there yet', async () => {
    const post = createPostOnce(client(), places);
    slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
    expect(await post(request())).toMatchObject({ kind: 'unsettled' });
    expect(await post(request())).toMatchObject({ kind: 'unsettled' });
    expect(calls('conversations.history')).toEqual([]);
    await places.release('R-17', 'planned');
    expect(await post(request())).toMatchObject({ kind: 'posted', isFound: true });
  });
});

describe.each(['before', 'after'] as const)('a post that Slack fails to answer, %s it acted', (when) => {
  it.each<[string, AnswerGoneWrong]>([
    ['with a 502', { kind: 'status', status: 502, method: 'chat.postMessage', when, times: 1 }],
    ['at all', { kind: 'hang', method: 'chat.postMessage', when, times: 1 }],
    ...(Object.keys(NONSENSE) as Nonsense[]).map((as): [string, AnswerGoneWrong] => [
      `but with ${as}`,
      { kind: 'nonsense', as, method: 'chat.postMessage', when, times: 1 },
    ]),
  ])('is no refusal: it is looked for, and stands there once (%s)', async (_, fault) => {
    const post = createPostOnce(client(), places);
    slack.faults.add(fault);
    expect(await post(request())).toMatchObject({ kind: 'unsettled' });
    await places.release('R-17', 'planned');
    expect(await post(request())).toMatchObject({ kind: 'posted', isFound: when === 'after' });
    expect(keyed('planned')).toHaveLength(1);
  });
});

describe('a reply whose post was begun before, where the bot may not read threads', () => {
  const PARENT = { ts: '1700000000.000100', channel: CHANNEL, user: 'U1', text: 'head', blocks: [] };
  const thread = { ts: PARENT.ts, isAnnounced: false };
  beforeEach(() => {
    slack.workspace.messages.push(PARENT);
    slack.faults.add({ kind: 'error', method: 'conversations.replies', error: 'not_allowed_token_type', times: 9 });
  });

  it('is posted when the history tells of no reply since', async () => {
    slack.workspace.messages.push({ ...PARENT, ts: '1700000001.000100', threadTs: PARENT.ts, text: 'old' });
    const post = createPostOnce(client(), places);
    slack.faults.add({ kind: 'error', method: 'chat.postMessage', error: 'internal_error', times: 1 });
    expect(await post(request({ thread }))).toMatchObject({ kind: 'unsettled' });
    await places.release('R-17', 'planned');
    expect(await post(request({ thread }))).toMatchObject({ kind: 'posted', isFound: false });
    expect(keyed('planned')).toHaveLength(1);
  });

  it('is not posted again when a reply came since, and nobody knows whether it arrived', async () => {
    const post = createPostOnce(client(), places);
    await postAndDie(post, { thread });
    expect(await post(request({ thread }))).toEqual({
      kind: 'refused',
      code: 'not_allowed_token_type',
      mayHaveArrived: true,
    });
    expect(keyed('planned')).toHaveLength(1);
  });

  it('is found in the channel when it was announced there', async () => {
    const post = createPostOnce(client(), places);
    const announced = { ...thread, isAnnounced: true };
    await postAndDie(post, { thread: announced });
    expect(await post(request({ thread: announced }))).toMatchObject({ kind: 'posted', isFound: true });
    expect(keyed('planned')).toHaveLength(1);
  });
});

/** Draws as a process of its own. */
function drawer(arrivesWithinMs?: number) {
  const slackClient = client();
  const coordinator = createCoordinator({
    store: test.store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm: { ring: () => undefined },
    samePeople: [],
    log,
  });
  return createCardDrawer({
    client: slackClient,
    coordinator,
    places,
    drawings: createCardDrawings(test.redis, arrivesWithinMs),
    postOnce: createPostOnce(slackClient, places),
    heads: { draw: async () => true },
    onUpdateDue: () => undefined,
    policy: POLICY,
    log,
  });
}

describe('an edit that arrives late', () => {
  it('is drawn over, although the process that sent it is dead and a later one was drawn before', async () => {
    await test.store.save(0, makeRestore('awaiting-approval'));
    const draw = drawer(1_500);
    await draw('R-17');
    const card = () => keyed('card')[0]?.text ?? '';
    const { channel, ts } = (await places.card('R-17')) ?? { channel: '', ts: '' };
    await createCardDrawings(test.redis, 1_500).begun({ restoreId: 'R-17', version: 1, key: 'of the dead' });
    await test.store.save(1, afterEvents(makeRestore('awaiting-approval'), ['approved']));
    await draw('R-17');
    const latest = card();
    await client().chat.update({ channel, ts, text: 'as it was before', blocks: [] });
    expect(card()).toBe('as it was before');

    await vi.waitFor(
      async () => {
        expect(await test.store.undrawn()).toEqual(['R-17']);
        await draw('R-17');
        expect(card()).toBe(latest);
      },
      { timeout: 30_000 },
    );
    await draw('R-17');
    expect(await test.store.undrawn()).toEqual([]);
  });
});

describe('of two who find at once that a message is gone', () => {
  it('one posts the card anew', async () => {
    await test.store.save(0, makeRestore('awaiting-approval'));
    await places.saveCard('R-17', { channel: CHANNEL, ts: '1700000000.000100', digest: 'old' });
    slack.faults.add({ kind: 'slow', method: 'chat.update', delayMs: 400, times: 1 });
    await Promise.all([drawer()('R-17'), drawer()('R-17')]);
    expect(keyed('card')).toHaveLength(1);
    expect(await places.card('R-17')).toMatchObject({ ts: keyed('card')[0]?.ts });
  });

  it('one posts the head message anew', async () => {
    const restore = makeRestore('awaiting-approval');
    const loaded = { restore, now: restore.since };
    await heads.saveHead('R-17', CHANNEL, { channel: CHANNEL, ts: '1700000000.000100', digest: 'old' });
    const slackClient = client();
    const keeper = createHeadKeeper({
      client: slackClient,
      heads,
      places,
      postOnce: createPostOnce(slackClient, places),
      readerOf: createReaders({ client: slackClient }).readerOf,
      policy: POLICY,
      log,
    });
    await keeper.lost(loaded, CHANNEL, '1700000000.000100');
    await keeper.stand(loaded, CHANNEL);
    await keeper.lost(loaded, CHANNEL, '1700000000.000100');
    await keeper.stand(loaded, CHANNEL);
    expect(keyed(`head:${CHANNEL}`)).toHaveLength(1);
  });

  it('an edit that comes late does not bring the old head message back', async () => {
    const old = { channel: CHANNEL, ts: '1700000000.000100', digest: 'old' };
    const posted = { channel: CHANNEL, ts: '1700000000.000200', digest: 'new' };
    await heads.saveHead('R-17', CHANNEL, posted);
    await heads.headDrawn('R-17', CHANNEL, { ...old, digest: 'drawn' });
    expect((await heads.heads('R-17')).get(CHANNEL)).toEqual(posted);
  });
});

describe('an attempt whose turn is over', () => {
  it('does not end the turn of the next one', async () => {
    const begun = await places.begin('R-17', 'planned', request().now);
    const first = begun.kind === 'mine' ? begun.lease : '';
    await places.release('R-17', 'planned');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await places.begin('R-17', 'planned', request().now);
    for (const how of ['over', 'in-doubt', 'refused'] as const) await places.leave('R-17', 'planned', first, how);
    expect(await places.renew('R-17', 'planned', first)).toBeUndefined();
    expect(await places.begin('R-17', 'planned', request().now)).toEqual({ kind: 'busy' });
  });
});
