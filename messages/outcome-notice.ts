import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import { mayHaveArrived } from '../src/restore/may-have-arrived.ts';
import { plannedKey } from '../src/restore/message-key.ts';
import type { Restore } from '../src/restore/restore.ts';
import { timesPutOff } from '../src/restore/round.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { type Notice, noticeContext, noticeOf } from './notice.ts';
import { saidToHaveRunLines } from './said-to-have-run.ts';
import { past, quoted } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

/**
 * How a restore that stakeholders were told of came out. A completed one uses the operations guide's template; one that
 * did not happen has a notice of its own, in the same form, that says what became of the data. A channel that could not be
 * told of the start, when it is named, is told here what it was; so is one of which nobody knows whether it was told.
 */
export function outcomeNotice(restore: Restore, channel?: string, reader: Reader = ENGLISH_READER): Notice {
  const { state, terms } = restore;
  const words = wordsFor(reader);
  const { completed, ended } = words.notices;
  const { contact } = terms;
  const unannounced = channel === undefined ? [] : unannouncedWords(restore, channel, words);
  const about = noticeContext(restore, words);
  const goal = goalSaid(restore, words);
  if (state.status === 'completed') {
    return noticeOf(
      {
        title: completed.title,
        fields: [
          ['Completion Time', past(state.at)],
          ['Status', serviceStatus(restore, words)],
          ['Data State', inWay(completed.dataState, goal, {})],
          ['Action Required', terms.actionRequired],
        ],
        closing: [...unannounced, ...saidToHaveRunLines(restore, words), completed.please(contact)],
        contact,
        about,
      },
      words,
    );
  }
  const condition = state.status === 'failed' ? state.condition : 'unchanged';
  return noticeOf(
    {
      title: ended.title,
      fields: [
        ['End Time', past(restore.since)],
        ['Status', endWords(restore, words)],
        ['Data State', inWay(ended.dataState[condition], goal, {})],
        ['Action Required', condition === 'unchanged' ? ended.nothingToDo : ended.wait(contact)],
      ],
      closing: [...unannounced, ended.contact(contact)],
      contact,
      about,
    },
    words,
  );
}

function unannouncedWords(restore: Restore, channel: string, words: Words): readonly string[] {
  const { state, request, deliveries } = restore;
  const { notices, reasons } = words;
  const planned = deliveries[plannedKey(channel, timesPutOff(restore))];
  const begunAt = 'intent' in state ? state.intent?.at : undefined;
  const wasDue = planned !== undefined || begunAt !== undefined;
  if (!wasDue || planned?.status === 'posted') return [];
  const untold = mayHaveArrived(planned) ? notices.perhapsUntold : notices.untold;
  return [
    `${untold} ${inWay(notices.unannounced, goalSaid(restore, words), { begunAt: begunAt && past(begunAt) })}`,
    notices.unannouncedReason({
      label: reasons.kinds[request.reason.kind].label,
      text: quoted(request.reason.text, 300),
    }),
  ];
}

function serviceStatus({ validation }: Restore, { notices: { completed } }: Words): string {
  if (validation.status === 'failed' || validation.status === 'error') {
    const bad = validation.results.filter(({ status }) => status !== 'pass' && status !== 'warn').length;
    return completed.checksFailed({ bad, of: validation.results.length });
  }
  return validation.status === 'not-run' ? completed.notChecked : completed.restored;
}

function endWords({ state }: Restore, { notices: { ended }, end }: Words): string {
  switch (state.status) {
    case 'cancelled':
      return ended.cancelled;
    case 'lapsed':
      return ended.lapsed;
    case 'failed':
      return ended.failed(end.failure({ reason: state.reason, why: quoted(state.why, 300) }));
    default:
      return ended.off;
  }
}
