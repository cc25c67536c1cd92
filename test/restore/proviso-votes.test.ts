import { describe, expect, it } from 'vitest';
import type { Proviso } from '../../src/restore/agreement.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { makePerson } from '../support/people.ts';

const TONIGHT = addMinutes(NOW, 600);
const TOMORROW = addMinutes(NOW, 1440);
const inGroup = { groups: ['S0OWNERS'] };
const [OLGA, OTTO, OSKAR] = [
  makePerson('U0OLGA', inGroup),
  makePerson('U0OTTO', inGroup),
  makePerson('U0OSKAR', inGroup),
];

const asked = (): Restore =>
  makeRestore('awaiting-approval', {
    policy: {
      approval: { rules: [{ name: 'owners', users: [], groups: ['S0OWNERS'], needed: 4 }], denialsNeeded: 2 },
    },
  });
const yes = (restore: Restore, person: PersonFacts, proviso?: Proviso): Restore =>
  followedBy(restore, { ...exampleEvent('approved', restore), person, ...(proviso ? { proviso } : {}) });
const votesOf = (restore: Restore) => inStatus(restore, 'awaiting-approval').state.votes;
const accepted = (restore: Restore, of: PersonFacts): Restore => {
  const at = minuteAfter(restore);
  const votedAt = votesOf(restore).find(({ by }) => by === of.id)?.at ?? at;
  const event: PersonEvent = { ...exampleEvent('proviso-accepted', restore, at), of: of.id, votedAt };
  return followedBy(restore, event);
};

describe('a condition that the requester accepts', () => {
  const depending = (restore: Restore) => yes(restore, OTTO, { condition: 'Tell the shop.' });

  it('is accepted in that vote, and no other vote is touched', () => {
    const plain = yes(asked(), OLGA);
    const later = yes(plain, OSKAR, { notBefore: TOMORROW });
    const after = accepted(depending(later), OTTO);
    expect(votesOf(after).slice(0, 2)).toEqual(votesOf(later));
    expect(votesOf(after)[2]?.proviso).toEqual({ condition: 'Tell the shop.', acceptedAt: after.history.at(-1)?.at });
  });

  it('holds its giver to no more loss than they were shown, although the notice before a start became longer', () => {
    const voted = depending(asked());
    const terms = { ...voted.terms, noticeLeadMinutes: voted.terms.noticeLeadMinutes + 45 };
    const after = accepted({ ...voted, terms }, OTTO);
    expect(votesOf(after)[0]?.lossMinutes).toBe(votesOf(voted)[0]?.lossMinutes);
  });
});

it('a later start that the requester accepts is what its giver agreed to lose data until', () => {
  const voted = yes(asked(), OTTO, { notBefore: TONIGHT });
  const minutes = (Date.parse(TONIGHT) - Date.parse(voted.plan.restorePoint.takenAt)) / 60_000;
  expect(votesOf(accepted(voted, OTTO))[0]?.lossMinutes).toBe(minutes);
});
