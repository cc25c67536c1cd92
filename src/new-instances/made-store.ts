import type { Instant } from '../restore/names.ts';
import type { MadeInstance } from '../restore/new-instance/made-instance.ts';
import type { MadeId } from '../restore/new-instance/name.ts';

/** What stands under the id of a made instance is no record that this release can read. */
export class UnreadableMadeError extends Error {
  override readonly name = 'UnreadableMadeError';
  constructor(id: MadeId, options: ErrorOptions) {
    super(`the record of the made instance ${id} cannot be read`, options);
  }
}

/** Where made instances are on record. Of two writers one wins and the other is told. */
export interface MadeStore {
  now(): Promise<Instant>;
  /** The mark in the names of all instances made from these records; the same for ever. */
  mark(): Promise<string>;
  /** Rejects with `UnreadableMadeError` when that is what it is. */
  load(id: MadeId): Promise<MadeInstance | undefined>;
  /** Everything that counts for the cost of the month of `now`, all of which must be readable, and the number by which `begin` sees whether that changed. */
  costly(now: Instant): Promise<{ readonly made: readonly MadeInstance[]; readonly ledger: number }>;
  /** Saves the first record of an instance, unless there is one already or another was begun since the ledger was read. */
  begin(made: MadeInstance, ledger: number): Promise<'begun' | 'exists' | 'ledger-moved'>;
  /** Saves a later one: its version is one more than the stored one. */
  save(made: MadeInstance): Promise<'saved' | 'conflict'>;
  /** Nothing is owed of it any more. */
  close(id: MadeId): Promise<void>;
  /** Those of which something may still be owed. One that cannot be read keeps nobody from the others. */
  open(onUnreadable?: (error: UnreadableMadeError, id: MadeId) => void): Promise<readonly MadeInstance[]>;
  /** Whether people were told of this instance, which no record explains, or of this record, which nobody can read. */
  isStrayNoted(auraId: string): Promise<boolean>;
  /** They were. May be repeated. */
  noteStray(auraId: string): Promise<void>;
  /** True when this worker, and no other, may reap for `leaseMs` from now on. */
  lease(worker: string, leaseMs: number): Promise<boolean>;
  release(worker: string): Promise<void>;
}

/** Applies a change to the latest record until it is saved. Undefined when the change no longer fits. */
export async function change(
  store: Pick<MadeStore, 'load' | 'save'>,
  id: MadeId,
  next: (made: MadeInstance) => MadeInstance | undefined,
): Promise<MadeInstance | undefined> {
  for (;;) {
    const made = await store.load(id);
    const changed = made && next(made);
    if (!changed) return undefined;
    const record = { ...changed, version: made.version + 1 };
    if ((await store.save(record)) === 'saved') return record;
  }
}
