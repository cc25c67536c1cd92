import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { endlessRestore, holdBeforeTheCall, startSite } from '../support/site.ts';

/** Long enough for what a frozen process still had in hand to come out. */
const AFTERMATH_MS = 3_000;

/** A restore that was just approved, in the hands of the first of two worker processes. */
async function openCase({ onTestFinished }: TestContext, startWatch = '60s') {
  const site = await startSite({
    pace: { snapshotMs: 1_000 },
    timing: { start_watch: startWatch },
  });
  onTestFinished(() => site.end());
  await site.start('slack');
  const first = await site.start('worker');
  const restore = endlessRestore(site, 'R-1', PRODUCTION.id);
  restore.hold();
  const card = await requestRestore(site);
  await approve(site, card);
  return {
    site,
    card,
    finish: restore.finish,
    freeze: () => process.kill(first.pid, 'SIGSTOP'),
    thaw: () => process.kill(first.pid, 'SIGCONT'),
    restoreCalls: () => site.aura.calls('restore').length,
    cardSays: (words: string) => until(`the card to say "${words}"`, () => wordsOf(cardAt(site, card)).includes(words)),
  };
}

describe.concurrent('a worker that is frozen for longer than its lock on the work lasts', { timeout: 150_000 }, () => {
  it('before it saved the intent: another sends the call, and the first, when it wakes, does not', async (context) => {
    const { site, finish, freeze, thaw, restoreCalls, cardSays } = await openCase(context);
    await until('the safety snapshot', () => site.aura.calls('take-snapshot').length > 0);
    const reads = site.aura.calls('get-instance').length;
    site.aura.faults.add({ kind: 'slow', route: 'get-instance', delayMs: 500, times: 1 });
    await until('the last look', () => site.aura.calls('get-instance').length > reads);
    freeze();
    expect((await site.record('R-1')).state.status).toBe('ready-to-restore');
    await site.start('worker');
    await site.comesTo('R-1', 'restoring', 60_000);
    thaw();
    await finish();
    await sleep(AFTERMATH_MS);
    await cardSays('Restored to');
    expect(restoreCalls()).toBe(1);
  });

  it('while its call is on the way: another finds the intent, looks, and goes on without a second call', async (context) => {
    const { site, finish, freeze, thaw, restoreCalls, cardSays } = await openCase(context);
    site.aura.faults.add({ kind: 'slow', route: 'restore', delayMs: 1_000, times: 1 });
    await until('the restore call', () => restoreCalls() === 1);
    freeze();
    await site.start('worker');
    await finish();
    thaw();
    await sleep(AFTERMATH_MS);
    expect((await site.record('R-1')).state.status).toBe('completed');
    await cardSays('Restored to');
    expect(restoreCalls()).toBe(1);
  });

  it('between the intent and the call: when a person has said that it did not run, its call is never sent', async (context) => {
    const { site, card, freeze, thaw, restoreCalls, cardSays } = await openCase(context, '4s');
    await holdBeforeTheCall(site, 'R-1', 1_500);
    freeze();
    await site.start('worker');
    await cardSays('say what happened');
    await site.slack.as(PEOPLE.requester.id).click(card, ACTION.judgeDidNotRun);
    await site.comesTo('R-1', 'failed');
    thaw();
    await sleep(AFTERMATH_MS);
    expect(restoreCalls()).toBe(0);
    expect((await site.record('R-1')).state.status).toBe('failed');
    await cardSays('did not complete');
  });
});
