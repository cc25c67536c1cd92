import type { NewlyAsked } from './agreement.ts';
import type { Instant } from './names.ts';
import { areSamePerson } from './person.ts';
import type { Restore } from './restore.ts';
import { namedByAny, rulesNeeded } from './rules-needed.ts';
import type { PeopleRule } from './terms.ts';

type Asking = Pick<Restore, 'plan' | 'terms' | 'request' | 'newlyAsked'>;

/**
 * The field of the record with whom a change of plan or terms asks besides, at the end; nothing when it names nobody new. Whoever
 * is on a schedule is not known here and hears of it by reminders.
 */
export function withNewlyAsked(
  before: Asking,
  after: Partial<Pick<Restore, 'plan' | 'terms'>>,
  at: Instant,
): { readonly newlyAsked?: readonly NewlyAsked[] } {
  const until = namedIn(before);
  const now = namedIn({ ...before, ...after });
  const { requestedBy } = before.request;
  const users = now.users.filter(
    (id) => !until.users.includes(id) && !areSamePerson(id, requestedBy, before.terms.samePeople),
  );
  const groups = now.groups.filter((id) => !until.groups.includes(id));
  if (users.length + groups.length === 0) return {};
  return { newlyAsked: [...(before.newlyAsked ?? []), { at, users, groups }] };
}

function namedIn(restore: Pick<Restore, 'plan' | 'terms'>): PeopleRule {
  return namedByAny(rulesNeeded(restore));
}
