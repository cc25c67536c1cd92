import { describe, expect, it, type TestContext } from 'vitest';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, keyOf, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { startJourney } from '../support/journey.ts';

const EVER = 1_000_000;
const HEAD = `head:${CHANNELS.orders.id}`;
const PLANNED = `planned:${CHANNELS.orders.id}`;
const OUTCOME = `outcome:${CHANNELS.orders.id}`;

/** A start whose first notice Slack took and did not answer for, and that is cancelled before anybody could look. */
async function cancelledInDoubt({ onTestFinished }: TestContext, lost: { readonly inThread: boolean }) {
  const journey = await startJourney();
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  onTestFinished(async () => {
    redis.disconnect();
    await journey.end();
  });
  const { slack } = journey;
  const store = createRestoreStore(redis);
  const record = async () => (await store.load('R-1'))?.restore;
  const inOrders = (key: string) => slack.messages(CHANNELS.orders.id).filter((message) => keyOf(message) === key);
  const card = await requestRestore(journey);
  const lookRefused = lost.inThread ? 'conversations.replies' : 'conversations.history';
  slack.faults.add({ kind: 'status', method: lookRefused, when: 'before', status: 503, times: EVER });
  slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', inThread: lost.inThread, times: 1 });
  await approve(journey, card);
  await until('the notice to arrive', () => inOrders(lost.inThread ? PLANNED : HEAD).length === 1);
  await slack.as(PEOPLE.requester.id).slash('/restore', 'cancel R-1', CHANNELS.approvals.id);
  await until('the end', async () => (await record())?.state.status === 'cancelled');
  await until('the word to the requester', async () =>
    Object.keys((await record())?.deliveries ?? {}).includes(`ended:${PEOPLE.requester.id}`),
  );
  return { slack, record, inOrders, comeBack: () => slack.faults.clear() };
}

describe.concurrent('a notice that arrived without an answer, and whose restore was cancelled in that moment', {
  timeout: 90_000,
}, () => {
  it.for([
    ['a head message', false, HEAD],
    ['a reply under it', true, PLANNED],
  ] as const)('as %s is found; its channel hears that it was called off', async ([, inThread, key], context) => {
    const { record, inOrders, comeBack } = await cancelledInDoubt(context, { inThread });
    const head = () => inOrders(HEAD).map(wordsOf).join();
    if (!inThread) expect(head()).toContain('planned');
    expect(inOrders(OUTCOME)).toHaveLength(0);
    comeBack();
    await until('the outcome', () => inOrders(OUTCOME).length === 1);
    await until('the head message to say so', () => head().includes('*Status:* called off'));
    await until('the anchor', async () => (await record())?.deliveries.anchor !== undefined);
    const after = await record();
    expect(after?.deliveries[key]).toMatchObject({ status: 'posted', ts: inOrders(key)[0]?.ts });
    expect(after?.history.at(-1)?.facts.message).toBe('anchor');
    expect([HEAD, PLANNED, OUTCOME].map((each) => inOrders(each).length)).toEqual([1, inThread ? 1 : 0, 1]);
  });
});
