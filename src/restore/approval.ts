import type { Vote } from './agreement.ts';
import { dataLossMinutes } from './loss.ts';
import type { Instant, PersonId } from './names.ts';
import type { Restore } from './restore.ts';
import { executionExpiryOf, startTimeOf } from './start-time.ts';
import type { StateOf } from './state.ts';
import { dependsStill } from './votes.ts';

/** The data loss of a restore that were agreed to at `at`: counted to the start that is to be expected then. */
export function expectedLossMinutes({ plan, terms }: Pick<Restore, 'plan' | 'terms'>, at: Instant): number {
  return dataLossMinutes(plan.restorePoint.takenAt, startTimeOf({ plan, terms }, at));
}

/**
 * The data loss that all who said yes agree to: the smallest, so that nobody is held to more than they were shown. Votes of
 * earlier releases do not say theirs, which then is the one at the last of all. `at` counts where there are none.
 */
export function agreedLossMinutes(
  restore: Pick<Restore, 'plan' | 'terms'>,
  votes: readonly Vote[],
  at: Instant,
): number {
  const agreeing = votes.filter((vote) => vote.kind === 'approve' && !dependsStill(vote));
  const lastVoteAt = agreeing.reduce((last, vote) => (vote.at > last ? vote.at : last), agreeing[0]?.at ?? at);
  const atTheLast = expectedLossMinutes(restore, lastVoteAt);
  return Math.min(...agreeing.map(({ lossMinutes = atTheLast }) => lossMinutes), atTheLast);
}

/**
 * The state of a restore that was approved at `at`: it begins after the notice lead, or later when the plan says so. What comes
 * between a vote and the decision, as the acceptance of its proviso, is growth like any other.
 */
export function approvedAt(
  restore: Pick<Restore, 'plan' | 'planHash' | 'terms'>,
  at: Instant,
  { by, votes }: { readonly by: PersonId; readonly votes: readonly Vote[] },
): StateOf<'approved'> {
  return {
    status: 'approved',
    approval: {
      by,
      at,
      planHash: restore.planHash,
      agreedLossMinutes: agreedLossMinutes(restore, votes, at),
      votes,
    },
    startAt: startTimeOf(restore, at),
    lapsesAt: executionExpiryOf(restore, at),
  };
}
