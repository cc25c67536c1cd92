import type { AuraClient } from '../aura/client.ts';
import { showsRestore } from '../aura/status.ts';
import { fileLoadMsOf } from '../restore/backup-file.ts';
import { utcMinute } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import { isAnothersRestore } from '../restore/shadow/own-status.ts';
import { watchWithLook } from '../restore/start-watch.ts';
import type { StartWatch } from '../restore/state.ts';
import { instanceDeleted, isInstanceGone, keepLooking } from './aura-trouble.ts';
import { type Methods, methodFor } from './methods/method.ts';
import { giveUp, lookAgain, type RunStep, report, type Timing } from './step.ts';

/** For so much of the start watch nobody may have looked without its beginning anew, within these bounds. */
const BREAK_SHARE = 1 / 2;
const MOST_BREAK_MS = 60_000;
const LEAST_BREAK_MS = 2_000;
const BREAK_LOOKS = 3;

function unwatchedWords({ from, until, times }: NonNullable<StartWatch['unwatched']>): string {
  const [first, last] = [utcMinute(from), utcMinute(until)];
  if (first === last) return `About ${first} nobody could look: what Aura did then was not seen.`;
  return times === 1
    ? `From ${first} to ${last} nobody could look: what Aura did then was not seen.`
    : `${times} times between ${first} and ${last} nobody could look: what Aura did then was not seen.`;
}

/** How long Aura was looked at without a break: after three breaks the watch ends in its time, however short that is. */
function timeWatched({ since, unwatched }: StartWatch, now: Instant): string {
  const from = unwatched && unwatched.until > since ? unwatched.until : since;
  const minutes = Math.round((Date.parse(now) - Date.parse(from)) / 60_000);
  const time = minutes === 1 ? 'minute' : `${minutes} minutes`;
  if (!unwatched) return minutes === 1 ? 'In one minute' : `In ${time}`;
  return minutes < 1 ? 'Since then' : `In the ${time} after that`;
}

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
 * person is asked; and while they think, a late start still counts. Only time in which Aura could be looked at counts.
 */
export function createWatchStart(parts: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly methods: Methods;
  readonly timing: Pick<Timing, 'pollMs' | 'startWatchMs'>;
}): RunStep<'restore-sent' | 'start-unclear'> {
  const { aura, timing } = parts;
  /** A restore of little data is over in seconds: look closely, or the start is missed. */
  const closely = Math.min(timing.pollMs, 3_000);
  const longestBreakMs = Math.max(
    Math.min(timing.startWatchMs * BREAK_SHARE, MOST_BREAK_MS),
    LEAST_BREAK_MS,
    closely * BREAK_LOOKS,
  );

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
      const { watch, isNews } = watchWithLook({ ...restore, state }, now, longestBreakMs);
      const unwatched = watch.unwatched ? ` ${unwatchedWords(watch.unwatched)}` : '';
      const watchedMs = Date.parse(now) - Date.parse(watch.since);
      if (watchedMs < timing.startWatchMs) {
        const words = `${isAnswered ? 'Aura took the restore call.' : 'No answer to the restore call yet.'} Aura reports the instance as "${status}"; looking for the start.${unwatched}`;
        return { ...lookAgain(closely, words), ...(isNews ? { watch } : {}) };
      }
      return report({
        type: 'start-not-seen',
        why: `The restore call was sent once and ${isAnswered ? 'Aura took it' : 'its answer was lost'}.${unwatched} ${timeWatched(watch, now)} Aura showed no sign of a restore; the instance is "${status}".`,
      });
    } catch (error) {
      return isInstanceGone(error) ? instanceDeleted('watch-start', 'unknown') : keepLooking(error);
    }
  };
}
