import { describe, expect, it } from 'vitest';
import type { Clocks, OtherClock } from '../../src/restore/clock-difference.ts';
import { addMinutes, instantOf, utcMinute } from '../../src/restore/instant.ts';
import type { KeptFingerprint } from '../../src/restore/receipt/kept-fingerprint.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import { executionExpiryOf } from '../../src/restore/start-time.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { createRequestSafetySnapshot, createWatchSafetySnapshot } from '../../src/steps/safety-snapshot.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, type RestoreFacts, type RestoreIn } from '../support/make-restore.ts';
import { pointOf } from '../support/points.ts';
import { type AuraAnswers, makeFakeAura, refusal, TROUBLES } from './fake-aura.ts';
import { eventOf, runStep, wordsOf } from './step-run.ts';

const timing = { snapshotPollMs: 5_000 };
const TAKE = 'take snapshot of a1b2c3d4';
const fresh = makeRestore('requesting-safety-snapshot');

/** The same restore after Aura was asked and nobody knows what came of it. */
function askedAt(at = fresh.since, restore = fresh) {
  return inStatus(
    followedBy(restore, exampleEvent('safety-snapshot-intended', restore, at)),
    'requesting-safety-snapshot',
  );
}

const IN_STEP = seeing({ aura: 0 });

/** What is known of the clocks: how far each is ahead of the bot's. */
function seeing(ahead: { readonly aura?: number; readonly redis?: number }): Clocks {
  const known = Object.entries({ redis: 0, ...ahead }).map(([clock, aheadMs]) => ({
    clock: clock as OtherClock,
    aheadMs,
  }));
  return { apart: () => undefined, known: () => known };
}

function request(
  answers: Partial<AuraAnswers> = {},
  restore = fresh,
  now = restore.since,
  { isSaved = true, clocks = IN_STEP }: { readonly isSaved?: boolean; readonly clocks?: Clocks } = {},
) {
  const { aura, calls } = makeFakeAura(answers);
  return runStep(
    createRequestSafetySnapshot({
      aura,
      methods: createMethods({ aura, timing: { pollMs: 100, startWatchMs: 1_000 } }),
      timing,
      clocks,
    }),
    restore,
    now,
    isSaved,
  ).then((run) => ({
    ...run,
    calls,
  }));
}

/** From when on no restore call could follow it. */
function expiryOf(restore: RestoreIn<'requesting-safety-snapshot' | 'awaiting-safety-snapshot'>): string {
  return executionExpiryOf(restore, restore.state.approval.at);
}

function justBefore(at: string): string {
  return instantOf(Date.parse(at) - 1);
}

function adHoc(takenAt: string, facts: Partial<Snapshot> = {}): Snapshot {
  return { snapshotId: 'safety-9', takenAt, profile: 'AdHoc', status: 'Pending', ...facts };
}

describe('asking for the safety snapshot', () => {
  it('is on record before Aura is asked', async () => {
    const run = await request();
    expect(run.saved).toEqual([{ type: 'safety-snapshot-intended' }]);
    expect(run.calls).toEqual([TAKE]);
    expect(eventOf(run)).toEqual({
      type: 'safety-snapshot-requested',
      snapshotId: 'safety-1',
      requestId: 'aura-snapshot-1',
    });
  });

  it('is left to the run that was first', async () => {
    const run = await request({}, fresh, fresh.since, { isSaved: false });
    expect(run).toMatchObject({ outcome: { kind: 'look-again', afterMs: 5_000 }, calls: [] });
  });

  it.each(['busy-retry-later', 'rate-limited'] as const)('waits while Aura refuses because of %s', async (meaning) => {
    expect(wordsOf(await request({ taken: refusal(meaning) }))).toMatch(/busy/);
  });

  it.each(['payment', 'unsupported', 'credentials', 'not-found-instance', 'not-now', 'other'] as const)(
    'that Aura refuses for good (%s) ends the restore: without a way back there is none forth',
    async (meaning) => {
      expect(eventOf(await request({ taken: refusal(meaning, 'aura-19') }))).toMatchObject({
        type: 'step-failed',
        step: 'request-safety-snapshot',
        reason: 'safety-snapshot-failed',
        condition: 'unchanged',
        requestId: 'aura-19',
      });
    },
  );

  it.each(TROUBLES)('is looked at again after %s', async (_, trouble) => {
    expect(wordsOf(await request({ taken: trouble }))).toMatch(/Still trying/);
  });
});

describe('a safety snapshot that was asked for without an answer', () => {
  const asked = askedAt();
  const soon = addMinutes(fresh.since, 0.5);

  const later = (ms: number) => instantOf(Date.parse(fresh.since) + ms);

  it('is found in the list and taken over, not asked for again', async () => {
    const run = await request({ listed: [adHoc(later(1_000))] }, asked, soon);
    expect(eventOf(run)).toEqual({ type: 'safety-snapshot-requested', snapshotId: 'safety-9' });
    expect(run.calls).not.toContain(TAKE);
    expect(run.saved).toEqual([]);
  });

  it.each([
    ['a minute before the call', -60_000, IN_STEP],
    ['a second before the call', -1_000, IN_STEP],
    ['in the same second, in which Aura writes no fractions', 999, IN_STEP],
    ['after the call by a clock that is 20 seconds ahead', 20_999, seeing({ aura: 20_000 })],
    ['after the call by a clock that is ahead of that of the records', 20_999, seeing({ aura: 5_000, redis: -15_000 })],
    ['half a minute after the call by a clock that nobody saw', 30_000, seeing({})],
  ])('is not taken for one that somebody may have begun before it: %s', async (_, ms, clocks) => {
    const run = await request({ listed: [adHoc(later(ms), { status: 'Completed' })] }, asked, soon, { clocks });
    expect(eventOf(run)).toMatchObject({ type: 'safety-snapshot-requested', snapshotId: 'safety-1' });
    expect(run.calls).toContain(TAKE);
  });

  it.each([
    [9_999, false],
    [10_000, true],
  ])(
    'is not asked for again while another worker may be about to record the answer: after %i ms',
    async (ms, again) => {
      const run = await request({ listed: [adHoc(later(500))] }, asked, later(ms));
      expect(run.calls.includes(TAKE)).toBe(again);
      if (!again) expect(wordsOf(run)).toMatch(/looking for it/);
    },
  );

  it.each([
    ['by a clock that is 20 seconds ahead', 21_000, seeing({ aura: 20_000 })],
    ['by a clock that is 20 seconds behind', -19_000, seeing({ aura: -20_000 })],
    ['by a clock that nobody saw', 31_000, seeing({})],
  ])('is recognised when it was certainly begun after the call, %s', async (_, ms, clocks) => {
    const run = await request({ listed: [adHoc(later(ms))] }, asked, addMinutes(fresh.since, 2), { clocks });
    expect(eventOf(run)).toMatchObject({ snapshotId: 'safety-9' });
  });

  it('is still looked for when there is only one from long before', async () => {
    expect(wordsOf(await request({ listed: [adHoc(later(-60_001))] }, asked, soon))).toMatch(/looking for it/);
  });

  it('is never mistaken for a scheduled one', async () => {
    const scheduled = adHoc(fresh.since, { profile: 'Scheduled' });
    expect(wordsOf(await request({ listed: [scheduled] }, asked, soon))).toMatch(/looking for it/);
  });

  it('is never mistaken for the restore point itself', async () => {
    const restorePoint = adHoc(fresh.since, { snapshotId: pointOf(asked.plan).snapshotId, status: 'Completed' });
    expect(wordsOf(await request({ listed: [restorePoint] }, asked, soon))).toMatch(/looking for it/);
  });

  it('is looked for on both days around midnight', async () => {
    const midnight = '2026-11-22T00:00:10.000Z';
    const late = makeRestore('requesting-safety-snapshot', { requestedAt: '2026-11-21T23:50:00.000Z' });
    const run = await request({}, askedAt(midnight, late), '2026-11-22T00:00:20.000Z');
    expect(run.calls).toEqual(['list snapshots of 2026-11-21', 'list snapshots of 2026-11-22']);
  });

  it('is looked for during a minute and then asked for again', async () => {
    const minute = addMinutes(fresh.since, 1);
    expect(wordsOf(await request({}, asked, instantOf(Date.parse(minute) - 1)))).toMatch(/looking for it/);
    const run = await request({}, asked, minute);
    expect(run.calls.filter((call) => call === TAKE)).toHaveLength(1);
    expect(eventOf(run)).toMatchObject({ type: 'safety-snapshot-requested', snapshotId: 'safety-1' });
  });

  it.each(TROUBLES)('is not asked for again while the list cannot be read: %s', async (_, trouble) => {
    const run = await request({ listed: trouble }, asked, addMinutes(fresh.since, 10));
    expect(wordsOf(run)).toMatch(/Still trying/);
    expect(run.calls).not.toContain(TAKE);
  });
});

describe('a safety snapshot after which no restore call could be sent any more', () => {
  const SOURCE = { alias: 'items', auraId: 'b2c3d4e5', name: 'Items', environment: 'staging' } as const;
  const COPIED: RestoreFacts = {
    draft: { chosen: { method: 'overwrite', source: SOURCE } },
    policy: { methods: ['overwrite'] },
  };

  it.each([
    ['of a restore', {}],
    ['of an overwrite', COPIED],
  ])('%s is neither asked for nor waited for: the restore ends, and its instance is unchanged', async (_, facts) => {
    const asking = makeRestore('requesting-safety-snapshot', facts);
    const at = expiryOf(asking);
    const late = {
      type: 'step-failed',
      reason: 'too-late',
      why: `The restore call could be sent until ${utcMinute(at)} and was not ready by then.`,
      condition: 'unchanged',
    };
    const run = await request({}, asking, at);
    expect(eventOf(run)).toEqual({ ...late, step: 'request-safety-snapshot' });
    expect(run).toMatchObject({ calls: [], saved: [] });
    expect(eventOf(await request({}, asking, justBefore(at)))?.type).toBe('safety-snapshot-requested');
    const waiting = makeRestore('awaiting-safety-snapshot', facts);
    const { aura, calls } = makeFakeAura({ snapshot: adHoc(waiting.since) });
    const watching = createWatchSafetySnapshot({ aura, timing });
    expect(wordsOf(await runStep(watching, waiting, justBefore(at)))).toContain('Pending');
    const ended = eventOf(await runStep(watching, waiting, at));
    expect(ended).toEqual({ ...late, step: 'watch-safety-snapshot' });
    expect(calls).toHaveLength(1);
  });

  it('is not asked for once more when nobody knows what came of it', async () => {
    const run = await request({}, askedAt(), expiryOf(fresh));
    expect(eventOf(run)).toMatchObject({ reason: 'too-late' });
    expect(run.calls).toEqual([]);
  });

  it('is not waited for when more would be lost by then than was agreed to, too', async () => {
    const grown = makeRestore('awaiting-safety-snapshot', { policy: { lossBoundMinutes: 1 } });
    const { aura } = makeFakeAura({ snapshot: adHoc(grown.since) });
    expect(eventOf(await runStep(createWatchSafetySnapshot({ aura, timing }), grown, expiryOf(grown)))).toMatchObject({
      reason: 'too-late',
    });
  });
});

describe('waiting for the safety snapshot', () => {
  const waiting = makeRestore('awaiting-safety-snapshot');
  const watch = (snapshot: AuraAnswers['snapshot'], now = waiting.since) =>
    runStep(createWatchSafetySnapshot({ aura: makeFakeAura({ snapshot }).aura, timing }), waiting, now);
  const own = (status: string) => adHoc(waiting.since, { snapshotId: 'safety-1', status });

  it('ends when it is complete', async () => {
    expect(eventOf(await watch(own('Completed')))).toEqual({ type: 'safety-snapshot-completed' });
    expect(eventOf(await watch(own('completed')))).toEqual({ type: 'safety-snapshot-completed' });
  });

  it('keeps the baseline as what it holds, and is complete also when that cannot be kept', async () => {
    const kept: KeptFingerprint[] = [];
    const { aura } = makeFakeAura({ snapshot: own('Completed') });
    const step = (keep: (one: KeptFingerprint) => Promise<void>) =>
      createWatchSafetySnapshot({ aura, timing, fingerprints: { keep: (_, one) => keep(one) } });
    await runStep(
      step(async (one) => void kept.push(one)),
      waiting,
      waiting.since,
    );
    const { baseline } = waiting.state;
    expect(kept).toMatchObject([
      {
        snapshotId: 'safety-1',
        source: 'on-the-way',
        fingerprint: baseline.kind === 'taken' && baseline.fingerprint,
        access: { users: { kind: 'not-seen' } },
      },
    ]);
    const failing = step(() => Promise.reject(new Error('Redis is away')));
    expect(eventOf(await runStep(failing, waiting, waiting.since))).toEqual({ type: 'safety-snapshot-completed' });
  });

  it.each(['Pending', 'InProgress', 'some word of tomorrow'])('goes on while Aura calls it %s', async (status) => {
    expect(await watch(own(status))).toMatchObject({
      outcome: { kind: 'look-again', afterMs: 5_000, words: expect.stringContaining(status) },
    });
  });

  it.each([
    ['as usual while nobody waits for a look', 0, 5_000],
    ['less often while the line of looks is long', 5_000, 15_000],
    ['at most four times as seldom', 3_600_000, 20_000],
  ])('is looked at %s', async (_, lineMs, afterMs) => {
    const looks = { lineEndsAtMs: async () => Date.parse(waiting.since) + lineMs };
    const { aura } = makeFakeAura({ snapshot: own('Pending') });
    const step = createWatchSafetySnapshot({ aura, timing, looks });
    expect((await runStep(step, waiting, waiting.since)).outcome).toMatchObject({ kind: 'look-again', afterMs });
  });

  it.each(['Failed', 'Cancelled'])('ends the restore, with the instance unchanged, when it is %s', async (status) => {
    expect(eventOf(await watch(own(status)))).toMatchObject({
      type: 'step-failed',
      step: 'watch-safety-snapshot',
      reason: 'safety-snapshot-failed',
      condition: 'unchanged',
    });
  });

  it('gives Aura a minute to know the snapshot it just named, however long ago it was first asked for', async () => {
    const unknown = refusal('not-found-snapshot');
    const askedTwice = { ...waiting, since: addMinutes(waiting.state.requestedAt, 10) };
    const look = (now: string) =>
      runStep(createWatchSafetySnapshot({ aura: makeFakeAura({ snapshot: unknown }).aura, timing }), askedTwice, now);
    const lastPatience = instantOf(Date.parse(askedTwice.since) + 59_999);
    expect((await look(lastPatience)).outcome.kind).toBe('look-again');
    expect(eventOf(await look(addMinutes(askedTwice.since, 1)))).toMatchObject({
      reason: 'safety-snapshot-failed',
    });
  });

  it.each(TROUBLES)('goes on after %s, for as long as a call could follow', async (_, trouble) => {
    expect(wordsOf(await watch(trouble, justBefore(expiryOf(waiting))))).toMatch(/Still trying/);
  });
});
