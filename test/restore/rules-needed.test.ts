import { describe, expect, it } from 'vitest';
import { namedByAny, oneApprover, peopleAsked, rulesNeeded } from '../../src/restore/rules-needed.ts';

const OWNERS = { name: 'owners', needed: 2, users: ['U0A', 'U0B'], groups: ['S0OWNERS'], onCall: ['nights'] };
const approval = { rules: [OWNERS], denialsNeeded: 1 };
const override = { freezes: ['Christmas'], reason: 'The shop is down.' };

describe('the people of several rules', () => {
  it('are each named once, with schedules only where a rule names any', () => {
    expect(
      namedByAny([OWNERS, { users: ['U0B', 'U0C'], groups: ['S0OWNERS', 'S0X'], onCall: ['nights', 'days'] }]),
    ).toStrictEqual({
      users: ['U0A', 'U0B', 'U0C'],
      groups: ['S0OWNERS', 'S0X'],
      onCall: ['nights', 'days'],
    });
    expect(namedByAny([{ users: ['U0A'], groups: [] }])).toStrictEqual({ users: ['U0A'], groups: [] });
    expect(namedByAny([])).toStrictEqual({ users: [], groups: [] });
  });
});

describe('the rules a plan needs', () => {
  it('are those of its terms, and the override’s own with an override', () => {
    expect(rulesNeeded({ plan: {}, terms: { approval } })).toStrictEqual([OWNERS]);
    const overrideApprovers = { users: ['U0R'], groups: [] };
    expect(rulesNeeded({ plan: { freezeOverride: override }, terms: { approval, overrideApprovers } })).toStrictEqual([
      OWNERS,
      { name: 'freeze override', needed: 1, users: ['U0R'], groups: [] },
    ]);
    expect(rulesNeeded({ plan: {}, terms: { approval, overrideApprovers } })).toStrictEqual([OWNERS]);
  });

  it('with an override for which nobody is named are filled by nobody', () => {
    expect(rulesNeeded({ plan: { freezeOverride: override }, terms: { approval } })[1]).toStrictEqual({
      name: 'freeze override',
      needed: 1,
      users: [],
      groups: [],
    });
  });

  it('for the short form are one, of which one person is enough', () => {
    expect(oneApprover({ users: ['U0A'], groups: [] })).toStrictEqual({
      rules: [{ name: 'approvers', needed: 1, users: ['U0A'], groups: [] }],
      denialsNeeded: 1,
    });
  });
});

it('everybody who may come to decide is looked for, those of an escalation too', () => {
  const stage = { stage: 'fallback', afterMinutes: 30, users: ['U0L'], groups: ['S0LEADS'] } as const;
  const reminders = { afterMinutes: [], nudges: { everyMinutes: 1, most: 1 }, escalation: [stage] };
  expect(peopleAsked({ plan: {}, terms: { approval, reminders } })).toStrictEqual({
    users: ['U0A', 'U0B', 'U0L'],
    groups: ['S0OWNERS', 'S0LEADS'],
    onCall: ['nights'],
  });
  expect(peopleAsked({ plan: {}, terms: { approval } }).users).toEqual(['U0A', 'U0B']);
});
