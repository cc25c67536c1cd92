import type { Approvability, ShortRule, Unchecked } from '../src/restore/approvable.ts';
import type { Restore } from '../src/restore/restore.ts';
import { listed, ruleName } from './people.ts';
import { escaped, past } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** On the card: that nobody knows whether enough people can approve, or who is missing. Nothing when enough can. */
export function approvableLines({ approvability }: Restore, words: Words): readonly string[] {
  const { card } = words.approvable;
  switch (approvability?.kind) {
    case 'unchecked':
      return [card.unchecked(uncheckedFacts(approvability, words))];
    case 'short':
      return [card.short({ at: past(approvability.at), short: shortWords(approvability.short, words) })];
    default:
      return [];
  }
}

/** The same for the requester, who also hears when enough can. */
export function approvableWords({ approvability }: Restore, words: Words): string {
  const { direct } = words.approvable;
  switch (approvability?.kind) {
    case 'unchecked':
      return direct.unchecked(uncheckedFacts(approvability, words));
    case 'short':
      return direct.short({ at: past(approvability.at), short: shortWords(approvability.short, words) });
    default:
      return direct.enough(past(approvability?.at ?? ''));
  }
}

/** `"owners" needs 2, and 1 can be found; …` */
export function shortWords(short: readonly ShortRule[], words: Words): string {
  return short
    .map(({ name, ...counts }) => words.refusal.shortRule({ name: ruleName({ name }, words), ...counts }))
    .join('; ');
}

function uncheckedFacts(unchecked: Extract<Approvability, { kind: 'unchecked' }>, words: Words) {
  return {
    at: past(unchecked.at),
    because: becauseWords(unchecked, words),
    looksAgain: unchecked.why !== 'too-many',
  };
}

function becauseWords({ why, schedules = [] }: Unchecked, words: Words): string {
  const { approvable } = words;
  const named = listed(schedules.map(escaped), words);
  switch (why) {
    case 'no-answer':
      return approvable.noAnswer(named || undefined);
    case 'on-call-unknown':
      return approvable.onCallUnknown(named);
    case 'too-many':
      return approvable.tooMany;
    default:
      return why satisfies never;
  }
}
