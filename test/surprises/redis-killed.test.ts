import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { endlessRestore, holdBeforeTheCall, startSite } from '../support/site.ts';

const HOLD_MS = 2_000;
/** Redis is back before this is over, on a machine with much other work too. */
const LONG_HOLD_MS = 8_000;

/** A restore that was just approved. */
async function openCase({ onTestFinished }: TestContext, startWatch = '60s') {
  const site = await startSite({
    pace: { snapshotMs: 1_000 },
    timing: { start_watch: startWatch },
  });
  onTestFinished(() => site.end());
  await site.start();
  const restore = endlessRestore(site, 'R-1', PRODUCTION.id);
  restore.hold();
  const card = await requestRestore(site);
  await approve(site, card);
  return {
    site,
    card,
    finish: restore.finish,
    restoreCalls: () => site.aura.calls('restore').length,
    cardSays: (words: string) => until(`the card to say "${words}"`, () => wordsOf(cardAt(site, card)).includes(words)),
  };
}

describe.concurrent('Redis killed between the intent and the restore call', { timeout: 150_000 }, () => {
  it('and still away when the call is due: nothing is sent, and a person is asked', async (context) => {
    const { site, card, restoreCalls, cardSays } = await openCase(context, '6s');
    await holdBeforeTheCall(site, 'R-1', HOLD_MS);
    await site.redis.kill();
    await sleep(HOLD_MS + 1_000);
    expect(restoreCalls()).toBe(0);
    await site.redis.restart();
    await cardSays('say what happened');
    await site.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeDidNotRun);
    await site.comesTo('R-1', 'failed');
    await cardSays('did not complete');
    expect(restoreCalls()).toBe(0);
  });

  it('and back when the call is due: it is sent once, and the restore goes on', async (context) => {
    const { site, finish, restoreCalls, cardSays } = await openCase(context);
    await holdBeforeTheCall(site, 'R-1', LONG_HOLD_MS);
    await site.redis.kill();
    await site.redis.restart();
    await finish();
    await cardSays('Restored to');
    expect(restoreCalls()).toBe(1);
  });
});

it.concurrent('Redis killed between the restore call and its record: what Aura shows is found again, without a second call', {
  timeout: 150_000,
}, async (context) => {
  const { site, finish, restoreCalls, cardSays } = await openCase(context);
  site.aura.faults.add({ kind: 'slow', route: 'restore', delayMs: 1_500, times: 1 });
  await until('the restore call', () => restoreCalls() === 1);
  await site.redis.kill();
  await until('Aura to restore', () => site.aura.calls('restore').some(({ applied }) => applied));
  await sleep(1_000);
  await site.redis.restart();
  await finish();
  await cardSays('Restored to');
  expect(restoreCalls()).toBe(1);
});
