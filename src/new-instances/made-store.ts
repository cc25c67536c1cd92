import type { Instant } from '../restore/names.ts';
import type { MadeInstance } from '../restore/new-instance/made-instance.ts';
import type { MadeId } from '../restore/new-instance/name.ts';

/** Where made instances are on record. Of two writers one wins and the other is told. */
export interface MadeStore {
  now(): Promise<Instant>;
  /** The mark in the names of all instances made from these records; the same for ever. */
  mark(): Promise<string>;
  load(id: MadeId): Promise<MadeInstance | undefined>;
  /** Everything that counts for the cost of the month of `now`, and the number by which `begin` sees whether that changed. */
  costly(now: Instant): Promise<{ readonly made: readonly MadeInstance[]; readonly ledger: number }>;
  /** Saves the first record of an instance, unless there is one already or another was begun since the ledger was read. */
  begin(made: MadeInstance, ledger: number): Promise<'begun' | 'exists' | 'ledger-moved'>;
  /** Saves a later one: its version is one more than the stored one. */
  save(made: MadeInstance): Promise<'saved' | 'conflict'>;
  /** Nothing is owed of it any more. */
  close(id: MadeId): Promise<void>;
  /** Those of which something may still be owed. */
  open(): Promise<readonly MadeInstance[]>;
  /** Whether people were told of this instance, which no record explains. */
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
