import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Proviso } from '../../src/restore/agreement.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { filledRules } from '../../src/restore/votes.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';
import {
  APPROVER,
  BYSTANDER,
  EVERYBODY,
  GROUP_APPROVER,
  LINKED_ACCOUNT,
  makePerson,
  REQUESTER,
} from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'owners', users: [], groups: ['S0OWNERS'], needed: 2 };
const [OLGA, OTTO, OSKAR] = ['U0OLGA', 'U0OTTO', 'U0OSKAR'].map((id) => makePerson(id, { groups: ['S0OWNERS'] })) as [
  PersonFacts,
  PersonFacts,
  PersonFacts,
];
const TONIGHT = addMinutes(NOW, 600);
const TOMORROW = addMinutes(NOW, 1440);

const asked = (rules?: readonly ApprovalRule[], denialsNeeded = 1) =>
  makeRestore('awaiting-approval', rules ? { policy: { approval: { rules, denialsNeeded } } } : {});

const yes = (
  restore: Restore,
  person: PersonFacts,
  proviso?: Pick<Proviso, 'condition' | 'notBefore'>,
): PersonEvent => ({
  ...exampleEvent('approved', restore),
  person,
  ...(proviso ? { proviso } : {}),
});

function settled(
  restore: Restore,
  of: PersonFacts,
  facts: Partial<Extract<PersonEvent, { type: 'proviso-accepted' }>> = {},
  type: 'proviso-accepted' | 'proviso-declined' = 'proviso-accepted',
): PersonEvent {
  const votes = restore.state.status === 'awaiting-approval' ? restore.state.votes : [];
  const votedAt = votes.find(({ by }) => by === of.id)?.at ?? NOW;
  return { at: minuteAfter(restore), person: REQUESTER, of: of.id, votedAt, ...facts, type } as PersonEvent;
}

const refusalOf = (restore: Restore, event: PersonEvent) => {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
};
const votesOf = (restore: Restore) => inStatus(restore, 'awaiting-approval').state.votes;

describe('a yes that depends on something', () => {
  it.each<[string, Pick<Proviso, 'condition' | 'notBefore'>]>([
    ['a condition', { condition: 'Tell the shop first.' }],
    ['a later start', { notBefore: TONIGHT }],
    ['both', { condition: 'Tell the shop first.', notBefore: TONIGHT }],
  ])('%s: fills nothing until the requester accepts it, and then it decides', (_, proviso) => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, proviso));
    expect(votesOf(voted)).toMatchObject([{ by: APPROVER.id, proviso }]);
    expect(filledRules(voted, votesOf(voted))[0]?.filledBy).toEqual([]);
    expect(voted.history.at(-1)?.facts).toMatchObject(proviso);
    const accepted = inStatus(followedBy(voted, settled(voted, APPROVER)), 'approved');
    expect(accepted.state.approval).toMatchObject({ by: APPROVER.id, planHash: accepted.planHash });
    expect(accepted.state.approval.votes[0]?.proviso?.acceptedAt).toBe(accepted.since);
    expect(accepted.plan.start).toEqual(proviso.notBefore ? { kind: 'at', at: TONIGHT } : { kind: 'when-confirmed' });
    expect(accepted.planHash).toBe(hashPlan(accepted.plan));
    if (proviso.notBefore) expect(accepted.state.startAt).toBe(TONIGHT);
  });

  it('on a start that the plan has anyway depends on nothing', () => {
    const restore = makeRestore('awaiting-approval', { draft: { start: { kind: 'at', at: TONIGHT } } });
    const outcome = followedBy(restore, yes(restore, APPROVER, { notBefore: TONIGHT }));
    expect(outcome.state.status).toBe('approved');
    expect(refusalOf(asked(), yes(asked(), APPROVER, { condition: '  ' }))).toBe('changed');
  });

  it('on a start that has come meanwhile changes no plan when it is accepted', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { notBefore: addMinutes(NOW, 30) }));
    const accepted = followedBy(voted, settled(voted, APPROVER, { at: addMinutes(NOW, 31) }));
    expect(accepted).toMatchObject({ planHash: voted.planHash, state: { status: 'approved' } });
    expect(accepted.askedAnew).toBeUndefined();
  });

  it.each(EVERYBODY.filter(({ id }) => id !== REQUESTER.id && id !== LINKED_ACCOUNT.id))(
    'is not settled by $id, who did not ask',
    (person) => {
      const voted = followedBy(asked(), yes(asked(), APPROVER, { condition: 'Tell the shop first.' }));
      for (const type of ['proviso-accepted', 'proviso-declined'] as const) {
        const outcome = transition(voted, settled(voted, APPROVER, { person }, type));
        expect(outcome.kind).toBe('refused');
      }
    },
  );

  it('is settled by the requester’s other account too', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { condition: 'Tell the shop first.' }));
    expect(refusalOf(voted, settled(voted, APPROVER, { person: LINKED_ACCOUNT }))).toBe('changed');
  });

  it('can be taken back, and what was shown then cannot be accepted, also when they vote anew', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { condition: 'Tell the shop first.' }));
    const shown = settled(voted, APPROVER);
    const back = followedBy(voted, { ...exampleEvent('vote-taken-back', voted), person: APPROVER });
    expect(refusalOf(back, shown)).toBe('proviso-gone');
    const anew = followedBy(back, yes(back, APPROVER, { condition: 'Give me a free week.' }));
    expect(refusalOf(anew, shown)).toBe('proviso-gone');
  });

  it('falls when it is declined; its giver is told and may decide anew', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { condition: 'Tell the shop first.' }));
    expect(owedMessages(voted)).toMatchObject([{ kind: 'proviso-asked', to: REQUESTER.id }]);
    const declined = followedBy(voted, settled(voted, APPROVER, {}, 'proviso-declined'));
    expect(votesOf(declined)).toEqual([]);
    expect(owedMessages(declined)).toMatchObject([{ kind: 'proviso-declined', to: APPROVER.id, round: 1 }]);
    expect(refusalOf(declined, settled(voted, APPROVER))).toBe('proviso-gone');
    expect(followedBy(declined, yes(declined, APPROVER)).state.status).toBe('approved');
  });

  it('keeps what stands on the card of a condition, and is written down as nothing else than it is', () => {
    const long = followedBy(asked(), yes(asked(), APPROVER, { condition: `  ${'x'.repeat(400)}  ` }));
    expect(votesOf(long)[0]?.proviso).toStrictEqual({ condition: 'x'.repeat(300) });
    const later = followedBy(asked(), yes(asked(), APPROVER, { notBefore: TONIGHT }));
    expect(votesOf(later)[0]?.proviso).toStrictEqual({ notBefore: TONIGHT });
  });

  it('is gone for its decline as well when it was taken back', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { condition: 'Tell the shop first.' }));
    const back = followedBy(voted, { ...exampleEvent('vote-taken-back', voted), person: APPROVER });
    expect(refusalOf(back, settled(voted, APPROVER, {}, 'proviso-declined'))).toBe('proviso-gone');
  });

  it('is not accepted when its giver may not agree any more or cannot be read, nor after the request expired', () => {
    const voted = followedBy(asked(), yes(asked(), GROUP_APPROVER, { condition: 'Tell the shop first.' }));
    const gone = { ...GROUP_APPROVER, groups: [] };
    expect(refusalOf(voted, settled(voted, GROUP_APPROVER, { others: [gone] }))).toBe('proviso-gone');
    const unread = { kind: 'unreadable', id: GROUP_APPROVER.id } as const;
    expect(refusalOf(voted, settled(voted, GROUP_APPROVER, { others: [unread] }))).toBe('others-unreadable');
    expect(refusalOf(voted, settled(voted, GROUP_APPROVER, { at: addMinutes(NOW, 60) }))).toBe('request-expired');
  });

  it('agrees to the data loss as it was at the vote, or at the start it asked for, and not at the acceptance', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { condition: 'Tell the shop first.' }));
    const late = inStatus(followedBy(voted, settled(voted, APPROVER, { at: addMinutes(NOW, 50) })), 'approved');
    const minutesFrom = (at: Instant) => (Date.parse(at) - Date.parse(TAKEN_AT)) / 60_000;
    expect(late.state.approval.agreedLossMinutes).toBe(minutesFrom(addMinutes(NOW, 1 + 15)));
    const later = followedBy(asked(), yes(asked(), APPROVER, { notBefore: TONIGHT }));
    const accepted = inStatus(followedBy(later, settled(later, APPROVER)), 'approved');
    expect(accepted.state.approval.agreedLossMinutes).toBe(minutesFrom(TONIGHT));
  });

  it('is refused with the next possible starts when the calendar does not allow the start', () => {
    const voted = followedBy(asked(), yes(asked(), APPROVER, { notBefore: TONIGHT }));
    const calendar = { windows: [], freezes: [{ name: 'move', from: NOW, to: TOMORROW }] };
    expect(transition(voted, settled(voted, APPROVER, { calendar }))).toMatchObject({
      refusal: { reason: 'start-not-allowed', nextPossible: [TOMORROW] },
    });
  });
});

describe('a later start that was accepted', () => {
  const three = [{ ...OWNERS, needed: 3 }];
  const voted = (
    ...votes: readonly (readonly [PersonFacts, (Pick<Proviso, 'condition' | 'notBefore'> | undefined)?])[]
  ) =>
    votes.reduce<Restore>(
      (before, [person, proviso]) => followedBy(before, yes(before, person, proviso)),
      asked(three, 2),
    );

  it('lets every other vote fall, tells its giver why, and asks anew for the whole time', () => {
    const before = voted([OLGA], [OTTO, { notBefore: TONIGHT }]);
    const after = followedBy(before, settled(before, OTTO));
    expect(votesOf(after).map(({ by }) => by)).toEqual([OTTO.id]);
    expect(after.askedAnew).toMatchObject([
      { votes: [{ by: OLGA.id }], because: { kind: 'start-accepted', by: REQUESTER.id, of: OTTO.id } },
    ]);
    expect(owedMessages(after)).toMatchObject([{ kind: 'asked-anew', to: OLGA.id }]);
    expect(inStatus(after, 'awaiting-approval').state.expiresAt).toBe(addMinutes(after.history.at(-1)?.at ?? '', 60));
    expect(refusalOf(after, { ...yes(before, OLGA), at: minuteAfter(after) })).toBe('plan-changed');
  });

  it.each<[string, Pick<Proviso, 'condition' | 'notBefore'> | undefined, 'falls' | 'counts' | 'waits']>([
    ['that asked for nothing', undefined, 'falls'],
    ['that asked for the same start', { notBefore: TONIGHT }, 'counts'],
    ['that asked for another start', { notBefore: TOMORROW }, 'falls'],
    ['that asked for a condition', { condition: 'Tell the shop.' }, 'falls'],
    ['that asked for the same start and a condition', { notBefore: TONIGHT, condition: 'Tell the shop.' }, 'waits'],
  ])('leaves a vote %s: it %s', (_, proviso, becomes) => {
    const before = voted([OLGA, proviso], [OTTO, { notBefore: TONIGHT }]);
    const after = followedBy(before, settled(before, OTTO));
    const own = votesOf(after).find(({ by }) => by === OLGA.id);
    const counted = filledRules(after, votesOf(after))[0]?.filledBy.some(({ by }) => by === OLGA.id);
    expect(own ? (counted ? 'counts' : 'waits') : 'falls').toBe(becomes);
  });

  it('lets a no fall too, as an edit does', () => {
    const before = voted([OTTO, { notBefore: TONIGHT }]);
    const denied = followedBy(before, { ...exampleEvent('denied', before), person: OLGA });
    expect(votesOf(followedBy(denied, settled(denied, OTTO))).map(({ by }) => by)).toEqual([OTTO.id]);
  });

  it('and whose votes fell by it stand in the history', () => {
    const before = voted([OLGA], [OSKAR], [OTTO, { notBefore: TONIGHT }]);
    const after = followedBy(before, settled(before, OTTO));
    expect(after.history.at(-1)?.facts).toMatchObject({
      planHash: after.planHash,
      start: TONIGHT,
      fallen: `${OLGA.id}, ${OSKAR.id}`,
    });
    const alone = voted([OTTO, { notBefore: TONIGHT }]);
    expect(followedBy(alone, settled(alone, OTTO)).history.at(-1)?.facts).not.toHaveProperty('fallen');
  });

  it('is another matter than a condition, whose acceptance leaves the time and the history as they are', () => {
    const before = voted([OLGA], [OTTO, { condition: 'Tell the shop.' }]);
    const after = followedBy(before, settled(before, OTTO, { at: addMinutes(NOW, 40) }));
    expect(inStatus(after, 'awaiting-approval').state.expiresAt).toBe(
      inStatus(before, 'awaiting-approval').state.expiresAt,
    );
    const facts = after.history.at(-1)?.facts;
    expect(facts).toMatchObject({ planHash: before.planHash });
    for (const name of ['start', 'fallen']) expect(facts).not.toHaveProperty(name);
  });

  it('is not accepted when its giver may not agree any more, whoever else has agreed', () => {
    const before = voted([OLGA], [OTTO, { condition: 'Tell the shop.' }]);
    const others = [OLGA, { ...OTTO, groups: [] }];
    expect(refusalOf(before, settled(before, OTTO, { others }))).toBe('proviso-gone');
    const after = followedBy(before, settled(before, OTTO, { others: [makePerson(OLGA.id), OTTO] }));
    expect(after.history.at(-1)?.facts).toMatchObject({ fallen: OLGA.id });
    expect(votesOf(after).map(({ by }) => by)).toEqual([OTTO.id]);
  });

  it('is that of the person named, when two asked at the same moment, and a decline leaves the other’s vote', () => {
    const at = addMinutes(NOW, 1);
    const ask = (before: Restore, person: PersonFacts, condition: string): PersonEvent => ({
      ...yes(before, person, { condition }),
      at,
    });
    const one = followedBy(asked(three, 2), ask(asked(three, 2), OLGA, 'First.'));
    const two = followedBy(one, ask(one, OTTO, 'Second.'));
    const accepted = followedBy(two, settled(two, OTTO));
    expect(votesOf(accepted).map(({ by, proviso }) => [by, proviso?.acceptedAt !== undefined])).toEqual([
      [OLGA.id, false],
      [OTTO.id, true],
    ]);
    const declined = followedBy(two, settled(two, OTTO, {}, 'proviso-declined'));
    expect(votesOf(declined).map(({ by }) => by)).toEqual([OLGA.id]);
  });

  it('keeps every vote when only a condition is accepted', () => {
    const before = voted([OLGA], [OTTO, { condition: 'Tell the shop.' }]);
    const after = followedBy(before, settled(before, OTTO));
    expect(votesOf(after).map(({ by }) => by)).toEqual([OLGA.id, OTTO.id]);
    expect(after.planHash).toBe(before.planHash);
    expect(followedBy(after, yes(after, OSKAR)).state.status).toBe('approved');
  });
});

describe('whatever people do', () => {
  const people = [OLGA, OTTO, OSKAR, BYSTANDER, REQUESTER];
  const proviso = fc.constantFrom<Pick<Proviso, 'condition' | 'notBefore'> | undefined>(
    undefined,
    { condition: 'Tell the shop.' },
    { notBefore: TONIGHT },
    { notBefore: TOMORROW, condition: 'Tell the shop.' },
  );
  const act = fc.oneof(
    fc.record({ kind: fc.constant('yes' as const), who: fc.constantFrom(...people), proviso }),
    fc.record({
      kind: fc.constantFrom('proviso-accepted' as const, 'proviso-declined' as const),
      who: fc.constantFrom(...people),
      of: fc.constantFrom(...people),
    }),
  );

  it('an approval is of enough people whose votes are of the plan as it is and depend on nothing, and the requester accepted', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
        let restore: Restore = asked([OWNERS]);
        for (const one of acts) {
          const event =
            one.kind === 'yes'
              ? yes(restore, one.who, one.proviso)
              : settled(restore, one.of, { person: one.who }, one.kind);
          const outcome = transition(restore, event);
          if (outcome.kind === 'changed') restore = outcome.restore;
          if (outcome.kind === 'changed' && one.kind !== 'yes') expect(one.who).toBe(REQUESTER);
        }
        if (restore.state.status !== 'approved') return;
        const counted = filledRules(restore, restore.state.approval.votes).flatMap(({ filledBy }) => filledBy);
        expect(new Set(counted.map(({ by }) => by)).size).toBe(2);
        for (const vote of counted) {
          expect(vote.planHash).toBe(hashPlan(restore.plan));
          expect(vote.by).not.toBe(REQUESTER.id);
          if (vote.proviso) expect(vote.proviso.acceptedAt).toBeDefined();
          const { notBefore } = vote.proviso ?? {};
          if (notBefore) expect(restore.state.startAt >= notBefore).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the order of votes before anything is accepted changes nothing of what comes of it', () => {
    const votes = fc.tuple(proviso, proviso, proviso);
    fc.assert(
      fc.property(
        votes,
        fc.constantFrom(OLGA, OTTO, OSKAR),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        (asks, of, order) => {
          const end = (indexes: readonly number[]) => {
            let restore: Restore = asked([
              { ...OWNERS, needed: 3 },
              { name: 'never', users: ['U0NOBODY'], groups: [], needed: 1 },
            ]);
            for (const index of indexes)
              restore = followedBy(restore, yes(restore, people[index] ?? OLGA, asks[index]));
            const outcome = transition(restore, settled(restore, of));
            const after = outcome.kind === 'changed' ? outcome.restore : restore;
            const filled = filledRules(after, votesOf(after))[0]
              ?.filledBy.map(({ by }) => by)
              .sort();
            return {
              kind: outcome.kind,
              start: after.plan.start,
              filled,
              all: votesOf(after)
                .map(({ by }) => by)
                .sort(),
            };
          };
          expect(end(order)).toEqual(end([0, 1, 2]));
        },
      ),
    );
  });
});
