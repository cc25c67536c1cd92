import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import {
  currentReceipt,
  isNewsOfPreview,
  losesData,
  nextLossLookAt,
} from '../../../src/restore/receipt/next-loss-look.ts';
import {
  dayToList,
  untilNextSnapshotLookMs,
  worthFingerprint,
} from '../../../src/restore/receipt/next-snapshot-look.ts';
import { pointId } from '../../../src/restore/receipt/receipt.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import type { Snapshot } from '../../../src/restore/snapshot.ts';
import { transition } from '../../../src/restore/transition.ts';
import { exampleEvent } from '../../support/example-events.ts';
import { makeReceipt } from '../../support/make-receipt.ts';
import { followedBy, makeRestore, NOW } from '../../support/make-restore.ts';
import { TO_MAKE } from '../../support/new-instance-messages.ts';

const MINUTE = 60_000;
const snapshot = (minutesAgo: number, facts: Partial<Snapshot> = {}): Snapshot => ({
  snapshotId: `s${minutesAgo}`,
  takenAt: addMinutes(NOW, -minutesAgo),
  profile: 'Scheduled',
  status: 'Completed',
  ...facts,
});

describe('a fingerprint on the way', () => {
  it('is worth taking of complete snapshots of the last half hour, the latest first', () => {
    const listed = [
      snapshot(40),
      snapshot(20),
      snapshot(3),
      snapshot(1, { status: 'InProgress' }),
      snapshot(2, { status: 'Failed' }),
    ];
    expect(worthFingerprint(listed, NOW).map(({ snapshotId }) => snapshotId)).toEqual(['s3', 's20']);
  });

  it('is looked for again soon while a snapshot is being taken', () => {
    const listed = [snapshot(1, { status: 'Pending' }), snapshot(61), snapshot(121)];
    expect(untilNextSnapshotLookMs({ listed, times: [], now: NOW, pauseMs: MINUTE })).toBe(MINUTE);
  });

  it('is looked for when the next snapshot is expected, by the usual distance', () => {
    const times = [65, 125, 185].map((minutes) => addMinutes(NOW, -minutes));
    const ahead = { listed: [snapshot(5)], times, now: NOW, pauseMs: MINUTE };
    expect(untilNextSnapshotLookMs(ahead)).toBe(56 * MINUTE);
    const daily = { listed: [snapshot(60)], times: [addMinutes(NOW, -1500)], now: NOW, pauseMs: MINUTE };
    expect(untilNextSnapshotLookMs(daily), 'people take snapshots too').toBe(60 * MINUTE);
  });

  it('goes by the middle of uneven distances between scheduled snapshots, and not by what people take', () => {
    const uneven = {
      listed: [snapshot(1, { profile: 'AdHoc' }), snapshot(2, { profile: 'AdHoc' }), snapshot(30)],
      // 300, 40 and 60 minutes apart: an hour is usual.
      times: [90, 130, 430].map((minutes) => addMinutes(NOW, -minutes)),
      now: NOW,
      pauseMs: MINUTE,
    };
    expect(untilNextSnapshotLookMs(uneven)).toBe(31 * MINUTE);
  });

  it.each([
    ['Pending', 1],
    ['PENDING', 1],
    ['InProgress', 1],
    ['Completed', 31],
    ['Failed', 31],
  ])('is looked for when the latest is %s', (status, minutes) => {
    const listed = [snapshot(30, { status }), snapshot(90), snapshot(150)];
    expect(untilNextSnapshotLookMs({ listed, times: [], now: NOW, pauseMs: MINUTE })).toBe(minutes * MINUTE);
  });

  it('is taken of a snapshot of just half an hour ago, but not of an older one', () => {
    expect(worthFingerprint([snapshot(30), snapshot(31)], NOW)).toHaveLength(1);
    const upwards = worthFingerprint([snapshot(20), snapshot(3), snapshot(10)], NOW);
    expect(upwards.map(({ snapshotId }) => snapshotId)).toEqual(['s3', 's10', 's20']);
  });

  it('is looked for ever less often while the next snapshot is late', () => {
    const late = (minutes: number) =>
      untilNextSnapshotLookMs({
        listed: [],
        times: [60 + minutes, 120 + minutes].map((ago) => addMinutes(NOW, -ago)),
        now: NOW,
        pauseMs: MINUTE,
      });
    expect([late(1), late(20), late(600)]).toEqual([MINUTE, 5 * MINUTE, 15 * MINUTE]);
  });

  it('is looked for every quarter of an hour with nothing to go by', () => {
    expect(untilNextSnapshotLookMs({ listed: [], times: [], now: NOW, pauseMs: MINUTE })).toBe(15 * MINUTE);
  });

  it('takes one moment that is written in two ways for one', () => {
    const briefly = (minutes: number) => addMinutes(NOW, -minutes).replace('.000Z', 'Z');
    const seen = { listed: [snapshot(55), snapshot(115)], times: [briefly(55), briefly(115)], now: NOW };
    expect(untilNextSnapshotLookMs({ ...seen, pauseMs: MINUTE })).toBe(6 * MINUTE);
  });

  it('costs at most a request a minute and one an hour at least, whatever Aura lists', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 5000 })),
        fc.array(fc.integer({ min: 0, max: 90_000 })),
        (listed, times) => {
          const waitMs = untilNextSnapshotLookMs({
            listed: listed.map((minutes) => snapshot(minutes)),
            times: times.map((minutes) => addMinutes(NOW, -minutes)),
            now: NOW,
            pauseMs: MINUTE,
          });
          expect(waitMs).toBeGreaterThanOrEqual(MINUTE);
          expect(waitMs).toBeLessThanOrEqual(60 * MINUTE);
        },
      ),
    );
  });

  it('is not missed when the day ends between two looks', () => {
    expect(dayToList(undefined, '2026-11-21T00:10:00.000Z')).toBe('2026-11-21');
    expect(dayToList('2026-11-20T23:50:00.000Z', '2026-11-21T00:10:00.000Z')).toBe('2026-11-20');
    expect(dayToList('2026-11-21T00:10:00.000Z', '2026-11-21T00:10:05.000Z')).toBe('2026-11-21');
    expect(dayToList('2026-11-17T10:00:00.000Z', '2026-11-21T12:00:00.000Z')).toBe('2026-11-20');
  });
});

describe('the loss of an open request', () => {
  const asked: Restore = makeRestore('awaiting-approval', { policy: { receipt: { refreshMinutes: 5 } } });
  const looked = (restore: Restore, minutes: number) =>
    followedBy(restore, {
      type: 'loss-looked',
      at: addMinutes(NOW, minutes),
      receipt: makeReceipt({ lookedAt: addMinutes(NOW, minutes), point: pointId(restore.plan.restorePoint) }),
    });
  const nextMinutes = (restore: Restore) => {
    const at = nextLossLookAt(restore);
    return at === undefined ? undefined : (at - Date.parse(NOW)) / MINUTE;
  };

  it('is looked at as soon as it is asked for, then after the pause, and less often as the request grows old', () => {
    expect(nextMinutes(asked)).toBe(0);
    expect(nextMinutes(looked(asked, 1))).toBe(6);
    expect(nextMinutes(looked(asked, 600))).toBe(700);
  });

  it('is looked at again at once when a preview was counted after the last look, and once', () => {
    const counted = (restore: Restore, minutes: number) =>
      followedBy(restore, { type: 'preview-counted', at: addMinutes(NOW, minutes), preview: 'R-98' });
    const previewed = counted(looked(asked, 600), 610);
    expect(nextMinutes(previewed)).toBe(610);
    expect(nextMinutes(counted(looked(asked, 600), 600)), 'counted at the moment of the look').toBe(600);
    // A look that was on its way when the preview was counted knows nothing of it.
    expect(nextMinutes(looked(previewed, 605))).toBe(610);
    expect(nextMinutes(looked(previewed, 611))).toBeGreaterThan(700);
    const again = transition(previewed, { type: 'preview-counted', at: addMinutes(NOW, 620), preview: 'R-98' });
    expect(again).toEqual({ kind: 'refused', refusal: { reason: 'stale' } });
  });

  it('has the checks asked of the live database by the first look after a preview, and keeps what they found', () => {
    const counted = followedBy(looked(asked, 3), { type: 'preview-counted', at: addMinutes(NOW, 4), preview: 'R-98' });
    expect([isNewsOfPreview(looked(asked, 3)), isNewsOfPreview(counted)]).toEqual([false, true]);
    const at = addMinutes(NOW, 5);
    const checks = { at, results: [{ name: 'orders', status: 'fail' }] } as const;
    const checked = followedBy(counted, {
      type: 'loss-looked',
      at,
      receipt: makeReceipt({ lookedAt: at, point: pointId(asked.plan.restorePoint), checks }),
    });
    expect(isNewsOfPreview(checked)).toBe(false);
    const never = followedBy(asked, { type: 'preview-counted', at: addMinutes(NOW, 4), preview: 'R-98' });
    expect([isNewsOfPreview(asked), isNewsOfPreview(never)]).toEqual([false, true]);
    expect(looked(checked, 10).lossReceipt?.checks).toEqual(checks);
    const edited = followedBy(checked, exampleEvent('edited', checked));
    expect(looked(edited, 20).lossReceipt?.checks, 'they were of another restore point’s preview').toBeUndefined();
  });

  it('is not looked at without a way into the database, nor once the run has begun or the request has ended', () => {
    expect(nextMinutes(makeRestore('awaiting-approval'))).toBeUndefined();
    for (const status of ['taking-baseline', 'restoring', 'completed', 'denied', 'withdrawn'] as const)
      expect(nextMinutes(makeRestore(status, { policy: { receipt: { refreshMinutes: 5 } } })), status).toBeUndefined();
  });

  describe('while it waits for its start', () => {
    const startingAt = (minutes: number, restore = asked): Restore => {
      const approved = followedBy(restore, exampleEvent('approved', restore));
      if (approved.state.status !== 'approved') throw new Error('not approved');
      return { ...approved, state: { ...approved.state, startAt: addMinutes(NOW, minutes) } };
    };

    it('is looked at as before, until the start is due', () => {
      const receipt = looked(asked, 3);
      expect(nextMinutes(startingAt(400, receipt))).toBe(8);
      expect(nextMinutes(looked(startingAt(400, receipt), 300))).toBe(350);
      expect(nextMinutes(looked(startingAt(400, receipt), 399))).toBeUndefined();
      expect(nextMinutes(startingAt(8, receipt)), 'the run’s own looks follow').toBeUndefined();
      expect(nextMinutes(startingAt(9, receipt))).toBe(8);
    });

    it('is looked at beyond its planned start while an objection holds it', () => {
      const held = { by: 'U0OBJECTOR', at: NOW, why: 'A batch job runs.', holds: true };
      const waiting = { ...looked(startingAt(8), 9), objections: [held] };
      expect(nextMinutes(waiting)).toBe(14);
      const answer = { by: 'U0OTHER', at: NOW, kind: 'go-on' as const, words: 'It is over.' };
      expect(nextMinutes({ ...waiting, objections: [{ ...held, answer }] })).toBeUndefined();
    });

    it('changes no vote, no plan and no turn by its looks', () => {
      const approved = startingAt(400);
      const receipt = looked(approved, 30);
      expect(receipt.lossReceipt?.lookedAt).toBe(addMinutes(NOW, 30));
      const { state, planHash, turn } = approved;
      expect(receipt).toMatchObject({ state, planHash, turn });
    });

    it('is looked at again at once when a preview was counted', () => {
      const receipt = looked(startingAt(400), 30);
      const counted = followedBy(receipt, { type: 'preview-counted', at: addMinutes(NOW, 32), preview: 'R-98' });
      expect(nextMinutes(counted)).toBe(32);
    });
  });

  it('is looked at anew when another restore point is chosen, and the old receipt is not shown', () => {
    const receipt = looked(asked, 1);
    const edited = followedBy(receipt, exampleEvent('edited', receipt));
    expect(currentReceipt(receipt)).toBeDefined();
    expect(currentReceipt(edited)).toBeUndefined();
    expect(nextMinutes(edited)).toBe(0);
  });

  it('of another restore point, or older than what is on record, is stale', () => {
    const receipt = looked(asked, 5);
    const late = makeReceipt({ lookedAt: addMinutes(NOW, 4), point: pointId(asked.plan.restorePoint) });
    const other = makeReceipt({ lookedAt: addMinutes(NOW, 9), point: 'another' });
    for (const one of [late, other]) {
      expect(transition(receipt, { type: 'loss-looked', at: addMinutes(NOW, 10), receipt: one })).toEqual({
        kind: 'refused',
        refusal: { reason: 'stale' },
      });
    }
  });

  it('is replaced by a younger one, and not by one of the same moment', () => {
    const first = looked(asked, 5);
    expect(currentReceipt(looked(first, 6))?.lookedAt).toBe(addMinutes(NOW, 6));
    const { lossReceipt: receipt } = first;
    if (!receipt) throw new Error('no receipt');
    expect(transition(first, { type: 'loss-looked', at: addMinutes(NOW, 7), receipt }).kind).toBe('refused');
  });

  it('is nothing to anybody once the run has begun, or when a new instance is made beside the live one', () => {
    const begun = makeRestore('taking-baseline', { policy: { receipt: { refreshMinutes: 5 } } });
    const receipt = makeReceipt({ lookedAt: addMinutes(NOW, 9), point: pointId(begun.plan.restorePoint) });
    expect(transition(begun, { type: 'loss-looked', at: addMinutes(NOW, 9), receipt }).kind).toBe('refused');
    expect([losesData({ method: 'new-instance' }), losesData({ method: 'restore-snapshot' })]).toEqual([false, true]);
    const toMake = TO_MAKE;
    const { restorePoint } = asked.plan;
    if (!('snapshotId' in restorePoint)) throw new Error('not a snapshot');
    const beside: Restore = { ...asked, plan: { ...asked.plan, method: 'new-instance', restorePoint, toMake } };
    expect(nextMinutes(beside)).toBeUndefined();
  });

  it('changes neither the plan, nor the votes, nor the turn', () => {
    const receipt = looked(asked, 1);
    expect(receipt).toMatchObject({ plan: asked.plan, planHash: asked.planHash, state: asked.state, turn: asked.turn });
    expect(receipt.history.at(-1)?.facts).toMatchObject({
      source: 'on-the-way',
      differing: 5,
      'question: Q-1': '42 (known)',
      'question: Q-4': 'unknown: too-costly',
    });
  });
});
