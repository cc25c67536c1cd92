import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import type { RulesInForce } from '../../src/coordinator.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { approvalOf, useCoordinators } from '../support/coordinators.ts';
import { makeDraft, makePolicy, SAME_PEOPLE } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const both = oneApprover({ users: [APPROVER.id, GROUP_APPROVER.id], groups: [] });
const BEFORE: Partial<InstancePolicy> = { approval: both, objections: 'hold' };
const TIGHTER: Partial<InstancePolicy> = {
  ...BEFORE,
  approval: { ...both, rules: both.rules.map((rule) => ({ ...rule, needed: 2 })) },
};

/** A request under the first rules, and a file that asks for two approvers before any worker has looked at it. */
async function requested() {
  let facts = BEFORE;
  const rules: RulesInForce = {
    now: async () => {
      const policy: Policy = { instances: [makePolicy(facts)], samePeople: SAME_PEOPLE };
      return { policy, hash: facts === BEFORE ? 'before' : 'tighter' };
    },
    policyOf: async () => undefined,
  };
  const { store } = test;
  const log = pino({ level: 'silent' });
  const coordinator = createCoordinator({
    store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm: { ring: () => undefined },
    samePeople: SAME_PEOPLE,
    rules,
    log,
  });
  const answer = await coordinator.request(await test.freshened(makeDraft()), makePolicy(BEFORE));
  if (answer.kind === 'refused') throw new Error(answer.refusal.reason);
  const tighten = () => {
    facts = TIGHTER;
  };
  const latest = async () => (await coordinator.find(answer.restore.id))?.restore;
  return { coordinator, restore: answer.restore, tighten, latest };
}

it('the requester who accepts the last condition does not approve it by rules that are looser than those in force', async () => {
  const { coordinator, restore, tighten, latest } = await requested();
  const depends = { ...approvalOf(restore), proviso: { condition: 'After the backup.' } };
  await coordinator.apply(restore.id, depends);
  const state = (await latest())?.state;
  const votedAt = state?.status === 'awaiting-approval' ? (state.votes[0]?.at ?? '') : '';
  tighten();
  const accept = { type: 'proviso-accepted', person: REQUESTER, of: APPROVER.id, votedAt } as const;
  expect((await coordinator.apply(restore.id, accept)).kind).toBe('changed');
  expect((await latest())?.state).toMatchObject({ status: 'awaiting-approval', votes: [{ by: APPROVER.id }] });
});

it('an approver who lets it go on after an objection does so by the rules in force', async () => {
  const { coordinator, restore, tighten, latest } = await requested();
  await coordinator.apply(restore.id, approvalOf(restore));
  await coordinator.apply(restore.id, { type: 'objected', person: GROUP_APPROVER, why: 'No.', place: 'C0ORDERS' });
  expect((await latest())?.objections).toHaveLength(1);
  tighten();
  const goOn = { type: 'objections-answered', person: APPROVER, kind: 'go-on', words: 'Yes.', upTo: 1 } as const;
  await coordinator.apply(restore.id, goOn);
  expect((await latest())?.state).toMatchObject({ status: 'awaiting-approval', votes: [] });
});
