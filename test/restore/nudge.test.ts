import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ReminderTerms } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, NOW, STATUSES } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const LEADS = 'S0LEADS';
const LEAD = makePerson('U0LENA', { groups: [LEADS] });
/** A Saturday morning: nobody is at work. */
const OFFICE = { days: ['mon'], from: '09:00', to: '17:30' } as const;
const TERMS: ReminderTerms = { afterMinutes: [10, 30], nudges: { everyMinutes: 15, most: 2 }, escalation: [] };
const FALLBACK = { stage: 'fallback', afterMinutes: 20, users: [], groups: [LEADS] } as const;
const ON_CALL = { stage: 'on-call', afterMinutes: 20, users: [], groups: [], onCall: ['databases'] } as const;

const asked = (terms: Partial<ReminderTerms> = {}, isUrgent = false): Restore =>
  makeRestore('awaiting-approval', { draft: { isUrgent }, policy: { reminders: { ...TERMS, ...terms } } });
const look = (restore: Restore, minutes: number, people: readonly PersonFacts[], isWhole = true) =>
  transition(restore, { type: 'reminded', at: addMinutes(NOW, minutes), asked: { people, isWhole } });
const nudge = (restore: Restore, minutes: number, people: readonly PersonFacts[] = [APPROVER, GROUP_APPROVER]) =>
  transition(restore, {
    type: 'nudged',
    at: addMinutes(NOW, minutes),
    person: REQUESTER,
    asked: { people, isWhole: true },
  });

function following(outcome: ReturnType<typeof look>): Restore {
  if (outcome.kind !== 'changed') throw new Error('nothing changed');
  return outcome.restore;
}
const factsOf = (outcome: ReturnType<typeof look>) => following(outcome).history.at(-1)?.facts;

describe('the history of a look at who is missing', () => {
  it('says whom this look asked, and not those of looks before it', () => {
    const once = following(look(asked(), 10, [APPROVER]));
    expect(once.history.at(-1)?.facts).toMatchObject({ reminder: 'U0ANTON', words: 'reminder to 1' });
    expect(factsOf(look(once, 30, [APPROVER, GROUP_APPROVER]))).toMatchObject({
      reminder: 'U0ANTON, U0GRETA',
      words: 'reminder to 2',
    });
  });

  it('says it of a nudge alike', () => {
    const once = following(look(asked(), 10, [APPROVER]));
    expect(factsOf(nudge(once, 12, [GROUP_APPROVER]))).toMatchObject({ nudge: 'U0GRETA', words: 'nudge to 1' });
    expect(factsOf(nudge(once, 12, [GROUP_APPROVER]))).not.toHaveProperty('reminder');
  });

  it('says for each kind how many were asked, and when nobody of one is at work', () => {
    const restore = asked({ afterMinutes: [], escalation: [FALLBACK, ON_CALL] });
    expect(factsOf(look(restore, 20, [LEAD]))).toMatchObject({
      fallback: 'U0LENA',
      'on-call': '',
      words: 'fallback to 1, on-call to nobody at work',
    });
  });

  it('says that a look found nobody to ask', () => {
    const first = look(asked({ workingHours: OFFICE }), 10, [APPROVER]);
    expect(factsOf(first)).toMatchObject({ nobody: true });
    expect(factsOf(first)).not.toHaveProperty('words');
  });
});

describe('a look that finds nobody to ask', () => {
  const quiet = () => following(look(asked({ workingHours: OFFICE }), 10, [APPROVER]));

  it('is kept when it is another moment at which to look next', () => {
    expect(following(look(quiet(), 11, [APPROVER], false)).reminded).toMatchObject({
      sent: [],
      lookAt: addMinutes(NOW, 16),
    });
  });

  it('changes nothing otherwise', () => {
    expect(look(quiet(), 11, [APPROVER])).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
  });
});

it('a reminder is kept although the next look stays as it was', () => {
  const away = following(
    look(asked({ afterMinutes: [], escalation: [FALLBACK, { ...ON_CALL, afterMinutes: 40 }] }), 20, []),
  );
  expect(away.reminded).toEqual({
    round: 0,
    sent: [{ kind: 'fallback', at: addMinutes(NOW, 20), to: [] }],
    lookAt: addMinutes(NOW, 40),
  });
  expect(following(look(away, 21, [LEAD])).reminded).toMatchObject({
    sent: [{ to: [] }, { kind: 'fallback', to: [LEAD.id] }],
    lookAt: addMinutes(NOW, 40),
  });
});

it.each(STATUSES.filter((status) => status !== 'awaiting-approval'))('in %s nobody is reminded', (status) => {
  const restore = { ...makeRestore(status), reminded: { round: 0, sent: [], lookAt: NOW } };
  expect(look(restore, 10, [APPROVER])).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
});

describe('the limit of nudges', () => {
  it('is that of the terms, and counts no reminder', () => {
    const reminded = following(look(following(look(asked(), 10, [APPROVER])), 30, [APPROVER]));
    const once = following(nudge(reminded, 31));
    expect(nudge(once, 45)).toMatchObject({ refusal: { reason: 'nudged-lately', until: addMinutes(NOW, 46) } });
    const twice = following(nudge(once, 46));
    expect(nudge(twice, 59)).toMatchObject({ refusal: { reason: 'nudged-enough', most: 2 } });
  });

  it('is three, a quarter of an hour apart, for a record of an earlier release', () => {
    const { reminders: _, ...terms } = asked().terms;
    const old = { ...asked(), terms };
    expect(nudge(following(nudge(old, 1)), 15)).toMatchObject({ refusal: { reason: 'nudged-lately' } });
    const thrice = [1, 16, 31].reduce((restore, minutes) => following(nudge(restore, minutes)), old as Restore);
    expect(nudge(thrice, 46)).toMatchObject({ refusal: { reason: 'nudged-enough', most: 3 } });
  });

  it('begins anew when people are asked anew', () => {
    const twice = following(nudge(following(nudge(asked(), 1)), 16));
    const anew = followedBy(twice, { ...exampleEvent('edited', twice), at: addMinutes(NOW, 17) });
    expect(nudge(anew, 18).kind).toBe('changed');
  });
});
