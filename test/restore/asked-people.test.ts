import { describe, expect, it } from 'vitest';
import { type AskedFacts, askedPeople, notifiedBy, placesHeld } from '../../src/restore/asked-people.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { makePerson, REQUESTER } from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'owners', users: [], groups: ['S1'], onCall: ['primary'], needed: 1 };
const SERVICE: ApprovalRule = { name: 'service', users: ['U3'], groups: [], needed: 1 };
const inGroup = { groups: ['S1'] };
const ask = (facts: Partial<AskedFacts>, samePeople: readonly (readonly string[])[] = []) =>
  askedPeople([OWNERS, SERVICE], { people: [], holders: [], held: [], isWhole: true, ...facts }, 'U0', samePeople);
const place = (from: string, to: string) => ({ from, to, until: NOW });

describe('whom a request asks', () => {
  const OWNER = makePerson('U1', inGroup);
  const THIRD = makePerson('U3');

  it.each<[string, Partial<AskedFacts>, object]>([
    ['a group and a person', { people: [OWNER, THIRD] }, { byRule: { owners: 1, service: 1 }, notified: 2 }],
    ['not the requester', { people: [makePerson('U0', inGroup), OWNER] }, { byRule: { owners: 1 }, notified: 1 }],
    ['whoever is on call', { people: [makePerson('U5', { onCall: ['primary'] })] }, { byRule: { owners: 1 } }],
    [
      'nobody whose account is closed',
      { people: [makePerson('U1', { ...inGroup, isActive: false })] },
      { notified: 0 },
    ],
    [
      'not a guest, whom Slack tells with the group',
      { people: [OWNER, makePerson('U4', { ...inGroup, isGuest: true })] },
      { byRule: { owners: 1 }, notified: 2, unable: 1 },
    ],
    [
      'one person for both rules once',
      { people: [makePerson('U3', inGroup)] },
      { byRule: { owners: 1, service: 1 }, notified: 1 },
    ],
    [
      'who stands in, for the rules of the other',
      { people: [OWNER], holders: [makePerson('U7')], held: [place('U1', 'U7')] },
      { byRule: { owners: 2, service: 0 }, notified: 2 },
    ],
    [
      'everybody who stands in',
      {
        people: [OWNER, makePerson('U2', inGroup)],
        holders: [makePerson('U7'), makePerson('U8')],
        held: [place('U1', 'U7'), place('U2', 'U8')],
      },
      { byRule: { owners: 4, service: 0 }, notified: 4 },
    ],
    [
      'at least so many while somebody cannot be read',
      { people: [{ kind: 'unreadable', id: 'U3' }] },
      { isWhole: false },
    ],
    [
      'at least so many while one of two cannot be read',
      { people: [OWNER, { kind: 'unreadable', id: 'U3' }] },
      { isWhole: false, notified: 1 },
    ],
  ])('is %s', (_, facts, asked) => expect(ask(facts)).toMatchObject({ isWhole: true, unable: 0, ...asked }));

  it('is one human with two accounts once, and not the requester by another account', () => {
    const people = [OWNER, makePerson('U2', inGroup), makePerson('U9', inGroup)];
    expect(
      ask({ people }, [
        ['U1', 'U2'],
        ['U9', 'U0'],
      ]),
    ).toMatchObject({ byRule: { owners: 1 }, notified: 1 });
  });
});

describe('a place that is held', () => {
  const people = [makePerson('U1'), makePerson('U2'), makePerson('U0'), makePerson('U4', { isActive: false })];

  it.each([
    ['of somebody who may decide counts', place('U1', 'U2'), true],
    ['of the requester counts for nothing', place('U0', 'U2'), false],
    ['by the requester counts for nothing', place('U1', 'U0'), false],
    ['of a closed account counts for nothing', place('U4', 'U2'), false],
    ['by a closed account counts for nothing', place('U1', 'U4'), false],
    ['by somebody who cannot be read counts for nothing', place('U1', 'U8'), false],
  ])('%s', (_, held, counts) => expect(placesHeld([held], people, 'U0', [])).toEqual(counts ? [held] : []));
});

describe('whom the posting of a card notifies', () => {
  const facts = {
    policy: { approval: { rules: [OWNERS, SERVICE], denialsNeeded: 1 } },
    draft: { delegates: [place('U3', 'U7')], onCall: [{ alias: 'primary', people: ['U5'] }, { alias: 'other' }] },
  };

  it('are those who are asked', () => {
    expect(notifiedBy(makeRestore('awaiting-approval', facts))).toEqual({ users: ['U3', 'U5', 'U7'], groups: ['S1'] });
  });

  it('are those whom the rules name where nobody is on call or stands in, and never the requester', () => {
    const { policy } = facts;
    expect(notifiedBy(makeRestore('awaiting-approval', { policy }))).toEqual({ users: ['U3'], groups: ['S1'] });
    const draft = { onCall: [{ alias: 'primary', people: [REQUESTER.id, 'U5'] }] };
    expect(notifiedBy(makeRestore('awaiting-approval', { policy, draft })).users).toEqual(['U3', 'U5']);
  });

  it('is nobody once it is decided', () => {
    expect(notifiedBy(makeRestore('withdrawn', facts))).toEqual({ users: [], groups: [] });
  });
});
