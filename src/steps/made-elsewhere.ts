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

/** A restore whose record cannot be read, so that nobody knows whether it is such a one. */
interface UnreadableRestore {
  readonly unreadable: string;
}

/** The latest such restore; undefined when there is none. One that is known counts before one that nobody can read. */
export type MadeElsewhere = (
  auraId: string,
  since: Instant,
) => Promise<ElsewhereRestore | UnreadableRestore | undefined>;

/** What all of these find: the answer of the first that finds anything for certain, or else of the first that cannot tell. */
export function firstOf(...looks: readonly MadeElsewhere[]): MadeElsewhere {
  return async function first(auraId, since) {
    let unknown: UnreadableRestore | undefined;
    for (const look of looks) {
      const found = await look(auraId, since);
      if (found && !('unreadable' in found)) return found;
      unknown ??= found;
    }
    return unknown;
  };
}

/**
 * The same step, but for an instance whose data another restore replaced after the first of those who agreed did: they agreed to
 * replace other data than it holds now, also when it is running again. So for a source that is copied as it is at that moment.
 * Where nobody can tell, the step is held up.
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
    let heldUpBy: string | undefined;
    for (const { auraId, what } of countedOn(plan)) {
      const found = await madeElsewhere(auraId, agreedAt);
      if (!found) continue;
      if ('unreadable' in found) {
        heldUpBy ??= `The record of restore ${found.unreadable} cannot be read, so it is not known whether it replaced the data of ${what} after people had begun to agree. Nothing is sent until it can be read.`;
        continue;
      }
      return drifted({
        step,
        reason: 'restored-elsewhere',
        why: `${whoDid(found, what)}, after people had begun to agree. This restore has sent nothing.`,
      });
    }
    return run(heldUpBy === undefined ? context : { ...context, heldUpBy });
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
