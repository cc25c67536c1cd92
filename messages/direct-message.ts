import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { lateNow } from '../src/restore/lateness.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import type { DirectKind } from '../src/restore/owed-message.ts';
import { CARD_KEY } from '../src/restore/owed-messages.ts';
import type { Restore } from '../src/restore/restore.ts';
import { agreedBy } from './agreement.ts';
import { approvableWords } from './approvable.ts';
import type { SayComing } from './closed-start.ts';
import { driftNotedWords, driftOverWords } from './drift-words.ts';
import { consoleLines } from './file-words.ts';
import { deedWords, goalSaid, inWay } from './goal-words.ts';
import { latenessWords } from './late-notice.ts';
import { newInstanceFailed } from './new-instance-words.ts';
import { objectedWords, objectionSettledWords } from './objection-words.ts';
import { askedAnewWords } from './plan-change.ts';
import { provisoAskedWords, provisoDeclinedWords } from './proviso.ts';
import { LIMIT } from './slack-limits.ts';
import { ahead, duration, fitted, type Message, mention, past, quoted, section } from './slack-text.ts';
import { stalledWords } from './stalled.ts';
import { validationOutcome } from './status-words.ts';
import { unreachedWords } from './unreached.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Which round or objection it is about, counted from 1, and when it is posted. */
interface AboutDirect {
  readonly nth?: number | undefined;
  readonly now: Instant;
}

/** What one person is told privately about a restore of theirs, with the way to its card. */
export function directMessage(
  kind: DirectKind,
  restore: Restore,
  cardLink: string | undefined,
  about: AboutDirect,
  reader: Reader = ENGLISH_READER,
): Message {
  const words = wordsFor(reader);
  const which = words.direct.which({ id: restore.id, deed: deedWords(restore, words) });
  const said = saidOf(kind, restore, about, words);
  const link = cardLink ? [`<${cardLink}|${words.direct.openCard}>`] : [];
  return {
    text: fitted([`${which}: ${said}`, ...link].join('\n'), LIMIT.text),
    blocks: [section([`*${which}*`, said, ...link].join('\n'))],
  };
}

function saidOf(kind: DirectKind, restore: Restore, { nth = 1, now }: AboutDirect, words: Words): string {
  const { state } = restore;
  const { direct } = words;
  const sayComing = (at: Instant) => ahead(at, now, words);
  switch (kind) {
    case 'approvable':
      return approvableWords(restore, words);
    case 'drift-noted':
      return driftNotedWords(restore, words, sayComing);
    case 'drift-over':
      return driftOverWords(restore, words);
    case 'asked-anew':
      return askedAnewWords(restore, nth, words, sayComing);
    case 'proviso-asked':
      return provisoAskedWords(restore, words);
    case 'proviso-declined':
      return provisoDeclinedWords(restore, nth, words);
    case 'confirmed':
      return direct.confirmed({
        by: 'approval' in state && state.approval ? agreedBy(state.approval.votes, words) : undefined,
        startAt: state.status === 'approved' ? ahead(state.startAt, now, words) : undefined,
        lapsesAt: state.status === 'approved' ? ahead(state.lapsesAt, now, words) : undefined,
      });
    case 'denied':
      return state.status === 'denied'
        ? direct.denied({ by: mention.person(state.by), why: quoted(state.why, 800) })
        : direct.deniedShort;
    case 'unanswered':
      return direct.unanswered(untilWords(state.status === 'expired' ? state.expiresAt : undefined, words));
    case 'starting-late':
      return lateWords(restore, sayComing, words);
    case 'no-card':
      return noCardWords(restore, words);
    case 'judge-start':
      return judgeWords(restore, words);
    case 'upload-now':
      return consoleLines(restore, (at) => ahead(at, now, words), words).join('\n') || words.files.sent['backup-file'];
    case 'stalled':
      return stalledWords(restore, words);
    case 'objected':
      return objectedWords(restore, { nth, now }, words);
    case 'objection-settled':
      return objectionSettledWords(restore, nth, words);
    case 'unreached':
      return unreachedWords(restore, { nth, now }, words);
    case 'ended':
      return endWords(restore, words);
    default:
      return kind satisfies never;
  }
}

function untilWords(at: Instant | undefined, { basics }: Words): string {
  return at ? basics.until(past(at)) : basics.inTime;
}

function judgeWords({ plan, state }: Restore, { direct, files }: Words): string {
  const judge = plan.method === 'backup-file' ? files.judgeStart : direct.judgeStart;
  return judge(state.status === 'start-unclear' ? quoted(state.why, 800) : '');
}

function lateWords(restore: Restore, coming: SayComing, words: Words): string {
  const { plan, state } = restore;
  const { direct } = words;
  const late = lateNow(restore);
  if (!late) return direct.startsLate;
  const facts = {
    lateBy: latenessWords(late, words),
    plannedAt: past(late.plannedAt),
    why: quoted(late.why, 300),
  };
  switch (late.stage) {
    case 'held-up':
      return direct.lateStill({
        ...facts,
        lapsesAt: state.status === 'approved' ? coming(state.lapsesAt) : undefined,
      });
    case 'starting':
      return inWay(direct.late, goalSaid(restore, words), {
        ...facts,
        loss: duration(dataLossMinutes(plan.restorePoint.takenAt, late.at), words),
      });
    case 'begun':
      return direct.begunLate({ ...facts, begunAt: past(late.at), notUploaded: stopsByHand(restore, words) });
    default:
      return late.stage satisfies never;
  }
}

/** The button by which a file that a person is to upload can still be left alone. */
function stopsByHand({ plan, state }: Restore, { files }: Words): string | undefined {
  return plan.method === 'backup-file' && state.status === 'restore-sent' ? files.buttons.notUploaded : undefined;
}

function noCardWords({ id, terms, deliveries }: Restore, { direct }: Words): string {
  const card = deliveries[CARD_KEY];
  const why = card?.status === 'undeliverable' ? quoted(card.why, 100) : undefined;
  return direct.noCard({ channel: mention.channel(terms.approvalsChannel), why, id });
}

function endWords(restore: Restore, words: Words): string {
  const { state, plan } = restore;
  const { direct, status, newInstance } = words;
  switch (state.status) {
    case 'completed':
      return (plan.method === 'new-instance' ? newInstance.ready : direct.completed)(validationOutcome(restore, words));
    case 'failed': {
      const ofNew = newInstanceFailed(restore, words);
      if (ofNew) return [ofNew.how, ofNew.source, ofNew.next].join(' ');
      return direct.failed({
        why: words.end.failure({ reason: state.reason, why: quoted(state.why, 500) }),
        condition: status.conditions[state.condition],
        next: status.nextAfter[state.reason],
      });
    }
    case 'cancelled':
      return inWay(direct.stopped, goalSaid(restore, words), { person: mention.person(state.by) });
    case 'lapsed':
      return direct.lapsed(untilWords(state.lapsesAt, words));
    default:
      return status.inSentence(status.names[state.status]);
  }
}
