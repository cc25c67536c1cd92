import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileCatalogue } from '../../src/upload/file-catalogue.ts';

describe('the catalogue of files', () => {
  let home: string;
  let directory: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'rb-files-'));
    directory = join(home, 'exports');
    mkdirSync(directory);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const catalogue = () => createFileCatalogue([{ name: 'exports', directory }]);
  function put(name: string, content = 'data', day = 1): void {
    writeFileSync(join(directory, name), content);
    utimesSync(join(directory, name), new Date(2026, 10, day), new Date(2026, 10, day));
  }

  it('lists backups, dumps and tars, newest first, and nothing else', async () => {
    put('a.dump', '1234', 1);
    put('b.backup', '12', 3);
    put('c.tar', '1', 2);
    put('notes.txt');
    put('.dump');
    mkdirSync(join(directory, 'deeper'));
    writeFileSync(join(directory, 'deeper', 'd.dump'), 'x');
    const { files, troubles } = await catalogue().list();
    expect(files.map(({ name, fileKind, sizeBytes }) => [name, fileKind, sizeBytes])).toEqual([
      ['b.backup', 'backup', 2],
      ['c.tar', 'tar', 1],
      ['a.dump', 'dump', 4],
    ]);
    expect(troubles).toEqual([]);
  });

  it('gives each file an id that tells nothing and changes with the file', async () => {
    put('orders.dump', 'one');
    const [before] = (await catalogue().list()).files;
    expect(before?.id).toMatch(/^[0-9a-f]{20}$/);
    expect(await catalogue().pathOf(before?.id ?? '')).toBe(join(directory, 'orders.dump'));
    put('orders.dump', 'another');
    expect(await catalogue().pathOf(before?.id ?? '')).toBeUndefined();
  });

  it.each(['../secret.dump', '/etc/passwd', '', 'orders.dump', '..%2fsecret.dump'])(
    'takes no path for an id: %j',
    async (id) => {
      put('orders.dump');
      writeFileSync(join(home, 'secret.dump'), 'x');
      expect(await catalogue().pathOf(id)).toBeUndefined();
    },
  );

  it('refuses a link that leaves the place and follows one that stays', async () => {
    writeFileSync(join(home, 'secret.dump'), 'x');
    mkdirSync(join(home, 'exports-of-others'));
    writeFileSync(join(home, 'exports-of-others', 'near.dump'), 'x');
    put('orders.dump');
    symlinkSync(join(home, 'secret.dump'), join(directory, 'out.dump'));
    symlinkSync(join(home, 'exports-of-others', 'near.dump'), join(directory, 'near.dump'));
    symlinkSync('orders.dump', join(directory, 'latest.dump'));
    symlinkSync('nowhere.dump', join(directory, 'broken.dump'));
    const { files, troubles } = await catalogue().list();
    expect(files.map(({ name }) => name).sort()).toEqual(['latest.dump', 'orders.dump']);
    expect(troubles.toSorted((one, other) => ((one.name ?? '') < (other.name ?? '') ? -1 : 1))).toEqual([
      { place: 'exports', name: 'broken.dump', kind: 'not-a-file' },
      { place: 'exports', name: 'near.dump', kind: 'leaves-the-place' },
      { place: 'exports', name: 'out.dump', kind: 'leaves-the-place' },
    ]);
  });

  it('says that a place is missing and lists the others', async () => {
    put('orders.dump');
    const both = createFileCatalogue([
      { name: 'gone', directory: join(home, 'gone') },
      { name: 'exports', directory },
    ]);
    const { files, troubles } = await both.list();
    expect(files).toHaveLength(1);
    expect(troubles).toEqual([{ place: 'gone', kind: 'place-missing' }]);
  });

  it('does not list a folder that is named like a file', async () => {
    mkdirSync(join(directory, 'folder.dump'));
    expect(await catalogue().list()).toEqual({
      files: [],
      troubles: [{ place: 'exports', name: 'folder.dump', kind: 'not-a-file' }],
    });
  });
});
