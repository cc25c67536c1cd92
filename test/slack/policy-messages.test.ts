import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createPolicyKeeper, type PolicyKeeper, type PolicyStore } from '../../src/policy-keeper.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { createPolicyMessages } from '../../src/slack/policy-messages.ts';
import { createPostOnce } from '../../src/slack/post-once.ts';
import { createSeekPost } from '../../src/slack/seek-post.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { createMessagePlaces } from '../../src/store/message-places.ts';
import { createPolicyStore } from '../../src/store/policy-store.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { makePolicy } from '../support/make-restore.ts';
import { deathsAt, mortal } from '../support/mortal.ts';
import { APPROVER, GROUP_APPROVER, makePerson } from '../support/people.ts';
import { usePosting } from '../support/posting.ts';

const CHANNELS = ['C0AUDIT', 'C0APPROVALS'];
const log = pino({ level: 'silent' });

const here = usePosting({ channels: CHANNELS });

const policyWith = (facts: Partial<InstancePolicy>): Policy => ({ instances: [makePolicy(facts)], samePeople: [] });
const TIGHT = policyWith({ requestExpiryMinutes: 60 });
const LOOSE = policyWith({ requestExpiryMinutes: 180, noticeLeadMinutes: 30 });

function keeperOn(store: PolicyStore, file: Policy): PolicyKeeper {
  const refusedRequests = createRefusedRequestStore(here.test.redis);
  const { now } = here.test.store;
  return createPolicyKeeper({ store, refusedRequests, now, file, calendarTexts: { f00d: 'BEGIN:VCALENDAR' }, log });
}

async function say(rules: PolicyKeeper, places = createMessagePlaces(here.test.redis)): Promise<string> {
  const client = createSlackClient(here.slack.app.botToken, here.slack.apiUrl);
  const post = createPolicyMessages({
    client,
    rules,
    places,
    postOnce: createPostOnce(client, places),
    seek: createSeekPost(client, places),
    now: here.test.store.now,
    log,
  });
  return post(await rules.record());
}

const DEATHS = deathsAt(9);

it.each(DEATHS)(
  'a process that dies $when its call $at of the store leaves the rules whole, and another goes on',
  async (dies) => {
    const store = createPolicyStore(here.test.redis);
    await keeperOn(mortal(store, dies), TIGHT)
      .begin()
      .catch(() => undefined);
    const first = keeperOn(store, TIGHT);
    await first.begin();
    expect((await first.record()).history.map(({ event }) => event)).toEqual(['policy-first']);
    await keeperOn(mortal(store, dies), LOOSE)
      .begin()
      .catch(() => undefined);
    const second = keeperOn(store, LOOSE);
    await second.begin();
    const { inForce, proposals, history } = await second.record();
    expect(inForce.instances[0]).toMatchObject({ requestExpiryMinutes: 60, noticeLeadMinutes: 30 });
    expect(proposals).toHaveLength(1);
    expect(history.map(({ event }) => event)).toEqual(['policy-first', 'policy-file']);
  },
);

it.each(DEATHS)(
  'a process that dies $when call $at of saying it leaves nothing said twice and nothing unsaid',
  async (dies) => {
    const store = createPolicyStore(here.test.redis);
    await keeperOn(store, TIGHT).begin();
    const rules = keeperOn(store, LOOSE);
    await rules.begin();
    const places = mortal(createMessagePlaces(here.test.redis), dies);
    await say(rules, places).catch(() => undefined);
    await here.leasesRunOut();
    const next = keeperOn(store, LOOSE);
    for (let looks = 0; looks < 3 && (await say(next)) !== 'all-said'; looks++);
    expect(await say(next)).toBe('all-said');
    expect(here.slack.messages('C0AUDIT').map(({ text }) => text.split('.')[0])).toHaveLength(2);
    expect(here.slack.messages('C0APPROVALS')).toHaveLength(1);
  },
);

it('a card that was deleted while it waits is posted anew, so that people can still answer', async () => {
  const store = createPolicyStore(here.test.redis);
  await keeperOn(store, TIGHT).begin();
  const rules = keeperOn(store, LOOSE);
  await rules.begin();
  await say(rules);
  const [{ hash } = { hash: '' }] = (await rules.record()).proposals;
  here.slack.workspace.messages.splice(0);
  await rules.answer({ kind: 'agree', hash, person: makePerson('U0ANTON'), others: [] });
  await say(rules);
  expect(here.slack.messages('C0APPROVALS').map(({ text }) => text)).toEqual([
    expect.stringContaining('Looser rule 1'),
  ]);
});

/** A looser rule whose card stands, and where. */
async function standingCard() {
  const store = createPolicyStore(here.test.redis);
  await keeperOn(store, TIGHT).begin();
  const rules = keeperOn(store, LOOSE);
  await rules.begin();
  const places = createMessagePlaces(here.test.redis);
  await say(rules, places);
  const { id, proposals } = await rules.record();
  const place = await places.card(`${id}-proposal-1-C0APPROVALS`);
  const answer = (kind: 'agree' | 'refuse', person = APPROVER) =>
    rules.answer({ kind, hash: proposals[0]?.hash ?? '', person, others: [] });
  return { rules, places, place, answer };
}
const cards = () => here.slack.messages('C0APPROVALS').map(({ text }) => text);

it('a card that was deleted is posted anew once, although a worker that found it gone too comes while another posts', async () => {
  const { rules, places, place, answer } = await standingCard();
  here.slack.workspace.messages.splice(0);
  await answer('agree');
  let others = 0;
  const inBetween = {
    ...places,
    async begin(...args: Parameters<typeof places.begin>) {
      const begun = await places.begin(...args);
      if (args[1].startsWith('proposal-') && others++ === 0) await say(rules, { ...places, card: async () => place });
      return begun;
    },
  };
  await say(rules, inBetween);
  expect(others).toBe(1);
  for (let looks = 0; looks < 3 && (await say(rules)) !== 'all-said'; looks++);
  expect(cards()).toEqual([expect.stringContaining('Looser rule 1')]);
});

it.each(deathsAt(6))(
  'a process that dies $when call $at of posting a deleted card anew leaves one card, that says what is decided meanwhile',
  async (dies) => {
    const { rules, places, answer } = await standingCard();
    here.slack.workspace.messages.splice(0);
    await answer('agree');
    await say(rules, mortal(places, dies)).catch(() => undefined);
    await here.leasesRunOut();
    const before = cards();
    await answer('refuse', GROUP_APPROVER);
    for (let looks = 0; looks < 4 && (await say(rules)) !== 'all-said'; looks++);
    expect(await say(rules)).toBe('all-said');
    // Where it was decided before it was posted anew, no card is needed any more.
    expect(cards()).toEqual(before.map(() => expect.stringMatching(/Looser rule 1.*efused/s)));
  },
);

it('a card that was deleted when it is over keeps nothing else from being said', async () => {
  const store = createPolicyStore(here.test.redis);
  await keeperOn(store, TIGHT).begin();
  const rules = keeperOn(store, LOOSE);
  await rules.begin();
  await say(rules);
  const card = here.slack.messages('C0APPROVALS')[0];
  here.slack.workspace.messages.splice(
    here.slack.workspace.messages.findIndex(({ ts }) => ts === card?.ts),
    1,
  );
  await keeperOn(store, TIGHT).begin();
  expect(await say(rules)).toBe('all-said');
  expect(here.slack.messages('C0AUDIT')).toHaveLength(3);
});

it('each channel reads of changed rules in its own language', async () => {
  const store = createPolicyStore(here.test.redis);
  const inGerman = (policy: Policy): Policy => ({ ...policy, channelLanguages: { C0APPROVALS: 'de' } });
  await keeperOn(store, inGerman(TIGHT)).begin();
  const rules = keeperOn(store, inGerman(LOOSE));
  await rules.begin();
  for (let looks = 0; looks < 3 && (await say(rules)) !== 'all-said'; looks++);
  expect(here.slack.messages('C0APPROVALS').map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /wartet, bis .* zugestimmt haben.*Wie lange eine Anfrage beantwortet werden kann: jetzt 1 h; dann 3 h/s,
    ),
  ]);
  expect(here.slack.messages('C0AUDIT').map(({ text }) => text)).toEqual([
    expect.stringContaining('The rules are in force'),
    expect.stringMatching(
      /In force at once: orders: The time between the notice and the start\. Looser, and waiting .* agreed: orders: How long a request can be answered\./,
    ),
  ]);
});
