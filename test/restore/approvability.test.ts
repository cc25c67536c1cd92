import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvabilityProblem } from '../../src/restore/approvability.ts';
import { draftRefusal } from '../../src/restore/draft.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { makeDraft, makePolicy, makeRestore, NOW, SAME_PEOPLE } from '../support/make-restore.ts';
import {
  BOT,
  DEACTIVATED,
  EVERYBODY,
  GUEST,
  LINKED_ACCOUNT,
  makePerson,
  OUTSIDER,
  REQUESTER,
} from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'owners', users: [], groups: ['S1'], needed: 2 };
const SERVICE: ApprovalRule = { name: 'service', users: [], groups: ['S2'], needed: 1 };
const [ANNA, BELA, CARA] = ['U0ANNA', 'U0BELA', 'U0CARA'].map((id) => makePerson(id, { groups: ['S1'] }));

function problem(people: readonly (PersonFacts | undefined)[], rules = [OWNERS]) {
  const known = people.flatMap((person) => (person ? [person] : []));
  return approvabilityProblem(rules, REQUESTER.id, known, SAME_PEOPLE);
}

describe('a request could be approved', () => {
  it('when enough people could agree, and then only', () => {
    expect(problem([ANNA, BELA])).toBeUndefined();
    expect(problem([ANNA])).toEqual([{ name: 'owners', needed: 2, possible: 1 }]);
  });

  it('by nobody who may not decide, and not by the requester under any account', () => {
    const others = [REQUESTER, LINKED_ACCOUNT, GUEST, BOT, OUTSIDER, DEACTIVATED].map((person) => ({
      ...person,
      groups: ['S1'],
    }));
    expect(problem([ANNA, ...others])).toEqual([{ name: 'owners', needed: 2, possible: 1 }]);
  });

  it('not by one human with two accounts', () => {
    const linked = [...SAME_PEOPLE, ['U0ANNA', 'U0BELA']];
    const people = [ANNA, BELA].flatMap((person) => (person ? [person] : []));
    expect(approvabilityProblem([OWNERS], REQUESTER.id, people, linked)).toMatchObject([{ possible: 1 }]);
  });

  it('not when all rules have only the same people', () => {
    const both = makePerson('U0BOTH', { groups: ['S1', 'S2'] });
    expect(problem([ANNA, both], [OWNERS, SERVICE])).toHaveLength(1);
    expect(problem([ANNA, BELA, both], [OWNERS, SERVICE])).toBeUndefined();
    expect(problem([ANNA, BELA, CARA], [OWNERS, SERVICE])).toEqual([{ name: 'service', needed: 1, possible: 0 }]);
  });

  it('exactly when everybody saying yes would approve it', () => {
    const groups = ['S1', 'S2', 'S3'];
    const rule = fc.record({
      groups: fc.subarray(groups, { minLength: 1 }),
      users: fc.constant([]),
      needed: fc.integer({ min: 1, max: 3 }),
    });
    const rules = fc
      .array(rule, { minLength: 1, maxLength: 3 })
      .map((all) => all.map((one, index) => ({ ...one, name: `rule ${index}` })));
    const people = fc.tuple(
      ...EVERYBODY.map((person) => fc.subarray(groups).map((some) => ({ ...person, groups: some }))),
    );
    const answers = new Set<boolean>();
    fc.assert(
      fc.property(rules, people, (needed, all) => {
        const policy = { approval: { rules: needed, denialsNeeded: 1 } };
        const asked: Restore = makeRestore('awaiting-approval', { policy });
        const end = all.reduce((before, person) => {
          const outcome = transition(before, { ...exampleEvent('approved', before, NOW), person });
          return outcome.kind === 'changed' ? outcome.restore : before;
        }, asked);
        const possible = approvabilityProblem(needed, REQUESTER.id, all, SAME_PEOPLE) === undefined;
        answers.add(possible);
        expect(possible).toBe(end.state.status === 'approved');
      }),
      { numRuns: 300 },
    );
    expect(answers).toEqual(new Set([true, false]));
  });
});

it('places that were handed to others make no request approvable that was not', () => {
  const owners = ['U0A', 'U0B', 'U0C', REQUESTER.id];
  const everybody = [...owners, 'U0X', 'U0Y'];
  const rules = fc
    .array(fc.record({ users: fc.subarray(owners, { minLength: 1 }), needed: fc.integer({ min: 1, max: 2 }) }), {
      minLength: 1,
      maxLength: 2,
    })
    .map((all) => all.map((one, index): ApprovalRule => ({ ...one, groups: [], name: `rule ${index}` })));
  const held = fc.tuple(...everybody.map(() => fc.subarray(owners)));
  const votes = fc.array(fc.record({ by: fc.nat(everybody.length - 1), inFor: fc.constantFrom(...owners) }), {
    maxLength: 8,
  });
  const answers = new Set<boolean>();
  fc.assert(
    fc.property(rules, held, votes, (needed, places, cast) => {
      const policy = { approval: { rules: needed, denialsNeeded: 1 } };
      const end = cast.reduce(
        (before: Restore, { by, inFor }) => {
          const id = everybody[by] ?? REQUESTER.id;
          const standsInFor = (places[by] ?? []).map((owner) => ({
            delegation: 'D-1',
            until: NOW,
            delegator: makePerson(owner),
          }));
          const person = { ...makePerson(id), standsInFor };
          const event = { ...exampleEvent('approved', before, NOW), person };
          const outcome = transition(before, inFor === id ? event : { ...event, standingInFor: inFor });
          return outcome.kind === 'changed' ? outcome.restore : before;
        },
        makeRestore('awaiting-approval', { policy }),
      );
      const problemOf = approvabilityProblem(
        needed,
        REQUESTER.id,
        owners.map((id) => makePerson(id)),
        SAME_PEOPLE,
      );
      answers.add(end.state.status === 'approved');
      if (problemOf) expect(end.state.status).toBe('awaiting-approval');
    }),
    { numRuns: 500 },
  );
  expect(answers).toEqual(new Set([true, false]));
});

describe('a draft', () => {
  const policy = makePolicy({ approval: { rules: [OWNERS], denialsNeeded: 1 } });

  it('that nobody could approve is refused with what is missing', () => {
    const draft = makeDraft({ candidates: ANNA ? [ANNA] : [] });
    expect(draftRefusal(draft, policy, NOW, SAME_PEOPLE)).toEqual({
      reason: 'cannot-be-approved',
      short: [{ name: 'owners', needed: 2, possible: 1 }],
    });
  });

  it('is not held up when Slack did not say who could', () => {
    expect(draftRefusal(makeDraft(), policy, NOW, SAME_PEOPLE)).toBeUndefined();
  });
});
