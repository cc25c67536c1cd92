import type { Reader } from '../../src/restore/language.ts';
import type { ShadowAct, ShadowRefusal } from '../../src/restore/shadow/course.ts';
import type { ShadowRestore } from '../../src/restore/shadow/shadow-restore.ts';
import { refusalText } from '../refusal.ts';
import { escaped, mention, past } from '../slack-text.ts';
import { wordsFor } from '../words/words.ts';

/** Why nothing was done about a shadow restore. */
export function shadowRefusalText(refusal: ShadowRefusal, reader: Reader): { readonly text: string } {
  const say = wordsFor(reader).shadow.refusal;
  switch (refusal.reason) {
    case 'shadow-being-verified':
      return { text: say.beingVerified({ by: mention.person(refusal.by), at: past(refusal.at) }) };
    case 'shadow-announced-already':
      return { text: say.announcedAlready({ by: mention.person(refusal.by), at: past(refusal.at) }) };
    default:
      return refusalText(refusal, { reader });
  }
}

/** What happens next, for who asked for it. */
export function shadowActed(kind: ShadowAct, { instance }: ShadowRestore, reader: Reader): { readonly text: string } {
  return { text: wordsFor(reader).shadow.done[kind](escaped(instance.alias)) };
}
