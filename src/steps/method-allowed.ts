import type { Restore } from '../restore/restore.ts';
import { refuse } from './methods/instance-look.ts';
import type { RunStep } from './step.ts';

/** Why the rules at this moment would not take a restore as a request any more, in words; undefined when they would, or none are known. */
export type ForbiddenNow = (restore: Restore) => Promise<string | undefined>;

/** The same step, but not for what the rules have forbidden since people were asked. */
export function unlessForbidden<S extends 'approved' | 'ready-to-restore'>(
  step: S extends 'approved' ? 'preflight' : 'send-restore',
  forbiddenNow: ForbiddenNow,
  run: RunStep<S>,
): RunStep<S> {
  return async function checked(context) {
    const { restore, saveFirst } = context;
    const why = await forbiddenNow(restore);
    if (why !== undefined) return refuse(step, 'rules-tightened', why);
    return run({
      ...context,
      // The step may have taken seconds until then: what is forbidden by now is found at the next look.
      saveFirst: async (event) =>
        (event.type !== 'restore-intended' || (await forbiddenNow(restore)) === undefined) && saveFirst(event),
    });
  };
}
