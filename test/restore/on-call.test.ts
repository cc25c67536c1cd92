import { describe, expect, it } from 'vitest';
import { type OnCallLook, onCallWords, schedulesOn } from '../../src/restore/on-call.ts';
import { approverRefusal, requesterRefusal } from '../../src/restore/person.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import { oneApprover, peopleAsked } from '../../src/restore/rules-needed.ts';
import { transition } from '../../src/restore/transition.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVERS_GROUP, makePerson, REQUESTER } from '../support/people.ts';

const source = { provider: 'PagerDuty', schedule: 'PDB1' } as const;
const on: OnCallLook = { alias: 'primary', kind: 'known', source, isOn: true, asOf: NOW, unmatched: 0 };
const off: OnCallLook = { ...on, isOn: false };
const away: OnCallLook = { alias: 'primary', kind: 'unknown', source, why: 'no-answer' };
const whoIs = (id: string, looks: readonly OnCallLook[]) =>
  makePerson(id, { onCall: schedulesOn(looks), onCallLooks: looks });

const RULE = { users: [], groups: [APPROVERS_GROUP], onCall: ['primary'] };
const restore = makeRestore('awaiting-approval', { policy: { approval: oneApprover(RULE) } });

describe('a rule that names a schedule', () => {
  it('names who is known to be on call, though in no group', () => {
    expect(approverRefusal(whoIs('U0SAM', [on]), restore)).toBeUndefined();
    expect(requesterRefusal(whoIs('U0SAM', [on]), RULE, 'orders')).toBeUndefined();
  });

  it('does not name who is on another schedule, off call, or on call as far as nobody knows', () => {
    for (const look of [off, away, { ...on, alias: 'secondary' }]) {
      expect(approverRefusal(whoIs('U0SAM', [look]), restore)).toEqual({ reason: 'not-an-approver', onCall: [look] });
      expect(requesterRefusal(whoIs('U0SAM', [look]), RULE, 'orders')).toMatchObject({ reason: 'not-a-requester' });
    }
  });

  it('goes on naming its groups while nobody knows', () => {
    const member = { ...whoIs('U0GRETA', [away]), groups: [APPROVERS_GROUP] };
    expect(approverRefusal(member, restore)).toBeUndefined();
  });

  it('never names the requester, a guest, or somebody for a rule without schedules', () => {
    expect(approverRefusal(whoIs(REQUESTER.id, [on]), restore)).toMatchObject({ reason: 'own-request' });
    expect(approverRefusal({ ...whoIs('U0SAM', [on]), isGuest: true }, restore)).toEqual({ reason: 'guest' });
    expect(approverRefusal(whoIs('U0SAM', [on]), makeRestore('awaiting-approval'))).toMatchObject({
      reason: 'not-an-approver',
    });
  });
});

describe('several rules that name schedules', () => {
  const rules = [
    { name: 'owners', needed: 1, users: [], groups: [APPROVERS_GROUP], onCall: ['primary'] },
    { name: 'service', needed: 1, users: ['U0SERA'], groups: [], onCall: ['service'] },
  ];
  const asked = makeRestore('awaiting-approval', { policy: { approval: { rules, denialsNeeded: 1 } } });
  const yes = (person: PersonFacts, others: readonly PersonFacts[] = []) =>
    ({ type: 'approved', at: NOW, planHash: asked.planHash, person, others }) as const;

  it('are all looked for', () => {
    expect(peopleAsked(asked)).toEqual({
      users: ['U0SERA'],
      groups: [APPROVERS_GROUP],
      onCall: ['primary', 'service'],
    });
  });

  it('are filled by who is on each of them, and a vote outlives its shift', () => {
    const half = followedBy(asked, yes(whoIs('U0SAM', [on])));
    expect(half.state).toMatchObject({ votes: [{ by: 'U0SAM', countsFor: ['owners'], onCall: ['primary'] }] });
    for (const later of [off, away]) {
      const whole = followedBy(half, yes(makePerson('U0SERA'), [whoIs('U0SAM', [later])]));
      expect(whole.state.status).toBe('approved');
    }
    const gone = { ...whoIs('U0SAM', [on]), isActive: false };
    expect(followedBy(half, yes(makePerson('U0SERA'), [gone])).state).toMatchObject({
      status: 'awaiting-approval',
      votes: [{ by: 'U0SERA' }],
    });
  });
});

describe('the history', () => {
  it('keeps which schedule was looked at and what was found', () => {
    const approved = (looks: readonly OnCallLook[], groups: readonly string[] = []) =>
      transition(restore, {
        type: 'approved',
        at: NOW,
        planHash: restore.planHash,
        person: { ...whoIs('U0SAM', looks), groups },
      });
    const factsOf = (outcome: ReturnType<typeof transition>) =>
      outcome.kind === 'changed' ? outcome.restore.history.at(-1)?.facts.onCall : outcome.kind;
    expect(factsOf(approved([on]))).toBe('on call (primary, PagerDuty schedule PDB1, as of 03:04 UTC)');
    expect(factsOf(approved([away], [APPROVERS_GROUP]))).toContain('PagerDuty did not answer');
    expect(factsOf(approved([], [APPROVERS_GROUP]))).toBeUndefined();
  });
});

describe('the words', () => {
  it('say what was found, from where, and how old it is', () => {
    expect(onCallWords([off, { ...on, alias: 'second' }])).toBe(
      'not on call (primary, PagerDuty schedule PDB1, as of 03:04 UTC); on call (second, PagerDuty schedule PDB1, as of 03:04 UTC)',
    );
    expect(onCallWords([{ ...off, unmatched: 2 }])).toContain(
      '2 on call without a Slack account of the same e-mail address',
    );
    expect(onCallWords([])).toBe('');
  });

  it.each([
    ['no-answer', 'PagerDuty did not answer'],
    ['token-refused', "PagerDuty did not accept the bot's key"],
    ['rate-limited', 'PagerDuty has been asked too often'],
    ['unreadable-answer', 'PagerDuty gave an answer that cannot be read'],
    ['unknown-schedule', 'PagerDuty does not know the schedule'],
    ['people-unread', 'Slack did not say who the people on call are'],
  ] as const)('say why nobody knows: %s', (why, words) => {
    expect(onCallWords([{ alias: 'primary', kind: 'unknown', source, why }])).toBe(
      `${words} (primary, PagerDuty schedule PDB1); only the people and groups that the configuration names count`,
    );
  });

  it('say that a schedule has left the configuration', () => {
    expect(onCallWords([{ alias: 'old', kind: 'unknown', why: 'not-configured' }])).toContain(
      'this schedule is no longer in the configuration (old)',
    );
  });
});
