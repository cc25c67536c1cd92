import { describe, expect, it } from 'vitest';
import type { PersonEvent } from '../../src/restore/event.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER } from '../support/people.ts';

const RULES = [{ name: 'owners', users: [APPROVER.id, GROUP_APPROVER.id], groups: [], needed: 2 }];
const waiting = makeRestore('awaiting-approval', { policy: { approval: { rules: RULES, denialsNeeded: 2 } } });

describe('a click that Slack delivers again', () => {
  const yes: PersonEvent = { ...exampleEvent('approved', waiting), interaction: 'i1' };
  const voted = () => followedBy(waiting, yes);

  it('is on record already, whoever is asked by then and whatever has become of it', () => {
    expect(transition(voted(), yes)).toEqual({ kind: 'repeated' });
    const back = followedBy(voted(), { ...exampleEvent('vote-taken-back', voted()), interaction: 'i2' });
    expect(transition(back, yes)).toEqual({ kind: 'repeated' });
  });

  it.each<[string, PersonEvent]>([
    ['another click of the same kind', { ...yes, interaction: 'i3', person: GROUP_APPROVER }],
    [
      'another kind of click that came by the same form',
      { ...exampleEvent('denied', waiting), interaction: 'i1', person: GROUP_APPROVER },
    ],
  ])('is not %s', (_, event) => {
    expect(transition(voted(), event).kind).toBe('changed');
  });

  it('that Slack gave no name is judged anew each time', () => {
    const unnamed = { ...exampleEvent('vote-taken-back', voted()), person: APPROVER };
    expect(transition(followedBy(voted(), unnamed), unnamed)).toMatchObject({ refusal: { reason: 'no-vote' } });
  });
});
