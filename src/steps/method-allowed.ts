import type { Method } from '../restore/plan.ts';
import type { Restore } from '../restore/restore.ts';
import { refuse } from './methods/instance-look.ts';
import type { RunStep } from './step.ts';

/**
 * How data may come back to a restore's instance by the rules at this moment; undefined when no rules are known, and `no-rules`
 * when they are and have the instance, or the source of its data, no longer.
 */
export type MethodsAllowed = (restore: Restore) => Promise<readonly Method[] | 'no-rules' | undefined>;

/** The same step, but not for a method or an instance that the rules have forbidden or dropped since people were asked. */
export function unlessForbidden<S extends 'approved' | 'ready-to-restore'>(
  step: S extends 'approved' ? 'preflight' : 'send-restore',
  methodsAllowed: MethodsAllowed,
  run: RunStep<S>,
): RunStep<S> {
  return async function checked(context) {
    const { method } = context.restore.plan;
    const allowed = await methodsAllowed(context.restore);
    if (allowed === 'no-rules') return refuse(step, 'rules-tightened', NO_RULES);
    if (!allowed || allowed.includes(method)) return run(context);
    return refuse(
      step,
      'rules-tightened',
      `The rules of the instance do not allow this way of getting data back ("${method}") any more.`,
    );
  };
}

const NO_RULES =
  'The instance, or the one that its data was to come from, was taken out of the rules after people were asked: nobody may decide about it any more. If it is to be restored, it must be given rules again, and be asked for anew.';
