import type { AuraClient } from '../aura/client.ts';
import { showsRestore } from '../aura/status.ts';
import { fileLoadMsOf } from '../restore/backup-file.ts';
import { isAnothersRestore } from '../restore/shadow/own-status.ts';
import { instanceDeleted, isInstanceGone, keepLooking } from './aura-trouble.ts';
import { type Methods, methodFor } from './methods/method.ts';
import { giveUp, lookAgain, type RunStep, report, type Timing } from './step.ts';

function madeElsewhere(status: string) {
  return giveUp({
    step: 'watch-start',
    reason: 'restored-elsewhere',
    why: `Aura reports the instance as "${status}", which no file load does: somebody else restores it, past this bot. The file must not be uploaded any more without a new request.`,
    condition: 'unknown',
  });
}

/**
 * Finds out whether a restore call without an answer was carried out. Only reads. When no start shows in time, a
 * person is asked; and while they think, a late start still counts.
 */
export function createWatchStart(parts: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly methods: Methods;
  readonly timing: Pick<Timing, 'pollMs' | 'startWatchMs'>;
}): RunStep<'restore-sent' | 'start-unclear'> {
  const { aura, timing } = parts;
  /** A restore of little data is over in seconds: look closely, or the start is missed. */
  const closely = Math.min(timing.pollMs, 3_000);

  return async function watchStart({ restore, now }) {
    const { plan, state } = restore;
    try {
      const { status } = await aura.getInstance(plan.instance.auraId, 'reconcile');
      const isAnothers = isAnothersRestore(plan.method, status);
      if (showsRestore(status) && !isAnothers) return report({ type: 'start-seen', status });
      if (isAnothers && plan.method === 'backup-file') return madeElsewhere(status);
      if (status === 'loading failed') {
        return giveUp({
          step: 'watch-start',
          reason: 'restore-failed',
          why: 'Aura reports "loading failed".',
          condition: 'broken',
        });
      }
      if (state.status === 'start-unclear')
        return lookAgain(timing.pollMs, `Aura reports the instance as "${status}".`);
      const method = methodFor(parts.methods, plan);
      if (method?.watchStart) {
        const { attemptId: id, at: sentAt } = state.intent;
        return await method.watchStart(plan, {
          id,
          sentAt,
          now,
          shown: status,
          fileLoadMs: fileLoadMsOf(restore),
        });
      }
      const isAnswered = state.intent.requestId !== undefined;
      const waitedMs = Date.parse(now) - Date.parse(state.intent.at);
      if (waitedMs < timing.startWatchMs) {
        return lookAgain(
          closely,
          `${isAnswered ? 'Aura took the restore call.' : 'No answer to the restore call yet.'} Aura reports the instance as "${status}"; looking for the start.`,
        );
      }
      const minutes = Math.round(waitedMs / 60_000);
      return report({
        type: 'start-not-seen',
        why: `The restore call was sent once and ${isAnswered ? 'Aura took it' : 'its answer was lost'}. In ${minutes} minutes Aura showed no sign of a restore; the instance is "${status}".`,
      });
    } catch (error) {
      return isInstanceGone(error) ? instanceDeleted('watch-start', 'unknown') : keepLooking(error);
    }
  };
}
