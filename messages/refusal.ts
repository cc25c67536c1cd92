import { clockDifferenceWords } from '../src/restore/clock-difference.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Restore } from '../src/restore/restore.ts';
import { namedByAny, rulesNeeded } from '../src/restore/rules-needed.ts';
import { onCallSentence } from './on-call-words.ts';
import { everybody } from './people.ts';
import { escaped, mention, moment, momentIn, quoted, utc } from './slack-text.ts';
import { STATUS_WORDS } from './status-words.ts';

/** Why something a person tried changed nothing, and what they can do. Names the restore when there is one; `zone` is the reader's. */
export function refusalText(
  refusal: Refusal,
  about: { readonly restore?: Restore; readonly zone?: string | undefined } = {},
): { readonly text: string } {
  const { restore, zone } = about;
  const which = restore
    ? ` (${restore.id}, ${escaped(restore.plan.instance.alias)}, restore point ${utc(restore.plan.restorePoint.takenAt)})`
    : '';
  return { text: `${words(refusal, restore, zone)}${which}` };
}

function words(refusal: Refusal, restore: Restore | undefined, zone: string | undefined): string {
  const asked = restore ? ` Asked are ${everybody(namedByAny(rulesNeeded(restore)))}.` : '';
  switch (refusal.reason) {
    case 'identity-unreadable':
      return 'Nothing was changed: Slack did not say who you are in time, and without that the answer is no. Try once more in a minute.';
    case 'not-a-person':
      return 'Nothing was changed: bots and apps cannot ask for or decide about a restore.';
    case 'deactivated':
      return 'Nothing was changed: this account is not active.';
    case 'guest':
      return 'Nothing was changed: guests cannot ask for or decide about a restore. Ask a full member of the workspace.';
    case 'outsider':
      return 'Nothing was changed: only members of this workspace can ask for or decide about a restore.';
    case 'own-request':
      return `Nothing was changed: this is your own request, and a second person must decide about it.${asked}`;
    case 'not-an-approver':
      return `Nothing was changed: you are not among those who may decide about this instance.${asked}${onCallSentence(refusal.onCall)}`;
    case 'not-the-requester':
      return `Nothing was changed: only ${mention.person(refusal.requestedBy)}, who asked for it, can withdraw this request or change it. You can deny it.`;
    case 'not-involved':
      return `Nothing was changed: only the requester and those who may decide about this instance can do that.${asked}`;
    case 'not-a-requester':
      return `Nothing was asked for: you are not among those who may ask for a restore of ${escaped(refusal.alias)}. Ask the on-call engineer.${onCallSentence(refusal.onCall)}`;
    case 'already-past': {
      const by = refusal.by ? ` by ${mention.person(refusal.by)}` : '';
      return `Nothing was changed: this restore is past that. It stands at "${STATUS_WORDS[refusal.status]}"${by} since ${moment(refusal.at)}.`;
    }
    case 'request-expired':
      return `Nothing was changed: the request expired ${moment(refusal.expiresAt)}. If the restore is still needed, it has to be asked for again.`;
    case 'plan-changed':
      return 'Nothing was changed: the plan is not the one you were shown. Close this, read the card again and decide anew.';
    case 'already-voted':
      return `Nothing was changed: you have ${refusal.kind === 'approve' ? 'agreed' : 'said no'} already, ${moment(refusal.at)}, and one person is one vote. Take it back on the card first if you have changed your mind.`;
    case 'no-vote':
      return 'Nothing was changed: you have no vote on this request that could be taken back.';
    case 'wrong-answer':
      return 'Nothing was changed: an answer was wrong. Read the card again.';
    case 'form-closed':
      return `Nothing was changed: after three wrong answers you cannot approve until ${moment(refusal.until)}. Read the card meanwhile, or leave it to somebody else. You can still deny.`;
    case 'another-looks':
      return `${mention.person(refusal.by)} is looking at it already, until ${moment(refusal.until)}. You may still decide.`;
    case 'nothing-changed':
      return 'Nothing was changed: the plan is this already.';
    case 'not-offered':
      return `Nothing was changed: this ${refusal.what} is not offered for this instance any more. Open the form again.`;
    case 'others-unreadable':
      return 'Nothing was changed: Slack did not say in time whether those who agreed before you still may, and yours would be the last vote. Try once more in a minute.';
    case 'too-late-to-stop':
      return `It is too late to stop: the restore call was sent ("${STATUS_WORDS[refusal.status]}"). When it has ended, the safety snapshot on the card is the way back.`;
    case 'not-waiting-for-judgement':
      return `Nothing was changed: this restore no longer waits for that answer. It stands at "${STATUS_WORDS[refusal.status]}".`;
    case 'clocks-apart':
      return `Nothing was changed: ${clockDifferenceWords(refusal)}, and windows, expiry and data loss are judged by these clocks. The bot's operator must set them right; then try again. Withdrawing, denying and stopping still work.`;
    case 'clock-set-back':
      return `Nothing was changed: the bot's clock was set back. The last entry of this restore is from ${moment(refusal.lastAt)}, which has not come yet by that clock, so nobody can say what has expired. The bot's operator must set the clock right; then try again. Withdrawing, denying and stopping still work.`;
    case 'stale':
      return 'Nothing was changed: that had been done already.';
    case 'unknown-instance': {
      const nearest = refusal.nearest.length > 0 ? ` Did you mean ${refusal.nearest.map(escaped).join(' or ')}?` : '';
      return `There is no instance "${quoted(refusal.typed, 60)}" in the bot's configuration.${nearest} \`/restore\` lists them all.`;
    }
    case 'instance-claimed':
      return `Nothing was asked for: there is an open restore of this instance already, ${refusal.by}. Follow it with \`/restore status ${refusal.by}\`.`;
    case 'snapshot-not-usable':
      return `This snapshot cannot be used: ${refusal.why.replaceAll('-', ' ')}. Choose another one.`;
    case 'start-in-the-past':
      return 'This start is in the past. Choose a later time, or "As soon as it is confirmed".';
    case 'start-too-soon':
      return `Stakeholders need notice first: the earliest start is ${utc(refusal.earliest)}.`;
    case 'start-not-allowed': {
      const next = refusal.nextPossible.map((at) => momentIn(at, zone)).join(', or ');
      const offer = next ? `Next possible start: ${next}.` : 'No later start is possible in the next three years.';
      const override = refusal.overridable ? ' Or ask for a start in the freeze, with an override.' : '';
      return `${escaped(refusal.words)} ${offer}${override}`;
    }
    case 'override-not-possible':
      return `Nobody is named who could agree to a start of ${escaped(refusal.alias)} in a freeze. Choose another start.`;
    case 'field-missing':
      return 'This is needed for a restore of this instance.';
    case 'test-on-production':
      return 'A rollback test belongs on a test instance, because a restore of production loses real data. Choose another instance or another reason.';
    case 'cannot-be-approved': {
      const short = refusal.short.map(
        ({ name, needed, possible }) => `"${escaped(name)}" needs ${needed}, and ${possible} can be found`,
      );
      return `Nothing was asked for, because nobody could approve it: ${short.join('; ')}. You, guests, bots and inactive accounts do not count, and each person counts once. Ask the bot's operator to name more people.`;
    }
    default:
      return refusal satisfies never;
  }
}
