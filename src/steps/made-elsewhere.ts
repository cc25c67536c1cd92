import { utcMinute } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import type { Plan } from '../restore/plan.ts';
import type { StateOf } from '../restore/state.ts';
import { drifted, type RunStep } from './step.ts';

/** Another restore that replaced the data of an instance, as was found after a moment. */
interface ElsewhereRestore {
  readonly id: string;
  readonly foundAt: Instant;
  /** This bot carried it out; absent: somebody did, past the bot. */
  readonly isOurs?: boolean;
}

/** The latest such restore; undefined when there is none. */
export type MadeElsewhere = (auraId: string, since: Instant) => Promise<ElsewhereRestore | undefined>;

/** What all of these find: the answer of the first that finds anything. */
export function firstOf(...looks: readonly MadeElsewhere[]): MadeElsewhere {
  return async function first(auraId, since) {
    for (const look of looks) {
      const found = await look(auraId, since);
      if (found) return found;
    }
    return undefined;
  };
}

/**
 * The same step, but for an instance whose data another restore replaced after the first of those who agreed did: they agreed to
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
        why: `${whoDid(found, what)}, after people had begun to agree. This restore has sent nothing.`,
      });
    }
    return run(context);
  };
}

function whoDid({ id, foundAt, isOurs }: ElsewhereRestore, what: string): string {
  const at = utcMinute(foundAt);
  return isOurs
    ? `Another restore of this bot replaced the data of ${what}, or may have (${id}, as of ${at})`
    : `Somebody else restored ${what} or loaded other data into it, past this bot (${id}, first seen ${at})`;
}

/** The instances whose data people agreed about as it was. */
function countedOn(plan: Plan): readonly { readonly auraId: string; readonly what: string }[] {
  const own = { auraId: plan.instance.auraId, what: 'the instance' };
  if (plan.method !== 'overwrite' || !('isLive' in plan.restorePoint)) return [own];
  return [own, { auraId: plan.source.auraId, what: `the source ${plan.source.alias}` }];
}
