import type { Reader } from '../../src/restore/language.ts';
import type { PolicyRefusal } from '../../src/restore/policy/policy-refusal.ts';
import { refusalText } from '../refusal.ts';
import { past } from '../slack-text.ts';
import { wordsFor } from '../words/words.ts';

/** Why an answer to a looser rule changed nothing, and what the person can do. */
export function policyRefusalText(refusal: PolicyRefusal, reader: Reader): { readonly text: string } {
  const say = wordsFor(reader).policy.refusal;
  switch (refusal.reason) {
    case 'not-bound':
      return { text: say.notBound };
    case 'proposal-decided':
      return { text: say.decided({ status: refusal.status, at: past(refusal.at) }) };
    case 'proposal-unknown':
      return { text: say.unknown };
    case 'answered-already':
      return { text: say.answeredAlready({ isYes: refusal.kind === 'agree', at: past(refusal.at) }) };
    case 'others-unreadable':
      return { text: say.othersUnreadable };
    default:
      return refusalText(refusal, { reader });
  }
}
