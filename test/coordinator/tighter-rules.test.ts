import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import { createPolicyKeeper } from '../../src/policy-keeper.ts';
import { startRefusal } from '../../src/restore/calendar.ts';
import { asksForTime } from '../../src/restore/confirmation.ts';
import { isHeld } from '../../src/restore/objection.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { forbiddenIn } from '../../src/restore/policy/still-allowed.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { createPolicyStore } from '../../src/store/policy-store.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { approvalOf, useCoordinators } from '../support/coordinators.ts';
import { makeDraft, makePolicy, SAME_PEOPLE } from '../support/make-restore.ts';
import { APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const test = useCoordinators();
const JANE = makePerson('U0JANE');
const log = pino({ level: 'silent' });
const FILE: Partial<InstancePolicy> = {
  objections: 'tell',
  environment: 'staging',
  methods: ['restore-snapshot', 'upload'],
};

/** A process that was started with this file, and what it rang for. */
async function startedWith(facts: Partial<InstancePolicy>) {
  const file = { instances: [makePolicy(facts)], samePeople: SAME_PEOPLE };
  const { store } = test;
  const rules = createPolicyKeeper({
    store: createPolicyStore(test.redis),
    refusedRequests: createRefusedRequestStore(test.redis),
    now: store.now,
    file,
    calendarTexts: {},
    log,
  });
  await rules.begin();
  const rung: Restore[] = [];
  const alarm = { ring: (restore: Restore) => rung.push(restore) };
  const clocks = { apart: () => undefined, known: () => [] };
  const coordinator = createCoordinator({
    store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm,
    samePeople: SAME_PEOPLE,
    log,
    clocks,
    rules,
  });
  return { coordinator, rules, rung };
}

/** A restore that was asked for and agreed to under the first file, and that somebody objects to without holding it. */
async function objectedTo() {
  const { coordinator } = await startedWith(FILE);
  const asked = await coordinator.request(await test.freshened(makeDraft()), makePolicy(FILE));
  if (asked.kind === 'refused') throw new Error(asked.refusal.reason);
  const { id } = asked.restore;
  await coordinator.apply(id, approvalOf(asked.restore));
  await coordinator.apply(id, { type: 'objected', person: APPROVER, why: 'We close the books.', place: 'C0ORDERS' });
  return { id, coordinator, approved: await found(id) };
}

async function found(id: string): Promise<Restore> {
  const loaded = await test.store.load(id);
  if (!loaded) throw new Error(`restore ${id} is gone`);
  return loaded.restore;
}

describe('a restore that waits for its start while a tighter file is taken', () => {
  it('is held by the objection that it was only told of, and those who must answer are told so', async () => {
    const { id, approved } = await objectedTo();
    expect([approved.state.status, isHeld(approved)]).toEqual(['approved', false]);
    const { coordinator, rung } = await startedWith({ ...FILE, objections: 'hold' });
    await coordinator.tighten(id);
    const held = await found(id);
    expect([held.state.status, isHeld(held)]).toEqual(['approved', true]);
    expect(rung.map(({ version }) => version)).toEqual([held.version]);
    const answerers = owedMessages(held).flatMap(({ key, to }) => (key.startsWith('objected:1:held') ? [to] : []));
    expect(answerers).toEqual([REQUESTER.id, APPROVER.id]);
    const preflight = { at: held.since, lossMinutes: 1 };
    expect(await coordinator.apply(id, { type: 'preflight-passed', preflight })).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'stale' },
    });
    await coordinator.tighten(id);
    expect((await found(id)).version).toBe(held.version);
  });

  it('tells the stakeholders whom it adds, who may object at once, also before anybody has looked', async () => {
    const { id, coordinator: old } = await objectedTo();
    const objection = { type: 'objected', person: JANE, why: 'My team works.' } as const;
    expect(await old.apply(id, objection)).toMatchObject({ kind: 'refused', refusal: { reason: 'not-a-stakeholder' } });
    const { coordinator } = await startedWith({
      ...FILE,
      objections: 'hold',
      stakeholders: { users: [JANE.id], groups: ['S0CART'] },
    });
    expect(await coordinator.apply(id, objection)).toMatchObject({ kind: 'changed' });
    const after = await found(id);
    expect(after.objections?.map(({ by, holds }) => [by, holds])).toEqual([
      [APPROVER.id, true],
      [JANE.id, true],
    ]);
    expect(owedMessages(after).map(({ key }) => key)).toContain(`planned:${JANE.id}`);
    expect(after.newlyTold?.map(({ groups }) => groups)).toEqual([['S0CART']]);
    expect(await coordinator.apply(id, { type: 'acknowledged', person: JANE })).toMatchObject({ kind: 'changed' });
  });

  it('is asked about anew as one of production, and starts by no earlier yes', async () => {
    const { id, approved } = await objectedTo();
    const { coordinator } = await startedWith({ ...FILE, environment: 'production' });
    const preflight = { at: approved.since, lossMinutes: 1 };
    expect(await coordinator.apply(id, { type: 'preflight-passed', preflight })).toMatchObject({ kind: 'refused' });
    const asked = await found(id);
    expect([asked.state.status, asksForTime(asked)]).toEqual(['awaiting-approval', true]);
    expect(await coordinator.apply(id, approvalOf(approved))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'plan-changed' },
    });
    expect(await coordinator.apply(id, approvalOf(asked))).toMatchObject({
      restore: { state: { status: 'approved' } },
    });
  });

  it('is judged by the calendar and the ways that are in force at that moment', async () => {
    const { id } = await objectedTo();
    const { coordinator: before } = await startedWith(FILE);
    const restore = await found(id);
    const now = await test.store.now();
    const was = await before.rulesFor(restore);
    expect(was && [startRefusal(was.calendar, now), forbiddenIn(restore, was, [was])]).toEqual([undefined, undefined]);
    const closed = { name: 'stocktaking', from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };
    const { coordinator } = await startedWith({
      ...FILE,
      methods: ['upload'],
      calendar: { windows: [], freezes: [closed] },
    });
    const rules = await coordinator.rulesFor(restore);
    expect(rules && startRefusal(rules.calendar, now)).toMatchObject({ words: expect.stringContaining('stocktaking') });
    expect(rules && forbiddenIn(restore, rules, [rules])).toEqual({ what: 'method', method: 'restore-snapshot' });
  });
});
