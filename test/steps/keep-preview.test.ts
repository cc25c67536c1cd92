import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessUnknown } from '../../src/restore/receipt/access.ts';
import { receiptOf } from '../../src/restore/receipt/compare.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Fingerprint } from '../../src/restore/validation.ts';
import { keepingPreviews } from '../../src/steps/keep-preview.ts';
import { createFingerprints } from '../../src/store/fingerprints.ts';
import { makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';
import { askedForNew, TO_MAKE } from '../support/new-instance-messages.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());

const holding = (orders: number): Fingerprint => ({
  takenAt: NOW,
  server: 'Neo4j',
  nodes: orders,
  relationships: 0,
  labels: { Order: orders },
  types: {},
  schemaHash: 'same',
});

it('what a new instance holds makes the receipt of a restore to its snapshot exact', async () => {
  const fingerprints = createFingerprints(test.redis, 10);
  const told: unknown[] = [];
  const look = keepingPreviews({
    lookAtData: async () => ({
      kind: 'verified',
      outcome: {
        status: 'passed',
        words: 'all well',
        results: [{ name: 'not empty', severity: 'error', status: 'pass', words: '90 nodes' }],
        fingerprint: holding(90),
      },
    }),
    fingerprints,
    coordinator: {
      apply: async (id, event) => {
        told.push([id, event]);
        return { kind: 'unknown' };
      },
    },
    log: pino({ level: 'silent' }),
  });
  const receipt = async ({ plan }: Restore) =>
    receiptOf(plan.restorePoint, await fingerprints.around(plan.instance.auraId, 'snapshot-1', TAKEN_AT), {
      lookedAt: NOW,
      counts: { kind: 'seen', fingerprint: holding(100) },
      lastWrite: { kind: 'none' },
      questions: [],
      access: accessUnknown('not-offered'),
    });
  const open = makeRestore('awaiting-approval');
  await look(makeRestore('verifying'));
  expect((await receipt(open)).source).toEqual({ kind: 'none' });
  await look(askedForNew());
  expect(told, 'it is nobody’s preview').toEqual([]);
  const preview = askedForNew({}, {}, { ...TO_MAKE, previewOf: 'R-16' });
  await look(preview);
  const stage = { kind: 'counted', checks: [{ name: 'not empty', status: 'pass' }] };
  const counted = { snapshotId: 'snapshot-1', stage };
  expect(told).toEqual([['R-16', { type: 'preview-counted', preview: preview.id, counted }]]);
  expect(await receipt(open)).toMatchObject({
    source: { kind: 'preview', takenAt: NOW },
    counts: {
      lines: [{ of: 'label', name: 'Order', now: { kind: 'known', value: 100 }, before: { kind: 'known', value: 90 } }],
    },
  });
});
