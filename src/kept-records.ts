import type { Instant } from './restore/names.ts';

/** Where small records of one kind live. Every call fails when the store cannot be reached. */
export interface KeptRecords<Id extends string, Kept extends { readonly version: number }> {
  load(id: Id): Promise<Kept | undefined>;
  /** Saves record, indexes and audit entry in one write if the stored version is still `expectedVersion`. */
  save(expectedVersion: number, record: Kept): Promise<'saved' | 'conflict'>;
  now(): Promise<Instant>;
}

/** What a record becomes; undefined: it stays as it is. Pure, for it is asked again when another writer was first. */
type Decide<Kept> = (record: Kept, now: Instant) => Kept | undefined;

/** More writers than this at once is a bug, not contention. */
const MOST_CONFLICTS = 50;

/**
 * Decides on the latest record and saves, as often as others were first; answers the record as it is then, undefined when
 * there is none. `called` names the kind of record to whoever reads the error that too many writers end in.
 */
export function createChange<Id extends string, Kept extends { readonly version: number }>(
  store: KeptRecords<Id, Kept>,
  called: string,
): (id: Id, decide: Decide<Kept>) => Promise<Kept | undefined> {
  return async function change(id, decide) {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
      const before = await store.load(id);
      if (!before) return undefined;
      const after = decide(before, await store.now());
      if (!after) return before;
      if ((await store.save(before.version, after)) === 'saved') return after;
    }
    throw new Error(`${called} ${id} could not be saved: too many writers at once`);
  };
}
