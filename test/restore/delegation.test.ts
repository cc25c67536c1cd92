import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DelegationDraft,
  delegationRefusal,
  isInForce,
  newDelegation,
  revoked,
} from '../../src/restore/delegation.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { approverRefusal, placesOf } from '../../src/restore/person.ts';
import type { PersonFacts, StandIn } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { filledRules } from '../../src/restore/votes.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, SAME_PEOPLE } from '../support/make-restore.ts';
import {
  BOT,
  BYSTANDER,
  DEACTIVATED,
  GUEST,
  LINKED_ACCOUNT,
  makePerson,
  OUTSIDER,
  REQUESTER,
  UNREADABLE,
} from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'owners', users: [], groups: ['S0OWNERS'], needed: 2 };
const SERVICE: ApprovalRule = { name: 'service', users: [], groups: ['S0SERVICE'], needed: 1 };

const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const OTTO = makePerson('U0OTTO', { groups: ['S0OWNERS'] });
const SERA = makePerson('U0SERA', { groups: ['S0SERVICE'] });

const standIn = (delegator: PersonFacts): StandIn => ({
  delegation: 'D-1',
  until: addMinutes(NOW, 600),
  delegator,
});
const holding = (person: PersonFacts, ...owners: readonly PersonFacts[]): PersonFacts =>
  person.kind === 'known' ? { ...person, standsInFor: owners.map(standIn) } : person;

const asked = (rules: readonly ApprovalRule[] = [OWNERS], delegation?: 'forbidden') =>
  makeRestore('awaiting-approval', {
    policy: { approval: { rules, denialsNeeded: 1 }, ...(delegation ? { delegation } : {}) },
  });

const yes = (restore: Restore, person: PersonFacts, standingInFor?: string): PersonEvent => ({
  ...exampleEvent('approved', restore),
  person,
  ...(standingInFor ? { standingInFor } : {}),
});
const refusalOf = (restore: Restore, event: PersonEvent) => {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
};

describe('a place is handed over', () => {
  const draft: DelegationDraft = {
    delegator: OLGA,
    delegate: BYSTANDER,
    startsAt: NOW,
    endsAt: addMinutes(NOW, 600),
  };
  const around = { isApprover: true, samePeople: SAME_PEOPLE, now: NOW };

  it.each<[string, Partial<DelegationDraft>, Partial<typeof around>, string | undefined]>([
    ['by an approver to a full member, for a time', {}, {}, undefined],
    ['not by somebody who has none', {}, { isApprover: false }, 'no-place-to-delegate'],
    ['not by somebody deactivated', { delegator: DEACTIVATED }, {}, 'deactivated'],
    ['not by somebody who could not be read', { delegator: UNREADABLE }, {}, 'identity-unreadable'],
    ['not to oneself', { delegate: OLGA }, {}, 'delegate-is-same-person'],
    [
      'not to an account of one’s own',
      { delegator: REQUESTER, delegate: LINKED_ACCOUNT },
      {},
      'delegate-is-same-person',
    ],
    ['not to a guest', { delegate: GUEST }, {}, 'delegate-not-able'],
    ['not to a bot', { delegate: BOT }, {}, 'delegate-not-able'],
    ['not to an outsider', { delegate: OUTSIDER }, {}, 'delegate-not-able'],
    ['not to somebody deactivated', { delegate: DEACTIVATED }, {}, 'delegate-not-able'],
    ['not to somebody who could not be read', { delegate: UNREADABLE }, {}, 'delegate-not-able'],
    ['not from yesterday on', { startsAt: addMinutes(NOW, -1440) }, {}, 'delegation-in-the-past'],
    ['not until before it begins', { endsAt: addMinutes(NOW, -1) }, {}, 'delegation-ends-too-soon'],
    ['from a moment ago on, which is how long a form takes', { startsAt: addMinutes(NOW, -10) }, {}, undefined],
    ['not from longer ago', { startsAt: addMinutes(NOW, -11) }, {}, 'delegation-in-the-past'],
    ['not until the moment it begins', { endsAt: NOW }, {}, 'delegation-ends-too-soon'],
    [
      'not until before it begins, though that is to come',
      { startsAt: addMinutes(NOW, 60), endsAt: addMinutes(NOW, 30) },
      {},
      'delegation-ends-too-soon',
    ],
    [
      'not until the moment it begins, though that is to come',
      { startsAt: addMinutes(NOW, 60), endsAt: addMinutes(NOW, 60) },
      {},
      'delegation-ends-too-soon',
    ],
    [
      'not when it is over already, though it ends after it begins',
      { startsAt: addMinutes(NOW, -5), endsAt: addMinutes(NOW, -2) },
      {},
      'delegation-ends-too-soon',
    ],
    [
      'not when it is over at this moment',
      { startsAt: addMinutes(NOW, -5), endsAt: NOW },
      {},
      'delegation-ends-too-soon',
    ],
    ['for 60 days', { endsAt: addMinutes(NOW, 60 * 1440) }, {}, undefined],
    ['not for longer than 60 days', { endsAt: addMinutes(NOW, 60 * 1440 + 1) }, {}, 'delegation-too-long'],
  ])('%s', (_, changed, other, reason) => {
    expect(delegationRefusal({ ...draft, ...changed }, { ...around, ...other })?.reason).toBe(reason);
  });

  it('is in force from its start to before its end, and its chain names both people', () => {
    const made = newDelegation('D-7', draft, NOW);
    expect(
      [addMinutes(NOW, -1), NOW, addMinutes(NOW, 599), addMinutes(NOW, 600)].map((at) => isInForce(made, at)),
    ).toEqual([false, true, true, false]);
    expect(made.history).toMatchObject([
      { event: 'delegated', by: OLGA.id, facts: { restore: 'D-7', to: BYSTANDER.id } },
    ]);
  });

  it('names the form it came by, if there was one', () => {
    const facts = { restore: 'D-7', to: BYSTANDER.id, startsAt: draft.startsAt, endsAt: draft.endsAt };
    expect(newDelegation('D-7', draft, NOW).history[0]?.facts).toStrictEqual(facts);
    const named = newDelegation('D-7', { ...draft, interaction: 'i1' }, NOW);
    expect(named.history[0]?.facts).toStrictEqual({ ...facts, interaction: 'i1' });
  });

  it('says who ended it and when, in its record and its chain', () => {
    const made = newDelegation('D-7', draft, NOW);
    const at = addMinutes(NOW, 5);
    expect(revoked(made, BYSTANDER, { samePeople: [], now: at })).toMatchObject({
      delegation: {
        version: made.version + 1,
        revoked: { by: BYSTANDER.id, at },
        history: [
          {},
          { event: 'delegation-revoked', by: BYSTANDER.id, at, facts: { from: OLGA.id, to: BYSTANDER.id } },
        ],
      },
    });
  });

  it('that has ended by itself cannot be ended', () => {
    const made = newDelegation('D-7', draft, NOW);
    const by = (minutes: number) => revoked(made, OLGA, { samePeople: [], now: addMinutes(NOW, minutes) });
    expect(by(599)).toHaveProperty('delegation');
    expect(by(600)).toEqual({ refusal: { reason: 'delegation-over' } });
  });

  it.each([
    ['its giver', OLGA, undefined],
    ['its holder', BYSTANDER, undefined],
    ['somebody else', OTTO, 'not-your-delegation'],
    ['somebody deactivated', DEACTIVATED, 'deactivated'],
  ])('is ended by %s, or not', (_, person, reason) => {
    const ended = revoked(newDelegation('D-7', draft, NOW), person, { samePeople: [], now: addMinutes(NOW, 5) });
    if ('refusal' in ended) return expect(ended.refusal.reason).toBe(reason);
    expect(reason).toBeUndefined();
    expect(isInForce(ended.delegation, addMinutes(NOW, 6))).toBe(false);
    expect(firstBrokenEntry(ended.delegation.history)).toBeUndefined();
    const again = (by: PersonFacts) => revoked(ended.delegation, by, { samePeople: [], now: addMinutes(NOW, 700) });
    expect(again(person), 'a click that is delivered twice').toEqual({ delegation: ended.delegation });
    const other = person === OLGA ? BYSTANDER : OLGA;
    expect(again(other)).toEqual({ refusal: { reason: 'delegation-over' } });
  });
});

describe('who holds a place', () => {
  it('decides with it, and the record says for whom', () => {
    const restore = followedBy(asked(), yes(asked(), holding(BYSTANDER, OLGA)));
    expect(inStatus(restore, 'awaiting-approval').state.votes).toMatchObject([
      { by: BYSTANDER.id, standingInFor: OLGA.id, countsFor: ['owners'] },
    ]);
    expect(restore.history.at(-1)?.facts).toMatchObject({ standingInFor: OLGA.id, delegation: 'D-1' });
  });

  it.each<[string, Restore, PersonFacts, string]>([
    ['the requester', asked(), holding(REQUESTER, OLGA), 'own-request'],
    ['the requester under another account', asked(), holding(LINKED_ACCOUNT, OLGA), 'own-request'],
    ['a guest', asked(), holding(GUEST, OLGA), 'guest'],
    ['somebody deactivated', asked(), holding(DEACTIVATED, OLGA), 'deactivated'],
    [
      'who holds the requester’s own place',
      asked(),
      holding(BYSTANDER, { ...REQUESTER, groups: ['S0OWNERS'] }),
      'not-an-approver',
    ],
    [
      'who holds the place of the requester’s other account',
      asked(),
      holding(BYSTANDER, { ...LINKED_ACCOUNT, groups: ['S0OWNERS'] }),
      'not-an-approver',
    ],
    ['whose giver left the group', asked(), holding(BYSTANDER, { ...OLGA, groups: [] }), 'not-an-approver'],
    ['whose giver left the company', asked(), holding(BYSTANDER, { ...OLGA, isActive: false }), 'not-an-approver'],
    [
      'whose giver could not be read',
      asked(),
      holding(BYSTANDER, { kind: 'unreadable', id: OLGA.id }),
      'not-an-approver',
    ],
    [
      'who holds it from somebody who only holds it',
      asked(),
      holding(BYSTANDER, holding(makePerson('U0MID'), OLGA)),
      'not-an-approver',
    ],
    ['where it is forbidden', asked([OWNERS], 'forbidden'), holding(BYSTANDER, OLGA), 'not-an-approver'],
  ])('is not %s', (_, restore, person, reason) => {
    expect(approverRefusal(person, restore)?.reason).toBe(reason);
    expect(refusalOf(restore, yes(restore, person))).toBe(reason);
    expect(refusalOf(restore, { ...exampleEvent('denied', restore), person })).toBe(reason);
  });

  it('holds none in a record of an earlier release, whose people never heard of it', () => {
    const { delegation: _, ...terms } = asked().terms;
    expect(placesOf(holding(BYSTANDER, OLGA), { ...asked(), terms })).toEqual([]);
  });

  it('is one vote with its giver, whoever of them is first, and either takes it back', () => {
    const byHolder = followedBy(asked(), yes(asked(), holding(BYSTANDER, OLGA)));
    expect(transition(byHolder, yes(byHolder, OLGA))).toMatchObject({
      refusal: { reason: 'already-voted', by: BYSTANDER.id, standingInFor: OLGA.id },
    });
    const taken = followedBy(byHolder, { ...exampleEvent('vote-taken-back', byHolder), person: OLGA });
    expect(refusalOf(taken, yes(taken, OLGA))).toBe('changed');
    const byGiver = followedBy(asked(), yes(asked(), OLGA));
    expect(transition(byGiver, yes(byGiver, holding(BYSTANDER, OLGA)))).toMatchObject({
      refusal: { reason: 'already-voted', by: OLGA.id },
    });
  });

  it('and may decide anyway has one vote, in their own right or for whom they say', () => {
    const restore = asked([{ ...OWNERS, needed: 1 }, SERVICE]);
    const both = holding(OTTO, SERA);
    const own = followedBy(restore, yes(restore, both));
    expect(inStatus(own, 'awaiting-approval').state.votes[0]).not.toHaveProperty('standingInFor');
    expect(refusalOf(own, yes(own, both, SERA.id))).toBe('already-voted');
    const forSera = followedBy(restore, yes(restore, both, SERA.id));
    expect(inStatus(forSera, 'awaiting-approval').state.votes[0]).toMatchObject({ countsFor: ['service'] });
    expect(followedBy(forSera, yes(forSera, OLGA)).state.status).toBe('approved');
  });

  it('cannot vote for somebody whose place they do not hold', () => {
    expect(refusalOf(asked(), yes(asked(), holding(OTTO, OLGA), SERA.id))).toBe('not-your-place');
  });

  it('is read again at the last vote: a place that was taken back, or whose giver left, takes its vote with it', () => {
    const voted = followedBy(asked(), yes(asked(), holding(BYSTANDER, OLGA)));
    const last = (other: PersonFacts) =>
      transition(voted, { ...exampleEvent('approved', voted), person: OTTO, others: [other] });
    expect(last(holding(BYSTANDER, OLGA))).toMatchObject({ restore: { state: { status: 'approved' } } });
    for (const gone of [BYSTANDER, holding(BYSTANDER, { ...OLGA, groups: [] }), holding(DEACTIVATED, OLGA)]) {
      const outcome = last({ ...gone, id: BYSTANDER.id });
      expect(outcome).toMatchObject({ restore: { state: { status: 'awaiting-approval', votes: [{ by: OTTO.id }] } } });
    }
    expect(last(holding(BYSTANDER, { kind: 'unreadable', id: OLGA.id }))).toMatchObject({
      refusal: { reason: 'others-unreadable' },
    });
  });
});

describe('whoever holds whose place', () => {
  const people = ['U0A', 'U0B', 'U0C', 'U0D', REQUESTER.id];
  const rules: readonly ApprovalRule[] = [
    { name: 'one', users: ['U0A', 'U0B', REQUESTER.id], groups: [], needed: 1 },
    { name: 'two', users: ['U0B', 'U0C'], groups: [], needed: 1 },
  ];
  const act = fc.record({
    by: fc.constantFrom(...people),
    holds: fc.subarray(people),
    inFor: fc.option(fc.constantFrom(...people), { nil: undefined }),
  });

  it('an approval is of as many humans as the rules need, no human and no place counts twice, and never the requester’s', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        let restore: Restore = asked(rules);
        for (const { by, holds, inFor } of acts) {
          const person = holding(makePerson(by), ...holds.map((id) => makePerson(id)));
          const outcome = transition(restore, yes(restore, person, inFor));
          if (outcome.kind === 'changed') restore = outcome.restore;
        }
        if (restore.state.status !== 'approved') return;
        const counted = filledRules(restore, restore.state.approval.votes).flatMap(({ filledBy }) => filledBy);
        const humans = counted.flatMap(({ by, standingInFor }) => [by, ...(standingInFor ? [standingInFor] : [])]);
        expect(counted).toHaveLength(2);
        expect(new Set(counted.map(({ by }) => by)).size).toBe(2);
        expect(new Set(humans).size).toBe(humans.length);
        expect(humans).not.toContain(REQUESTER.id);
      }),
    );
  });

  it('the order of votes that were all taken changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(act, { maxLength: 4, selector: ({ by }) => by }), fc.nat(), (acts, seed) => {
        const shuffled = acts
          .map((one, index) => ({ one, rank: (index * 7919 + seed) % 101 }))
          .sort((a, b) => a.rank - b.rank);
        const run = (list: typeof acts) => {
          let restore: Restore = asked([...rules, { name: 'never', users: ['U0NOBODY'], groups: [], needed: 1 }]);
          let taken = 0;
          for (const { by, holds, inFor } of list) {
            const person = holding(makePerson(by), ...holds.map((id) => makePerson(id)));
            const outcome = transition(restore, yes(restore, person, inFor ?? by));
            if (outcome.kind !== 'changed') continue;
            restore = outcome.restore;
            taken += 1;
          }
          const { votes } = inStatus(restore, 'awaiting-approval').state;
          return { taken, filled: filledRules(restore, votes).map(({ filledBy }) => filledBy.length) };
        };
        const [one, other] = [run(acts), run(shuffled.map((entry) => entry.one))];
        if (one.taken === acts.length && other.taken === acts.length) expect(one.filled).toEqual(other.filled);
      }),
    );
  });
});
