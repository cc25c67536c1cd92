import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
afterEach(() => journey.end());

/** Everything that Redis holds now, to be put back later as from a copy of its files. */
async function copyOf({ redis: { target } }: Journey) {
  const redis = new Redis(target.socketPath);
  const keys = await redis.keys('*');
  const kept = await Promise.all(
    keys.map(async (key) => ({ key, dump: await redis.dumpBuffer(key), leftMs: Math.max(0, await redis.pttl(key)) })),
  );
  return {
    async putBack() {
      await redis.flushall();
      for (const { key, dump, leftMs } of kept) if (dump) await redis.restore(key, leftMs, dump);
      redis.disconnect();
    },
  };
}

it('a restore that Redis forgot, put back to a copy, is not carried out again: people say whether it ran', async () => {
  journey = await startJourney();
  const card = await requestRestore(journey);
  const cardSays = (words: string) =>
    until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));
  journey.aura.instances.settle(PRODUCTION.id, 'updating');
  await approve(journey, card);
  await cardSays('waiting until it is running');
  let putBack = async () => {};
  await journey.restart(async () => {
    putBack = (await copyOf(journey)).putBack;
  });
  journey.aura.instances.settle(PRODUCTION.id, 'running');
  await cardSays('Restored to');
  expect(journey.aura.calls('restore')).toHaveLength(1);

  await journey.restart(putBack);
  await cardSays('say what happened');
  expect(wordsOf(cardAt(journey, card))).toContain('went back to an older state');
  await journey.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeRan);
  await cardSays('Restored to');
  expect(journey.aura.calls('restore')).toHaveLength(1);
}, 150_000);
