import { describe, expect, it } from 'vitest';
import {
  asSha256,
  type ChosenFile,
  fileKindOf,
  fileLoadMsOf,
  fileObstacle,
  kindsTakenBy,
} from '../../src/restore/backup-file.ts';
import { bytesOfSize } from '../../src/restore/gigabytes.ts';
import type { PlannedFile } from '../../src/restore/plan.ts';

const GB = 2 ** 30;
const SHA = 'ab'.repeat(32);
const NOW = '2026-11-21T03:00:00.000Z';
const FILE: PlannedFile = { name: 'orders.backup', kind: 'backup', sizeBytes: GB, sha256: SHA };
const target = { type: 'professional-db', storage: '16GB', now: NOW };

function obstacle(file: Partial<PlannedFile>, chosen: Partial<ChosenFile> = {}, to: object = {}): string | undefined {
  const savedAt = '2026-11-20T03:00:00.000Z';
  return fileObstacle({ method: 'backup-file', savedAt, ...chosen, file: { ...FILE, ...file } }, { ...target, ...to })
    ?.kind;
}

it('a checksum is read as people paste it', () => {
  expect(asSha256(` ${SHA.toUpperCase()}\n`)).toBe(SHA);
});

it('a file may take two hours to load, or as long as the terms of the restore say', () => {
  expect(fileLoadMsOf({ terms: {} })).toBe(2 * 60 * 60_000);
  expect(fileLoadMsOf({ terms: { fileLoadMinutes: 5 } })).toBe(5 * 60_000);
});

describe('a file to restore from', () => {
  it.each([
    ['orders.backup', 'backup'],
    ['orders.dump', 'dump'],
    ['orders.tar', 'tar'],
    ['orders.tar.gz', undefined],
    ['.dump', undefined],
    ['orders', undefined],
    ['orders.DUMP', undefined],
  ])('called %s is a %s', (name, kind) => {
    expect(fileKindOf(name)).toBe(kind);
  });

  it.each([
    ['professional-db', ['backup', 'dump']],
    ['free-db', ['backup', 'dump']],
    ['business-critical', ['backup', 'dump']],
    ['enterprise-db', ['backup', 'dump']],
    ['professional-ds', ['tar']],
    ['enterprise-ds', ['tar']],
    ['something-new', ['backup', 'dump', 'tar']],
    [undefined, ['backup', 'dump', 'tar']],
  ])('for an instance of type %s is one of %j', (type, kinds) => {
    expect(kindsTakenBy(type)).toEqual(kinds);
  });

  it('that is good has nothing against it, with or without a checksum for the console', () => {
    const { sha256: _, ...unread } = FILE;
    expect(obstacle({})).toBeUndefined();
    expect(fileObstacle({ method: 'backup-file', file: unread, savedAt: NOW }, target)).toBeUndefined();
    expect(obstacle({}, { method: 'upload', expectedSha256: asSha256(`  ${SHA.toUpperCase()}\n`) })).toBeUndefined();
  });

  it('may be exactly as large as the console takes and not a byte larger; neo4j-admin has no such limit', () => {
    expect(obstacle({ sizeBytes: 4 * GB })).toBeUndefined();
    expect(obstacle({ sizeBytes: 4 * GB + 1 })).toBe('above-console-limit');
    expect(obstacle({ sizeBytes: 4 * GB + 1 }, { method: 'upload' })).toBeUndefined();
    expect(obstacle({ sizeBytes: 4 * GB + 1 }, {}, { consoleFileBytes: 8 * GB })).toBeUndefined();
  });

  it('may be as large as the storage of the instance, and no larger', () => {
    expect(obstacle({ sizeBytes: 16 * GB }, { method: 'upload' })).toBeUndefined();
    expect(obstacle({ sizeBytes: 16 * GB + 1 }, { method: 'upload' })).toBe('above-storage');
    expect(obstacle({ sizeBytes: 99 * GB }, { method: 'upload' }, { storage: undefined })).toBeUndefined();
  });

  it.each<[string, string, Partial<PlannedFile>, Partial<ChosenFile>]>([
    ['wrong-kind', 'of a kind that the instance does not take', { kind: 'tar' }, {}],
    ['empty', 'with nothing in it', { sizeBytes: 0 }, {}],
    ['saved-in-the-future', 'saved after now', {}, { savedAt: '2026-11-21T03:00:00.001Z' }],
    ['no-sha256', 'with a checksum that is none', { sha256: 'abc' }, {}],
    ['no-sha256', 'compared with a checksum that is none', {}, { expectedSha256: 'abc' }],
    ['no-sha256', 'with a checksum that has a digit too many before it', { sha256: `0${SHA}` }, {}],
    ['no-sha256', 'with a checksum that has its name behind it', { sha256: `${SHA}  orders.backup` }, {}],
    ['another-checksum', 'other than the requester named', {}, { expectedSha256: 'cd'.repeat(32) }],
  ])('is refused as %s when it is one %s', (kind, _, file, chosen) => {
    expect(obstacle(file, chosen)).toBe(kind);
  });

  it('is not uploaded by the bot before it was read', () => {
    const { sha256: _, ...unread } = FILE;
    expect(fileObstacle({ method: 'upload', file: unread, savedAt: NOW }, target)).toEqual({ kind: 'no-checksum-yet' });
  });

  it.each([
    ['4GB', 4 * GB],
    ['4 gb', 4 * GB],
    ['1.5 MB', 1_572_864],
    ['3,5 GiB', 3.5 * GB],
    ['0B', 0],
    ['4', undefined],
    ['four GB', undefined],
    ['-4GB', undefined],
  ])('of %j has %s bytes', (text, bytes) => {
    expect(bytesOfSize(text)).toBe(bytes);
  });
});
