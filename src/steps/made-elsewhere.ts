import { utcMinute } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import type { Plan } from '../restore/plan.ts';
import type { StateOf } from '../restore/state.ts';
import { drifted, type RunStep } from './step.ts';

/** The latest shadow restore of an instance that was found after a moment; undefined when there is none. */
export type MadeElsewhere = (
  auraId: string,
  since: Instant,
) => Promise<{ readonly id: string; readonly foundAt: Instant } | undefined>;

/**
 * The same step, but for an instance that somebody else restored after the first of those who agreed did: they agreed to
 * replace other data than it holds now, also when it is running again. So for a source that is copied as it is at that moment.
 */
export function unlessMadeElsewhere<S extends 'approved' | 'ready-to-restore'>(
  step: S extends 'approved' ? 'preflight' : 'send-restore',
  madeElsewhere: MadeElsewhere,
  run: RunStep<S>,
): RunStep<S> {
  return async function checked(context) {
    const { plan } = context.restore;
    const state: StateOf<'approved' | 'ready-to-restore'> = context.restore.state;
    const agreedAt = state.approval.votes.map(({ at }) => at).sort()[0] ?? state.approval.at;
    for (const { auraId, what } of countedOn(plan)) {
      const found = await madeElsewhere(auraId, agreedAt);
      if (!found) continue;
      return drifted({
        step,
        reason: 'restored-elsewhere',
        why: `Somebody else restored ${what} or loaded other data into it, past this bot (${found.id}, first seen ${utcMinute(found.foundAt)}), after people had begun to agree. This restore has sent nothing.`,
      });
    }
    return run(context);
  };
}

/** The instances whose data people agreed about as it was. */
function countedOn(plan: Plan): readonly { readonly auraId: string; readonly what: string }[] {
  const own = { auraId: plan.instance.auraId, what: 'the instance' };
  if (plan.method !== 'overwrite' || !('isLive' in plan.restorePoint)) return [own];
  return [own, { auraId: plan.source.auraId, what: `the source ${plan.source.alias}` }];
}
