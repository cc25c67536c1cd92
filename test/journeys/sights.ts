import { cardAt, noticesIn, until, wordsOf } from '../../playground/story.ts';
import type { Journey } from '../support/journey.ts';

/** What can be seen of the journey of the moment from outside. */
export function sightsOf(journey: () => Journey) {
  const whispers = (person: string) =>
    journey()
      .slack.workspace.messages.filter(
        ({ onlyFor, channel }) => onlyFor === person || channel === `D${person.slice(1)}`,
      )
      .map(({ text }) => text);
  return {
    /** The first lines of a channel's notices. */
    titles: (channel: string) => noticesIn(journey(), channel).map(({ text }) => text.split('\n')[0]),
    /** What only this person sees. */
    whispers,
    heard: (person: string, words: string) =>
      until(`${person} to hear "${words}"`, () => whispers(person).some((text) => text.includes(words))),
    cardSays: (card: { channel: string; ts: string }, words: string) =>
      until(`the card to say "${words}"`, () => wordsOf(cardAt(journey(), card)).includes(words)),
    /** The restore calls that Aura carried out. */
    appliedRestores: () =>
      journey()
        .aura.calls('restore')
        .filter(({ applied }) => applied).length,
  };
}
