import { describe, expect, it } from 'vitest';
import { noLongerRequester } from '../../src/restore/edit.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { PeopleRule } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore } from '../support/make-restore.ts';
import { APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const asked = makeRestore('awaiting-approval');
const OTHERS: PeopleRule = { users: [APPROVER.id], groups: [] };
const THEM_TOO: PeopleRule = { users: [APPROVER.id, REQUESTER.id], groups: [] };
const GROUP: PeopleRule = { users: [], groups: ['S0ONCALL'] };

describe('whom a changed file does not name any more', () => {
  it.each<[string, PeopleRule | undefined, PersonFacts, string | undefined]>([
    ['who may ask did not change', undefined, REQUESTER, undefined],
    ['they are named still', THEM_TOO, REQUESTER, undefined],
    ['they are in a group that is named', GROUP, makePerson(REQUESTER.id, { groups: ['S0ONCALL'] }), undefined],
    ['others are named', OTHERS, REQUESTER, 'no-longer-a-requester'],
    ['they left', THEM_TOO, makePerson(REQUESTER.id, { isActive: false }), 'deactivated'],
    ['nobody can read them', THEM_TOO, { kind: 'unreadable', id: REQUESTER.id }, 'identity-unreadable'],
  ])('%s', (_, requesters, person, reason) => {
    expect(noLongerRequester(asked, person, requesters)?.reason).toBe(reason);
  });

  const voted = () =>
    followedBy(asked, {
      ...exampleEvent('approved', asked),
      proviso: { condition: 'Tell the shop first.' },
    });
  const settling = (type: 'proviso-accepted' | 'proviso-declined', requesters?: PeopleRule): PersonEvent => {
    const restore = voted();
    const [vote] = inStatus(restore, 'awaiting-approval').state.votes;
    const at = minuteAfter(restore);
    const named = { at, person: REQUESTER, of: APPROVER.id, votedAt: vote?.at ?? at };
    return { ...named, type, ...(type === 'proviso-accepted' && requesters ? { requesters } : {}) } as PersonEvent;
  };
  const outcomeOf = (event: PersonEvent) => {
    const outcome = transition(voted(), event);
    return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
  };

  it('cannot accept what a yes depends on, but decline it', () => {
    expect(outcomeOf(settling('proviso-accepted', OTHERS))).toBe('no-longer-a-requester');
    expect(outcomeOf(settling('proviso-accepted', THEM_TOO))).toBe('changed');
    expect(outcomeOf(settling('proviso-declined', OTHERS))).toBe('changed');
  });
});
