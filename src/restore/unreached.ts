import { mayHaveArrived } from './may-have-arrived.ts';
import { lateKey, outcomeKey, plannedKey, putOffKey } from './message-key.ts';
import type { OwedMessage } from './owed-message.ts';
import type { Restore } from './restore.ts';
import { putsOff, timesPutOff } from './round.ts';
import { noticePlaces } from './stakeholders.ts';

/** A place that was owed a notice and could not be reached; with `mayHaveArrived`, nobody knows whether it was. */
export interface Unreached {
  readonly place: string;
  /** Which of the notices it was. */
  readonly notice: 'planned' | 'outcome' | 'late' | 'put-off';
  readonly why: string;
  readonly mayHaveArrived: boolean;
}

/** Channels and people that were owed a notice and could not be reached, with the reason: the card names the gap. */
export function unreachedPlaces(restore: Restore): readonly Unreached[] {
  return placesOwedNotices(restore).flatMap((place) => unreachedAt(restore, place) ?? []);
}

/** The same of one place, counted from 1 as `unreachedMessages` counts them. */
export function unreachedPlace(restore: Restore, nth: number): Unreached | undefined {
  const place = placesOwedNotices(restore)[nth - 1];
  return place === undefined ? undefined : unreachedAt(restore, place);
}

/**
 * Those who can mend it, or tell people by hand, hear of each such place once: the requester, and the approvals channel in the thread
 * of the card, where there is one.
 */
export function unreachedMessages(
  restore: Restore,
  { hasCard }: { readonly hasCard: boolean },
): readonly OwedMessage[] {
  const { request, terms } = restore;
  return placesOwedNotices(restore).flatMap((place, index): readonly OwedMessage[] => {
    if (!unreachedAt(restore, place)) return [];
    const nth = index + 1;
    const reply = { key: `unreached:${place}`, kind: 'unreached-reply', to: terms.approvalsChannel, nth } as const;
    const to = request.requestedBy;
    return [{ key: `unreached:${place}:${to}`, kind: 'unreached', to, nth }, ...(hasCard ? [reply] : [])];
  });
}

/** As the plan names them, then those that only the plan named whose start was put off last. */
function placesOwedNotices(restore: Restore): readonly string[] {
  const { askedAnew = [], terms } = restore;
  const putOff = askedAnew.findLast(({ because }) => putsOff(because));
  const before = putOff ? noticePlaces({ plan: putOff.before, terms }) : [];
  return [...new Set([...noticePlaces(restore), ...before])];
}

/** That the start was put off matters no more to a place that was told of the next one; the other notices are of that. */
function unreachedAt({ deliveries, ...restore }: Restore, place: string): Unreached | undefined {
  const putOff = timesPutOff(restore);
  const planned = deliveries[plannedKey(place, putOff)];
  const notices = [
    ['planned', planned],
    ['outcome', deliveries[outcomeKey(place)]],
    ['late', deliveries[lateKey(place, putOff)]],
    ['put-off', mayHaveArrived(planned) ? undefined : deliveries[putOffKey(place, putOff)]],
  ] as const;
  for (const [notice, delivery] of notices) {
    if (delivery?.status === 'undeliverable')
      return { place, notice, why: delivery.why, mayHaveArrived: mayHaveArrived(delivery) };
  }
  return undefined;
}
