import type { Baseline } from '../restore/validation.ts';
import { type RunStep, report } from './step.ts';

/** The fingerprint of an instance's data now, or in words why there is none. Never throws; ends by its own deadline. */
export type TakeFingerprint = (alias: string, auraId: string) => Promise<Baseline>;

/** Evidence of the data just before the restore. A restore does not depend on it: the data may be what is broken. */
export function createTakeBaseline(takeFingerprint: TakeFingerprint): RunStep<'taking-baseline'> {
  return async function takeBaseline({ restore }) {
    return report({
      type: 'baseline-settled',
      baseline: await takeFingerprint(restore.plan.instance.alias, restore.plan.instance.auraId),
    });
  };
}
