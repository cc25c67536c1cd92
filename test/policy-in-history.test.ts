import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createCoordinator } from '../src/coordinator/create-coordinator.ts';
import type { Coordinator, RulesInForce } from '../src/coordinator.ts';
import { hashPolicy } from '../src/restore/policy/hash.ts';
import type { Policy } from '../src/restore/policy.ts';
import { createRefusedRequestStore } from '../src/store/refused-request-store.ts';
import { makeDraft, makePolicy, SAME_PEOPLE, SNAPSHOT } from './support/make-restore.ts';
import { APPROVER, BYSTANDER, REQUESTER } from './support/people.ts';
import { startTestStore, type TestStore } from './support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const policyWith = (contact: string): Policy => ({ instances: [makePolicy({ contact })], samePeople: SAME_PEOPLE });

/** A coordinator under rules that may change while it works. */
function coordinatorUnder(current: () => Policy): Coordinator {
  const known = new Map<string, Policy>();
  const rules: RulesInForce = {
    async now() {
      const policy = current();
      const hash = hashPolicy(policy);
      known.set(hash, policy);
      return { policy, hash };
    },
    policyOf: async (hash) => known.get(hash),
  };
  const log = pino({ level: 'silent' });
  return createCoordinator({
    store: test.store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm: { ring: () => undefined },
    samePeople: SAME_PEOPLE,
    rules,
    log,
  });
}

it('every history says which rules it began under, and which were in force when somebody decided under others', async () => {
  let inForce = policyWith('one team');
  const coordinator = coordinatorUnder(() => inForce);
  const takenAt = new Date(Date.parse(await test.store.now()) - 3 * 3_600_000).toISOString();
  const draft = makeDraft({ chosen: { method: 'restore-snapshot', snapshot: { ...SNAPSHOT, takenAt } } });
  const requested = await coordinator.request(draft, makePolicy());
  if (requested.kind === 'refused') throw new Error(requested.refusal.reason);
  const { id, planHash } = requested.restore;
  const policies = async () =>
    (await coordinator.find(id))?.restore.history.map(({ event, facts }) => [event, facts.policy]);
  const first = hashPolicy(inForce);
  expect(await policies()).toEqual([['requested', first]]);

  await coordinator.apply(id, { type: 'approved', person: BYSTANDER, planHash });
  inForce = policyWith('another team');
  const second = hashPolicy(inForce);
  await coordinator.apply(id, { type: 'approved', person: APPROVER, planHash });
  await coordinator.apply(id, { type: 'cancelled', person: REQUESTER });
  expect(second).not.toBe(first);
  expect((await policies())?.filter(([, policy]) => policy !== undefined)).toEqual([
    ['requested', first],
    ['approved', second],
  ]);
});
