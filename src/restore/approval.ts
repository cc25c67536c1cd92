import type { Vote } from './agreement.ts';
import { dataLossMinutes } from './loss.ts';
import type { Instant, PersonId } from './names.ts';
import type { Restore } from './restore.ts';
import { executionExpiryOf, startTimeOf } from './start-time.ts';
import type { StateOf } from './state.ts';
import { dependsStill } from './votes.ts';

/**
 * The state of a restore that was approved at `at`: it begins after the notice lead, or later when the plan says so. The data loss
 * agreed to is the one at the start that was to be expected at the last vote: what comes between a vote and the acceptance of its
 * proviso is growth like any other.
 */
export function approvedAt(
  restore: Pick<Restore, 'plan' | 'planHash' | 'terms'>,
  at: Instant,
  { by, votes }: { readonly by: PersonId; readonly votes: readonly Vote[] },
): StateOf<'approved'> {
  const { plan, planHash } = restore;
  const agreedAt = votes.filter((vote) => vote.kind === 'approve' && !dependsStill(vote)).map((vote) => vote.at);
  const lastVoteAt = agreedAt.sort().at(-1) ?? at;
  const agreedLossMinutes = dataLossMinutes(plan.restorePoint.takenAt, startTimeOf(restore, lastVoteAt));
  return {
    status: 'approved',
    approval: { by, at, planHash, agreedLossMinutes, votes },
    startAt: startTimeOf(restore, at),
    lapsesAt: executionExpiryOf(restore, at),
  };
}
