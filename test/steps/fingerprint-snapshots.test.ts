import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AuraBudgetError } from '../../src/aura/errors.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { accessUnknown } from '../../src/restore/receipt/access.ts';
import { gapMinutes, type KeptFingerprint } from '../../src/restore/receipt/kept-fingerprint.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import { createFingerprintSnapshots } from '../../src/steps/fingerprint-snapshots.ts';
import { makeFingerprint } from '../support/example-events.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';

const ORDERS = { alias: 'orders', auraId: 'a1b2c3d4' };

/** One process that watches, with everything outside it in memory. */
function watcher(facts: { readonly listed?: readonly Snapshot[] | Error; readonly isDown?: boolean } = {}) {
  const outside = {
    listed: facts.listed ?? [],
    isDown: facts.isDown ?? false,
    now: NOW,
    kept: [] as KeptFingerprint[],
    restores: [] as readonly Restore[],
  };
  const days: string[] = [];
  const pauses = new Map<string, number>();
  const watch = createFingerprintSnapshots({
    instances: [ORDERS],
    aura: {
      async listSnapshots(_id, day, priority) {
        days.push(`${day} ${priority}`);
        if (outside.listed instanceof Error) throw outside.listed;
        return outside.listed.filter(({ takenAt }) => takenAt.startsWith(day));
      },
    },
    fingerprints: {
      keep: async (_id, kept) => void outside.kept.push(kept),
      around: async () => ({}),
      known: async () => new Set(outside.kept.map(({ snapshotId }) => snapshotId)),
      latestTimes: async () => outside.kept.map(({ snapshotAt }) => snapshotAt),
    },
    takeLightFingerprint: async (_alias, _id, takenAt) =>
      outside.isDown ? undefined : { fingerprint: makeFingerprint(takenAt), access: accessUnknown('not-offered') },
    latestRestores: async () => outside.restores,
    leases: {
      take: async (name) => !pauses.has(name) && Boolean(pauses.set(name, 90_000)),
      again: async (name, afterMs) => void pauses.set(name, afterMs),
    },
    now: async () => outside.now,
    pauseMs: 60_000,
    log: pino({ level: 'silent' }),
  });
  return {
    outside,
    days,
    /** After how many minutes the next look comes. */
    pause: () => (pauses.get(`snapshots:${ORDERS.auraId}`) ?? 0) / 60_000,
    async look() {
      pauses.clear();
      await watch();
    },
    watch,
  };
}

const snapshot = (minutesAgo: number, facts: Partial<Snapshot> = {}): Snapshot => ({
  snapshotId: `s${minutesAgo}`,
  takenAt: addMinutes(NOW, -minutesAgo),
  profile: 'Scheduled',
  status: 'Completed',
  ...facts,
});

it('a snapshot that is newly complete gets a fingerprint once, with how long after it that was', async () => {
  const { outside, look, days } = watcher({ listed: [snapshot(4)] });
  await look();
  await look();
  expect(outside.kept.map((kept) => [kept.snapshotId, kept.source, gapMinutes(kept)])).toEqual([
    ['s4', 'on-the-way', 4],
  ]);
  expect(days).toEqual(['2026-11-21 inventory', '2026-11-21 inventory']);
});

it('one that is being taken is waited for, and one long past gets none', async () => {
  const { outside, look, pause } = watcher({ listed: [snapshot(1, { status: 'InProgress' }), snapshot(61)] });
  await look();
  expect(outside.kept).toEqual([]);
  expect(pause()).toBe(1);
  outside.listed = [snapshot(1), snapshot(61)];
  await look();
  expect(outside.kept.map(({ snapshotId }) => snapshotId)).toEqual(['s1']);
  expect(pause()).toBe(60);
});

it('data that was put back since the snapshot is not taken for what the snapshot holds', async () => {
  const { outside, look } = watcher({ listed: [snapshot(4)] });
  const sent: Restore = makeRestore('restoring', { requestedAt: addMinutes(NOW, -60) });
  const intentAt = (minutesAgo: number): Restore =>
    'intent' in sent.state && sent.state.intent
      ? {
          ...sent,
          state: {
            ...sent.state,
            intent: { ...sent.state.intent, at: addMinutes(NOW, -minutesAgo) },
          } as typeof sent.state,
        }
      : sent;
  outside.restores = [makeRestore('awaiting-approval'), intentAt(3)];
  await look();
  expect(outside.kept).toEqual([]);
  const { instance } = sent.plan;
  const ofAnother = intentAt(3);
  outside.restores = [
    intentAt(5),
    { ...ofAnother, plan: { ...ofAnother.plan, instance: { ...instance, auraId: 'ffffffff' } } },
  ];
  await look();
  expect(outside.kept).toHaveLength(1);
});

it('a database that gives no numbers is asked again while the snapshot is young', async () => {
  const { outside, look, pause } = watcher({ listed: [snapshot(4)], isDown: true });
  await look();
  expect([outside.kept.length, pause()]).toEqual([0, 1]);
  outside.isDown = false;
  outside.now = addMinutes(NOW, 3);
  await look();
  expect(outside.kept.map(gapMinutes)).toEqual([7]);
});

it('who has no lease asks Aura nothing', async () => {
  const { look, watch, days } = watcher();
  await look();
  await watch();
  expect(days).toHaveLength(1);
});

it('a budget that is used up puts the look off and nothing else', async () => {
  const { outside, look, pause } = watcher({ listed: new AuraBudgetError('inventory') });
  await look();
  expect([outside.kept.length, pause()]).toEqual([0, 1]);
});

it('the last snapshot of a day that ended is not missed', async () => {
  const midnight = '2026-11-22T00:00:30.000Z';
  const { outside, look, days, pause } = watcher();
  outside.now = '2026-11-21T23:45:00.000Z';
  await look();
  outside.now = midnight;
  outside.listed = [snapshot(0, { snapshotId: 'late', takenAt: '2026-11-21T23:58:00.000Z' })];
  await look();
  expect(outside.kept.map(({ snapshotId }) => snapshotId)).toEqual(['late']);
  expect(pause(), 'today is read at once').toBe(0);
  await look();
  expect(days.map((day) => day.slice(0, 10))).toEqual(['2026-11-21', '2026-11-21', '2026-11-22']);
});
