import type { RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { readRestore } from './restore-schema.ts';

/** At some 25 KB each, what the records of a busy day take is a few megabytes. */
const MOST_REMEMBERED = 500;

/**
 * Reads stored records and remembers the latest of them: most are read several times between two changes, and checking
 * their form costs more than fetching them. What is remembered counts only for exactly the same text, so whatever stands
 * in the store is what is read. Rejects what cannot be read as `readRestore` does.
 */
export function createRecordReader(most = MOST_REMEMBERED): (id: RestoreId, document: string) => Restore {
  const remembered = new Map<RestoreId, { readonly document: string; readonly restore: Restore }>();

  return function read(id, document) {
    const known = remembered.get(id);
    const restore = known?.document === document ? known.restore : readRestore(id, document);
    // A map keeps its order of insertion: the first is the one not read for longest.
    remembered.delete(id);
    remembered.set(id, { document, restore });
    const oldest = remembered.size > most ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    return restore;
  };
}
