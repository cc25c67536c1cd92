import type { DelegationRefusal } from '../src/restore/refusal.ts';
import { mention } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** Why a place was not handed over, or not taken back, and what to do. */
export function delegationRefusalWords(refusal: DelegationRefusal, words: Words): string {
  const say = words.delegation.refusal;
  switch (refusal.reason) {
    case 'no-place-to-delegate':
      return say.noPlace;
    case 'delegate-is-same-person':
      return say.samePerson;
    case 'delegate-not-able':
      return say.notAble(mention.person(refusal.delegate));
    case 'delegation-in-the-past':
      return say.inThePast;
    case 'delegation-ends-too-soon':
      return say.endsTooSoon;
    case 'delegation-too-long':
      return say.tooLong(refusal.days);
    case 'not-your-delegation':
      return say.notYours;
    case 'delegation-over':
      return say.over;
    default:
      return refusal satisfies never;
  }
}
