import { describe, expect, it } from 'vitest';
import { areSamePerson, isNamedBy, requesterRefusal, standingRefusal } from '../../src/restore/person.ts';
import {
  APPROVER,
  APPROVERS_GROUP,
  BOT,
  BYSTANDER,
  DEACTIVATED,
  GROUP_APPROVER,
  GUEST,
  makePerson,
  OUTSIDER,
  UNREADABLE,
} from '../support/people.ts';

describe('standing', () => {
  it('is fine for every active full member', () => {
    for (const person of [APPROVER, GROUP_APPROVER, BYSTANDER]) expect(standingRefusal(person)).toBeUndefined();
  });

  it.each([
    [UNREADABLE, 'identity-unreadable'],
    [BOT, 'not-a-person'],
    [DEACTIVATED, 'deactivated'],
    [OUTSIDER, 'outsider'],
    [GUEST, 'guest'],
  ])('is refused to %o', (person, reason) => {
    expect(standingRefusal(person)).toEqual({ reason });
  });

  it('is refused for any one fault, whatever else is true', () => {
    const anyFault = [{ isBot: true }, { isActive: false }, { isExternal: true }, { isGuest: true }];
    for (const fault of anyFault) {
      const person = makePerson(APPROVER.id, { groups: [APPROVERS_GROUP], ...fault });
      expect(standingRefusal(person)).toBeDefined();
    }
  });
});

describe('who may ask for a restore', () => {
  const rule = { users: [BYSTANDER.id], groups: [APPROVERS_GROUP] };

  it('is every full member when no rule says otherwise', () => {
    expect(requesterRefusal(BYSTANDER, undefined, 'orders')).toBeUndefined();
    expect(requesterRefusal(GUEST, undefined, 'orders')).toEqual({ reason: 'guest' });
  });

  it('is whom the rule names, by user or by group', () => {
    expect(requesterRefusal(BYSTANDER, rule, 'orders')).toBeUndefined();
    expect(requesterRefusal(GROUP_APPROVER, rule, 'orders')).toBeUndefined();
    expect(requesterRefusal(APPROVER, rule, 'orders')).toStrictEqual({ reason: 'not-a-requester', alias: 'orders' });
  });

  it('is nobody when the rule names nobody', () => {
    expect(requesterRefusal(BYSTANDER, { users: [], groups: [] }, 'orders')).toMatchObject({
      reason: 'not-a-requester',
    });
  });
});

describe('somebody whom Slack did not tell about', () => {
  it('is named by their account alone', () => {
    expect(isNamedBy({ users: [APPROVER.id], groups: [] }, UNREADABLE)).toBe(true);
    expect(isNamedBy({ users: [], groups: [APPROVERS_GROUP], onCall: ['nights'] }, UNREADABLE)).toBe(false);
  });
});

describe('one human', () => {
  const linked = [
    ['U1', 'U2', 'U3'],
    ['U4', 'U5'],
  ];

  it('is one account, or any two of the accounts the operator linked', () => {
    expect(areSamePerson('U9', 'U9', [])).toBe(true);
    expect(areSamePerson('U1', 'U3', linked)).toBe(true);
    expect(areSamePerson('U5', 'U4', linked)).toBe(true);
  });

  it('is never two accounts of different links, or none', () => {
    expect(areSamePerson('U1', 'U4', linked)).toBe(false);
    expect(areSamePerson('U1', 'U9', linked)).toBe(false);
    expect(areSamePerson('U8', 'U9', [])).toBe(false);
  });
});
