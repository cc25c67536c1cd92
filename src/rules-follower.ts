import type { Logger } from 'pino';
import { type Coordinator, UnreadableRecordError } from './coordinator.ts';
import type { PolicyKeeper } from './policy-keeper.ts';
import type { RestoreId } from './restore/names.ts';
import { hashPolicy } from './restore/policy/hash.ts';
import type { PolicyRecord } from './restore/policy/policy-record.ts';

/** Once more at the next look: a request that was judged by the rules before may be saved some moments after them. */
const TIMES = 2;

/**
 * Does what follows from the rules in force: ends what waited for answers too long, says what is owed, and applies what became
 * tighter to every open restore, twice after each change. May be repeated at will, and by any number of workers.
 */
export function createRulesFollower(parts: {
  readonly rules: Pick<PolicyKeeper, 'expire'>;
  readonly store: { open(): Promise<readonly RestoreId[]> };
  readonly coordinator: Pick<Coordinator, 'tighten'>;
  readonly postMessages: (record: PolicyRecord) => Promise<'all-said' | 'still-owed'>;
  readonly log: Logger;
}): () => Promise<void> {
  const { log } = parts;
  let said: string | undefined;
  /** To hash the rules of a thousand instances takes longer than all else here. */
  let hashed: { readonly mark: string; readonly policyHash: string } | undefined;
  let tightened: { readonly policyHash: string; readonly times: number } | undefined;

  async function tightenOpen(): Promise<void> {
    for (const id of await parts.store.open()) {
      await parts.coordinator.tighten(id).catch((error: unknown) => {
        if (!(error instanceof UnreadableRecordError)) throw error;
        log.error({ err: error, restoreId: id }, 'record cannot be read');
      });
    }
  }

  return async function followRules() {
    const record = await parts.rules.expire();
    const mark = headHashOf(record);
    if (hashed?.mark !== mark) hashed = { mark, policyHash: hashPolicy(record.inForce) };
    const { policyHash } = hashed;
    const times = tightened?.policyHash === policyHash ? tightened.times : 0;
    if (times < TIMES) {
      await tightenOpen();
      tightened = { policyHash, times: times + 1 };
    }
    if (said === mark) return;
    if ((await parts.postMessages(record)) === 'all-said') said = mark;
  };
}

/** Tells a record from every other, also from one of the same version that a failover lost: with it, its whole history is fixed. */
function headHashOf({ history }: PolicyRecord): string {
  return history.at(-1)?.hash ?? '';
}
