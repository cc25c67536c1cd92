import { describe, expect, it } from 'vitest';
import type { ChosenFile } from '../../src/restore/backup-file.ts';
import {
  type Chosen,
  chosenRefusal,
  methodsFor,
  methodsOf,
  methodsOn,
  snapshotRefusal,
} from '../../src/restore/chosen-method.ts';
import {
  type InstanceToMake,
  METHODS,
  type Method,
  type PlannedFile,
  type PlannedInstance,
} from '../../src/restore/plan.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { RequestRefusal } from '../../src/restore/refusal.ts';
import { makePolicy, NOW, SNAPSHOT, TAKEN_AT } from '../support/make-restore.ts';
import { NEW_INSTANCE_RULES, TO_MAKE } from '../support/new-instance-messages.ts';

const GB = 2 ** 30;
const SHA = 'ab'.repeat(32);
const TARGET = { type: 'professional-db', memory: '8GB', storage: '16GB' };
const FILE: PlannedFile = { name: 'orders.backup', kind: 'backup', sizeBytes: GB, sha256: SHA };
const SOURCE: PlannedInstance = {
  alias: 'stock',
  auraId: 'b2c3d4e5',
  name: 'Stock',
  environment: 'staging',
  memory: '8GB',
};

const overwrite = (source: Partial<PlannedInstance> = {}): Chosen => ({
  method: 'overwrite',
  source: { ...SOURCE, ...source },
});
const fromFile = (file: Partial<PlannedFile> = {}, more: Partial<ChosenFile> = {}): ChosenFile => ({
  method: 'backup-file',
  savedAt: TAKEN_AT,
  ...more,
  file: { ...FILE, ...file },
});
const anew = (toMake: Partial<InstanceToMake> = {}, spent = 0): Chosen => ({
  method: 'new-instance',
  snapshot: SNAPSHOT,
  toMake: { ...TO_MAKE, ...toMake },
  spent,
});
const refused = (
  chosen: Chosen,
  policy: Partial<InstancePolicy> = {},
  target: Parameters<typeof chosenRefusal>[2] = TARGET,
) => chosenRefusal(chosen, makePolicy({ methods: METHODS, newInstance: NEW_INSTANCE_RULES, ...policy }), target, NOW);

describe('the methods a request may choose from', () => {
  it('are those that the rules name, and going back to a snapshot where they name none', () => {
    expect(methodsOf({ methods: ['upload', 'overwrite'] })).toEqual(['upload', 'overwrite']);
    expect(methodsOf({})).toEqual(['restore-snapshot']);
  });

  it.each<[string, readonly Method[], readonly Method[]]>([
    ['going back to a snapshot comes first where the rules do not name it', ['upload'], ['restore-snapshot', 'upload']],
    ['it is there once where they do', ['upload', 'restore-snapshot'], ['upload', 'restore-snapshot']],
  ])('for an undo: %s', (_, methods, offered) => {
    expect(methodsFor({ methods }, 'R-16')).toEqual(offered);
    expect(methodsFor({ methods }, undefined)).toEqual(methods);
  });

  it('are fewer for an instance whose tier keeps one snapshot only', () => {
    expect(methodsOn('free-db', METHODS)).toEqual(['backup-file', 'upload', 'new-instance']);
    expect(methodsOn('professional-db', METHODS)).toEqual(METHODS);
    expect(methodsOn(undefined, ['overwrite'])).toEqual(['overwrite']);
  });

  it('are the only ones: another one is refused with those that are open', () => {
    const allowed = ['restore-snapshot', 'upload'] as const;
    expect(refused(overwrite(), { methods: allowed })).toEqual({
      reason: 'method-not-allowed',
      method: 'overwrite',
      allowed,
    });
  });
});

describe('an overwrite with the data of another instance', () => {
  it.each<[string, Partial<PlannedInstance>, string | undefined, RequestRefusal | undefined]>([
    ['as large', {}, '8GB', undefined],
    ['smaller', { memory: '4GB' }, '8GB', undefined],
    [
      'larger, which Aura does not copy',
      { memory: '16GB' },
      '8GB',
      { reason: 'target-too-small', source: '16GB', target: '8GB' },
    ],
    ['larger, as Aura writes it elsewhere', { memory: 'sixteen' }, '8GB', undefined],
    ['larger than nobody knows', { memory: '16GB' }, undefined, undefined],
  ])('that is %s', (_, source, memory, refusal) => {
    expect(refused(overwrite(source), {}, { type: 'professional-db', ...(memory ? { memory } : {}) })).toEqual(refusal);
  });

  it('whose size nobody knows is left to Aura', () => {
    const { memory: _, ...unknown } = SOURCE;
    expect(refused({ method: 'overwrite', source: unknown })).toBeUndefined();
  });

  it.each(['a1b2c3d4', 'A1B2C3D4'])('is refused when that is the instance itself, written %s', (auraId) => {
    expect(refused(overwrite({ auraId }))).toEqual({ reason: 'source-is-target' });
    expect(refused(overwrite({ auraId }), { auraId: 'A1b2C3d4' })).toEqual({ reason: 'source-is-target' });
  });
});

describe('a snapshot', () => {
  it.each<[Method, boolean | undefined, boolean]>([
    ['restore-snapshot', false, true],
    ['restore-snapshot', true, true],
    ['restore-snapshot', undefined, true],
    ['overwrite', false, false],
    ['overwrite', true, true],
    ['overwrite', undefined, true],
    ['new-instance', false, false],
    ['new-instance', true, true],
    ['new-instance', undefined, true],
  ])('for %s that Aura calls exportable: %s, is taken: %s', (method, exportable, isTaken) => {
    const snapshot = exportable === undefined ? SNAPSHOT : { ...SNAPSHOT, exportable };
    const refusal = isTaken ? undefined : { reason: 'snapshot-not-exportable' };
    expect(snapshotRefusal(method, snapshot)).toEqual(refusal);
  });

  it('is looked at in a request by each method that takes one', () => {
    const snapshot = { ...SNAPSHOT, exportable: false };
    const notExportable = { reason: 'snapshot-not-exportable' };
    expect(refused({ method: 'overwrite', source: SOURCE, snapshot })).toEqual(notExportable);
    expect(refused({ method: 'new-instance', toMake: TO_MAKE, spent: 0, snapshot })).toEqual(notExportable);
    expect(refused({ method: 'restore-snapshot', snapshot })).toBeUndefined();
    for (const method of ['restore-snapshot', 'overwrite', 'new-instance'] as const)
      expect(snapshotRefusal(method, { ...snapshot, status: 'Failed' })).toEqual({
        reason: 'snapshot-not-usable',
        why: 'failed',
      });
  });
});

describe('a file', () => {
  it.each(['backup-file', 'upload'] as const)('is taken by %s when nothing speaks against it', (method) => {
    expect(refused(fromFile({}, { method }))).toBeUndefined();
  });

  it.each<[string, ChosenFile, Partial<InstancePolicy>, object]>([
    ['of a kind that the instance does not take', fromFile({ kind: 'tar' }), {}, { kind: 'wrong-kind' }],
    [
      'larger than the console takes',
      fromFile({ sizeBytes: 5 * GB }),
      {},
      { kind: 'above-console-limit', limitBytes: 4 * GB },
    ],
    [
      'larger than the rules say that the console takes',
      fromFile({ sizeBytes: 3 * GB }),
      { consoleFileBytes: 2 * GB },
      { kind: 'above-console-limit', limitBytes: 2 * GB },
    ],
    [
      'larger than the storage of the instance',
      fromFile({ sizeBytes: 17 * GB }, { method: 'upload' }),
      {},
      { kind: 'above-storage', storageBytes: 16 * GB },
    ],
    ['saved after now', fromFile({}, { savedAt: '2026-11-21T03:04:05.001Z' }), {}, { kind: 'saved-in-the-future' }],
  ])('%s is refused for that', (_, chosen, policy, why) => {
    expect(refused(chosen, policy)).toMatchObject({ reason: 'file-not-usable', why });
  });

  it('may be larger where the rules say that the console takes more', () => {
    expect(refused(fromFile({ sizeBytes: 5 * GB }), { consoleFileBytes: 8 * GB })).toBeUndefined();
  });
});

describe('a new instance', () => {
  it('is made where its rules allow it', () => {
    expect(refused(anew())).toBeUndefined();
  });

  it('is refused where no rules say what it may cost', () => {
    const { newInstance: _, ...without } = makePolicy({ methods: METHODS });
    expect(chosenRefusal(anew(), without, TARGET, NOW)).toEqual({
      reason: 'new-instance-not-possible',
      problem: { kind: 'not-configured' },
    });
  });

  it.each<[string, Chosen, object]>([
    ['too expensive with what was spent in the month', anew({}, 40), { kind: 'over-cap', spent: 40, cap: 50 }],
    ['without a price', anew({ memory: '64GB' }), { kind: 'no-price', memory: '64GB' }],
    ['kept for too long', anew({ liveForMinutes: 99_999 }), { kind: 'lives-too-long' }],
  ])('is refused when it is %s', (_, chosen, problem) => {
    expect(refused(chosen)).toMatchObject({ reason: 'new-instance-not-possible', problem });
  });

  it('is refused when it is smaller than the one whose data it gets', () => {
    expect(refused(anew(), {}, { ...TARGET, memory: '16GB' })).toEqual({
      reason: 'new-instance-not-possible',
      problem: { kind: 'too-small', memory: '8GB', source: '16GB' },
    });
  });
});
