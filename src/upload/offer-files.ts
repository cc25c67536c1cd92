import type { CatalogueFile, CatalogueTrouble, FileCatalogue } from './file-catalogue.ts';

/** A file of the catalogue with its checksum, as far as it was read. */
export interface ReadFile extends CatalogueFile {
  readonly sha256?: string;
}

/**
 * Looks at the catalogue now and again: tells what lies there, and reads the checksum of one file after the other. A file that
 * was read is not read again until it changes. Each call tells at once and again after each file that it read.
 */
export function createOfferFiles(parts: {
  readonly catalogue: FileCatalogue;
  readonly sha256Of: (path: string) => Promise<string>;
  readonly tell: (files: readonly ReadFile[], troubles: readonly CatalogueTrouble[]) => Promise<void>;
}): () => Promise<void> {
  const { catalogue } = parts;
  let known: ReadonlyMap<string, string> = new Map();

  return async function offerFiles() {
    const { files, troubles } = await catalogue.list();
    known = new Map(files.flatMap(({ id }) => (known.has(id) ? [[id, known.get(id) ?? '']] : [])));
    const tell = () =>
      parts.tell(
        files.map((file) => ({ ...file, ...(known.has(file.id) ? { sha256: known.get(file.id) ?? '' } : {}) })),
        troubles,
      );
    await tell();
    for (const { id } of files) {
      const path = known.has(id) ? undefined : await catalogue.pathOf(id);
      if (path === undefined) continue;
      const sha256 = await parts.sha256Of(path);
      // Written to while it was read: it is another file by now, and its turn comes again.
      if ((await catalogue.pathOf(id)) === undefined) continue;
      known = new Map([...known, [id, sha256]]);
      await tell();
    }
  };
}
