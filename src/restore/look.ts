import { noted, type Outcome, refused } from './change.ts';
import { alreadyPast, decisionRefusal } from './decision-refusal.ts';
import type { PersonEvent } from './event.ts';
import { addMinutes } from './instant.ts';
import { areSamePerson } from './person.ts';
import type { Restore } from './restore.ts';

/** How long somebody who said that they are looking is shown to be. */
const LOOKING_MINUTES = 10;

/** One person at a time looks; it binds nobody, and ends by itself. */
export function afterLooking(restore: Restore, event: Extract<PersonEvent, { type: 'looking' }>): Outcome {
  const { state, terms } = restore;
  const { person, at } = event;
  const refusal = decisionRefusal(restore, person, at);
  if (refusal) return refused(refusal);
  if (state.status !== 'awaiting-approval') return refused(alreadyPast(restore));
  const { looking } = state;
  if (looking && looking.until > at && !areSamePerson(looking.by, person.id, terms.samePeople)) {
    return refused({ reason: 'another-looks', ...looking });
  }
  const until = addMinutes(at, LOOKING_MINUTES);
  return noted({ ...restore, state: { ...state, looking: { by: person.id, until } } }, event);
}
