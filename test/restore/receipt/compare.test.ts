import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { accessUnknown } from '../../../src/restore/receipt/access.ts';
import { known } from '../../../src/restore/receipt/amount.ts';
import { receiptOf } from '../../../src/restore/receipt/compare.ts';
import type { KeptFingerprint } from '../../../src/restore/receipt/kept-fingerprint.ts';
import type { LiveLook } from '../../../src/restore/receipt/receipt.ts';
import { makeFingerprint } from '../../support/example-events.ts';
import { NOW, TAKEN_AT } from '../../support/make-restore.ts';

const POINT = { snapshotId: 'snapshot-1', takenAt: TAKEN_AT, profile: 'Scheduled' };
const NO_ACCESS = accessUnknown('not-offered');

function kept(facts: Partial<KeptFingerprint> & { readonly afterMinutes?: number } = {}): KeptFingerprint {
  const { afterMinutes = 2, ...rest } = facts;
  const snapshotAt = rest.snapshotAt ?? TAKEN_AT;
  return {
    snapshotId: 'snapshot-1',
    snapshotAt,
    source: 'on-the-way',
    fingerprint: makeFingerprint(addMinutes(snapshotAt, afterMinutes)),
    access: NO_ACCESS,
    ...rest,
  };
}

function live(facts: Parameters<typeof makeFingerprint>[1] = {}): LiveLook {
  return {
    lookedAt: NOW,
    counts: { kind: 'seen', fingerprint: makeFingerprint(NOW, facts) },
    lastWrite: { kind: 'none' },
    questions: [{ name: 'orders created since', answer: known(42) }],
    access: NO_ACCESS,
  };
}

const changed = { nodes: 1168, labels: { Order: 963, Customer: 205, Draft: 3 } };

describe('a receipt', () => {
  it('names what differs, the greatest difference first, and says how long after the snapshot it was counted', () => {
    const receipt = receiptOf(POINT, { own: kept() }, live(changed));
    expect(receipt.source).toEqual({ kind: 'on-the-way', takenAt: addMinutes(TAKEN_AT, 2), gapMinutes: 2 });
    expect(receipt.counts).toEqual({
      kind: 'compared',
      totals: [
        { of: 'nodes', name: '', now: known(1168), before: known(1200) },
        { of: 'relationships', name: '', now: known(3400), before: known(3400) },
      ],
      lines: [
        { of: 'label', name: 'Order', now: known(963), before: known(1000) },
        { of: 'label', name: 'Customer', now: known(205), before: known(200) },
        { of: 'label', name: 'Draft', now: known(3), before: known(0) },
      ],
      unnamed: 0,
      same: 1,
      isSchemaChanged: false,
    });
    expect(receipt.questions).toEqual([{ name: 'orders created since', answer: known(42) }]);
  });

  it.each([
    [-15, 'known'],
    [15, 'known'],
    [16, 'estimated'],
    [-16, 'estimated'],
  ])('of numbers taken %i minutes after the snapshot is %s', (afterMinutes, kind) => {
    const { counts } = receiptOf(POINT, { own: kept({ afterMinutes }) }, live(changed));
    expect(counts.kind === 'compared' && counts.lines[0]?.before.kind).toBe(kind);
  });

  it('of a preview is known however late it was counted, and says so by its source', () => {
    const receipt = receiptOf(POINT, { own: kept({ source: 'preview', afterMinutes: 600 }) }, live(changed));
    expect(receipt.source.kind).toBe('preview');
    expect(receipt.counts).toMatchObject({ lines: [{ before: { kind: 'known' } }, {}, {}] });
  });

  it('of a restore point between two that were counted is estimated', () => {
    const before = kept({ snapshotId: 'earlier', snapshotAt: addMinutes(TAKEN_AT, -30) });
    const after = kept({
      snapshotId: 'later',
      snapshotAt: addMinutes(TAKEN_AT, 30),
      fingerprint: makeFingerprint(NOW, { labels: { Order: 1100 }, nodes: 1300 }),
    });
    const receipt = receiptOf(POINT, { before, after }, live({ labels: { Order: 1200 } }));
    expect(receipt.source).toMatchObject({ kind: 'between' });
    expect(receipt.counts).toMatchObject({
      totals: [{ before: { kind: 'estimated', value: 1250 } }, {}],
      lines: [
        { name: 'Order', before: { kind: 'estimated', value: 1050 } },
        { name: 'Customer', before: { kind: 'estimated', value: 100 } },
      ],
    });
    expect(receipt.access.users).toEqual({ kind: 'unknown', because: 'not-offered' });
  });

  it('without anything counted near the restore point is unknown, and its questions are answered all the same', () => {
    for (const around of [{}, { before: kept({ snapshotAt: addMinutes(TAKEN_AT, -60) }) }]) {
      const receipt = receiptOf(POINT, around, live(changed));
      expect(receipt.source).toEqual({ kind: 'none' });
      expect(receipt.counts).toEqual({ kind: 'unknown', because: 'no-fingerprint' });
      expect(receipt.questions[0]?.answer).toEqual(known(42));
    }
  });

  it('with the database silent is unknown for that reason', () => {
    const silent: LiveLook = {
      lookedAt: NOW,
      counts: { kind: 'not-seen', because: 'no-answer' },
      lastWrite: { kind: 'none' },
      questions: [],
      access: accessUnknown('no-answer'),
    };
    const receipt = receiptOf(POINT, { own: kept() }, silent);
    expect(receipt.counts).toEqual({ kind: 'unknown', because: 'no-answer' });
    expect(receipt.access.roles).toEqual({ kind: 'unknown', because: 'no-answer' });
  });

  it('names the twelve greatest of very many differences and counts the rest', () => {
    const labels = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`L${index}`, index + 1]));
    const { counts } = receiptOf(POINT, { own: kept() }, live({ labels }));
    if (counts.kind !== 'compared') throw new Error('not compared');
    expect(counts.lines.slice(0, 3).map(({ name }) => name)).toEqual(['Order', 'Customer', 'L49']);
    expect([counts.lines.length, counts.unnamed]).toEqual([12, 40]);
  });

  it('names what differs by as much in the order of its names', () => {
    const { counts } = receiptOf(
      POINT,
      { own: kept() },
      live({ labels: { Order: 1000, Customer: 200, B: 5, A: 5 }, types: { PLACED: 3400, A: 5 } }),
    );
    expect(counts.kind === 'compared' && counts.lines.map(({ of, name }) => `${of} ${name}`)).toEqual([
      'label A',
      'label B',
      'type A',
    ]);
  });

  it('between two points whose schema differs does not know which schema goes back, and goes by where it lies', () => {
    const before = kept({ snapshotAt: addMinutes(TAKEN_AT, -10) });
    const later = (schemaHash: string) =>
      kept({
        snapshotAt: addMinutes(TAKEN_AT, 30),
        fingerprint: makeFingerprint(NOW, { nodes: 1600, relationships: 3800, types: { PLACED: 3800 }, schemaHash }),
      });
    const changedMeanwhile = receiptOf(POINT, { before, after: later('other') }, live()).counts;
    expect(changedMeanwhile).toMatchObject({
      isSchemaChanged: 'unknown',
      totals: [{ before: { value: 1300 } }, { before: { value: 3500 } }],
      lines: [{ of: 'type', name: 'PLACED', before: { kind: 'estimated', value: 3500 } }],
    });
    expect(receiptOf(POINT, { before, after: later('c0ffee') }, live()).counts).toMatchObject({
      isSchemaChanged: false,
    });
  });

  it.each([
    [49, 1, 'between'],
    [49, 1.02, 'none'],
  ])('goes by points at most fifty hours apart: %d and %d hours are %s', (hoursBefore, hoursAfter, kind) => {
    const before = kept({ snapshotAt: addMinutes(TAKEN_AT, -60 * hoursBefore) });
    const after = kept({ snapshotAt: addMinutes(TAKEN_AT, 60 * hoursAfter) });
    expect(receiptOf(POINT, { before, after }, live()).source.kind).toBe(kind);
    expect(receiptOf(POINT, { after }, live()).source.kind).toBe('none');
  });

  it('sees that indexes or constraints have changed', () => {
    const { counts } = receiptOf(POINT, { own: kept() }, live({ schemaHash: 'other' }));
    expect(counts).toMatchObject({ isSchemaChanged: true });
  });
});
