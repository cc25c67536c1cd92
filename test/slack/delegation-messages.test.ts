import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createDelegations } from '../../src/delegations.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { createDelegationMessages } from '../../src/slack/delegation-messages.ts';
import { createPostOnce } from '../../src/slack/post-once.ts';
import { createReaders } from '../../src/slack/readers.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createDelegationStore } from '../../src/store/delegation-store.ts';
import { KEY } from '../../src/store/keys.ts';
import { createMessagePlaces } from '../../src/store/message-places.ts';
import { makePerson } from '../support/people.ts';
import { usePosting } from '../support/posting.ts';

const log = pino({ level: 'silent' });
const [ANTON, BELA] = [makePerson('U0ANTON'), makePerson('U0BELA')];

const here = usePosting({
  channels: [],
  users: [ANTON, BELA].map(({ id }) => ({
    id,
    name: id,
    realName: id,
    tz: 'Europe/Berlin',
    locale: id === BELA.id ? 'de-DE' : 'en-GB',
  })),
  scopes: ['chat:write', 'im:write', 'im:history', 'users:read'],
});

const door = () => createDelegations({ store: createDelegationStore(here.test.redis), samePeople: [], log });
const draft = (minutes = 60) => ({
  delegator: ANTON,
  delegate: BELA,
  startsAt: instantOf(Date.now() - 120_000),
  endsAt: instantOf(Date.now() + minutes * 60_000),
});

async function made(): Promise<string> {
  const delegated = await door().delegate(draft(), true);
  if (delegated.kind !== 'done') throw new Error(delegated.kind);
  return delegated.delegation.id;
}

function teller(delegations: Pick<ReturnType<typeof door>, 'owing' | 'settle'> = door(), now = here.test.store.now) {
  const client = createSlackClient(here.slack.app.botToken, here.slack.apiUrl);
  const places = createMessagePlaces(here.test.redis);
  return createDelegationMessages({
    delegations,
    places,
    postOnce: createPostOnce(client, places),
    readerOf: createReaders({ client }).readerOf,
    now,
    log,
  });
}

const said = () => here.slack.workspace.messages.map(({ text }) => text);

it('its holder is told once, in their language, by however many look', async () => {
  await made();
  await Promise.all([teller()(), teller()()]);
  await teller()();
  expect(said()).toHaveLength(1);
  expect(said()[0]).toContain(`<@${ANTON.id}> hat dir einen Platz übergeben (D-1)`);
  expect(await door().owing()).toEqual([]);
});

it('both are told once when it ends early, each in their language', async () => {
  const id = await made();
  await teller()();
  await door().revoke(id, BELA);
  await teller()();
  await teller()();
  expect(said().slice(1)).toEqual([
    expect.stringContaining(`<@${BELA.id}> does not stand in for you any more (D-1): <@${BELA.id}> ended it`),
    expect.stringContaining(`Du vertrittst <@${ANTON.id}> nicht mehr (D-1)`),
  ]);
});

it('a process that dies between the post and its note leaves nothing said twice', async () => {
  await made();
  const dies = { ...door(), settle: () => Promise.reject(new Error('the process died')) };
  await expect(teller(dies)()).rejects.toThrow('died');
  expect(said()).toHaveLength(1);
  await here.test.redis.hdel(KEY.sending('D-1'), 'handed-over until');
  await teller()();
  expect(said()).toHaveLength(1);
  expect(await door().owing()).toEqual([]);
});

it('while Slack is away it stays owed, and what is over by then is told to nobody', async () => {
  await made();
  here.slack.faults.add({ kind: 'away', times: 50 });
  await teller()();
  expect(await door().owing()).toHaveLength(1);
  here.slack.faults.clear();
  const { now } = here.test.store;
  await teller(door(), async () => addMinutes(await now(), 61))();
  expect(await door().owing()).toEqual([]);
  expect(said()).toEqual([]);
});

it('whom Slack lets nobody write to is not tried again, and the chain says so', async () => {
  await made();
  here.slack.faults.add({ kind: 'error', method: 'chat.postMessage', error: 'messages_tab_disabled', times: 1 });
  await teller()();
  await teller()();
  expect(said()).toEqual([]);
  const [made1] = await door().of(BELA.id);
  expect(made1?.history.at(-1)?.facts).toMatchObject({ undeliverable: 'messages_tab_disabled' });
});
