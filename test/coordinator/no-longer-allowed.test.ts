import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import type { RulesInForce } from '../../src/coordinator.ts';
import { hashPolicy } from '../../src/restore/policy/hash.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { approvalOf, useCoordinators } from '../support/coordinators.ts';
import { makeDraft, makePolicy, SAME_PEOPLE } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const STAGING: Partial<InstancePolicy> = { environment: 'staging', methods: ['restore-snapshot', 'upload'] };

/** A request, and rules that can be changed after it. */
async function requested(draft: Parameters<typeof makeDraft>[0] = {}) {
  let instances: readonly InstancePolicy[] = [makePolicy(STAGING)];
  let isKept = true;
  const policy = (): Policy => ({ instances, samePeople: SAME_PEOPLE });
  const first = policy();
  const rules: RulesInForce = {
    now: async () => ({ policy: policy(), hash: hashPolicy(policy()) }),
    policyOf: async (hash) => (isKept && hash === hashPolicy(first) ? first : undefined),
  };
  const forget = () => {
    isKept = false;
  };
  const { store } = test;
  const alarm = { ring: () => undefined };
  const coordinator = createCoordinator({
    store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm,
    samePeople: SAME_PEOPLE,
    rules,
    log: pino({ level: 'silent' }),
  });
  const answer = await coordinator.request(await test.freshened(makeDraft(draft)), makePolicy(STAGING));
  if (answer.kind === 'refused') throw new Error(answer.refusal.reason);
  const inForce = (changed: readonly Partial<InstancePolicy>[]) => {
    instances = changed.map((facts) => makePolicy({ ...STAGING, ...facts }));
  };
  return { coordinator, restore: answer.restore, inForce, forget };
}

async function latestOf({ id }: Restore): Promise<Restore> {
  const loaded = await test.store.load(id);
  if (!loaded) throw new Error(`restore ${id} is gone`);
  return loaded.restore;
}

it.each([
  ['its way', [{ methods: ['upload'] as const }], { what: 'method', method: 'restore-snapshot' }],
  ['its instance', [], { what: 'instance' }],
])(
  'nobody agrees to what the rules have forbidden since, %s, and the history keeps who tried',
  async (_, file, what) => {
    const { coordinator, restore, inForce } = await requested();
    inForce(file);
    expect(await coordinator.apply(restore.id, approvalOf(restore))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'no-longer-allowed', forbidden: what },
    });
    expect((await coordinator.startRulesFor(restore))?.forbidden).toEqual(what);
    const latest = await latestOf(restore);
    expect(latest.state.status).toBe('awaiting-approval');
    expect(latest.history.at(-1)).toMatchObject({
      event: 'attempt-refused',
      by: APPROVER.id,
      facts: { attempt: 'approve', reason: 'no-longer-allowed' },
    });
  },
);

it('nobody agrees where the instance has no rules any more and those of the request are lost', async () => {
  const { coordinator, restore, inForce, forget } = await requested();
  inForce([]);
  forget();
  expect(await coordinator.apply(restore.id, approvalOf(restore))).toMatchObject({
    kind: 'refused',
    refusal: { reason: 'no-longer-allowed', forbidden: { what: 'instance' } },
  });
});

it('nobody agrees to a test of the rollback on what is production by now', async () => {
  const { coordinator, restore, inForce } = await requested({ reason: { kind: 'rollback-test', text: 'A test.' } });
  inForce([{ environment: 'production' }]);
  await coordinator.tighten(restore.id);
  expect(await coordinator.apply(restore.id, approvalOf(await latestOf(restore)))).toMatchObject({
    refusal: { reason: 'no-longer-allowed', forbidden: { what: 'test' } },
  });
});

it('it can be agreed to once the rules allow it again', async () => {
  const { coordinator, restore, inForce } = await requested();
  inForce([{ methods: ['upload'] }]);
  await coordinator.apply(restore.id, approvalOf(restore));
  inForce([{}]);
  expect(await coordinator.apply(restore.id, approvalOf(restore))).toMatchObject({
    kind: 'changed',
    restore: { state: { status: 'approved' } },
  });
});

it('it can be denied all the same', async () => {
  const denied = await requested();
  denied.inForce([{ methods: ['upload'] }]);
  const no = { type: 'denied', person: APPROVER, why: 'Not so.' } as const;
  expect(await denied.coordinator.apply(denied.restore.id, no)).toMatchObject({
    restore: { state: { status: 'denied' } },
  });
});

it('the requester accepts no condition of it either, and can withdraw it', async () => {
  const { coordinator, restore, inForce } = await requested();
  const depends = { ...approvalOf(restore), proviso: { condition: 'Only after the backup.' } };
  const voted = await coordinator.apply(restore.id, depends);
  if (voted.kind !== 'changed' || voted.restore.state.status !== 'awaiting-approval') throw new Error(voted.kind);
  const [vote] = voted.restore.state.votes;
  inForce([{ methods: ['upload'] }]);
  const accept = { type: 'proviso-accepted', person: REQUESTER, of: APPROVER.id, votedAt: vote?.at ?? '' } as const;
  expect(await coordinator.apply(restore.id, accept)).toMatchObject({
    refusal: { reason: 'no-longer-allowed', forbidden: { what: 'method' } },
  });
  expect(await coordinator.apply(restore.id, { type: 'withdrawn', person: REQUESTER })).toMatchObject({
    restore: { state: { status: 'withdrawn' } },
  });
});
