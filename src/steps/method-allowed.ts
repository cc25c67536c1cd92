import type { Method } from '../restore/plan.ts';
import type { Restore } from '../restore/restore.ts';
import { refuse } from './methods/instance-look.ts';
import type { RunStep } from './step.ts';

/** How data may come back to a restore's instance by the rules at this moment; undefined when no rules are known. */
export type MethodsAllowed = (restore: Restore) => Promise<readonly Method[] | undefined>;

/** The same step, but not for a method that the rules have forbidden since people were asked. */
export function unlessForbidden<S extends 'approved' | 'ready-to-restore'>(
  step: S extends 'approved' ? 'preflight' : 'send-restore',
  methodsAllowed: MethodsAllowed,
  run: RunStep<S>,
): RunStep<S> {
  return async function checked(context) {
    const { method } = context.restore.plan;
    const allowed = await methodsAllowed(context.restore);
    if (!allowed || allowed.includes(method)) return run(context);
    return refuse(
      step,
      'rules-tightened',
      `The rules of the instance do not allow this way of getting data back ("${method}") any more.`,
    );
  };
}
