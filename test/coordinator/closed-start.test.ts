import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import type { RulesInForce } from '../../src/coordinator.ts';
import type { Calendar } from '../../src/restore/calendar.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { hashPolicy } from '../../src/restore/policy/hash.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { makeDraft, makePolicy, SAME_PEOPLE, SNAPSHOT } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const OPEN: Calendar = { windows: [], freezes: [] };
const frozen = (from: string, minutes: number): Calendar => ({
  windows: [],
  freezes: [{ name: 'Audit', from: addMinutes(from, -60), to: addMinutes(from, minutes) }],
});

/** A request that was made while every start was possible, and the rules under which it is decided. */
async function requested() {
  let calendar = OPEN;
  const policy = (): Policy => ({ instances: [makePolicy({ calendar })], samePeople: SAME_PEOPLE });
  const first = policy();
  const rules: RulesInForce = {
    now: async () => ({ policy: policy(), hash: hashPolicy(policy()) }),
    policyOf: async (hash) => (hash === hashPolicy(first) ? first : undefined),
  };
  const coordinator = createCoordinator({
    store: test.store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm: { ring: () => undefined },
    samePeople: SAME_PEOPLE,
    rules,
    log: pino({ level: 'silent' }),
  });
  const now = await test.store.now();
  const takenAt = addMinutes(now, -180);
  const draft = makeDraft({ chosen: { method: 'restore-snapshot', snapshot: { ...SNAPSHOT, takenAt } } });
  const answer = await coordinator.request(draft, makePolicy());
  if (answer.kind === 'refused') throw new Error(answer.refusal.reason);
  const { id, planHash } = answer.restore;
  const approve = (hash = planHash) => coordinator.apply(id, { type: 'approved', person: APPROVER, planHash: hash });
  const inForce = (changed: Calendar) => {
    calendar = changed;
  };
  return { coordinator, restore: answer.restore, now, approve, inForce };
}

it('nobody agrees to a start in a freeze that was added after the request, and the history keeps who tried', async () => {
  const { coordinator, restore, now, approve, inForce } = await requested();
  inForce(frozen(now, 600));
  expect(await approve()).toMatchObject({
    kind: 'refused',
    refusal: { reason: 'start-closed', nextPossible: [addMinutes(now, 600)] },
  });
  const latest = (await coordinator.find(restore.id))?.restore;
  expect(latest?.state.status).toBe('awaiting-approval');
  expect(latest?.history.at(-1)).toMatchObject({
    event: 'attempt-refused',
    by: APPROVER.id,
    facts: { attempt: 'approve', reason: 'start-closed' },
  });
});

it('the requester mends it with a start after the freeze, which is agreed to', async () => {
  const { coordinator, restore, now, approve, inForce } = await requested();
  inForce(frozen(now, 600));
  await approve();
  const { plan, planHash } = restore;
  const startAt = addMinutes(now, 600);
  const { checks, noticeChannels } = plan;
  const edit = { person: REQUESTER, planHash, start: { kind: 'at', at: startAt }, checks, noticeChannels } as const;
  const edited = await coordinator.edit(restore.id, edit, makePolicy());
  if (edited.kind !== 'changed') throw new Error(`the edit was ${edited.kind}`);
  expect(await approve(edited.restore.planHash)).toMatchObject({
    kind: 'changed',
    restore: { state: { status: 'approved', startAt } },
  });
});
