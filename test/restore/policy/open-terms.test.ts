import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileLoadMsOf } from '../../../src/restore/backup-file.ts';
import { addMinutes } from '../../../src/restore/instant.ts';
import { type Setting, settingChanges } from '../../../src/restore/policy/instance-rules.ts';
import { LINKS } from '../../../src/restore/policy/linked-accounts.ts';
import { REACH } from '../../../src/restore/policy/open-terms.ts';
import { APPROVAL, OVERRIDE_APPROVERS } from '../../../src/restore/policy/people-rules.ts';
import { tightenedTerms, tightening } from '../../../src/restore/policy/tightening.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { stakeholdersNamed } from '../../../src/restore/stakeholders.ts';
import type { Terms } from '../../../src/restore/terms.ts';
import { transition } from '../../../src/restore/transition.ts';
import { makePolicy, makeRestore, NOW, SAME_PEOPLE, SNAPSHOT } from '../../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER } from '../../support/people.ts';

type Facts = Partial<InstancePolicy>;

const PRICE = { perHour: 0.72, currency: 'USD', asOf: '2026-11-01' };
const PRICES = { asOf: PRICE.asOf, currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72 } } };
const MAKING = { prices: PRICES, monthlyCap: 50, usualMinutes: 1_440, longestMinutes: 10_080 };
const TO_MAKE = { type: 'professional-db', memory: '8GB', liveForMinutes: 1_440, price: PRICE, monthlyCap: 50 };
const NEW: Parameters<typeof makeRestore>[1] = {
  draft: {
    chosen: { method: 'new-instance', snapshot: { ...SNAPSHOT, exportable: true }, toMake: TO_MAKE, spent: 0 },
  },
};
const MADE: Facts = { newInstance: MAKING, methods: ['new-instance'], noticeChannels: [], noticeLeadMinutes: 0 };
const ONE = { users: [APPROVER.id], groups: [] };
const BOTH = { users: [APPROVER.id, GROUP_APPROVER.id], groups: [] };
const TWO = { rules: [{ name: 'owners', needed: 2, users: [], groups: [APPROVERS_GROUP] }], denialsNeeded: 1 };
const JANE = { users: ['U0JANE'], groups: ['S0JANES'] };

const policyOf = (facts: Facts): Policy => ({ instances: [makePolicy(facts)], samePeople: SAME_PEOPLE });

type Step = [setting: Setting, from: Facts, to: Facts, got: object, of?: typeof NEW];

/** For each setting a step that tightens, and what an open request that was asked for before it has of it. */
const STEPS: Step[] = [
  ['approval', {}, { approval: TWO }, { approval: { denialsNeeded: 1 } }],
  ['overrideApprovers', { overrideApprovers: BOTH }, { overrideApprovers: ONE }, { overrideApprovers: ONE }],
  ['noticeLeadMinutes', {}, { noticeLeadMinutes: 60 }, { noticeLeadMinutes: 60 }],
  [
    'urgentNoticeLeadMinutes',
    { urgentNoticeLeadMinutes: 5 },
    { urgentNoticeLeadMinutes: 9 },
    { noticeLeadMinutes: 9, usualNoticeLeadMinutes: 15 },
    { draft: { isUrgent: true } },
  ],
  ['requestExpiryMinutes', {}, { requestExpiryMinutes: 20 }, { requestExpiryMinutes: 20 }],
  ['executionExpiryMinutes', {}, { executionExpiryMinutes: 20 }, { executionExpiryMinutes: 20 }],
  ['lossBoundMinutes', {}, { lossBoundMinutes: 3 }, { lossBoundMinutes: 3 }],
  [
    'dependants',
    {},
    { dependants: [{ name: 'search', ...JANE }] },
    { addedStakeholders: JANE, dependants: [{ name: 'checkout' }, { name: 'reporting' }] },
  ],
  ['stakeholders', {}, { stakeholders: { ...JANE, channelsToo: true } }, { addedStakeholders: JANE }],
  [
    'stakeholders',
    { stakeholders: ONE },
    { stakeholders: { ...ONE, channelsToo: true } },
    { stakeholders: { ...ONE, channelsToo: true } },
  ],
  [
    'stakeholders',
    { stakeholders: ONE },
    { stakeholders: { users: [...ONE.users, 'U0JANE'], groups: [] } },
    { stakeholders: ONE, addedStakeholders: { users: ['U0JANE'], groups: [] } },
  ],
  ['objections', { objections: 'tell' }, { objections: 'hold' }, { objections: 'hold' }],
  ['delegation', {}, { delegation: 'forbidden' }, { delegation: 'forbidden' }],
  ['fileLoadMinutes', {}, { fileLoadMinutes: 119 }, { fileLoadMinutes: 119 }],
  ['fileLoadMinutes', { fileLoadMinutes: 30 }, { fileLoadMinutes: 20 }, { fileLoadMinutes: 20 }],
  ['newInstance', MADE, { ...MADE, newInstance: { ...MAKING, monthlyCap: 20 } }, { monthlyCap: 20 }, NEW],
];

const IN_TERMS = (Object.keys(REACH) as readonly Setting[]).filter((one) => typeof REACH[one] === 'function');

describe('a setting that stands in the terms of a request', () => {
  it.each<Step>(STEPS)(
    '%s: reaches an open one when it becomes tighter, and not when looser',
    (setting, from, to, got, of = {}) => {
      expect(settingChanges(makePolicy(from), makePolicy(to), NOW)).toEqual([{ setting, weights: ['tightens'] }]);
      const asked = (policy: Facts) => makeRestore('awaiting-approval', { ...of, policy });
      expect(tightenedTerms(asked(from), policyOf(to))).toMatchObject(got);
      expect(tightenedTerms(asked(from), policyOf(from))).toBeUndefined();
      expect(tightenedTerms(asked(to), policyOf(from))).toBeUndefined();
    },
  );

  it('is among those steps', () => {
    expect([...new Set(STEPS.map(([setting]) => setting))].sort()).toEqual([...IN_TERMS].sort());
  });

  it('is no other way back to what it was: a file may take what it took, once it is asked for', () => {
    const limit = makeRestore('awaiting-approval', { policy: { fileLoadMinutes: 30 } });
    expect(fileLoadMsOf(limit)).toBe(1_800_000);
    const lower = tightenedTerms(limit, policyOf({ fileLoadMinutes: 20 }));
    expect(lower && fileLoadMsOf({ terms: lower })).toBe(1_200_000);
  });

  it('says the longest lead that one which is not urgent had to have', () => {
    const asked = makeRestore('awaiting-approval', {
      policy: { noticeLeadMinutes: 15, urgentNoticeLeadMinutes: 5 },
      draft: { isUrgent: true },
    });
    const terms = tightenedTerms(asked, policyOf({ noticeLeadMinutes: 10, urgentNoticeLeadMinutes: 9 }));
    expect(terms).toMatchObject({ noticeLeadMinutes: 9, usualNoticeLeadMinutes: 15 });
  });

  it('is left as it is where it names the same people through a schedule alone', () => {
    const policy = { overrideApprovers: { users: [], groups: [], onCall: ['dba'] } };
    expect(tightenedTerms(makeRestore('awaiting-approval', { policy }), policyOf(policy))).toBeUndefined();
    const fewer = { overrideApprovers: { ...policy.overrideApprovers, onCall: [] } };
    const terms = tightenedTerms(makeRestore('awaiting-approval', { policy }), policyOf(fewer));
    expect(terms).not.toHaveProperty('overrideApprovers');
  });

  it('keeps the number of the plan where the plan is tighter already', () => {
    const higher = { ...MADE, newInstance: { ...MAKING, monthlyCap: 90 } };
    const asked = makeRestore('awaiting-approval', { ...NEW, policy: MADE });
    expect(tightenedTerms(asked, policyOf(higher))).toBeUndefined();
    const { newInstance: _, ...none } = MADE;
    expect(tightenedTerms(asked, policyOf(none))).toBeUndefined();
    const lower = { ...MADE, newInstance: { ...MAKING, monthlyCap: 20 } };
    const capped = { ...asked, terms: { ...asked.terms, monthlyCap: 10 } };
    expect(tightenedTerms(capped, policyOf(lower))).toBeUndefined();
    expect(tightenedTerms(makeRestore('awaiting-approval'), policyOf({ newInstance: MAKING }))).toBeUndefined();
  });

  it('reaches one between its start and its restore call where nobody has to be asked', () => {
    for (const status of ['taking-baseline', 'requesting-safety-snapshot', 'awaiting-safety-snapshot'] as const)
      for (const [setting, from, to, got, of] of STEPS) {
        if (of) continue;
        const terms = tightenedTerms(makeRestore(status, { policy: from }), policyOf(to));
        const isTold = ['dependants', 'stakeholders', 'objections', 'fileLoadMinutes'].includes(setting);
        if (isTold) expect(terms).toMatchObject(got);
        else expect(terms).toBeUndefined();
      }
  });
});

describe('a setting that never counts as tighter', () => {
  it.each<[Setting, unknown, unknown]>([
    ['alias', 'orders', 'prices'],
    ['auraId', 'a1b2c3d4', 'ffffffff'],
    ['approvalsChannel', 'C1', 'C2'],
    ['auditChannel', 'C1', 'C2'],
    ['noticeChannels', [], ['C1']],
    ['contact', 'a', 'b'],
    ['actionRequired', 'a', 'b'],
    ['objectives', {}, { rpoMinutes: 1 }],
    ['retentionDays', undefined, 3],
    ['estimate', undefined, { fromMinutes: 1, toMinutes: 2 }],
    ['updateMinutes', 30, 10],
    ['checkNames', [], ['a']],
    ['receipt', undefined, { refreshMinutes: 5 }],
    ['reminders', undefined, { afterMinutes: [5], nudges: { everyMinutes: 5, most: 1 }, escalation: [] }],
    [
      'reminders',
      undefined,
      {
        afterMinutes: [5],
        nudges: { everyMinutes: 5, most: 1 },
        escalation: [{ stage: 'fallback', afterMinutes: 5, users: ['U1'], groups: [] }],
      },
    ],
    ['workingHours', undefined, { zone: 'UTC', days: ['mon'], from: '09:00', to: '17:00' }],
    ['language', undefined, 'de'],
    ['exports', undefined, []],
    ['consoleFileBytes', undefined, 1],
  ])('%s: neither of two values', (setting, one, other) => {
    const policyWith = (value: unknown) => ({ ...makePolicy(), [setting]: value }) as InstancePolicy;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ])
      expect(settingChanges(policyWith(from), policyWith(to), NOW).flatMap(({ weights }) => weights)).not.toContain(
        'tightens',
      );
    expect(REACH[setting]).toBe('never-tighter');
  });

  it('is among those that are tried here, or reaches open requests in another way', () => {
    const others = (Object.keys(REACH) as readonly Setting[]).filter(
      (one) => !IN_TERMS.includes(one) && REACH[one] !== 'never-tighter',
    );
    expect(Object.fromEntries(others.map((one) => [one, REACH[one]]))).toEqual({
      environment: 'in-plan',
      requesters: 'was-asked',
      requiredFields: 'was-asked',
      calendar: 'read-live',
      methods: 'read-live',
    });
  });
});

const ACCOUNTS = [APPROVER.id, GROUP_APPROVER.id, 'U0JANE', 'U0SAM'];
const people = fc.record({ users: fc.subarray(ACCOUNTS), groups: fc.subarray([APPROVERS_GROUP, 'S0JANES']) });
const facts = fc.record<Facts>(
  {
    environment: fc.constantFrom('development', 'staging', 'production'),
    approval: fc.record({
      rules: fc
        .array(fc.record({ name: fc.constantFrom('owners', 'service'), needed: fc.integer({ min: 1, max: 2 }) }), {
          minLength: 1,
          maxLength: 2,
        })
        .chain((rules) =>
          fc.tuple(
            ...rules.map((rule, index) => people.map((who) => ({ ...rule, ...who, name: `${rule.name}${index}` }))),
          ),
        ),
      denialsNeeded: fc.integer({ min: 1, max: 2 }),
    }),
    overrideApprovers: people,
    noticeLeadMinutes: fc.constantFrom(0, 15, 60),
    urgentNoticeLeadMinutes: fc.constantFrom(0, 5),
    requestExpiryMinutes: fc.constantFrom(10, 60, 90),
    executionExpiryMinutes: fc.constantFrom(5, 30, 60),
    lossBoundMinutes: fc.constantFrom(0, 10, 30),
    dependants: fc.array(
      people.map((who) => ({ name: 'search', ...who })),
      { maxLength: 2 },
    ),
    stakeholders: people,
    objections: fc.constantFrom('hold', 'tell'),
    delegation: fc.constant('forbidden' as const),
    fileLoadMinutes: fc.constantFrom(20, 120, 200),
  },
  { requiredKeys: [] },
);
const links = fc.constantFrom(SAME_PEOPLE, [...SAME_PEOPLE, [APPROVER.id, GROUP_APPROVER.id]]);
const OPEN = ['awaiting-approval', 'approved', 'taking-baseline', 'ready-to-restore'] as const;

/** An open restore that was asked for under any rules, and any rules in force by now. */
const cases = fc
  .record({ before: facts, status: fc.constantFrom(...OPEN), isUrgent: fc.boolean(), after: facts, samePeople: links })
  .map(({ before, status, isUrgent, after, samePeople }) => {
    // The example events agree as this person.
    const approval = makePolicy().approval;
    const policy = { ...before, ...(status === 'awaiting-approval' ? {} : { approval, noticeLeadMinutes: 15 }) };
    const restore: Restore = makeRestore(status, { policy, draft: { isUrgent } });
    return { restore, policy: { instances: [makePolicy(after)], samePeople } };
  });

function applied(restore: Restore, policy: Policy): Restore {
  const tighter = tightening(restore, policy);
  if (!tighter) return restore;
  const at = addMinutes(restore.since, 1);
  const outcome = transition(restore, { type: 'rules-tightened', at, ...tighter, policyHash: 'a'.repeat(64) });
  if (outcome.kind !== 'changed') throw new Error(`what is tighter was not taken: ${JSON.stringify(outcome)}`);
  return outcome.restore;
}

const isLooser = (was: Terms, is: Terms): boolean =>
  [
    ...APPROVAL.weigh(was.approval, is.approval, NOW),
    ...OVERRIDE_APPROVERS.weigh(was.overrideApprovers, is.overrideApprovers, NOW),
  ].includes('loosens') ||
  LINKS.tighter(was, is).samePeople.length !== LINKS.tighter(is, is).samePeople.length ||
  is.requestExpiryMinutes > was.requestExpiryMinutes ||
  is.executionExpiryMinutes > was.executionExpiryMinutes ||
  is.noticeLeadMinutes < was.noticeLeadMinutes ||
  (is.lossBoundMinutes ?? Number.POSITIVE_INFINITY) > (was.lossBoundMinutes ?? Number.POSITIVE_INFINITY) ||
  (was.objections === 'hold' && is.objections !== 'hold') ||
  (was.delegation === 'forbidden' && is.delegation !== 'forbidden') ||
  fileLoadMsOf({ terms: is }) > fileLoadMsOf({ terms: was }) ||
  ![...stakeholdersNamed({ terms: was }).users].every((id) => stakeholdersNamed({ terms: is }).users.includes(id)) ||
  ![...stakeholdersNamed({ terms: was }).groups].every((id) => stakeholdersNamed({ terms: is }).groups.includes(id));

describe('whatever the rules in force are by now', () => {
  it('nothing of an open restore becomes looser', () => {
    fc.assert(
      fc.property(cases, ({ restore, policy }) => {
        const after = applied(restore, policy);
        expect(isLooser(restore.terms, after.terms)).toBe(false);
        if (after.state.status === 'awaiting-approval' && restore.state.status === 'awaiting-approval') {
          const isAnew = (after.askedAnew ?? []).length > 0;
          if (!isAnew) expect(after.state.expiresAt <= restore.state.expiresAt).toBe(true);
        }
      }),
    );
  });

  it('tightened twice it is as tightened once', () => {
    fc.assert(
      fc.property(cases, ({ restore, policy }) => {
        const once = applied(restore, policy);
        expect(applied(once, policy)).toBe(once);
      }),
    );
  });

  it('everybody whom they name as a stakeholder may object, and was told or will be', () => {
    fc.assert(
      fc.property(cases, ({ restore, policy }) => {
        const named = stakeholdersNamed(applied(restore, policy));
        const wanted = stakeholdersNamed({ terms: policy.instances[0] ?? makePolicy() });
        expect(named.users).toEqual(expect.arrayContaining([...wanted.users]));
        expect(named.groups).toEqual(expect.arrayContaining([...wanted.groups]));
      }),
    );
  });

  it('who agreed under other rules has agreed to nothing', () => {
    fc.assert(
      fc.property(cases, ({ restore, policy }) => {
        if (restore.state.status !== 'approved' && restore.state.status !== 'ready-to-restore') return;
        const after = applied(restore, policy);
        const isStricter = after.plan.instance.environment !== restore.plan.instance.environment;
        if (after.state.status !== 'awaiting-approval') {
          expect(isStricter).toBe(false);
          expect(after.terms.approval.rules).toEqual(restore.terms.approval.rules);
        } else expect(after.state.votes).toEqual([]);
      }),
    );
  });
});
