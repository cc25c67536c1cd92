import { goalOf } from '../restore/goal.ts';
import type { Plan } from '../restore/plan.ts';

/** Which password it may be after this restore, for whoever reads that Neo4j refused the configured one. */
export function passwordHint(plan: Plan): string {
  const goal = goalOf(plan);
  switch (goal.kind) {
    case 'back':
      return 'After a restore the password may be the one of the snapshot.';
    case 'replaced':
      return goal.by.kind === 'file'
        ? 'A file that is loaded leaves the password as it was: look whether the configured one is still right.'
        : `After an overwrite the password may be the one of ${goal.by.source.alias}.`;
    case 'beside':
      return 'The password of the new instance may have been changed since it was handed over.';
    default:
      return goal satisfies never;
  }
}

/** The same after a restore of which only the instance is known. */
export const UNKNOWN_PASSWORD = 'After a restore that somebody else made the password may be another one.';
