import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { areSamePerson } from '../../src/restore/person.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { stillStanding } from '../../src/restore/standing-votes.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { assign, filledRules } from '../../src/restore/votes.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, type RestoreIn, SAME_PEOPLE } from '../support/make-restore.ts';
import { BYSTANDER, LINKED_ACCOUNT, makePerson, REQUESTER } from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'database owners', users: [], groups: ['S0OWNERS'], needed: 2 };
const SERVICE: ApprovalRule = { name: 'service owner', users: ['U0SERA'], groups: ['S0SERVICE'], needed: 1 };

const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const OTTO = makePerson('U0OTTO', { groups: ['S0OWNERS'] });
const SERA = makePerson('U0SERA');
/** In both groups. */
const BOTH = makePerson('U0BOTH', { groups: ['S0OWNERS', 'S0SERVICE'] });

function asked(rules: readonly ApprovalRule[] = [OWNERS, SERVICE], denialsNeeded = 1): RestoreIn<'awaiting-approval'> {
  return makeRestore('awaiting-approval', { policy: { approval: { rules, denialsNeeded } } });
}

const yes = (restore: Restore, person: PersonFacts): PersonEvent => ({ ...exampleEvent('approved', restore), person });
const no = (restore: Restore, person: PersonFacts): PersonEvent => ({ ...exampleEvent('denied', restore), person });
const back = (restore: Restore, person: PersonFacts): PersonEvent => ({
  ...exampleEvent('vote-taken-back', restore),
  person,
});

function afterVotes(restore: Restore, ...people: readonly PersonFacts[]): Restore {
  return people.reduce((before, person) => followedBy(before, yes(before, person)), restore);
}

function refusalOf(restore: Restore, event: PersonEvent): string {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
}

describe('several rules', () => {
  it('wait until each is filled, and keep every vote in the approval', () => {
    const two = afterVotes(asked(), OLGA, SERA);
    expect(two.state.status).toBe('awaiting-approval');
    const three = inStatus(afterVotes(two, OTTO), 'approved');
    expect(three.state.approval).toMatchObject({ by: OTTO.id, at: three.since });
    expect(three.state.approval.votes.map(({ by, countsFor }) => [by, countsFor])).toEqual([
      [OLGA.id, ['database owners']],
      [SERA.id, ['service owner']],
      [OTTO.id, ['database owners']],
    ]);
  });

  it('write down each vote with the rules it counts for, entering a status only with the last', () => {
    const { history } = afterVotes(asked(), OLGA, SERA, OTTO);
    expect(history.slice(1).map(({ by, entered, facts }) => [by, entered, facts.countsFor])).toEqual([
      [OLGA.id, undefined, 'database owners'],
      [SERA.id, undefined, 'service owner'],
      [OTTO.id, 'approved', 'database owners'],
    ]);
  });

  it('are never filled twice by one person who is in both groups', () => {
    const restore = afterVotes(asked([{ ...OWNERS, needed: 1 }, SERVICE]), BOTH);
    expect(restore.state.status).toBe('awaiting-approval');
    expect(afterVotes(restore, SERA).state.status).toBe('approved');
  });

  it('use a person who is in both groups where they are missing, whatever the order', () => {
    const rules = [{ ...OWNERS, needed: 1 }, SERVICE];
    expect(afterVotes(asked(rules), BOTH, OLGA).state.status).toBe('approved');
    expect(afterVotes(asked(rules), OLGA, BOTH).state.status).toBe('approved');
  });

  it('keep a yes that fills nothing any more in reserve, and use it when another is taken back', () => {
    const rules = [{ ...OWNERS, needed: 1 }, SERVICE];
    const spare = afterVotes(asked(rules), OLGA, OTTO);
    const without = followedBy(spare, back(spare, OLGA));
    expect(afterVotes(without, SERA).state.status).toBe('approved');
  });

  it('are as good as none when there are none: nobody can approve', () => {
    for (const person of [OLGA, SERA]) expect(refusalOf(asked([]), yes(asked([]), person))).toBe('not-an-approver');
  });
});

describe('one human', () => {
  it('has one vote, under any account, and hears when it was cast', () => {
    const voted = afterVotes(asked(), OLGA);
    const linked = { ...voted, terms: { ...voted.terms, samePeople: [[OLGA.id, OTTO.id]] } };
    expect(transition(linked, yes(linked, OTTO))).toEqual({
      kind: 'refused',
      refusal: { reason: 'already-voted', kind: 'approve', at: voted.history.at(-1)?.at },
    });
    expect(refusalOf(voted, no(voted, OLGA))).toBe('already-voted');
  });

  it('who asked has none, in whatever group and under whatever account', () => {
    const groups = ['S0OWNERS', 'S0SERVICE'];
    expect(refusalOf(asked(), yes(asked(), { ...REQUESTER, groups }))).toBe('own-request');
    expect(refusalOf(asked(), yes(asked(), { ...LINKED_ACCOUNT, groups }))).toBe('own-request');
  });

  it('takes back their own vote and nobody else’s', () => {
    const voted = afterVotes(asked(), OLGA, SERA);
    const taken = inStatus(followedBy(voted, back(voted, OLGA)), 'awaiting-approval');
    expect(taken.state.votes.map(({ by }) => by)).toEqual([SERA.id]);
    expect(taken.history.at(-1)).toMatchObject({ event: 'vote-taken-back', by: OLGA.id, facts: { vote: 'approve' } });
    expect(refusalOf(taken, back(taken, OLGA))).toBe('no-vote');
    expect(refusalOf(taken, back(taken, BYSTANDER))).toBe('no-vote');
    expect(refusalOf(taken, yes(taken, OLGA))).toBe('changed');
  });

  it('cannot take a vote back after the decision', () => {
    const approved = afterVotes(asked(), OLGA, SERA, OTTO);
    expect(refusalOf(approved, back(approved, OLGA))).toBe('already-past');
  });
});

describe('those who agreed before, read again at a later vote', () => {
  const rules = [OWNERS];
  const voted = afterVotes(asked(rules), OLGA);
  const readAgain = (others: readonly PersonFacts[]) => ({ ...exampleEvent('approved', voted), person: OTTO, others });

  it('count when they still may', () => {
    expect(followedBy(voted, readAgain([OLGA])).state.status).toBe('approved');
  });

  it.each([
    ['left the company', { ...OLGA, isActive: false }],
    ['left the group', { ...OLGA, groups: [] }],
    ['became a guest', { ...OLGA, isGuest: true }],
  ])('lose their vote when they %s', (_, olga) => {
    const after = inStatus(followedBy(voted, readAgain([olga])), 'awaiting-approval');
    expect(after.state.votes.map(({ by }) => by)).toEqual([OTTO.id]);
    expect(after.history.at(-1)?.facts).toMatchObject({ fallen: OLGA.id });
  });

  it('cannot complete anything while Slack does not say who they are', () => {
    expect(refusalOf(voted, readAgain([{ kind: 'unreadable', id: OLGA.id }]))).toBe('others-unreadable');
  });

  it('take only their own vote with them, and a no stays whoever said it', () => {
    const two = afterVotes(asked([{ ...OWNERS, needed: 3 }], 2), OLGA, BOTH);
    const { votes } = inStatus(followedBy(two, no(two, OTTO)), 'awaiting-approval').state;
    const others = [{ ...OLGA, groups: [] }, BOTH, { ...OTTO, groups: [] }];
    expect(stillStanding(two, votes, others).map(({ by }) => by)).toEqual([BOTH.id, OTTO.id]);
  });
});

describe('a no', () => {
  it('of one ends it by default, whoever has agreed', () => {
    const voted = afterVotes(asked(), OLGA, SERA);
    expect(followedBy(voted, no(voted, OTTO)).state).toMatchObject({ status: 'denied', by: OTTO.id });
  });

  it('waits for the others when several are needed, and keeps its reason', () => {
    const restore = asked([OWNERS, SERVICE], 2);
    const once = inStatus(followedBy(restore, no(restore, OLGA)), 'awaiting-approval');
    expect(once.state.votes).toMatchObject([{ kind: 'deny', why: expect.any(String) }]);
    expect(refusalOf(once, no(once, OLGA))).toBe('already-voted');
    expect(followedBy(once, no(once, SERA)).state.status).toBe('denied');
  });
});

const groupNames = ['S1', 'S2', 'S3'] as const;
const personIds = ['U1', 'U2', 'U3', 'U4', 'U5', 'U6', REQUESTER.id, LINKED_ACCOUNT.id] as const;

const rule = fc.record({
  groups: fc.uniqueArray(fc.constantFrom(...groupNames), { minLength: 1, maxLength: 2, size: 'max' }),
  users: fc.uniqueArray(fc.constantFrom(...personIds), { maxLength: 3 }),
  needed: fc.constantFrom(1, 1, 2, 3),
});
const world = fc.record({
  rules: fc
    .array(rule, { minLength: 1, maxLength: 3 })
    .map((rules) => rules.map((one, index): ApprovalRule => ({ ...one, name: `rule ${index}` }))),
  denialsNeeded: fc.integer({ min: 1, max: 3 }),
  people: fc.tuple(
    ...personIds.map((id) =>
      fc
        .uniqueArray(fc.constantFrom(...groupNames), { maxLength: 3, size: 'max' })
        .map((groups): PersonFacts => makePerson(id, { groups })),
    ),
  ),
  linked: fc.array(fc.uniqueArray(fc.constantFrom(...personIds.slice(0, 6)), { minLength: 2, maxLength: 3 }), {
    maxLength: 2,
  }),
});
const move = fc.record({
  person: fc.nat(personIds.length - 1),
  act: fc.oneof({ arbitrary: fc.constant('yes'), weight: 20 }, { arbitrary: fc.constantFrom('no', 'back'), weight: 1 }),
});
const votesWorld = fc.tuple(world, fc.array(move, { maxLength: 25, size: 'max' }));

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

function start({ rules, denialsNeeded, linked }: World): Restore {
  const restore = asked(rules, denialsNeeded);
  return { ...restore, terms: { ...restore.terms, samePeople: [...SAME_PEOPLE, ...linked] } };
}

function play(one: World, moves: readonly Move[]): Restore {
  return moves.reduce((before, { person, act }) => {
    const facts = one.people[person] ?? BYSTANDER;
    const event = act === 'yes' ? yes(before, facts) : act === 'no' ? no(before, facts) : back(before, facts);
    const outcome = transition(before, { ...event, at: addMinutes(NOW, 1) });
    return outcome.kind === 'changed' ? outcome.restore : before;
  }, start(one));
}

function always(holds: (restore: Restore, one: World, moves: readonly Move[]) => void): void {
  fc.assert(
    fc.property(votesWorld, ([one, moves]) => holds(play(one, moves), one, moves)),
    { numRuns: 400 },
  );
}

describe('whatever the rules, whoever votes, in whatever order', () => {
  it('an approval has as many different humans as the rules need together, none of them the requester', () => {
    always(({ state, terms, request }) => {
      if (state.status !== 'approved') return;
      const { votes } = state.approval;
      const agreed = votes.filter(({ kind }) => kind === 'approve');
      const needed = terms.approval.rules.reduce((sum, { needed: one }) => sum + one, 0);
      expect(agreed.length).toBeGreaterThanOrEqual(needed);
      for (const [index, { by }] of votes.entries()) {
        expect(areSamePerson(by, request.requestedBy, terms.samePeople)).toBe(false);
        for (const other of votes.slice(index + 1)) expect(areSamePerson(by, other.by, terms.samePeople)).toBe(false);
      }
    });
  });

  it('each rule of an approval is filled by people whom it names, no person twice', () => {
    always((restore, { people }) => {
      if (restore.state.status !== 'approved') return;
      const filled = filledRules(restore, restore.state.approval.votes);
      for (const { rule: one, filledBy } of filled) {
        expect(filledBy).toHaveLength(one.needed);
        for (const { by } of filledBy) {
          const voter = people.find(({ id }) => id === by);
          const groups = voter?.kind === 'known' ? voter.groups : [];
          expect(one.users.includes(by) || one.groups.some((group) => groups.includes(group))).toBe(true);
        }
      }
      const seated = filled.flatMap(({ filledBy }) => filledBy.map(({ by }) => by));
      expect(new Set(seated).size).toBe(seated.length);
    });
  });

  it('so many who say no have the last word while it is open', () => {
    always(({ state, terms }) => {
      if (state.status !== 'awaiting-approval') return;
      expect(state.votes.filter(({ kind }) => kind === 'deny').length).toBeLessThan(terms.approval.denialsNeeded);
    });
  });

  it('the same votes fill as many seats in every order', () => {
    fc.assert(
      fc.property(votesWorld, fc.infiniteStream(fc.nat(1000)), ([one, moves], dice) => {
        const cast = moves.filter(({ act }) => act === 'yes');
        const order = cast.map((vote) => ({ vote, place: dice.next().value ?? 0 }));
        const shuffled = order.sort((left, right) => left.place - right.place).map(({ vote }) => vote);
        // Accounts of one human may be in different groups, so which of them votes first is the human's own choice.
        const apart = { ...one, linked: [] };
        expect(play(apart, shuffled).state.status).toBe(play(apart, cast).state.status);
      }),
      { numRuns: 400 },
    );
  });
});

it('random votes come to every verdict, and to approvals of several rules', () => {
  const ends = fc.sample(votesWorld, { numRuns: 600, seed: 17 }).map(([one, moves]) => play(one, moves));
  const statuses = ends.map(({ state }) => state.status);
  for (const status of ['awaiting-approval', 'approved', 'denied']) expect(statuses).toContain(status);
  const several = ends.filter(({ state, terms }) => state.status === 'approved' && terms.approval.rules.length > 1);
  expect(several.length).toBeGreaterThan(60);
});

it('seats are assigned as well as trying every way would', () => {
  const rules = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 });
  const candidates = fc.array(fc.uniqueArray(fc.constantFrom('0', '1', '2'), { maxLength: 3 }), { maxLength: 6 });
  fc.assert(
    fc.property(rules, candidates, (needs, people) => {
      const named = needs.map((needed, index) => ({ name: String(index), needed }));
      const seats = assign(people, named).reduce((sum, taken) => sum + taken.length, 0);
      expect(seats).toBe(best(people, needs));
    }),
    { numRuns: 500 },
  );
});

/** The most seats that any assignment fills, by trying all. */
function best([person, ...others]: readonly (readonly string[])[], left: readonly number[]): number {
  if (!person) return 0;
  const without = best(others, left);
  return person.reduce((most, name) => {
    const room = left[Number(name)] ?? 0;
    if (room === 0) return most;
    const less = left.map((count, index) => (index === Number(name) ? count - 1 : count));
    return Math.max(most, 1 + best(others, less));
  }, without);
}
