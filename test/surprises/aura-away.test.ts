import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { startJourney } from '../support/journey.ts';

const EVER = 1_000_000;

it('Aura away in the middle of a restore: the card says since when and that the bot keeps trying, then that it stalls, and the restore goes on', {
  timeout: 120_000,
}, async ({ onTestFinished }) => {
  const journey = await startJourney({ pace: { restoreMs: 600_000 }, timing: { stall: { restore: '6s' } } });
  onTestFinished(() => journey.end());
  const card = await requestRestore(journey);
  const words = () => wordsOf(cardAt(journey, card));
  const cardSays = (what: string) => until(`the card to say "${what}"`, () => words().includes(what));
  await approve(journey, card);
  await cardSays('Aura is restoring the instance*');
  await cardSays('\\"restoring\\"');
  const leftAt = Date.now();
  journey.aura.faults.add({ kind: 'reset', route: 'get-instance', when: 'before', times: EVER });

  await cardSays('Aura has given no usable answer since');
  const since = Number(/no usable answer since <!date\^(\d+)/.exec(words())?.[1]) * 1000;
  expect(Math.abs(since - leftAt)).toBeLessThan(5_000);
  expect(words()).toContain(`${new Date(since).toISOString().slice(11, 16)} UTC)`);
  expect(words()).toContain('The bot keeps trying.');
  await cardSays('*Stalled:*');
  expect(words()).toContain('Aura is restoring the instance*');

  journey.aura.faults.clear();
  await until(
    'the card to take it back',
    () => !words().includes('no usable answer') && !words().includes('*Stalled:*'),
    60_000,
  );
  journey.aura.instances.settle(PRODUCTION.id, 'running');
  await cardSays('Restored to');
  expect(words()).not.toContain('no usable answer');
  expect(journey.aura.calls('restore')).toHaveLength(1);
});

it('Aura away after a restore call whose answer was lost: the watch for the start begins anew with its first answer, and the question says what nobody saw', {
  timeout: 120_000,
}, async ({ onTestFinished }) => {
  const journey = await startJourney();
  onTestFinished(() => journey.end());
  const card = await requestRestore(journey);
  const cardSays = (what: string) =>
    until(`the card to say "${what}"`, () => wordsOf(cardAt(journey, card)).includes(what));
  journey.aura.faults.add({ kind: 'reset', route: 'restore', when: 'before', times: 1 });
  await approve(journey, card);
  await until('the restore call', () => journey.aura.calls('restore').length === 1);
  journey.aura.faults.add({ kind: 'reset', route: 'get-instance', when: 'before', times: EVER });
  await cardSays('Aura has given no usable answer since');
  // Longer than the whole watch of three seconds.
  await sleep(4_000);
  expect(wordsOf(cardAt(journey, card))).not.toContain('say what happened');
  journey.aura.faults.clear();
  await cardSays('nobody could look: what Aura did then was not seen');
  await cardSays('say what happened');
  expect(wordsOf(cardAt(journey, card))).toContain('Since then Aura showed no sign of a restore');
});
