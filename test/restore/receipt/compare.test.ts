import { describe, expect, it } from 'vitest';
import { linesOfReceipt } from '../../../messages/loss-receipt.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import { accessUnknown } from '../../../src/restore/receipt/access.ts';
import { known } from '../../../src/restore/receipt/amount.ts';
import { receiptOf } from '../../../src/restore/receipt/compare.ts';
import type { KeptFingerprint } from '../../../src/restore/receipt/kept-fingerprint.ts';
import { originOf } from '../../../src/restore/receipt/origin.ts';
import type { LiveLook } from '../../../src/restore/receipt/receipt.ts';
import { lossReceipt } from '../../../src/store/receipt-schema.ts';
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

const FILE = { name: 'orders.backup', kind: 'backup', sizeBytes: 5 } as const;
const EXPORT = {
  exportId: 'E-7',
  instance: { alias: 'orders', auraId: 'a1b2c3d4' },
  snapshotId: 'snapshot-1',
  place: 'the vault',
  recordedBy: 'U1',
};

const { snapshotId: _, ...UNNAMED } = EXPORT;

describe('a receipt of a file', () => {
  it.each([
    ['that nobody recorded', {}, {}],
    ['that nobody recorded, whatever was counted', {}, { own: kept() }],
    ['recorded without its snapshot', { exported: UNNAMED }, { own: kept() }],
    ['whose snapshot was never counted', { exported: EXPORT }, { before: kept({ snapshotId: 'earlier' }) }],
    ['whose snapshot is another', { exported: { ...EXPORT, snapshotId: 'snapshot-2' } }, { own: kept() }],
  ])('%s says what is there now, and that how much of it is lost is unknown', (_, facts, seen) => {
    const receipt = receiptOf({ file: FILE, takenAt: TAKEN_AT, ...facts }, seen, live(changed));
    expect(receipt.source).toEqual({ kind: 'file' });
    expect(receipt.counts).toMatchObject({
      kind: 'only-now',
      totals: [{ of: 'nodes', now: known(1168) }, {}],
      because: 'in-a-file',
    });
    const words = linesOfReceipt(receipt).join('\n');
    expect(words).toContain('how much of what is there now would be lost: unknown');
    expect(words).toContain('all nodes: 1168 now; known');
    expect(words).not.toMatch(/ 0 |would be lost \(/);
    expect(receipt.questions[0]?.answer).toEqual(known(42));
  });

  it('that is recorded as the export of a counted snapshot is compared with that, and says so', () => {
    const access = { users: { kind: 'seen', all: [] }, roles: { kind: 'seen', all: [] } } as const;
    const point = { file: FILE, takenAt: TAKEN_AT, exported: EXPORT };
    const receipt = receiptOf(point, { own: kept({ access }) }, { ...live(changed), access });
    expect(receipt.source).toMatchObject({ kind: 'exported', exportId: 'E-7', counted: { kind: 'on-the-way' } });
    const words = linesOfReceipt(receipt).join('\n');
    expect(words).toContain('Order: 37 would come back (963 now, 1000 then); known');
    expect(words).toContain(
      'the snapshot `snapshot-1`, of which the file is recorded as the export E-7; nobody has counted what is in the file itself',
    );
    expect(words).toContain('Users: unknown, because Aura does not say whether they come with the data');
  });

  it('whose snapshot was counted in a preview does not say that it is exact: the file was not looked into', () => {
    const own = kept({ source: 'preview', afterMinutes: 600 });
    const receipt = receiptOf({ file: FILE, takenAt: TAKEN_AT, exported: EXPORT }, { own }, live(changed));
    expect(receipt.counts).toMatchObject({ lines: [{ before: { kind: 'known' } }, {}, {}] });
    expect(linesOfReceipt(receipt)[0]).not.toContain('exact');
  });

  it('whose snapshot was counted late is estimated like the snapshot itself', () => {
    const own = kept({ afterMinutes: 25 });
    const receipt = receiptOf({ file: FILE, takenAt: TAKEN_AT, exported: EXPORT }, { own }, live(changed));
    expect(receipt.counts).toMatchObject({ lines: [{ before: { kind: 'estimated' } }, {}, {}] });
  });

  it('with the database silent says only that', () => {
    const silent: LiveLook = { ...live(), counts: { kind: 'not-seen', because: 'no-answer' } };
    const receipt = receiptOf({ file: FILE, takenAt: TAKEN_AT }, {}, silent);
    expect(receipt.counts).toEqual({ kind: 'unknown', because: 'no-answer' });
  });

  it('names the twelve greatest of very many labels and counts the rest; one without any is not there', () => {
    const labels = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`L${index}`, index]));
    const { counts } = receiptOf({ file: FILE, takenAt: TAKEN_AT }, {}, live({ labels, types: {} }));
    expect(counts).toMatchObject({ kind: 'only-now', unnamed: 7, lines: { length: 12, 0: { name: 'L19' } } });
  });
});

describe('what nobody knows of a restore point', () => {
  const seen = { users: { kind: 'seen', all: [] }, roles: { kind: 'seen', all: [] } } as const;
  const now: LiveLook = { ...live(changed), access: seen };
  const at = (minutes: number) => kept({ snapshotAt: addMinutes(TAKEN_AT, minutes) });
  const because = (why: string) => ({
    users: { kind: 'unknown', because: why },
    roles: { kind: 'unknown', because: why },
  });

  it.each([
    ['only one before it was counted', { before: at(-30) }],
    ['only one after it was counted', { after: at(30) }],
    ['those around it are one', { before: at(0), after: at(0) }],
    ['those around it stand the wrong way round', { before: at(30), after: at(-30) }],
  ])('is everything, users included, where %s', (_, around) => {
    const receipt = receiptOf(POINT, around, now);
    expect(receipt.source).toEqual({ kind: 'none' });
    expect(receipt.counts).toEqual({ kind: 'unknown', because: 'no-fingerprint' });
    expect(receipt.access).toEqual(because('no-fingerprint'));
  });

  it('are the users, where counts are drawn from those around it', () => {
    expect(receiptOf(POINT, { before: at(-30), after: at(30) }, now).access).toEqual(because('no-fingerprint'));
  });

  it('are the users, where data of another instance or of a file comes in', () => {
    const source = { kind: 'seen', fingerprint: makeFingerprint(NOW) } as const;
    for (const receipt of [
      receiptOf({ isLive: true, takenAt: NOW }, { source }, now),
      receiptOf({ file: FILE, takenAt: TAKEN_AT }, {}, now),
    ])
      expect(receipt.access).toEqual(because('not-documented'));
  });
});

it('a receipt keeps what the checks found in the live database, and says nothing of checks that were not asked', () => {
  const checks = { at: NOW, results: [{ name: 'orders', status: 'fail' }] } as const;
  expect(receiptOf(POINT, {}, { ...live(), checks }).checks).toEqual(checks);
  expect(receiptOf(POINT, {}, live())).not.toHaveProperty('checks');
});

it('of as many now, labels stand before types and each in the order of its names', () => {
  const facts = { labels: { B: 2, C: 9, A: 2 }, types: { Z: 2, Y: 2 } };
  const { counts } = receiptOf({ file: FILE, takenAt: TAKEN_AT }, {}, live(facts));
  if (counts.kind !== 'only-now') throw new Error(counts.kind);
  expect(counts.lines.map(({ of, name }) => `${of} ${name}`)).toEqual([
    'label C',
    'label A',
    'label B',
    'type Y',
    'type Z',
  ]);
  expect(counts.totals.map(({ of, name }) => [of, name])).toEqual([
    ['nodes', ''],
    ['relationships', ''],
  ]);
});

describe('a receipt of another instance as it is', () => {
  const POINT_OF_SOURCE = { isLive: true, takenAt: NOW } as const;

  it('compares with the source as it was counted, and says when and that it may change', () => {
    const source = {
      kind: 'seen',
      fingerprint: makeFingerprint(NOW, { labels: { Order: 900, Customer: 210 } }),
    } as const;
    const receipt = receiptOf(POINT_OF_SOURCE, { source }, live(changed));
    expect(receipt.source).toEqual({ kind: 'live-source', takenAt: NOW });
    const words = linesOfReceipt(receipt).join('\n');
    expect(words).toContain('it may change until the start');
    expect(words).toContain('Order: 63 fewer afterwards (963 now, 900 in the source); known');
    expect(words).toContain('Customer: 5 more afterwards (205 now, 210 in the source); known');
    expect(words).not.toContain('then');
  });

  it.each(['no-credentials', 'no-answer', 'out-of-time'] as const)('that was not seen (%s) is unknown', (because) => {
    const receipt = receiptOf(POINT_OF_SOURCE, { source: { kind: 'not-seen', because } }, live(changed));
    expect(receipt.source).toEqual({ kind: 'source-not-seen', because });
    expect(receipt.counts).toMatchObject({ kind: 'only-now', because });
  });
});

describe('what a restore puts back', () => {
  const owner = { alias: 'orders', auraId: 'a1b2c3d4' };
  it.each([
    ['a snapshot', POINT, { kind: 'snapshot', auraId: 'a1b2c3d4', snapshotId: 'snapshot-1', takenAt: TAKEN_AT }],
    ['a live source', { isLive: true, takenAt: NOW }, { kind: 'live', alias: 'orders', auraId: 'a1b2c3d4' }],
    ['a file', { file: FILE, takenAt: TAKEN_AT }, { kind: 'nowhere' }],
    [
      'an exported file, of the instance that it was exported from',
      { file: FILE, takenAt: TAKEN_AT, exported: { ...EXPORT, instance: { alias: 'orders', auraId: 'older' } } },
      { kind: 'snapshot', auraId: 'older', snapshotId: 'snapshot-1', takenAt: TAKEN_AT },
    ],
  ] as const)('is looked for where it was counted: %s', (_, point, origin) => {
    expect(originOf(point, owner)).toEqual(origin);
  });
});

it('a receipt of every kind is read again as it was kept', () => {
  const source = { kind: 'seen', fingerprint: makeFingerprint(NOW) } as const;
  const file = { file: FILE, takenAt: TAKEN_AT };
  const receipts = [
    receiptOf(file, {}, live()),
    receiptOf({ ...file, exported: EXPORT }, { own: kept() }, live()),
    receiptOf({ ...file, exported: EXPORT }, { own: kept({ source: 'preview' }) }, live()),
    receiptOf({ isLive: true, takenAt: NOW }, { source }, live()),
    receiptOf({ isLive: true, takenAt: NOW }, {}, live()),
  ];
  for (const one of receipts) expect(lossReceipt.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
});
