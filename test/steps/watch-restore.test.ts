import { describe, expect, it } from 'vitest';
import { AuraBudgetError } from '../../src/aura/errors.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { createWatchRestore, type Looks } from '../../src/steps/watch-restore.ts';
import { afterEvents, inStatus, makeRestore } from '../support/make-restore.ts';
import { makeFakeAura, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep, wordsOf } from './step-run.ts';

/** Aura said yes; nothing was seen yet. */
const accepted = makeRestore('restoring');
/** The instance was seen to leave `running`. */
const left = inStatus(afterEvents(accepted, ['start-seen']), 'restoring');
/** It was then seen `running` once. */
const seenOnce = inStatus(afterEvents(left, ['running-seen']), 'restoring');

function watch(instance: typeof RUNNING | Error, restore = accepted, now = restore.since, looks?: Looks) {
  const { aura, calls } = makeFakeAura({ instance });
  const timing = { pollMs: POLL_MS, startLagMs: 90_000 };
  const step = createWatchRestore({ aura, timing, ...(looks ? { looks } : {}) });
  return runStep(step, restore, now).then((run) => ({ ...run, calls }));
}

/** What was noted of looks, on top of what is known already. */
function notedLooks(known: Awaited<ReturnType<Looks['known']>>) {
  const noted: unknown[] = [];
  const looks: Looks = {
    lineEndsAtMs: async () => known.lineEndsAtMs,
    known: async () => known,
    noteNotEnded: async (_, atMs) => void noted.push({ notEndedAtMs: atMs }),
    noteEnded: async (_, took) => void noted.push(took),
  };
  return { looks, noted };
}

describe('a restore that Aura accepted', () => {
  it('has not ended when Aura still reports running: it may only be slow to begin', async () => {
    const lastMoment = instantOf(Date.parse(accepted.state.startedAt) + 89_999);
    const run = await watch(RUNNING, accepted, lastMoment);
    expect(wordsOf(run)).toMatch(/waiting for it to begin/);
    expect(run.saved).toEqual([]);
  });

  it('may have ended unseen after 90 seconds: then running is noted, and looked at once more', async () => {
    const run = await watch(RUNNING, accepted, instantOf(Date.parse(accepted.state.startedAt) + 90_000));
    expect(run.saved).toEqual([{ type: 'running-seen' }]);
    expect(run.outcome).toMatchObject({ kind: 'look-again', afterMs: 3_000 });
  });

  it.each(['restoring', 'some word of tomorrow'])('is seen to have begun when Aura reports "%s"', async (status) => {
    const run = await watch(reporting(status));
    expect(run.saved).toEqual([{ type: 'start-seen', status }]);
    expect(wordsOf(run)).toContain(status);
  });
});

describe('a restore that was seen to begin', () => {
  it('is noted as running again, and looked at once more before that counts', async () => {
    const run = await watch(RUNNING, left);
    expect(run.saved).toEqual([{ type: 'running-seen' }]);
    expect(run.outcome.kind).toBe('look-again');
  });

  it('has ended when running was seen twice', async () => {
    expect(eventOf(await watch(RUNNING, seenOnce))).toEqual({ type: 'restore-finished' });
  });

  it('has not ended when running was lost between the two looks', async () => {
    const run = await watch(reporting('restoring'), seenOnce);
    expect(run.saved).toEqual([{ type: 'running-lost', status: 'restoring' }]);
    expect(run.outcome.kind).toBe('look-again');
  });

  it.each(['restoring', 'loading', 'updating', 'paused', 'some word of tomorrow'])(
    'goes on, and says so, while Aura reports "%s"',
    async (status) => {
      const run = await watch(reporting(status), left, addMinutes(left.since, 600));
      expect(run.saved).toEqual([]);
      expect(wordsOf(run)).toContain(status);
    },
  );

  it.each(['loading failed', 'encryption key deleted'])('has failed when Aura reports "%s"', async (status) => {
    expect(eventOf(await watch(reporting(status), left))).toMatchObject({
      type: 'step-failed',
      step: 'watch-restore',
      reason: 'restore-failed',
      condition: 'broken',
    });
  });

  it.each([
    ['is being destroyed', reporting('destroying')],
    ['is unknown to Aura', refusal('not-found-instance')],
  ])('has ended with its instance when that %s', async (_, instance) => {
    expect(eventOf(await watch(instance, left))).toMatchObject({ reason: 'instance-deleted', condition: 'broken' });
  });

  it.each(TROUBLES)('is looked at again after %s, for as long as it takes', async (_, trouble) => {
    expect(wordsOf(await watch(trouble, left, addMinutes(left.since, 600)))).toMatch(/Still trying/);
  });

  it('is looked at less often the longer it takes, at most four times as seldom', async () => {
    const { startedAt } = left.state;
    const afterMs = async (minutes: number) => {
      const { outcome } = await watch(reporting('restoring'), left, addMinutes(startedAt, minutes));
      return outcome.kind === 'look-again' ? outcome.afterMs : undefined;
    };
    expect([await afterMs(1), await afterMs(5), await afterMs(600)]).toEqual([POLL_MS, 2 * POLL_MS, 4 * POLL_MS]);
  });
});

describe('a restore of an instance whose earlier ones took some ten minutes', () => {
  const startedMs = Date.parse(left.state.startedAt);
  const leftMs = Date.parse(left.state.leftRunningAt ?? '');
  const earlier = [{ ms: 600_000, unsureMs: 5_000 }];
  const at = (ms: number) => instantOf(startedMs + ms);

  it('is left alone until the end may come', async () => {
    const { looks } = notedLooks({ isInLine: false, earlier, notEndedAtMs: startedMs + 419_000 });
    const run = await watch(reporting('restoring'), left, at(420_000), looks);
    expect(run.calls).toEqual([]);
    const { outcome } = run;
    if (outcome.kind !== 'not-yet') throw new Error('it should not be looked at');
    expect(420_000 + outcome.afterMs).toBeGreaterThan(510_000);
    expect(420_000 + outcome.afterMs).toBeLessThan(600_000);
    const then = await watch(reporting('restoring'), left, at(420_000 + Math.ceil(outcome.afterMs)), looks);
    expect(then.calls).toHaveLength(1);
  });

  it('is looked at when the clock was set back to before the last look, and noted as seen then', async () => {
    const { looks, noted } = notedLooks({ isInLine: false, earlier, notEndedAtMs: startedMs + 419_000 });
    const run = await watch(reporting('restoring'), left, at(-3_600_000), looks);
    expect(run.calls).toHaveLength(1);
    expect(noted).toEqual([{ notEndedAtMs: startedMs - 3_600_000 }]);
    const { outcome } = run;
    if (outcome.kind !== 'look-again') throw new Error('it should be looked at');
    expect(outcome.afterMs).toBeLessThanOrEqual(12 * POLL_MS);
  });

  it('is left alone for longer while the line of looks is long, but keeps its turn once it is in that line', async () => {
    const known = { earlier, notEndedAtMs: startedMs + 419_000, lineEndsAtMs: startedMs + 600_000 + 22_500 };
    const waiting = await watch(
      reporting('restoring'),
      left,
      at(560_000),
      notedLooks({ ...known, isInLine: false }).looks,
    );
    const usual = { ...known, lineEndsAtMs: startedMs };
    const looked = await watch(
      reporting('restoring'),
      left,
      at(560_000),
      notedLooks({ ...usual, isInLine: false }).looks,
    );
    const inLine = await watch(
      reporting('restoring'),
      left,
      at(560_000),
      notedLooks({ ...known, isInLine: true }).looks,
    );
    expect([waiting, looked, inLine].map(({ calls }) => calls.length)).toEqual([0, 1, 1]);
  });

  it('is looked at soon after each look in that time, and the look is noted', async () => {
    const { looks, noted } = notedLooks({ isInLine: false, earlier, notEndedAtMs: startedMs + 500_000 });
    const run = await watch(reporting('restoring'), left, at(600_000), looks);
    expect(noted).toEqual([{ notEndedAtMs: startedMs + 600_000 }]);
    expect(run.outcome.kind === 'look-again' && run.outcome.afterMs).toBeLessThan(30_000);
  });

  it('is looked at once all the same until its start was seen', async () => {
    const { looks } = notedLooks({ isInLine: false, earlier });
    const run = await watch(reporting('restoring'), accepted, accepted.since, looks);
    expect(run.saved).toEqual([{ type: 'start-seen', status: 'restoring' }]);
  });

  it('is looked at for the second time when it was seen running, whenever that was', async () => {
    const { looks, noted } = notedLooks({ isInLine: false, earlier, notEndedAtMs: leftMs });
    const run = await watch(RUNNING, seenOnce, seenOnce.state.runningSeenAt, looks);
    expect(eventOf(run)).toEqual({ type: 'restore-finished' });
    const seenMs = Date.parse(seenOnce.state.runningSeenAt ?? '');
    const unsureMs = (seenMs - leftMs) / 2;
    expect(noted).toEqual([{ ms: seenMs - unsureMs - startedMs, unsureMs }]);
  });

  it('teaches nothing when its start was never seen', async () => {
    const { looks, noted } = notedLooks({ isInLine: false, earlier: [] });
    const unseen = inStatus(afterEvents(accepted, ['running-seen']), 'restoring');
    const run = await watch(RUNNING, unseen, addMinutes(unseen.state.startedAt, 10), looks);
    expect(eventOf(run)).toEqual({ type: 'restore-finished' });
    expect(noted).toEqual([]);
  });

  it('is not looked at before its turn among all polls, and nothing is said of it', async () => {
    const run = await watch(new AuraBudgetError('a poll', 4_200), left, left.since);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 4_200 });
  });
});
