import { describe, expect, it } from 'vitest';
import { expectedLossMinutes } from '../../src/restore/approval.ts';
import { decisionRefusal } from '../../src/restore/decision-refusal.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { placesOf } from '../../src/restore/person.ts';
import type { PersonFacts, StandIn } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { makePerson } from '../support/people.ts';

const OWNERS: ApprovalRule = { name: 'owners', users: [], groups: ['S0OWNERS'], needed: 3 };
const SERVICE: ApprovalRule = { name: 'service', users: [], groups: ['S0SERVICE'], needed: 1 };
const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const OTTO = makePerson('U0OTTO', { groups: ['S0OWNERS'] });
const OSKAR = makePerson('U0OSKAR', { groups: ['S0OWNERS', 'S0SERVICE'] });
const SERA = makePerson('U0SERA', { groups: ['S0SERVICE'] });
const HOLDER = makePerson('U0HOLDER');

const holding = (person: typeof HOLDER, ...owners: readonly PersonFacts[]): PersonFacts => ({
  ...person,
  standsInFor: owners.map((delegator): StandIn => ({ delegation: 'D-1', until: addMinutes(NOW, 600), delegator })),
});
const asked = makeRestore('awaiting-approval', {
  policy: { approval: { rules: [OWNERS, SERVICE], denialsNeeded: 2 } },
});
const yes = (restore: Restore, person: PersonFacts, others: readonly PersonFacts[] = []): PersonEvent => ({
  ...exampleEvent('approved', restore),
  person,
  others,
});
const votesOf = (restore: Restore) => inStatus(restore, 'awaiting-approval').state.votes;
const factsOf = (restore: Restore) => restore.history.at(-1)?.facts;
const refusal = (restore: Restore, event: PersonEvent) => {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal : outcome.kind;
};

describe('a vote on record', () => {
  it('says who, when, for what and for which rules, and nothing that was not so', () => {
    const at = minuteAfter(asked);
    const vote = { by: OSKAR.id, at, planHash: asked.planHash, countsFor: ['owners', 'service'] };
    const agreed = followedBy(asked, yes(asked, OSKAR));
    expect(votesOf(agreed)).toStrictEqual([{ ...vote, kind: 'approve', lossMinutes: expectedLossMinutes(asked, at) }]);
    expect(factsOf(agreed)).toStrictEqual({ planHash: asked.planHash, countsFor: 'owners, service' });
    const denied = followedBy(asked, { ...exampleEvent('denied', asked), person: OSKAR, why: 'No.' });
    expect(votesOf(denied)).toStrictEqual([{ ...vote, kind: 'deny', why: 'No.' }]);
  });

  it('ends the request with its own reason when it is the no that was missing', () => {
    const one = followedBy(asked, { ...exampleEvent('denied', asked), person: OLGA, why: 'First.' });
    const two = followedBy(one, { ...exampleEvent('denied', one), person: OTTO, why: 'Second.' });
    expect(two.state).toMatchObject({ status: 'denied', by: OTTO.id, why: 'Second.' });
  });

  it('says whose votes fell by it, all of them and nobody else’s', () => {
    const two = followedBy(asked, yes(asked, OLGA));
    const before = followedBy(two, yes(two, OTTO));
    const left = [OLGA, OTTO].map((person) => ({ ...person, groups: [] }));
    const fallenBy = (...others: readonly PersonFacts[]) => factsOf(followedBy(before, yes(before, SERA, others)));
    expect(fallenBy(OLGA, OTTO)).toStrictEqual({ planHash: asked.planHash, countsFor: 'service' });
    expect(fallenBy({ ...OLGA, groups: [] }, OTTO)).toMatchObject({ fallen: OLGA.id });
    expect(fallenBy(...left)).toMatchObject({ fallen: `${OLGA.id}, ${OTTO.id}` });
  });
});

describe('taking a vote back', () => {
  const held = () => followedBy(asked, yes(asked, holding(HOLDER, OLGA)));

  it('by whose place it was says who had cast it', () => {
    const back = { ...exampleEvent('vote-taken-back', held()), person: OLGA };
    expect(factsOf(followedBy(held(), back))).toStrictEqual({ vote: 'approve', castBy: HOLDER.id });
  });

  it('by its voter says so without another name', () => {
    const back = { ...exampleEvent('vote-taken-back', held()), person: HOLDER };
    expect(factsOf(followedBy(held(), back))).toStrictEqual({ vote: 'approve' });
  });

  it('is refused to somebody who left the company, or whom Slack does not know at the moment', () => {
    const by = (person: PersonFacts) => refusal(held(), { ...exampleEvent('vote-taken-back', held()), person });
    expect(by({ ...HOLDER, isActive: false })).toEqual({ reason: 'deactivated' });
    expect(by({ kind: 'unreadable', id: HOLDER.id })).toEqual({ reason: 'identity-unreadable' });
  });
});

describe('who holds several places', () => {
  const both = holding(HOLDER, OLGA, SERA);

  it('votes with the first that nobody has voted with', () => {
    const olga = followedBy(asked, yes(asked, OLGA));
    expect(decisionRefusal(olga, both, minuteAfter(olga))).toBeUndefined();
    const voted = followedBy(olga, yes(olga, both));
    expect(votesOf(voted).at(-1)).toMatchObject({ by: HOLDER.id, standingInFor: SERA.id, countsFor: ['service'] });
  });

  it('hears which vote stands when all of them have voted', () => {
    const olga = followedBy(asked, yes(asked, OLGA));
    const sera = followedBy(olga, yes(olga, SERA));
    expect(decisionRefusal(sera, both, minuteAfter(sera))).toStrictEqual({
      reason: 'already-voted',
      kind: 'approve',
      at: minuteAfter(asked),
      by: OLGA.id,
    });
  });

  it('is shown each place with what it counts for, and on which schedule its owner is', () => {
    const rule = { ...SERVICE, onCall: ['nights'] };
    const restore = makeRestore('awaiting-approval', {
      policy: { approval: { rules: [OWNERS, rule], denialsNeeded: 1 } },
    });
    const places = placesOf(holding(HOLDER, OLGA, { ...makePerson('U0NIGHT'), onCall: ['nights'] }), restore);
    expect(places.map(({ standsInFor: _, ...place }) => place)).toStrictEqual([
      { countsFor: ['owners'] },
      { countsFor: ['service'], onCall: ['nights'] },
    ]);
  });
});

describe('a request that expired', () => {
  const { expiresAt } = asked.state;

  it('says when it expired, not when a worker noticed', () => {
    const event = { ...exampleEvent('request-expired', asked), at: addMinutes(expiresAt, 7) };
    const expired = inStatus(followedBy(asked, event), 'expired');
    expect(decisionRefusal(expired, OLGA, addMinutes(expiresAt, 8))).toEqual({ reason: 'request-expired', expiresAt });
  });

  it('of an earlier release says when it was noticed', () => {
    const event = { ...exampleEvent('request-expired', asked), at: addMinutes(expiresAt, 7) };
    const expired = inStatus(followedBy(asked, event), 'expired');
    const { expiresAt: _, ...state } = expired.state;
    expect(decisionRefusal({ ...expired, state }, OLGA, addMinutes(expiresAt, 8))).toEqual({
      reason: 'request-expired',
      expiresAt: addMinutes(expiresAt, 7),
    });
  });
});
