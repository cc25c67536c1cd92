import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileKindOf } from '../restore/backup-file.ts';
import type { FileKind } from '../restore/plan.ts';

/** A directory of files that may be restored from, as the operator named it. */
export interface FilePlace {
  readonly name: string;
  readonly directory: string;
}

/** A file that may be restored from. Its id is all that ever comes back from Slack. */
export interface CatalogueFile {
  /** Of the place, the name, the size and the time of change: another content has another id. */
  readonly id: string;
  /** The name of its place. */
  readonly place: string;
  readonly name: string;
  readonly fileKind: FileKind;
  readonly sizeBytes: number;
  /** When it was last written (epoch ms): the data is no newer. */
  readonly changedAtMs: number;
}

/** Why a place shows fewer files than it holds, or none. */
export interface CatalogueTrouble {
  readonly place: string;
  readonly name?: string;
  readonly kind: 'place-missing' | 'place-unreadable' | 'leaves-the-place' | 'not-a-file';
}

export interface FileCatalogue {
  /** What lies in the places now, newest first. Never rejects: what cannot be read is a trouble. */
  list(): Promise<{ readonly files: readonly CatalogueFile[]; readonly troubles: readonly CatalogueTrouble[] }>;
  /** Where the file with this id lies on this host; undefined when it does not, or is another by now. */
  pathOf(id: string): Promise<string | undefined>;
}

/** The files of the places themselves, not of folders in them; nothing outside of them, by whatever link. */
export function createFileCatalogue(places: readonly FilePlace[]): FileCatalogue {
  interface Found {
    readonly file: CatalogueFile;
    readonly path: string;
  }

  async function lookInto(place: FilePlace): Promise<readonly (Found | CatalogueTrouble)[]> {
    let root: string;
    let entries: readonly Dirent[];
    try {
      root = await realpath(place.directory);
      entries = await readdir(root, { withFileTypes: true });
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return [{ place: place.name, kind: isMissing ? 'place-missing' : 'place-unreadable' }];
    }
    const looks = entries.map(async ({ name }): Promise<Found | CatalogueTrouble | undefined> => {
      const fileKind = fileKindOf(name);
      if (!fileKind) return undefined;
      try {
        const path = await realpath(join(root, name));
        if (!path.startsWith(root + sep)) return { place: place.name, name, kind: 'leaves-the-place' };
        const facts = await lstat(path);
        if (!facts.isFile()) return { place: place.name, name, kind: 'not-a-file' };
        const changedAtMs = Math.floor(facts.mtimeMs);
        const about = { place: place.name, name, fileKind, sizeBytes: facts.size, changedAtMs };
        return { path, file: { id: idOf(about), ...about } };
      } catch {
        return { place: place.name, name, kind: 'not-a-file' };
      }
    });
    return (await Promise.all(looks)).filter((look) => look !== undefined);
  }

  async function look() {
    return (await Promise.all(places.map(lookInto))).flat();
  }

  return {
    async list() {
      const looks = await look();
      const files = looks.flatMap((one) => ('file' in one ? [one.file] : []));
      return {
        files: files.sort((one, other) => other.changedAtMs - one.changedAtMs || (one.name < other.name ? -1 : 1)),
        troubles: looks.flatMap((one) => ('kind' in one ? [one] : [])),
      };
    },
    async pathOf(id) {
      for (const one of await look()) if ('file' in one && one.file.id === id) return one.path;
      return undefined;
    },
  };
}

function idOf({ place, name, sizeBytes, changedAtMs }: Omit<CatalogueFile, 'id'>): string {
  return createHash('sha256')
    .update(JSON.stringify([place, name, sizeBytes, changedAtMs]))
    .digest('hex')
    .slice(0, 20);
}
