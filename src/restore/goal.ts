import type { Instant } from './names.ts';
import type { Plan, PlannedFile, PlannedInstance } from './plan.ts';

/** What replaces everything that an instance holds. */
export type Replacement =
  /** Another instance as it is when the copy begins: nobody knows a time before. */
  | { readonly kind: 'live'; readonly source: PlannedInstance }
  | { readonly kind: 'snapshot'; readonly source: PlannedInstance; readonly takenAt: Instant }
  | { readonly kind: 'file'; readonly file: PlannedFile; readonly takenAt: Instant };

/** What a plan does to data. */
type Goal =
  /** The target goes back to what it held itself. */
  | { readonly kind: 'back'; readonly target: PlannedInstance; readonly takenAt: Instant }
  /** What the target held does not matter: it gets the data of something else. */
  | { readonly kind: 'replaced'; readonly target: PlannedInstance; readonly by: Replacement }
  /** The target is left alone; a new instance gets what it held. */
  | { readonly kind: 'beside'; readonly target: PlannedInstance; readonly takenAt: Instant };

/** What a plan does to which data, for whoever must know it without knowing the methods. */
export function goalOf(plan: Plan): Goal {
  const { instance: target, restorePoint } = plan;
  const { takenAt } = restorePoint;
  switch (plan.method) {
    case 'restore-snapshot':
      return { kind: 'back', target, takenAt };
    case 'overwrite': {
      const { source } = plan;
      const isLive = 'isLive' in restorePoint;
      return {
        kind: 'replaced',
        target,
        by: isLive ? { kind: 'live', source } : { kind: 'snapshot', source, takenAt },
      };
    }
    case 'backup-file':
    case 'upload':
      return { kind: 'replaced', target, by: { kind: 'file', file: plan.restorePoint.file, takenAt } };
    case 'new-instance':
      return { kind: 'beside', target, takenAt };
    default:
      return plan satisfies never;
  }
}

/** When what the data comes from was saved, where that is known before the start. */
export function savedAtOf(plan: Plan): Instant | undefined {
  const goal = goalOf(plan);
  if (goal.kind !== 'replaced') return goal.takenAt;
  return goal.by.kind === 'live' ? undefined : goal.by.takenAt;
}
