import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Advice, adviseMethod, type Case, DATA_PLACES, snapshotsSeen } from '../../src/restore/advice.ts';
import { fileObstacle } from '../../src/restore/backup-file.ts';
import { bytesOfSize, CONSOLE_FILE_BYTES } from '../../src/restore/gigabytes.ts';
import { METHODS } from '../../src/restore/plan.ts';
import { REASON_KINDS } from '../../src/restore/request.ts';

const ANY = { environment: 'production', allowed: METHODS, snapshot: 'usable' } as const;

/** The decision framework of the operations guide, line by line. */
const FRAMEWORK: readonly (readonly [
  condition: string,
  facts: Partial<Case>,
  method: Advice['method'],
  because: string,
])[] = [
  ['a snapshot within retention', {}, 'restore-snapshot', 'snapshot-in-retention'],
  ['the fastest possible restore', { reason: 'accidental-deletion' }, 'restore-snapshot', 'snapshot-in-retention'],
  ['a simple rollback to a recent state', { reason: 'failed-migration' }, 'restore-snapshot', 'snapshot-in-retention'],
  ['a security incident', { reason: 'security-incident' }, 'restore-snapshot', 'snapshot-in-retention'],
  ['Aura cannot be asked', { snapshot: 'unknown' }, 'restore-snapshot', 'snapshot-unknown'],
  ['a snapshot outside retention', { snapshot: 'none' }, 'backup-file', 'no-snapshot'],
  ['a migration from outside', { dataIsIn: 'file' }, 'backup-file', 'in-a-file'],
  ['an archived backup', { dataIsIn: 'file', snapshot: 'usable' }, 'backup-file', 'in-a-file'],
  ['compliance asks for a certain backup', { isForCompliance: true }, 'backup-file', 'compliance'],
  ['a file of just the limit', { dataIsIn: 'file', fileBytes: CONSOLE_FILE_BYTES }, 'backup-file', 'in-a-file'],
  ['a file above it', { dataIsIn: 'file', fileBytes: CONSOLE_FILE_BYTES + 1 }, 'upload', 'too-large-for-console'],
  [
    'a file that only this console takes',
    { dataIsIn: 'file', fileBytes: CONSOLE_FILE_BYTES + 1, consoleFileBytes: 2 * CONSOLE_FILE_BYTES },
    'backup-file',
    'file-by-hand',
  ],
  [
    'a file that this console does not take',
    { dataIsIn: 'file', fileBytes: 2e9, consoleFileBytes: 1e9 },
    'upload',
    'too-large-for-console',
  ],
  ['a scripted process', { dataIsIn: 'file', isAutomated: true }, 'upload', 'automated'],
  ['no snapshot, and a script', { snapshot: 'none', isAutomated: true }, 'upload', 'automated'],
  ['the present state must be kept', { keepsPresent: true }, 'new-instance', 'keeps-present'],
  ['a rehearsal for production', { reason: 'rollback-test' }, 'new-instance', 'rehearsal'],
  [
    'a rehearsal elsewhere',
    { reason: 'rollback-test', environment: 'staging' },
    'restore-snapshot',
    'snapshot-in-retention',
  ],
  ['the data of another instance', { dataIsIn: 'another-instance' }, 'overwrite', 'another-instance'],
];

describe('the advice', () => {
  it.each(FRAMEWORK)('for %s', (_, facts, method, because) => {
    const advice = adviseMethod({ ...ANY, ...facts });
    expect(advice.method).toBe(method);
    expect(advice.reasons).toContain(because);
    expect(advice.forbidden).toEqual([]);
  });

  it.each(['3.9GB', '4GB', '4.2GB', '4.3GB'])('for a file of %s is one that the request takes', (size) => {
    const fileBytes = bytesOfSize(size) ?? 0;
    for (const limit of [{}, { consoleFileBytes: bytesOfSize('4GB') ?? 0 }]) {
      const { method } = adviseMethod({ ...ANY, dataIsIn: 'file', fileBytes, ...limit });
      const file = { name: 'orders.backup', kind: 'backup', sizeBytes: fileBytes } as const;
      const chosen = { method: 'backup-file', file, savedAt: '2026-11-01T00:00:00.000Z' } as const;
      const why = fileObstacle(chosen, { now: '2026-11-21T00:00:00.000Z', ...limit });
      expect(method).toBe(why?.kind === 'above-console-limit' ? 'upload' : 'backup-file');
    }
  });

  it('where production must not be overwritten is an instance beside it, and says what would have been', () => {
    expect(adviseMethod({ ...ANY, allowed: ['new-instance'] })).toEqual({
      method: 'new-instance',
      reasons: ['snapshot-in-retention'],
      forbidden: ['restore-snapshot'],
    });
  });

  it('is none when nothing that fits is allowed, and never overwrites what must be kept', () => {
    expect(adviseMethod({ ...ANY, keepsPresent: true, allowed: ['restore-snapshot', 'overwrite'] })).toEqual({
      method: undefined,
      reasons: [],
      forbidden: ['new-instance'],
    });
    const large = { dataIsIn: 'file', fileBytes: CONSOLE_FILE_BYTES + 1, allowed: ['backup-file'] } as const;
    expect(adviseMethod({ ...ANY, ...large }).method).toBeUndefined();
  });

  it.each<[string, Partial<Case>]>([
    ['the data is in a file', { dataIsIn: 'file' }],
    ['the data is in another instance', { dataIsIn: 'another-instance' }],
    ['compliance asks for a certain backup', { isForCompliance: true }],
    ['Aura keeps no snapshot of it', { snapshot: 'none' }],
  ])('is no way into the instance when its present state must stay and %s', (_, facts) => {
    expect(adviseMethod({ ...ANY, ...facts, keepsPresent: true })).toEqual({
      method: undefined,
      reasons: [],
      forbidden: [],
    });
  });

  it.each<[string, Partial<Case>, Advice]>([
    ['by hand', {}, { method: 'backup-file', reasons: ['in-a-file', 'file-by-hand'], forbidden: [] }],
    [
      'by a tool alone',
      { allowed: ['upload'] },
      { method: 'upload', reasons: ['in-a-file'], forbidden: ['backup-file'] },
    ],
    ['by a script', { isAutomated: true }, { method: 'upload', reasons: ['in-a-file', 'automated'], forbidden: [] }],
    [
      'by a script and too large',
      { isAutomated: true, fileBytes: CONSOLE_FILE_BYTES + 1 },
      { method: 'upload', reasons: ['in-a-file', 'automated', 'too-large-for-console'], forbidden: [] },
    ],
    [
      'by hand where no tool may, although by a script',
      { isAutomated: true, allowed: ['backup-file'] },
      { method: 'backup-file', reasons: ['in-a-file', 'file-by-hand'], forbidden: ['upload'] },
    ],
  ])('for a file %s says all that speaks for it', (_, facts, advice) => {
    expect(adviseMethod({ ...ANY, dataIsIn: 'file', ...facts })).toEqual(advice);
  });

  it('is always allowed, has a reason, and names nothing allowed as forbidden', () => {
    const anyCase = fc.record(
      {
        environment: fc.constantFrom('production' as const, 'staging' as const, 'development' as const),
        allowed: fc.subarray([...METHODS]),
        snapshot: fc.constantFrom('usable' as const, 'none' as const, 'unknown' as const),
        dataIsIn: fc.constantFrom(...DATA_PLACES),
        keepsPresent: fc.boolean(),
        isForCompliance: fc.boolean(),
        isAutomated: fc.boolean(),
        fileBytes: fc.nat(2 * CONSOLE_FILE_BYTES),
        reason: fc.constantFrom(...REASON_KINDS),
      },
      { requiredKeys: ['environment', 'allowed', 'snapshot'] },
    );
    fc.assert(
      fc.property(anyCase, (one) => {
        const { method, reasons, forbidden } = adviseMethod(one);
        if (method) expect(one.allowed).toContain(method);
        expect(reasons.length > 0).toBe(method !== undefined);
        for (const other of forbidden) expect(one.allowed).not.toContain(other);
        if (one.keepsPresent) expect(['new-instance', undefined]).toContain(method);
        else if (!method) expect(forbidden.length).toBeGreaterThan(0);
        for (const other of one.keepsPresent ? forbidden : []) expect(other).toBe('new-instance');
      }),
    );
  });
});

describe('whether Aura keeps a usable snapshot', () => {
  const whole = { usable: 2, oldest: '2026-11-15T03:00:00.000Z', daysRead: 8, daysKept: 8 } as const;
  const [before, after] = ['2026-11-14T03:00:00.000Z', '2026-11-16T03:00:00.000Z'] as const;

  it.each<[string, Parameters<typeof snapshotsSeen>, Case['snapshot']]>([
    ['nobody could ask', [undefined], 'unknown'],
    ['there are some and any will do', [whole], 'usable'],
    ['there is one as old as the moment', [whole, whole.oldest], 'usable'],
    ['the moment is after the oldest', [whole, after], 'usable'],
    ['the moment is before the oldest', [whole, before], 'none'],
    ['the moment is before the oldest that was read', [{ ...whole, daysRead: 7 }, before], 'unknown'],
    ['some are known and a day was not read', [{ ...whole, daysRead: 7 }], 'usable'],
    ['there is none', [{ usable: 0, daysRead: 8, daysKept: 8 }], 'none'],
    ['none was found and a day was not read', [{ usable: 0, daysRead: 7, daysKept: 8 }], 'unknown'],
    [
      'none was found and a day was not read, for a moment',
      [{ usable: 0, daysRead: 7, daysKept: 8 }, after],
      'unknown',
    ],
  ])('when %s', (_, seen, known) => {
    expect(snapshotsSeen(...seen)).toBe(known);
  });
});
