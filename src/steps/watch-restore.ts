import type { AuraClient } from '../aura/client.ts';
import { instanceStatusClass, showsRestore } from '../aura/status.ts';
import { nextLookMs, runningMayBeTheEnd } from '../restore/watch.ts';
import { instanceDeleted, isInstanceGone, keepLooking } from './aura-trouble.ts';
import { giveUp, lookAgain, type RunStep, report, type Timing } from './step.ts';

/** How soon a `running` is looked at again before it counts. */
const CONFIRM_MS = 3_000;

/**
 * Waits for the restore to end. The end is `running`, seen twice, after the instance was seen to leave it. An unknown
 * status is neither the end nor a failure: it is said on the card, and the looking goes on.
 */
export function createWatchRestore(parts: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly timing: Pick<Timing, 'pollMs' | 'startLagMs'>;
}): RunStep<'restoring'> {
  const { aura, timing } = parts;

  return async function watchRestore({ restore, now, saveFirst }) {
    const { plan, state } = restore;
    const pollMs = nextLookMs(Date.parse(now) - Date.parse(state.startedAt), timing.pollMs);
    const said = (status: string) => `Aura reports the instance as "${status}".`;
    try {
      const { status } = await aura.getInstance(plan.instance.auraId, 'poll');
      switch (instanceStatusClass(status)) {
        case 'ready':
          if (!runningMayBeTheEnd(state, now, timing.startLagMs)) {
            return lookAgain(
              timing.pollMs,
              'Aura accepted the restore but still reports "running"; waiting for it to begin.',
            );
          }
          if (state.runningSeenAt) return report({ type: 'restore-finished' });
          await saveFirst({ type: 'running-seen' });
          return lookAgain(
            Math.min(timing.pollMs, CONFIRM_MS),
            'Aura reports "running"; looking once more to be sure.',
          );
        case 'failed':
          return giveUp({ step: 'watch-restore', reason: 'restore-failed', why: said(status), condition: 'broken' });
        case 'gone':
          return instanceDeleted('watch-restore', 'broken');
        default:
          // Aura accepted the call, so a word of tomorrow is the restore too; somebody's pausing or resizing is not.
          if (!state.leftRunningAt && (showsRestore(status) || isUnknown(status)))
            await saveFirst({ type: 'start-seen', status });
          else if (state.runningSeenAt) await saveFirst({ type: 'running-lost', status });
          return lookAgain(pollMs, said(status));
      }
    } catch (error) {
      return isInstanceGone(error) ? instanceDeleted('watch-restore', 'broken') : keepLooking(error);
    }
  };
}

function isUnknown(status: string): boolean {
  return instanceStatusClass(status) === 'unknown';
}
