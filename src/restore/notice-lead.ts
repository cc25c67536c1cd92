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
 * earlier than the notice lead after it. The approval lapses when it would have; a start after that is announced to nobody, and
 * word to stakeholders who are told besides does not take an announced start away by moving it so far.
 */
export function withNoticeLead(restore: Restore, key: string, at: Instant): Restore {
  const { state, terms } = restore;
  const { noticeLeadMinutes } = terms;
  if (state.status !== 'approved' || noticeLeadMinutes === 0) return restore;
  const noticeTo = (place: string) => plannedKey(place, timesPutOff(restore));
  const besides = [
    ...newlyToldReplies(restore).map((reply) => reply.key),
    ...(terms.addedStakeholders?.users ?? []).map(noticeTo),
  ];
  const isNotice = besides.includes(key) || noticePlaces(restore).map(noticeTo).includes(key);
  if (restore.deliveries[key]?.status !== 'posted' || !isNotice || !plannedNoticesAreSettled(restore)) return restore;
  const startAt = addMinutes(at, noticeLeadMinutes);
  const comesTooLate = startAt >= state.lapsesAt;
  if (startAt <= state.startAt || (comesTooLate && hadTheirLead(restore, state.startAt, besides))) return restore;
  const isTold = !comesTooLate && startAt >= addMinutes(state.startAt, TOLD_FROM_MINUTES);
  const moved = isTold ? { movedStart: { at, from: state.startAt, to: startAt } } : {};
  return { ...restore, ...moved, state: { ...state, startAt } };
}

/** Whether all who were to be told of this start in the first place have the whole lead before it. */
function hadTheirLead(restore: Restore, startAt: Instant, besides: readonly string[]): boolean {
  const { terms, deliveries } = restore;
  return noticePlaces(restore)
    .map((place) => plannedKey(place, timesPutOff(restore)))
    .filter((key) => !besides.includes(key))
    .every((key) => {
      const told = deliveries[key];
      return told?.status !== 'posted' || addMinutes(told.at, terms.noticeLeadMinutes) <= startAt;
    });
}
