import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSpans } from '../../../src/restore/calendar.ts';
import { leadMinutesFor } from '../../../src/restore/lead.ts';
import type { PersonId } from '../../../src/restore/names.ts';
import { areSamePerson, isNamedBy } from '../../../src/restore/person.ts';
import type { PersonFacts } from '../../../src/restore/person-facts.ts';
import { hashPolicy } from '../../../src/restore/policy/hash.ts';
import { adopted, comparePolicies, loosens, type PolicyChange } from '../../../src/restore/policy/policy-change.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import type { ApprovalRule, PeopleRule } from '../../../src/restore/terms.ts';
import { assign } from '../../../src/restore/votes.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { makePerson } from '../../support/people.ts';

const HOUR_MS = 3_600_000;
const ACCOUNTS = ['U0A', 'U0B', 'U0C', 'U0D'] as const;
const GROUPS = ['S0X', 'S0Y'] as const;

const people = fc.record({ users: fc.subarray([...ACCOUNTS]), groups: fc.subarray([...GROUPS]) });
const rules = fc
  .uniqueArray(
    fc.record({ name: fc.constantFrom('owners', 'service', 'third'), needed: fc.integer({ min: 1, max: 3 }) }),
    {
      selector: ({ name }) => name,
      minLength: 1,
    },
  )
  .chain((named) => fc.tuple(...named.map((rule) => people.map((who): ApprovalRule => ({ ...rule, ...who })))));
const freeze = fc
  .record({
    day: fc.integer({ min: -3, max: 5 }),
    days: fc.integer({ min: 1, max: 3 }),
    name: fc.constantFrom('f', 'g'),
  })
  .map(({ day, days, name }) => ({ name, from: hoursOn(24 * day), to: hoursOn(24 * (day + days)) }));
const window = fc.constantFrom(
  { days: ['mon', 'tue', 'sat'] as const, from: '20:00', to: '06:00', zone: 'UTC' },
  { days: ['mon', 'sat'] as const, from: '21:00', to: '05:00', zone: 'UTC' },
  { days: ['sun'] as const, from: '00:00', to: '24:00', zone: 'UTC' },
);
const calendar = fc.record({
  windows: fc.array(window, { maxLength: 2 }),
  freezes: fc.array(freeze, { maxLength: 2 }),
});
const minutes = fc.integer({ min: 0, max: 3 });
const optional = <T>(name: string, one: fc.Arbitrary<T>) =>
  fc.option(one, { nil: undefined }).map((value) => (value === undefined ? {} : { [name]: value }));

const settings = fc
  .tuple(
    fc.record({
      environment: fc.constantFrom('production' as const, 'staging' as const, 'development' as const),
      approval: fc.record({ rules, denialsNeeded: fc.integer({ min: 1, max: 3 }) }),
      noticeLeadMinutes: minutes,
      requestExpiryMinutes: minutes,
      executionExpiryMinutes: minutes,
      lossBoundMinutes: minutes,
      requiredFields: fc.subarray(['ticket' as const, 'expected-impact' as const]),
      approvalsChannel: fc.constantFrom('C0ONE', 'C0TWO'),
      contact: fc.constantFrom('one', 'two'),
      calendar: fc.oneof(
        { weight: 3, arbitrary: fc.constant({ windows: [], freezes: [] }) },
        { weight: 1, arbitrary: calendar },
      ),
    }),
    optional('requesters', people),
    optional('overrideApprovers', people),
    fc.option(minutes, { nil: undefined }),
  )
  .map(
    ([required, requesters, override, urgent]): Partial<InstancePolicy> => ({
      ...required,
      ...requesters,
      ...override,
      ...(urgent !== undefined && urgent < required.noticeLeadMinutes ? { urgentNoticeLeadMinutes: urgent } : {}),
    }),
  );

const instances = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a0000000', 'b0000000', 'c0000000'), settings), {
    selector: ([id]) => id,
    minLength: 1,
  })
  .chain((chosen) =>
    fc
      .shuffledSubarray(['orders', 'prices', 'people'], { minLength: chosen.length, maxLength: chosen.length })
      .map((aliases) =>
        chosen.map(([auraId, facts], index) => makePolicy({ ...facts, auraId, alias: aliases[index] ?? '' })),
      ),
  );
const links = fc.constantFrom<Policy['samePeople']>([], [['U0A', 'U0B']], [['U0C', 'U0D']], [['U0A', 'U0B', 'U0C']]);
const policy: fc.Arbitrary<Policy> = fc.record({ instances, samePeople: links });

describe('what is in force until people have agreed', () => {
  it('is looser than neither policy in anything, for every person, vote and moment', () => {
    fc.assert(
      fc.property(policy, policy, (inForce, proposed) => {
        const { merged } = comparePolicies({ inForce, retired: [] }, proposed, NOW);
        for (const side of [inForce, proposed]) {
          for (const account of ACCOUNTS)
            for (const other of ACCOUNTS)
              if (areSamePerson(account, other, side.samePeople))
                expect(areSamePerson(account, other, merged.samePeople)).toBe(true);
          for (const instance of merged.instances) {
            const one = side.instances.find(({ auraId }) => auraId === instance.auraId);
            if (one) isNoLooser(instance, one);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is what the file says when nothing in it is looser, and nothing new when the file is as before', () => {
    fc.assert(
      fc.property(policy, policy, (inForce, proposed) => {
        expect(comparePolicies({ inForce, retired: [] }, inForce, NOW).changes).toEqual([]);
        const { changes, merged } = comparePolicies({ inForce, retired: [] }, proposed, NOW);
        if (!changes.some(loosens)) expect(hashPolicy(merged)).toBe(hashPolicy(proposed));
        expect(comparePolicies({ inForce: merged, retired: [] }, merged, NOW).changes).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('becomes exactly what the file says when all that is looser was agreed to, in any order', () => {
    fc.assert(
      fc.property(policy, policy, fc.infiniteStream(fc.nat()), (inForce, proposed, order) => {
        let known = { inForce, retired: inForce.instances };
        known = { ...known, inForce: comparePolicies(known, proposed, NOW).merged };
        const open = () => comparePolicies(known, proposed, NOW).changes.filter(loosens);
        const first = open();
        const shuffled = [...first].sort(() => ((order.next().value ?? 0) % 2 === 0 ? 1 : -1));
        for (const change of shuffled) known = { ...known, inForce: adopted(known.inForce, change) };
        expect(hashPolicy(known.inForce)).toBe(hashPolicy(proposed));
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the order in which anything is written', () => {
    fc.assert(
      fc.property(policy, policy, (inForce, proposed) => {
        const written = comparePolicies({ inForce, retired: [] }, proposed, NOW);
        const turned = comparePolicies({ inForce: reversed(inForce), retired: [] }, reversed(proposed), NOW);
        expect(hashPolicy(reversed(inForce))).toBe(hashPolicy(inForce));
        expect(hashPolicy(turned.merged)).toBe(hashPolicy(written.merged));
        expect(kindsOf(turned.changes)).toEqual(kindsOf(written.changes));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a calendar', () => {
  it('waits exactly when it, or an override in it, opens a moment that was closed', () => {
    fc.assert(
      fc.property(calendar, calendar, (one, other) => {
        const inForce = policyWith({ calendar: one });
        const { changes, merged } = comparePolicies({ inForce, retired: [] }, policyWith({ calendar: other }), NOW);
        const [instance] = merged.instances;
        if (!instance) throw new Error('no instance is left');
        for (const side of [one, other]) isNoLooser(instance, makePolicy({ calendar: side }));
        if (!changes.some(loosens)) isNoLooser(makePolicy({ calendar: other }), makePolicy({ calendar: one }));
      }),
      { numRuns: 60 },
    );
  });
});

function policyWith(facts: Partial<InstancePolicy>, samePeople: Policy['samePeople'] = []): Policy {
  return { instances: [makePolicy(facts)], samePeople };
}

function isNoLooser(merged: InstancePolicy, one: InstancePolicy): void {
  expect(merged.requestExpiryMinutes).toBeLessThanOrEqual(one.requestExpiryMinutes);
  expect(merged.executionExpiryMinutes).toBeLessThanOrEqual(one.executionExpiryMinutes);
  expect(merged.lossBoundMinutes).toBeLessThanOrEqual(one.lossBoundMinutes);
  expect(merged.noticeLeadMinutes).toBeGreaterThanOrEqual(one.noticeLeadMinutes);
  expect(leadMinutesFor(merged, true)).toBeGreaterThanOrEqual(leadMinutesFor(one, true));
  expect(merged.approval.denialsNeeded).toBeLessThanOrEqual(one.approval.denialsNeeded);
  expect(merged.requiredFields).toEqual(expect.arrayContaining([...one.requiredFields]));
  if (one.environment === 'production') expect(merged.environment).toBe('production');
  for (const person of everybody()) {
    if (named(merged.requesters, person)) expect(named(one.requesters, person)).toBe(true);
    if (merged.overrideApprovers && isNamedBy(merged.overrideApprovers, person))
      expect(one.overrideApprovers && isNamedBy(one.overrideApprovers, person)).toBe(true);
  }
  for (const voters of subsets(everybody())) if (fills(merged, voters)) expect(fills(one, voters), 'rules').toBe(true);
  const range = { fromMs: Date.parse(NOW), toMs: Date.parse(NOW) + 7 * 24 * HOUR_MS };
  for (let atMs = range.fromMs; atMs < range.toMs; atMs += 3 * HOUR_MS) {
    for (const overridden of [[], ['f'], ['f', 'g']]) {
      const isOpen = (of: InstancePolicy) =>
        openSpans(of.calendar, { fromMs: atMs, toMs: atMs + 1 }, overridden).length > 0;
      if (isOpen(merged)) expect(isOpen(one), 'calendar').toBe(true);
    }
  }
}

function fills({ approval }: InstancePolicy, voters: readonly PersonFacts[]): boolean {
  const seats = assign(
    voters.map((person) => approval.rules.filter((rule) => isNamedBy(rule, person)).map(({ name }) => name)),
    approval.rules,
  );
  return approval.rules.every(({ needed }, index) => seats[index]?.length === needed);
}

/** Each account, in no group, in one, and in both. */
function everybody() {
  return [
    makePerson('U0A', { groups: ['S0X'] }),
    makePerson('U0B', { groups: ['S0Y'] }),
    makePerson('U0C'),
    makePerson('U0D', { groups: ['S0X', 'S0Y'] }),
    makePerson('U0E', { groups: ['S0X'] }),
    makePerson('U0F', { groups: ['S0Y'] }),
  ];
}

function subsets<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((__, index) => bits & (1 << index)));
}

function named(rule: PeopleRule | undefined, person: ReturnType<typeof makePerson>): boolean {
  return rule === undefined || isNamedBy(rule, person);
}

function hoursOn(hours: number): string {
  return new Date(Date.parse(NOW) + hours * HOUR_MS).toISOString();
}

function reversed(value: Policy): Policy {
  const turn = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(turn).reverse();
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part)
        .map(([key, one]) => [key, turn(one)])
        .reverse(),
    );
  };
  return turn(value) as Policy;
}

function kindsOf(changes: readonly PolicyChange[]): readonly string[] {
  return changes.map((change) => `${change.kind} ${loosens(change)} ${idOf(change)}`).sort();
}

function idOf(change: PolicyChange): PersonId {
  if (change.kind === 'links' || change.kind === 'on-call') return '';
  return 'after' in change ? change.after.auraId : change.before.auraId;
}
