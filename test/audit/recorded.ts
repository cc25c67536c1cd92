import { exportLines } from '../../src/audit/export.ts';
import type { AuditStream } from '../../src/audit/stream.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { newRefusedRequest } from '../../src/restore/refused-request.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { createAuditStream } from '../../src/store/audit-stream.ts';
import { KEY } from '../../src/store/keys.ts';
import { createOtherChains } from '../../src/store/other-chains.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { makePolicy, makeRestore, NOW, type RestoreFacts } from '../support/make-restore.ts';
import { GUEST } from '../support/people.ts';
import type { TestStore } from '../support/store.ts';

/** Saves a restore entry by entry, as the bot does, and gives it back. */
export async function save(test: TestStore, status: Status, facts: RestoreFacts): Promise<Restore> {
  const restore = makeRestore(status, { ...facts, policy: { auraId: facts.id ?? '', ...facts.policy } });
  const requested = makeRestore('awaiting-approval', { ...facts, policy: { auraId: facts.id ?? '', ...facts.policy } });
  await test.store.save(0, requested);
  if (restore.version > 1) await test.store.save(1, restore);
  return restore;
}

/** Records that somebody was refused on this instance, and gives it back. */
export async function saveRefused(test: TestStore, id: string, policy: Partial<InstancePolicy> = {}) {
  const tried = { by: GUEST.id, attempt: 'request', instance: makePolicy(policy) } as const;
  const refused = newRefusedRequest(id, tried, { reason: 'guest' }, { at: NOW });
  await createRefusedRequestStore(test.redis).save(refused);
  await test.redis.set(KEY.refusedSequence, id.slice('N-'.length));
  return refused;
}

/** Positions are never used again, as in a stream that was never deleted. */
let counter = 0;

/** Makes the audit stream what it would be had each entry been recorded at the moment it is dated. */
export async function recordAtOwnTimes(test: TestStore): Promise<void> {
  const items = await test.redis.xrange(KEY.audit, '-', '+');
  const dated = items.map(([, fields]) => ({ fields, atMs: Date.parse(JSON.parse(fields[3] ?? '{}').at) }));
  await test.redis.del(KEY.audit);
  for (const { fields, atMs } of dated.sort((one, other) => one.atMs - other.atMs)) {
    await test.redis.xadd(KEY.audit, `${atMs}-${++counter}`, ...fields);
  }
}

/** The lines of an export of this store. */
export async function exported(
  test: Pick<TestStore, 'redis' | 'store'>,
  range: Parameters<typeof exportLines>[1] = {},
  stream: AuditStream = createAuditStream(test.redis),
): Promise<string[]> {
  const find = async (id: string) => (await test.store.load(id))?.restore;
  const others = createOtherChains(test.redis);
  const lines: string[] = [];
  for await (const line of exportLines({ stream, find, now: test.store.now, others }, range)) lines.push(line);
  return lines;
}
