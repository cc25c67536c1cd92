import { describe, expect, it } from 'vitest';
import type { PersonEvent } from '../../src/restore/event.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, BYSTANDER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const FORBIDDEN = { what: 'method', method: 'restore-snapshot' } as const;
const REFUSED = { kind: 'refused', refusal: { reason: 'no-longer-allowed', forbidden: FORBIDDEN } };

const asked = () => makeRestore('awaiting-approval');
/** Agreed to on a condition that the requester has not accepted yet. */
const depending = () =>
  followedBy(asked(), { ...exampleEvent('approved', asked()), proviso: { condition: 'Tell the shop first.' } });
const votedAt = () => inStatus(depending(), 'awaiting-approval').state.votes[0]?.at ?? NOW;
const reasonOf = (restore: Restore, event: PersonEvent) => {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
};

describe('what the rules forbid by now', () => {
  it('cannot be agreed to, and is told why', () => {
    const yes = exampleEvent('approved', asked());
    expect(transition(asked(), { ...yes, forbidden: FORBIDDEN })).toEqual(REFUSED);
    expect(reasonOf(asked(), yes)).toBe('changed');
  });

  it('cannot be agreed to by the acceptance of a condition, which the requester may still decline', () => {
    const accept = { ...exampleEvent('proviso-accepted', depending()), votedAt: votedAt() };
    expect(transition(depending(), { ...accept, forbidden: FORBIDDEN })).toEqual(REFUSED);
    expect(reasonOf(depending(), accept)).toBe('changed');
    const decline = { ...exampleEvent('proviso-declined', depending()), votedAt: votedAt() };
    expect(reasonOf(depending(), decline)).toBe('changed');
  });

  it('can be answered with a no', () => {
    expect(followedBy(asked(), exampleEvent('denied', asked())).state.status).toBe('denied');
  });

  it.each<[string, Partial<Extract<PersonEvent, { type: 'approved' }>>, string]>([
    ['whose request it is', { person: REQUESTER }, 'own-request'],
    ['who may not decide', { person: BYSTANDER }, 'not-an-approver'],
    ['who was shown another plan', { planHash: 'another' }, 'plan-changed'],
  ])('is nothing that is told to somebody %s', (_, facts, reason) => {
    const yes = { ...exampleEvent('approved', asked()), forbidden: FORBIDDEN, ...facts };
    expect(reasonOf(asked(), yes)).toBe(reason);
  });

  it('is told before anything about a yes that cannot be counted is', () => {
    const voted = depending();
    const again = { ...exampleEvent('approved', voted), person: GROUP_APPROVER, standingInFor: APPROVER.id };
    expect(reasonOf(voted, again)).toBe('not-your-place');
    expect(transition(voted, { ...again, forbidden: FORBIDDEN })).toEqual(REFUSED);
  });
});
