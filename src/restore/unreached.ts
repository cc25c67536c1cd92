import { mayHaveArrived } from './may-have-arrived.ts';
import { outcomeKey, plannedKey } from './message-key.ts';
import type { OwedMessage } from './owed-message.ts';
import type { Restore } from './restore.ts';
import { timesPutOff } from './round.ts';
import { noticePlaces } from './stakeholders.ts';

/** A place that was owed a notice and could not be reached; with `mayHaveArrived`, nobody knows whether it was. */
export interface Unreached {
  readonly place: string;
  /** Which of the notices it was. */
  readonly notice: 'planned' | 'outcome';
  readonly why: string;
  readonly mayHaveArrived: boolean;
}

/** Channels and people that were owed a notice and could not be reached, with the reason: the card names the gap. */
export function unreachedPlaces(restore: Restore): readonly Unreached[] {
  return noticePlaces(restore).flatMap((place) => unreachedAt(restore, place) ?? []);
}

/** The same of one place, counted from 1 as the plan names them. */
export function unreachedPlace(restore: Restore, nth: number): Unreached | undefined {
  const place = noticePlaces(restore)[nth - 1];
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
  return noticePlaces(restore).flatMap((place, index): readonly OwedMessage[] => {
    if (!unreachedAt(restore, place)) return [];
    const nth = index + 1;
    const reply = { key: `unreached:${place}`, kind: 'unreached-reply', to: terms.approvalsChannel, nth } as const;
    const to = request.requestedBy;
    return [{ key: `unreached:${place}:${to}`, kind: 'unreached', to, nth }, ...(hasCard ? [reply] : [])];
  });
}

function unreachedAt(restore: Restore, place: string): Unreached | undefined {
  const keys = { planned: plannedKey(place, timesPutOff(restore)), outcome: outcomeKey(place) };
  for (const notice of ['planned', 'outcome'] as const) {
    const delivery = restore.deliveries[keys[notice]];
    if (delivery?.status === 'undeliverable')
      return { place, notice, why: delivery.why, mayHaveArrived: mayHaveArrived(delivery) };
  }
  return undefined;
}
