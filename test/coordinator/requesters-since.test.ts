import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import type { RulesInForce } from '../../src/coordinator.ts';
import { hashPolicy } from '../../src/restore/policy/hash.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { approvalOf, useCoordinators } from '../support/coordinators.ts';
import { makeDraft, makePolicy, SAME_PEOPLE } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const ANYBODY: Partial<InstancePolicy> = {};
const OTHERS: Partial<InstancePolicy> = { requesters: { users: [APPROVER.id], groups: [] } };
const THEM_TOO: Partial<InstancePolicy> = { requesters: { users: [APPROVER.id, REQUESTER.id], groups: [] } };
const ON_CALL: Partial<InstancePolicy> = { requesters: { users: [], groups: [], onCall: ['plan-1'] } };

/** A request under rules that can be changed after it. */
async function askedUnder(before: Partial<InstancePolicy>) {
  const policyOf = (facts: Partial<InstancePolicy>): Policy => ({
    instances: [makePolicy(facts)],
    samePeople: SAME_PEOPLE,
  });
  const first = policyOf(before);
  let policy = first;
  const rules: RulesInForce = {
    now: async () => ({ policy, hash: hashPolicy(policy) }),
    policyOf: async (hash) => (hash === hashPolicy(first) ? first : undefined),
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
  const person = before === ON_CALL ? { ...REQUESTER, onCall: ['plan-1'] } : REQUESTER;
  const asked = await coordinator.request({ ...(await test.freshened(makeDraft())), person }, makePolicy(before));
  if (asked.kind === 'refused') throw new Error(asked.refusal.reason);
  const { restore } = asked;
  const inForce = (after: Partial<InstancePolicy>) => {
    policy = policyOf(after);
  };
  return { coordinator, restore, inForce };
}

/** What becomes of an edit, and of the request, after the file changed from one to the other. */
async function editedAfter(before: Partial<InstancePolicy>, after: Partial<InstancePolicy>) {
  const { coordinator, restore, inForce } = await askedUnder(before);
  inForce(after);
  const { id, planHash, plan } = restore;
  const { noticeChannels } = plan;
  const edit = { person: REQUESTER, planHash, start: { kind: 'when-confirmed' }, checks: [], noticeChannels } as const;
  return { coordinator, id, edited: await coordinator.edit(id, edit, makePolicy(after)) };
}

it('who may not ask any more by a changed file cannot change the request either, but withdraw it', async () => {
  const { coordinator, id, edited } = await editedAfter(ANYBODY, OTHERS);
  expect(edited).toMatchObject({ kind: 'refused', refusal: { reason: 'no-longer-a-requester', alias: 'orders' } });
  expect((await coordinator.find(id))?.restore.history.at(-1)).toMatchObject({
    event: 'attempt-refused',
    facts: { attempt: 'edit', reason: 'no-longer-a-requester' },
  });
  expect(await coordinator.apply(id, { type: 'withdrawn', person: REQUESTER })).toMatchObject({ kind: 'changed' });
});

it.each([
  ['the file names them still', ANYBODY, THEM_TOO],
  ['the file is as it was, though they are not on call any more', ON_CALL, ON_CALL],
  ['another thing changed, though they are not on call any more', ON_CALL, { ...ON_CALL, contact: 'Ask us.' }],
])('the requester may change it where %s', async (_, before, after) => {
  const { edited } = await editedAfter(before, after);
  expect(edited.kind === 'refused' ? edited.refusal.reason : edited.kind).toBe('changed');
});

/** What becomes of accepting a condition, of declining it after that, and of the request, after the file changed. */
async function acceptedAfter(before: Partial<InstancePolicy>, after: Partial<InstancePolicy>) {
  const { coordinator, restore, inForce } = await askedUnder(before);
  const { id } = restore;
  const depends = { ...approvalOf(restore), proviso: { condition: 'Only after the backup.' } };
  const voted = await coordinator.apply(id, depends);
  if (voted.kind !== 'changed' || voted.restore.state.status !== 'awaiting-approval') throw new Error(voted.kind);
  const votedAt = voted.restore.state.votes[0]?.at ?? '';
  inForce(after);
  const named = { person: REQUESTER, of: APPROVER.id, votedAt };
  const accepted = await coordinator.apply(id, { type: 'proviso-accepted', ...named });
  return { coordinator, id, named, accepted };
}

it('nor accept what a yes depends on, but decline it', async () => {
  const { coordinator, id, named, accepted } = await acceptedAfter(ANYBODY, OTHERS);
  expect(accepted).toMatchObject({ kind: 'refused', refusal: { reason: 'no-longer-a-requester', alias: 'orders' } });
  expect((await coordinator.find(id))?.restore).toMatchObject({ state: { status: 'awaiting-approval' } });
  expect(await coordinator.apply(id, { type: 'proviso-declined', ...named })).toMatchObject({
    kind: 'changed',
    restore: { state: { status: 'awaiting-approval', votes: [] } },
  });
});

it('the requester accepts it where the file names them still', async () => {
  const { accepted } = await acceptedAfter(ANYBODY, THEM_TOO);
  expect(accepted).toMatchObject({ kind: 'changed', restore: { state: { status: 'approved' } } });
});
