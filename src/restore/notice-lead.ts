import { addMinutes } from './instant.ts';
import { plannedKey } from './message-key.ts';
import type { Instant } from './names.ts';
import { newlyToldReplies } from './newly-told.ts';
import { plannedNoticesAreSettled } from './owed-messages.ts';
import type { Restore } from './restore.ts';
import { timesPutOff } from './round.ts';
import { noticePlaces } from './stakeholders.ts';

/** A start that is moved by less is not told of anew: those who were told expect it at that minute. */
const TOLD_FROM_MINUTES = 2;

/**
 * The record as it is after a message was settled at `at`: when that was the last notice before the start, the start is no
 * earlier than the notice lead after it. The approval lapses when it would have.
 */
export function withNoticeLead(restore: Restore, key: string, at: Instant): Restore {
  const { state, terms } = restore;
  const { noticeLeadMinutes } = terms;
  if (state.status !== 'approved' || noticeLeadMinutes === 0) return restore;
  const notices = [
    ...noticePlaces(restore).map((place) => plannedKey(place, timesPutOff(restore))),
    ...newlyToldReplies(restore).map((reply) => reply.key),
  ];
  if (restore.deliveries[key]?.status !== 'posted' || !notices.includes(key) || !plannedNoticesAreSettled(restore))
    return restore;
  const startAt = addMinutes(at, noticeLeadMinutes);
  if (startAt <= state.startAt) return restore;
  const isTold = startAt >= addMinutes(state.startAt, TOLD_FROM_MINUTES);
  const moved = isTold ? { movedStart: { at, from: state.startAt, to: startAt } } : {};
  return { ...restore, ...moved, state: { ...state, startAt } };
}
