import type { Logger } from 'pino';
import { type Coordinator, UnreadableRecordError } from './coordinator.ts';
import type { PolicyKeeper } from './policy-keeper.ts';
import type { RestoreId } from './restore/names.ts';
import { hashPolicy } from './restore/policy/hash.ts';
import type { PolicyRecord } from './restore/policy/policy-record.ts';

/**
 * Does what follows from the rules in force: ends what waited for answers too long, says what is owed, and applies what became tighter to every open restore. Looks
 * at a record only once after each change; may be repeated at will, and by any number of workers.
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
  let tightenedFor: string | undefined;

  async function tightenOpen(policyHash: string): Promise<void> {
    for (const id of await parts.store.open()) {
      await parts.coordinator.tighten(id).catch((error: unknown) => {
        if (!(error instanceof UnreadableRecordError)) throw error;
        log.error({ err: error, restoreId: id }, 'record cannot be read');
      });
    }
    tightenedFor = policyHash;
  }

  return async function followRules() {
    const record = await parts.rules.expire();
    const policyHash = hashPolicy(record.inForce);
    if (tightenedFor !== policyHash) await tightenOpen(policyHash);
    const version = `${record.id} ${record.version}`;
    if (said === version) return;
    if ((await parts.postMessages(record)) === 'all-said') said = version;
  };
}
