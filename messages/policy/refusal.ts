import type { Reader } from '../../src/restore/language.ts';
import type { PolicyRefusal } from '../../src/restore/policy/policy-record.ts';
import { refusalText } from '../refusal.ts';
import { past } from '../slack-text.ts';

/** Why an answer to a looser rule changed nothing, and what the person can do. */
export function policyRefusalText(refusal: PolicyRefusal, reader: Reader): { readonly text: string } {
  switch (refusal.reason) {
    case 'not-bound':
      return {
        text: 'Nothing was changed: only those whom the rule in force names can agree to a looser one. They stand on the card.',
      };
    case 'proposal-decided':
      return {
        text: `Nothing was changed: this was ${refusal.status} ${past(refusal.at)}. The card says what holds now.`,
      };
    case 'proposal-unknown':
      return {
        text: 'Nothing was changed: this proposal is not known any more. Look for a newer card in this channel.',
      };
    case 'answered-already':
      return {
        text: `Nothing was changed: you have ${refusal.kind === 'agree' ? 'agreed' : 'refused'} already, ${past(refusal.at)}, and one person is one answer.`,
      };
    case 'others-unreadable':
      return {
        text: 'Nothing was changed: Slack did not say in time whether those who agreed before you still may, and yours would be the last answer. Try once more in a minute.',
      };
    default:
      return refusalText(refusal, { reader });
  }
}
