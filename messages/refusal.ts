import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Restore } from '../src/restore/restore.ts';
import { namedByAny, rulesNeeded } from '../src/restore/rules-needed.ts';
import { stakeholdersNamed } from '../src/restore/stakeholders.ts';
import type { Status } from '../src/restore/state.ts';
import { voterWords } from './agreement.ts';
import { shortWords } from './approvable.ts';
import { closedStartFacts } from './closed-start.ts';
import { delegationRefusalWords } from './delegation-refusal.ts';
import { fileObstacleWords } from './file-words.ts';
import { forbiddenInWords } from './forbidden-words.ts';
import { deedWords } from './goal-words.ts';
import { newInstanceProblemWords } from './new-instance-words.ts';
import { onCallSentence } from './on-call-words.ts';
import { everybody, listed } from './people.ts';
import { escaped, mention, moment, momentIn, past, quoted } from './slack-text.ts';
import { statusName } from './status-words.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Why something a person tried changed nothing, and what they can do. Names the restore when there is one. */
export function refusalText(
  refusal: Refusal,
  about: { readonly restore?: Restore; readonly reader?: Reader } = {},
): { readonly text: string } {
  const { restore, reader = ENGLISH_READER } = about;
  const words = wordsFor(reader);
  const which = restore
    ? words.refusal.about({
        id: restore.id,
        deed: deedWords(restore, words),
      })
    : '';
  return { text: `${reasonWords(refusal, restore, reader, words)}${which}` };
}

function reasonWords(refusal: Refusal, restore: Restore | undefined, { zone }: Reader, words: Words): string {
  const say = words.refusal;
  const statuses = words.status.names;
  const asked = restore ? say.asked(everybody(namedByAny(rulesNeeded(restore)), words)) : '';
  switch (refusal.reason) {
    case 'identity-unreadable':
      return say.identityUnreadable;
    case 'not-a-person':
      return say.notAPerson;
    case 'deactivated':
      return say.deactivated;
    case 'guest':
      return say.guest;
    case 'outsider':
      return say.outsider;
    case 'own-request':
      return say.ownRequest(asked);
    case 'not-an-approver':
      return `${say.notAnApprover(asked)}${onCallSentence(refusal.onCall, words)}`;
    case 'not-the-requester':
      return say.notTheRequester(mention.person(refusal.requestedBy));
    case 'not-involved':
      return say.notInvolved(asked);
    case 'not-a-stakeholder':
      return words.stakeholders.refusal.notAStakeholder(restore && namedStakeholders(restore, words));
    case 'own-objection':
      return words.stakeholders.refusal.ownObjection;
    case 'not-a-requester':
      return `${say.notARequester(escaped(refusal.alias))}${onCallSentence(refusal.onCall, words)}`;
    case 'no-longer-a-requester':
      return `${say.noLongerARequester(escaped(refusal.alias))}${onCallSentence(refusal.onCall, words)}`;
    case 'already-past':
      return say.alreadyPast({
        status: statuses[refusal.status],
        by: refusal.by && mention.person(refusal.by),
        at: past(refusal.at),
      });
    case 'request-expired':
      return say.requestExpired(past(refusal.expiresAt));
    case 'plan-gone':
      return words.drift.refused({ what: refusal.what, at: past(refusal.at), why: quoted(refusal.why, 300) });
    case 'start-closed': {
      const said = (at: Instant) => momentIn(at, zone, words);
      const facts = closedStartFacts(refusal, refusal.words, words, said);
      return words.calendar.refused({ ...facts, startAt: said(refusal.startAt) });
    }
    case 'no-longer-allowed':
      return words.forbidden.refused(forbiddenInWords(refusal.forbidden, words));
    case 'plan-changed':
      return say.planChanged;
    case 'already-voted':
      return alreadyVotedWords(refusal, words);
    case 'not-your-place':
      return words.delegation.notYourPlace({ of: mention.person(refusal.of), asked });
    case 'no-vote':
      return say.noVote;
    case 'proviso-gone':
      return words.proviso.gone;
    case 'already-acknowledged':
      return words.stakeholders.refusal.alreadyAcknowledged(past(refusal.at));
    case 'already-objected':
      return words.stakeholders.refusal.alreadyObjected(past(refusal.at));
    case 'no-objection':
      return words.stakeholders.refusal.noObjection;
    case 'wrong-answer':
      return say.wrongAnswer;
    case 'answer-of-earlier-plan':
      return say.answerOfEarlierPlan;
    case 'form-closed':
      return say.formClosed(moment(refusal.until));
    case 'another-looks':
      return say.anotherLooks({ by: mention.person(refusal.by), until: moment(refusal.until) });
    case 'nothing-changed':
      return say.nothingChanged;
    case 'undo-goes-elsewhere':
      return words.undo.goesElsewhere(refusal.undoes);
    case 'undoes-nothing':
      return words.undo.undoesNothing;
    case 'nudged-lately':
      return words.asking.nudgedLately(moment(refusal.until));
    case 'nudged-enough':
      return words.asking.nudgedEnough(refusal.most);
    case 'nobody-to-nudge':
      return words.asking.nobodyToNudge(refusal.from && moment(refusal.from));
    case 'not-offered':
      return say.notOffered(refusal.what);
    case 'others-unreadable':
      return say.othersUnreadable;
    case 'too-late-to-stop':
      return tooLateWords(refusal.status, restore, words);
    case 'too-late-to-undo': {
      const { id, alias, completedAt, until } = refusal;
      return words.undo.askedTooLate({ id, alias: escaped(alias), at: past(completedAt), until: past(until) });
    }
    case 'not-waiting-for-judgement':
      return say.notWaitingForJudgement(statuses[refusal.status]);
    case 'clocks-apart':
      return say.clocksApart(say.clockDifference(refusal));
    case 'clock-set-back':
      return say.clockSetBack(moment(refusal.lastAt));
    case 'stale':
      return say.stale;
    case 'unknown-instance':
      if (refusal.typed === '') return say.noInstanceNamed(refusal.nearest.slice(0, 1).map(escaped).join());
      return say.unknownInstance({
        typed: quoted(refusal.typed, 60),
        meant: refusal.nearest.length > 0 ? meantWords(refusal.nearest.map(escaped), words) : '',
      });
    case 'instance-claimed':
      return say.instanceClaimed(refusal.by);
    case 'asked-again':
      return say.askedAgain(refusal.with);
    case 'snapshot-not-usable':
      return say.snapshotNotUsable(words.form.snapshot.unusable[refusal.why]);
    case 'snapshot-not-exportable':
      return words.methods.refusal.notExportable;
    case 'method-not-allowed':
      return [
        words.methods.refusal.notAllowed({
          method: words.methods.names[refusal.method],
          allowed: listed(
            refusal.allowed.map((method) => words.methods.names[method]),
            words,
          ),
        }),
        ...(refusal.allowed.includes('new-instance') ? [words.newInstance.offerInstead] : []),
      ].join(' ');
    case 'not-on-this-tier':
      return words.methods.refusal.onTier[refusal.method](escaped(refusal.tier));
    case 'new-instance-not-possible':
      return newInstanceProblemWords(refusal.problem, words);
    case 'file-not-usable':
      return fileObstacleWords(refusal.why, words);
    case 'source-is-target':
      return words.methods.refusal.sourceIsTarget;
    case 'target-too-small':
      return words.methods.refusal.tooSmall({ source: escaped(refusal.source), target: escaped(refusal.target) });
    case 'start-in-the-past':
      return say.startInThePast;
    case 'start-too-soon':
      return say.startTooSoon(momentIn(refusal.earliest, zone, words));
    case 'start-not-allowed': {
      const next = refusal.nextPossible.map((at) => momentIn(at, zone, words));
      const closed = escaped(words.calendar.closed(refusal.words, refusal.closed));
      return `${closed} ${say.nextStart(next)}${refusal.overridable ? say.orOverride : ''}`;
    }
    case 'override-not-possible':
      return say.overrideNotPossible(escaped(refusal.alias));
    case 'field-missing':
      return say.fieldMissing;
    case 'other-way-unexplained':
      return words.advice.unexplained(words.methods.names[refusal.advised]);
    case 'test-on-production':
      return say.testOnProduction;
    case 'cannot-be-approved':
      return say.cannotBeApproved(shortWords(refusal.short, words));
    default:
      return delegationRefusalWords(refusal, words);
  }
}

/** Until a file is uploaded by hand not uploading it stops it, and a new instance has no safety snapshot and overwrites nothing. */
function tooLateWords(status: Status, restore: Restore | undefined, words: Words): string {
  const { tooLateToStop: say } = words.refusal;
  const named = words.status.names[status];
  if (!restore) return say.restore(named);
  const { method } = restore.plan;
  if (method === 'new-instance') return say.newInstance;
  const { notUploaded, wasNotUploaded } = words.files.buttons;
  if (method === 'backup-file' && status === 'restore-sent') return say.byHand(notUploaded);
  if (method === 'backup-file' && status === 'start-unclear') return say.byHand(wasNotUploaded);
  const isFile = method === 'backup-file' || method === 'upload';
  return isFile ? say.file(statusName(restore, words)) : say.restore(named);
}

/** Undefined when only channels are listed. */
function namedStakeholders(restore: Restore, words: Words): string | undefined {
  const named = stakeholdersNamed(restore);
  return named.users.length + named.groups.length > 0 ? everybody(named, words) : undefined;
}

/** ` Did you mean a or b?` */
export function meantWords(meant: readonly string[], { replies, basics }: Words): string {
  return replies.didYouMean(meant.join(` ${basics.or} `));
}

/** One person is one vote, and so is one place. */
function alreadyVotedWords(refusal: Extract<Refusal, { reason: 'already-voted' }>, words: Words): string {
  const { kind, by, standingInFor } = refusal;
  const facts = { isYes: kind === 'approve', at: past(refusal.at) };
  if (by === undefined) return words.refusal.alreadyVoted(facts);
  const voter = voterWords(standingInFor === undefined ? { by } : { by, standingInFor }, words);
  return words.delegation.alreadyVoted({ ...facts, voter });
}
