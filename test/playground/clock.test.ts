import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { QUICK } from '../../playground/aura/assumptions.ts';
import { startBotProcess } from '../../playground/bot-process.ts';
import { listeningBot, type PlaygroundClock, startPlaygroundClock } from '../../playground/clock/playground-clock.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION, startWorld, type World } from '../../playground/world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TIMING = { poll_interval: '0.2s', snapshot_poll: '0.2s', sweep: '0.5s', card_refresh: '2s' };

let world: World;
let bot: Awaited<ReturnType<typeof startBotProcess>>;
let clock: PlaygroundClock;

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(world, card)).includes(words), 40_000);

describe('a clock that is moved forward', () => {
  beforeAll(async () => {
    clock = startPlaygroundClock();
    world = await startWorld({ transport: 'socket', pace: QUICK, settings: { timing: TIMING } });
    bot = await startBotProcess(world, undefined, { movableClock: true });
    clock.lead(listeningBot(bot, world.slack));
  }, 60_000);
  afterAll(async () => {
    clock.close();
    await bot.stop();
    await world.close();
  });

  it('a request expires when it is moved past its expiry, and not before', async () => {
    const card = await requestRestore(world);
    await clock.forward(59 * MINUTE_MS);
    await cardSays(card, 'exceeds the RPO');
    expect(wordsOf(cardAt(world, card))).toContain('A second person must confirm');
    await clock.forward(2 * MINUTE_MS);
    await cardSays(card, 'Expired: not decided in time');
    expect(JSON.stringify(cardAt(world, card).blocks)).not.toContain(ACTION.approve);
    expect(world.aura.calls('restore')).toEqual([]);
  }, 120_000);

  it('a restore that is planned for tomorrow starts when it is moved there, and nobody finds the clocks apart', async () => {
    const startAt = Math.ceil((Date.now() + DAY_MS) / MINUTE_MS) * MINUTE_MS;
    const rita = world.slack.as(PEOPLE.requester.id);
    const card = await requestRestore(world, {
      async beforeSubmit() {
        await rita.choose(ACTION.chooseStart, 'at');
        await until('the field', () => JSON.stringify(rita.modal()?.view).includes(ACTION.chooseStartTime));
        await rita.choose(ACTION.chooseStartTime, startAt / 1000);
      },
    });
    await approve(world, card, PEOPLE.approver.id, PRODUCTION.alias);
    await cardSays(card, 'Confirmed by');
    await clock.forward(DAY_MS / 2);
    await cardSays(card, 'waiting to start*, for 12 h');
    expect(world.aura.calls('take-snapshot')).toEqual([]);
    await clock.forward(startAt - Date.now());
    await cardSays(card, 'Restored to');
    expect(world.aura.calls('restore')).toHaveLength(1);
    expect(world.aura.calls('restore')[0]?.at).toBeGreaterThan(startAt);
    expect(wordsOf(cardAt(world, card))).not.toContain('Held back');
  }, 120_000);
});

it('a bot that was not started to follow the clock refuses to be moved', async () => {
  const another = await startWorld({ transport: 'socket', pace: QUICK });
  const fixed = await startBotProcess(another);
  await expect(fixed.setClockAhead(MINUTE_MS)).rejects.toThrow('does not follow');
  await fixed.stop();
  await another.close();
}, 60_000);
