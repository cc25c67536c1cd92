import type { Delegation } from './delegation.ts';
import type { PersonId } from './names.ts';
import { areSamePerson } from './person.ts';
import type { Delegate } from './request.ts';
import type { Restore } from './restore.ts';

/**
 * The restore with those who hold a place of somebody who is asked now, instead of those who did when it was requested.
 * Neither a place of the requester nor one that they hold counts for anything, so none of these is among them.
 */
export function withStandIns<R extends Pick<Restore, 'request' | 'terms'>>(
  restore: R,
  inForce: readonly Pick<Delegation, 'from' | 'to' | 'endsAt'>[],
  asked: readonly PersonId[],
): R {
  const { request, terms } = restore;
  const { delegates: _, ...kept } = request;
  const isRequester = (id: PersonId) => areSamePerson(id, request.requestedBy, terms.samePeople);
  const delegates = inForce
    .filter(({ from, to }) => asked.includes(from) && ![from, to].some(isRequester))
    .map(({ from, to, endsAt }): Delegate => ({ from, to, until: endsAt }));
  return { ...restore, request: delegates.length > 0 ? { ...kept, delegates } : kept };
}
