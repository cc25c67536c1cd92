import { mayHaveArrived } from './may-have-arrived.ts';
import { plannedKey } from './message-key.ts';
import type { Instant } from './names.ts';
import { asksStakeholders } from './objection.ts';
import type { OwedMessage } from './owed-message.ts';
import type { Restore } from './restore.ts';
import { timesPutOff } from './round.ts';
import type { NewlyTold } from './stakeholder-facts.ts';
import { stakeholdersNamed } from './stakeholders.ts';
import type { Terms } from './terms.ts';

/** The field of the record with the groups that other terms name besides, at the end; nothing when they name none. */
export function withNewlyTold(
  before: Pick<Restore, 'terms' | 'newlyTold'>,
  terms: Terms,
  at: Instant,
): { readonly newlyTold?: readonly NewlyTold[] } {
  const until = stakeholdersNamed(before).groups;
  const groups = stakeholdersNamed({ terms }).groups.filter((id) => !until.includes(id));
  return groups.length > 0 ? { newlyTold: [...(before.newlyTold ?? []), { at, groups }] } : {};
}

/**
 * In each channel that had its notice before, those groups are mentioned in the thread; one that is told later names them itself.
 * Until the restore call, while they may hold the start by an objection.
 */
export function newlyToldReplies(restore: Restore): readonly OwedMessage[] {
  const { newlyTold = [], plan } = restore;
  if (!asksStakeholders(restore) || plan.dryRun) return [];
  return newlyTold.flatMap(({ at }, index) => {
    const nth = index + 1;
    const told = plan.noticeChannels.filter((channel) => wasToldBefore(restore, channel, at));
    return told.map((to): OwedMessage => ({ key: `newly-told:${nth}:${to}`, kind: 'newly-told', to, nth }));
  });
}

/** Of whichever start: what is said of a later one stands in the same thread. */
function wasToldBefore(restore: Restore, channel: string, at: Instant): boolean {
  return Array.from({ length: timesPutOff(restore) + 1 }, (_, times) => {
    const planned = restore.deliveries[plannedKey(channel, times)];
    return planned !== undefined && mayHaveArrived(planned) && planned.at < at;
  }).some((isBefore) => isBefore);
}
