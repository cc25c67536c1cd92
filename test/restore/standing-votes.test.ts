import { describe, expect, it } from 'vitest';
import type { Vote } from '../../src/restore/agreement.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PersonFacts, StandIn } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { isUnread, stillStanding } from '../../src/restore/standing-votes.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { makePerson } from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'owners', users: [], groups: ['S0OWNERS'], needed: 1 };
const SERVICE: ApprovalRule = { name: 'service', users: [], groups: ['S0SERVICE'], needed: 1 };
const RELEASE: ApprovalRule = { name: 'release', users: [], groups: ['S0RELEASE'], onCall: ['nights'], needed: 1 };

const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const SERA = makePerson('U0SERA', { groups: ['S0SERVICE'] });
const RITA = makePerson('U0REL', { groups: ['S0RELEASE'] });
const HOLDER = makePerson('U0HOLDER');
const unreadable = (id: string): PersonFacts => ({ kind: 'unreadable', id });

const holding = (person: typeof HOLDER, ...owners: readonly PersonFacts[]): PersonFacts => ({
  ...person,
  standsInFor: owners.map((delegator): StandIn => ({ delegation: 'D-1', until: addMinutes(NOW, 600), delegator })),
});
const asked = (...rules: readonly ApprovalRule[]) =>
  makeRestore('awaiting-approval', { policy: { approval: { rules, denialsNeeded: 1 } } });
const yes = (restore: Restore, person: PersonFacts, standingInFor?: string): PersonEvent => ({
  ...exampleEvent('approved', restore),
  person,
  ...(standingInFor ? { standingInFor } : {}),
});
const votesOf = (restore: Restore) => inStatus(restore, 'awaiting-approval').state.votes;
const readAgain = (restore: Restore, ...others: readonly PersonFacts[]) =>
  stillStanding(restore, votesOf(restore), others).map(({ by, countsFor }) => [by, ...countsFor]);

describe('a vote of somebody who is read again', () => {
  const forSera = followedBy(
    asked(OWNERS, SERVICE, RELEASE),
    yes(asked(OWNERS, SERVICE, RELEASE), holding(OLGA, SERA), SERA.id),
  );

  it('counts for the place it was cast with, not for another one of the same person', () => {
    expect(readAgain(forSera, holding(OLGA, SERA))).toEqual([[OLGA.id, 'service']]);
  });

  it('falls with the place it was cast with, though its voter has one of their own', () => {
    expect(readAgain(forSera, holding(OLGA, { ...SERA, groups: [] }))).toEqual([]);
    expect(readAgain(forSera, OLGA)).toEqual([]);
  });

  it('counts for what its place counts for by now', () => {
    const both = { ...SERA, groups: ['S0SERVICE', 'S0RELEASE'] };
    expect(readAgain(forSera, holding(OLGA, both))).toEqual([[OLGA.id, 'service', 'release']]);
  });
});

describe('a vote that counted because somebody was on call', () => {
  const restore = asked(RELEASE, OWNERS);
  const onCall = { ...SERA, onCall: ['nights'] };

  it('stands when the shift of its voter has ended, and that of whose place it was', () => {
    const own = followedBy(restore, yes(restore, onCall));
    expect(readAgain(own, SERA)).toEqual([[SERA.id, 'release']]);
    const held = followedBy(restore, yes(restore, holding(HOLDER, onCall)));
    expect(votesOf(held)).toMatchObject([{ onCall: ['nights'] }]);
    expect(readAgain(held, holding(HOLDER, SERA))).toEqual([[HOLDER.id, 'release']]);
  });

  it('makes nobody on call who was not: the voter who holds the place of somebody else', () => {
    const held = followedBy(restore, yes(restore, holding(HOLDER, OLGA)));
    expect(readAgain(held, holding(HOLDER, { ...OLGA, groups: [], onCall: ['nights'] }))).toEqual([]);
  });
});

describe('somebody whom Slack did not tell about', () => {
  const rules = [OWNERS, SERVICE];
  /** Two people have voted, each with a place of somebody else; the third is missing. */
  const voted = (() => {
    const first = asked(...rules, RELEASE);
    const one = followedBy(first, yes(first, holding(HOLDER, OLGA), OLGA.id));
    return followedBy(one, yes(one, holding(makePerson('U0SECOND'), SERA), SERA.id));
  })();
  const last = (...others: readonly PersonFacts[]) => {
    const outcome = transition(voted, { ...exampleEvent('approved', voted), person: RITA, others });
    return outcome.kind === 'refused'
      ? outcome.refusal.reason
      : outcome.kind === 'changed' && outcome.restore.state.status;
  };
  const second = (...owners: readonly PersonFacts[]) => holding(makePerson('U0SECOND'), ...owners);

  it.each([
    ['nobody', [holding(HOLDER, OLGA), second(SERA)], 'approved'],
    ['a voter', [unreadable(HOLDER.id), second(SERA)], 'others-unreadable'],
    ['whose place the first voter used', [holding(HOLDER, unreadable(OLGA.id)), second(SERA)], 'others-unreadable'],
    ['whose place the second voter used', [holding(HOLDER, OLGA), second(unreadable(SERA.id))], 'others-unreadable'],
    [
      'whose place a voter holds and did not use',
      [holding(HOLDER, unreadable(RITA.id), OLGA), second(SERA)],
      'approved',
    ],
    [
      'whose place somebody holds who has taken their vote back',
      [holding(HOLDER, OLGA), second(SERA), holding(makePerson('U0BACK'), unreadable('U0GONE'))],
      'approved',
    ],
  ] as const)('completes nothing with %s among them', (_, others, expected) => {
    expect(last(...others)).toBe(expected);
  });

  it('is asked about only as far as a vote stands by them', () => {
    const vote: Vote = { by: OLGA.id, at: NOW, kind: 'approve', planHash: '', countsFor: ['owners'] };
    expect(isUnread(holding(OLGA, unreadable(SERA.id)), [vote])).toBe(false);
    expect(isUnread(holding(OLGA, unreadable(SERA.id)), [{ ...vote, standingInFor: SERA.id }])).toBe(true);
    expect(isUnread(OLGA, [{ ...vote, standingInFor: SERA.id }])).toBe(false);
  });
});
