import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { begunAt } from '../src/restore/lateness.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Restore } from '../src/restore/restore.ts';
import { isLateNews } from '../src/restore/start-time.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { hours, hoursRange } from './loss-words.ts';
import { type Notice, noticeContext, noticeOf } from './notice.ts';
import { ahead, moment, past, quoted } from './slack-text.ts';
import type { GoalSaid } from './words/ways.ts';
import { type Words, wordsFor } from './words/words.ts';

/**
 * The pre-restore notice, in the wording of the operations guide's template. A field that is missing blocks it: a
 * notice with a hole is worse than a notice that the card says was not sent. One that comes when the restore has begun, or
 * is late as of `now`, says so: it never speaks of a start that has passed as if it were still to come.
 */
export function plannedNotice(restore: Restore, now?: Instant, reader: Reader = ENGLISH_READER): Notice {
  const { plan, terms, state } = restore;
  const words = wordsFor(reader);
  const { notices } = words;
  const goal = goalSaid(restore, words);
  const lossAt = (at: Instant) => ({ hours: hours(dataLossMinutes(plan.restorePoint.takenAt, at), words) });
  const begun = begunAt(restore);
  const plannedAt = state.status === 'approved' ? state.startAt : undefined;
  const isLate = plannedAt !== undefined && now !== undefined && isLateNews(plannedAt, now);
  const startAt = begun ?? (isLate ? now : plannedAt);
  const when = { startAt, hasBegun: begun !== undefined, missed: isLate ? plannedAt : undefined, now };
  return noticeOf(
    {
      title: notices.planned.title,
      fields: [
        ['When', whenWords(when, words)],
        ['Duration', notices.planned.duration(hoursRange(terms.estimate, words))],
        ['Impact', startAt && inWay(notices.impact, goal, lossAt(startAt))],
        ['Reason', reasonWords(restore, words)],
        ['Last Data Point', inWay(notices.lastDataPoint, goal, {})],
        ['Data Loss', dataLossWords(restore, goal, words)],
      ],
      closing: [
        notices.planned.please,
        askedOf(state, goal, isLate ? undefined : startAt, words),
        notices.planned.planForIt,
        notices.planned.contact(terms.contact),
      ],
      contact: terms.contact,
      about: noticeContext(restore, words),
    },
    words,
  );
}

interface WhenFacts {
  readonly startAt: Instant | undefined;
  readonly hasBegun: boolean;
  readonly missed: Instant | undefined;
  /** When the notice is posted. */
  readonly now: Instant | undefined;
}

function whenWords(facts: WhenFacts, words: Words): string | undefined {
  const { startAt, hasBegun, missed, now } = facts;
  const { planned } = words.notices;
  if (startAt === undefined) return undefined;
  if (hasBegun) return planned.begun(past(startAt));
  return missed ? planned.missed(past(missed)) : ahead(startAt, now ?? startAt, words);
}

/** Between the safety snapshot and the load of a file lies the time that the file takes. */
function dataLossWords({ plan }: Restore, goal: GoalSaid, { notices }: Words): string {
  const loss = inWay(notices.dataLoss, goal, {});
  return 'file' in plan.restorePoint ? `${loss}. ${notices.planned.lostUntilLoaded}` : loss;
}

function reasonWords({ request: { reason } }: Restore, { notices, reasons }: Words): string | undefined {
  if (!reason.text.trim()) return undefined;
  return notices.reason({ label: reasons.kinds[reason.kind].label, text: quoted(reason.text, 300) });
}

function askedOf(
  state: Restore['state'],
  goal: GoalSaid,
  startAt: Instant | undefined,
  { notices: { planned } }: Words,
): string {
  if ('intent' in state && state.intent) return inWay(planned.expectLoss, goal, {});
  return state.status === 'approved' && startAt ? planned.saveBefore(moment(startAt)) : planned.saveAtOnce;
}
