import type { AuraClient } from '../aura/client.ts';
import { instanceStatusClass, showsRestore } from '../aura/status.ts';
import { nextLookMs, stretchOf } from '../restore/next-look.ts';
import type { Restore } from '../restore/restore.ts';
import { isAnothersRestore } from '../restore/shadow/own-status.ts';
import type { StateOf } from '../restore/state.ts';
import { expectedEnd, runningMayBeTheEnd, type Took, tookFrom } from '../restore/watch.ts';
import { instanceDeleted, isInstanceGone, keepLooking } from './aura-trouble.ts';
import { type Methods, methodFor } from './methods/method.ts';
import { giveUp, lookAgain, type RunStep, report, type Timing } from './step.ts';

type Restoring = Restore & { readonly state: StateOf<'restoring'> };

/** How soon a `running` is looked at again before it counts: three seconds with the usual poll, never later. */
const CONFIRM_POLLS = 1 / 5;
const CONFIRM_MS = 3_000;
/** A reminder that comes early by less than this part of the poll has come in time. */
const EARLY_POLLS = 1 / 100;

/** Earlier looks and earlier restores, by which the next look is timed. None of it ever rejects: it is only a hint. */
export interface Looks {
  /** When, by the store's clock, all looks that now wait have had their turn; undefined when none does. */
  lineEndsAtMs(): Promise<number | undefined>;
  /**
   * What was noted last of this restore, and how long the latest ones of its instance took, else of its type and size; and
   * when, by the store's clock, those have had their turn that wait for a look, and whether this restore is one of them.
   */
  known(restore: Restore): Promise<{
    readonly notEndedAtMs?: number;
    readonly earlier: readonly Took[];
    readonly lineEndsAtMs?: number;
    readonly isInLine: boolean;
  }>;
  /** The restore was seen not to have ended, at this moment of the store's clock (epoch ms). */
  noteNotEnded(restore: Restore, atMs: number): Promise<void>;
  /** The restore ended after it took so long. */
  noteEnded(restore: Restore, took: Took): Promise<void>;
}

const NOTHING_KNOWN: Looks = {
  lineEndsAtMs: async () => undefined,
  known: async () => ({ earlier: [], isInLine: false }),
  noteNotEnded: async () => undefined,
  noteEnded: async () => undefined,
};

/**
 * Waits for the restore to end. The end is `running`, seen twice, after the instance was seen to leave it. An unknown
 * status is neither the end nor a failure: it is said on the card, and the looking goes on.
 */
export function createWatchRestore(parts: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly timing: Pick<Timing, 'pollMs' | 'startLagMs'>;
  /** Absent: nothing is known of other restores. */
  readonly looks?: Looks;
  /** Absent: only Aura tells how far it is. */
  readonly methods?: Methods;
}): RunStep<'restoring'> {
  const { aura, timing } = parts;
  const looks = parts.looks ?? NOTHING_KNOWN;

  /** A worker that knows nothing of it leaves what another one knew: else the two would contradict each other by turns. */
  async function withHowFar(said: string, { plan, state, observation }: Restoring): Promise<string> {
    const far = parts.methods && (await methodFor(parts.methods, plan)?.howFar?.(state.intent.attemptId));
    if (far) return `${said} ${far}`;
    return observation?.words.startsWith(`${said} `) ? observation.words : said;
  }

  return async function watchRestore({ restore, now, saveFirst }) {
    const { plan, state } = restore;
    const nowMs = Date.parse(now);
    const startedMs = Date.parse(state.startedAt);
    const { notEndedAtMs, earlier, lineEndsAtMs = nowMs, isInLine } = await looks.known(restore);
    const expected = expectedEnd(earlier);
    const nextMs = (lookedMs: number) =>
      nextLookMs({
        waitedMs: lookedMs - startedMs,
        pollMs: timing.pollMs,
        stretch: stretchOf(lineEndsAtMs - nowMs, timing.pollMs),
        expected,
      });
    const lastMs = notEndedAtMs ?? (expected && state.leftRunningAt && Date.parse(state.leftRunningAt));
    // A look in the future is from before the clock was set back. Who left the line because it grew would leave its turn unused.
    if (lastMs && lastMs <= nowMs && !state.runningSeenAt && !isInLine) {
      const earlyByMs = lastMs + nextMs(lastMs) - nowMs;
      if (earlyByMs > EARLY_POLLS * timing.pollMs) return { kind: 'not-yet', afterMs: earlyByMs };
    }
    const said = (status: string) => `Aura reports the instance as "${status}".`;
    try {
      // The second look at an end must not wait behind everybody's first.
      const { status } = await aura.getInstance(plan.instance.auraId, state.runningSeenAt ? 'reconcile' : 'poll');
      switch (instanceStatusClass(status)) {
        case 'ready':
          if (!runningMayBeTheEnd(state, now, timing.startLagMs)) {
            return lookAgain(
              timing.pollMs,
              'Aura accepted the restore but still reports "running"; waiting for it to begin.',
            );
          }
          if (state.runningSeenAt) {
            const took = tookOf(state, notEndedAtMs ?? startedMs);
            if (took) await looks.noteEnded(restore, took);
            return report({ type: 'restore-finished' });
          }
          await saveFirst({ type: 'running-seen' });
          return lookAgain(
            Math.min(CONFIRM_POLLS * timing.pollMs, CONFIRM_MS),
            'Aura reports "running"; looking once more to be sure.',
          );
        case 'failed':
          return giveUp({ step: 'watch-restore', reason: 'restore-failed', why: said(status), condition: 'broken' });
        case 'gone':
          return instanceDeleted('watch-restore', 'broken');
        default:
          if (isAnothersRestore(plan.method, status)) return restoredMeanwhile(said(status));
          // Aura accepted the call, so a word of tomorrow is the restore too; somebody's pausing or resizing is not.
          if (!state.leftRunningAt && (showsRestore(status) || isUnknown(status)))
            await saveFirst({ type: 'start-seen', status });
          else if (state.runningSeenAt) await saveFirst({ type: 'running-lost', status });
          await looks.noteNotEnded(restore, nowMs);
          return lookAgain(nextMs(nowMs), await withHowFar(said(status), restore));
      }
    } catch (error) {
      return isInstanceGone(error) ? instanceDeleted('watch-restore', 'broken') : keepLooking(error);
    }
  };
}

/** The end was between the last look that did not see it and the one that did. Undefined when no start was seen. */
function tookOf({ startedAt, leftRunningAt, runningSeenAt }: StateOf<'restoring'>, notEndedAtMs: number) {
  if (!leftRunningAt || !runningSeenAt) return undefined;
  return tookFrom({ fromMs: Date.parse(startedAt), notEndedAtMs, seenAtMs: Date.parse(runningSeenAt) });
}

/** The file was being loaded, or just was: what the instance holds now is what that other restore brings. */
function restoredMeanwhile(said: string) {
  const why = `${said} No file load does that: somebody else restores it, past this bot, since the file was with Aura.`;
  return giveUp({ step: 'watch-restore', reason: 'restored-elsewhere', why, condition: 'unknown' });
}

function isUnknown(status: string): boolean {
  return instanceStatusClass(status) === 'unknown';
}
