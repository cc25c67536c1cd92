import { pino } from 'pino';
import { expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { accessUnknown } from '../../src/restore/receipt/access.ts';
import type { KeptAround } from '../../src/restore/receipt/kept-fingerprint.ts';
import { currentReceipt } from '../../src/restore/receipt/next-loss-look.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { createLookAtLosses, type LookAtLive } from '../../src/steps/look-at-loss.ts';
import { exampleEvent, makeFingerprint } from '../support/example-events.ts';
import { followedBy, makeRestore, TAKEN_AT } from '../support/make-restore.ts';
import { makeRecordKeeper } from './record-keeper.ts';

const NO_ACCESS = accessUnknown('not-offered');
const KEPT: KeptAround = {
  own: {
    snapshotId: 'snapshot-1',
    snapshotAt: TAKEN_AT,
    source: 'on-the-way',
    fingerprint: makeFingerprint(addMinutes(TAKEN_AT, 2)),
    access: NO_ACCESS,
  },
};
const ANSWERING: LookAtLive = async (_alias, { lookedAt }) => ({
  lookedAt,
  counts: { kind: 'seen', fingerprint: makeFingerprint(lookedAt, { labels: { Order: 963, Customer: 205 } }) },
  lastWrite: { kind: 'none' },
  questions: [],
  access: NO_ACCESS,
});

/** One process that looks; `taken` are the leases that others have. */
function looker(restore: Restore, { lookAtLive = ANSWERING, taken = new Set<string>() } = {}) {
  const keeper = makeRecordKeeper(restore);
  const looks: string[] = [];
  let reads = 0;
  const lookAtLosses = createLookAtLosses({
    store: { open: async () => [restore.id], versions: async () => [keeper.record().version] },
    coordinator: {
      find: async (id) => {
        reads++;
        return keeper.coordinator.find(id);
      },
      apply: keeper.coordinator.apply,
    },
    fingerprints: { around: async () => KEPT },
    lookAtLive: async (alias, look) => {
      looks.push(look.lookedAt);
      return lookAtLive(alias, look);
    },
    lookAtSource: async ({ alias, lookedAt }) => {
      looks.push(`source ${alias}`);
      return { kind: 'seen', fingerprint: makeFingerprint(lookedAt, { labels: { Order: 900 } }) };
    },
    leases: {
      take: async (name) => !taken.has(name) && Boolean(taken.add(name)),
      again: async (name) => void taken.delete(name),
    },
    now: async () => keeper.now(),
    log: pino({ level: 'silent' }),
  });
  return { ...keeper, lookAtLosses, looks, taken, reads: () => reads };
}

const asked = (): Restore => makeRestore('awaiting-approval', { policy: { receipt: { refreshMinutes: 5 } } });

it('what would be lost is on record after one look, and looked at again after the pause', async () => {
  const desk = looker(asked());
  await desk.lookAtLosses();
  await desk.lookAtLosses();
  expect(desk.looks).toHaveLength(1);
  expect(currentReceipt(desk.record())?.counts).toMatchObject({ lines: [{ name: 'Order' }, { name: 'Customer' }] });
  desk.wind(5);
  await desk.lookAtLosses();
  expect(desk.looks).toHaveLength(2);
  expect(currentReceipt(desk.record())?.lookedAt).toBe(desk.now());
  expect(desk.taken.size).toBe(0);
});

it('who has no lease leaves the database alone', async () => {
  const desk = looker(asked(), { taken: new Set(['loss:R-17']) });
  await desk.lookAtLosses();
  expect(desk.looks).toEqual([]);
  desk.taken.clear();
  await desk.lookAtLosses();
  expect(desk.looks).toHaveLength(1);
});

it('a record that has not changed is not read again before it is due', async () => {
  const desk = looker(asked());
  await desk.lookAtLosses();
  await desk.lookAtLosses();
  const reads = desk.reads();
  for (let again = 0; again < 5; again++) await desk.lookAtLosses();
  expect(desk.reads()).toBe(reads);
});

it('a request without a way into its database is read once and never looked at', async () => {
  const desk = looker(makeRestore('awaiting-approval'));
  for (let again = 0; again < 3; again++) await desk.lookAtLosses();
  expect([desk.looks.length, desk.reads()]).toEqual([0, 1]);
});

it('a look that ends after the run has begun changes nothing', async () => {
  const desk = looker(asked(), {
    lookAtLive: async (alias, look) => {
      const { record, coordinator } = desk;
      for (const type of ['approved', 'preflight-passed'] as const) {
        const { at: _, ...event } = exampleEvent(type, record());
        await coordinator.apply(record().id, event);
      }
      return ANSWERING(alias, look);
    },
  });
  await desk.lookAtLosses();
  expect(desk.record().state.status).toBe('taking-baseline');
  expect(desk.record().lossReceipt).toBeUndefined();
});

it('another restore point, chosen meanwhile, is looked at at once', async () => {
  const desk = looker(asked());
  await desk.lookAtLosses();
  const { at: _, ...edited } = exampleEvent('edited', desk.record());
  await desk.coordinator.apply('R-17', edited);
  desk.wind(1);
  await desk.lookAtLosses();
  expect(desk.looks).toHaveLength(2);
  expect(currentReceipt(desk.record())).toBeDefined();
});

it('a look that fails as nobody foresaw gives its lease back and is tried again', async () => {
  let fails = true;
  const desk = looker(asked(), {
    lookAtLive: (alias, look) => (fails ? Promise.reject(new Error('boom')) : ANSWERING(alias, look)),
  });
  await desk.lookAtLosses();
  expect(desk.record().lossReceipt).toBeUndefined();
  fails = false;
  await desk.lookAtLosses();
  expect(desk.record().lossReceipt).toBeDefined();
});

it('an ended request is left alone', async () => {
  const before = asked();
  const desk = looker(followedBy(before, exampleEvent('withdrawn', before)));
  await desk.lookAtLosses();
  expect(desk.looks).toEqual([]);
});

const OTHER = { alias: 'staging', auraId: 'f0f0f0f0', name: 'Staging', environment: 'staging' } as const;
const fromFile = { file: { name: 'orders.backup', kind: 'backup', sizeBytes: 5 } as const, savedAt: TAKEN_AT };

it.each([
  ['a source as it is', { method: 'overwrite', source: OTHER }, 'live-source', ['source staging']],
  ['a file', { method: 'backup-file', ...fromFile }, 'file', []],
] as const)('%s is compared with what can be counted of it', async (_, chosen, source, looked) => {
  const policy = { receipt: { refreshMinutes: 5 }, methods: ['overwrite', 'backup-file'] as const };
  const desk = looker(makeRestore('awaiting-approval', { policy, draft: { chosen } }));
  await desk.lookAtLosses();
  expect(currentReceipt(desk.record())?.source.kind).toBe(source);
  expect(desk.looks.filter((look) => look.startsWith('source'))).toEqual(looked);
});
