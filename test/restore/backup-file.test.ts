import { describe, expect, it } from 'vitest';
import {
  type BackupFileFacts,
  backupFileCautions,
  backupFileRefusals,
  backupFileTypeOf,
  bytesOfSize,
  typesTakenBy,
} from '../../src/restore/backup-file.ts';

const GB = 2 ** 30;
const SHA = 'ab'.repeat(32);
const file = (change: Partial<BackupFileFacts> = {}): BackupFileFacts => ({
  name: 'orders.backup',
  type: 'backup',
  sizeBytes: GB,
  sha256: SHA,
  ...change,
});
const target = { way: 'console', instanceType: 'professional-db', consoleLimitBytes: 4 * GB } as const;
const kinds = (...[of, to]: Parameters<typeof backupFileRefusals>) =>
  backupFileRefusals(of, to).map(({ kind }) => kind);

describe('what a file may be restored into', () => {
  it.each([
    ['orders.backup', 'backup'],
    ['orders.dump', 'dump'],
    ['orders.tar', 'tar'],
    ['orders.tar.gz', undefined],
    ['.dump', undefined],
    ['orders', undefined],
    ['orders.DUMP', undefined],
  ])('%s is a %s', (name, type) => {
    expect(backupFileTypeOf(name)).toBe(type);
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
  ])('an instance of type %s takes %j', (type, wanted) => {
    expect(typesTakenBy(type)).toEqual(wanted);
  });

  it('nothing speaks against a good file', () => {
    expect(kinds(file(), { ...target, storageBytes: 8 * GB, expectedSha256: SHA.toUpperCase() })).toEqual([]);
  });

  it('the console takes exactly its limit and not a byte more; the upload has no such limit', () => {
    expect(kinds(file({ sizeBytes: 4 * GB }), target)).toEqual([]);
    expect(kinds(file({ sizeBytes: 4 * GB + 1 }), target)).toEqual(['above-console-limit']);
    expect(kinds(file({ sizeBytes: 4 * GB + 1 }), { ...target, way: 'upload' })).toEqual([]);
  });

  it('a file as large as the storage may fit, a larger one cannot', () => {
    const upload = { ...target, way: 'upload', storageBytes: 8 * GB } as const;
    expect(kinds(file({ sizeBytes: 8 * GB }), upload)).toEqual([]);
    expect(kinds(file({ sizeBytes: 8 * GB + 1 }), upload)).toEqual(['above-storage']);
  });

  it('another checksum than the one that was given is another file', () => {
    expect(kinds(file(), { ...target, expectedSha256: 'cd'.repeat(32) })).toEqual(['another-checksum']);
  });

  it('everything that speaks against it is told at once', () => {
    expect(kinds(file({ type: 'tar', sizeBytes: 0 }), { ...target, expectedSha256: 'x' })).toEqual([
      'wrong-type',
      'empty',
      'another-checksum',
    ]);
  });

  it('what cannot be known is a caution', () => {
    expect(backupFileCautions(file(), target)).toEqual(['size-of-data-unknown']);
    const { sha256: _, ...unread } = file({ type: 'dump' });
    expect(backupFileCautions(unread, {})).toEqual([
      'old-version-only',
      'size-of-data-unknown',
      'unknown-tier',
      'checksum-not-read',
    ]);
  });

  it.each([
    ['4GB', 4 * GB],
    ['4 gb', 4 * GB],
    ['1.5 MB', 1_572_864],
    ['0B', 0],
    ['4', undefined],
    ['four GB', undefined],
    ['-4GB', undefined],
  ])('a size of %j is %s bytes', (text, bytes) => {
    expect(bytesOfSize(text)).toBe(bytes);
  });
});
