import { afterEach, describe, expect, it } from 'vitest';
import { DEMO } from '../../playground/aura/assumptions.ts';
import { startBotProcess } from '../../playground/bot-process.ts';
import { CHANNELS } from '../../playground/people.ts';
import { approve, cardAt, noticesIn, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { startWorld, type World } from '../../playground/world.ts';

let world: World;
let bot: Awaited<ReturnType<typeof startBotProcess>> | undefined;
afterEach(async () => {
  await bot?.stop();
  await world.close();
});

describe('the bot, killed in the middle of a restore and started again', () => {
  it.each([
    ['while the safety snapshot is taken', 'Aura is taking the safety snapshot'],
    ['while Aura restores', 'Aura is restoring'],
  ])(
    '%s, goes on where it was: one restore call, one card, each notice once',
    async (_, words) => {
      world = await startWorld({ transport: 'socket', pace: { ...DEMO, restoreMs: 6000 } });
      const first = await startBotProcess(world);
      const card = await requestRestore(world);
      await approve(world, card);
      await until(words, () => wordsOf(cardAt(world, card)).includes(words));
      if (first.pid !== undefined) process.kill(first.pid, 'SIGKILL');
      await until('its connection to drop', () => world.slack.socketCount() === 0);
      bot = await startBotProcess(world);
      await until('the end', () => wordsOf(cardAt(world, card)).includes('Restored to'), 45_000);
      const notices = () => [CHANNELS.orders.id, CHANNELS.status.id].map((channel) => noticesIn(world, channel).length);
      await until('all notices', () => notices().every((count) => count >= 2));
      expect(notices()).toEqual([2, 2]);
      expect(world.aura.calls('restore')).toHaveLength(1);
      expect(world.slack.messages(CHANNELS.approvals.id).filter(({ onlyFor }) => !onlyFor)).toHaveLength(1);
    },
    120_000,
  );
});
