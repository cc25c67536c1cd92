import type { AuraClient } from '../aura/client.ts';
import { instanceStatusClass } from '../aura/status.ts';
import type { Instant } from '../restore/names.ts';
import { newInstanceId } from '../restore/new-instance/name.ts';
import type { Restore } from '../restore/restore.ts';
import type { StateOf } from '../restore/state.ts';
import { tookFrom } from '../restore/watch.ts';
import { instanceDeleted, isInstanceGone, keepLooking } from './aura-trouble.ts';
import { type MakeInstances, madeFacts } from './methods/new-instance.ts';
import { giveUp, lookAgain, type RunStep, report, type Timing } from './step.ts';
import type { Looks } from './watch-restore.ts';

interface Parts {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly maker: Pick<MakeInstances, 'look'>;
  readonly timing: Pick<Timing, 'pollMs' | 'startWatchMs'>;
}

/** Aura does not know an instance that it was just asked to make for some seconds. */
const KNOWN_WITHIN_MS = 10 * 60_000;
const CLOSELY_MS = 3_000;

/**
 * Finds out what became of a create call without an answer: the instance is looked for by its name. Only reads; when it does not
 * come in time the reaper says so in its record, and goes on looking.
 */
export function createWatchCreated({ maker, timing }: Parts): RunStep<'restore-sent' | 'start-unclear'> {
  const closely = Math.min(timing.pollMs, CLOSELY_MS);

  return async function watchCreated({ restore, now }) {
    try {
      const made = await maker.look(newInstanceId(restore.id));
      const waitedMs = Date.parse(now) - Date.parse(restore.state.intent.at);
      if (!made) {
        return waitedMs < timing.startWatchMs
          ? lookAgain(closely, 'The new instance is about to be asked for.')
          : notMade('The process that was to send the create call ended before it did.');
      }
      const { state } = made;
      switch (state.status) {
        case 'sent':
          return lookAgain(closely, `No answer to the create call yet; looking for an instance named "${made.name}".`);
        case 'not-made':
          return notMade(state.why);
        case 'made': {
          const facts = madeFacts(made);
          return report({ type: 'start-seen', status: 'creating', ...(facts ? { made: facts } : {}) });
        }
        default:
          return instanceDeleted('watch-start', 'unchanged', 'new instance');
      }
    } catch (error) {
      return keepLooking(error);
    }
  };
}

function notMade(why: string) {
  return giveUp({ step: 'watch-start', reason: 'did-not-run', why, condition: 'unchanged' });
}

/** Waits for the new instance to run: `running`, seen twice. How long that took is noted for those that are made later. */
export function createWatchNewInstance({
  aura,
  maker,
  timing,
  looks,
}: Parts & {
  /** Absent: nothing is kept of how long it took. */
  readonly looks?: Pick<Looks, 'known' | 'noteNotEnded' | 'noteEnded'>;
}): RunStep<'restoring'> {
  return async function watchNewInstance({ restore, now, saveFirst }) {
    const { state } = restore;
    try {
      const made = restore.made ?? madeFactsOf(await maker.look(newInstanceId(restore.id)));
      if (!made) return instanceDeleted('watch-restore', 'unchanged', 'new instance');
      if (!restore.made) {
        await saveFirst({ type: 'start-seen', status: 'creating', made });
        return lookAgain(timing.pollMs);
      }
      const { status } = await aura.getInstance(made.auraId, state.runningSeenAt ? 'reconcile' : 'poll');
      const said = `Aura reports the new instance as "${status}".`;
      switch (instanceStatusClass(status)) {
        case 'ready':
          if (state.runningSeenAt) {
            await noteEnded(restore, state.runningSeenAt);
            return report({ type: 'restore-finished' });
          }
          await saveFirst({ type: 'running-seen' });
          return lookAgain(Math.min(timing.pollMs, CLOSELY_MS), said);
        case 'failed':
          return giveUp({ step: 'watch-restore', reason: 'restore-failed', why: said, condition: 'unchanged' });
        case 'gone':
          return instanceDeleted('watch-restore', 'unchanged', 'new instance');
        default:
          if (state.runningSeenAt) await saveFirst({ type: 'running-lost', status });
          await looks?.noteNotEnded(restore, Date.parse(now));
          return lookAgain(timing.pollMs, said);
      }
    } catch (error) {
      const isYoung = Date.parse(now) - Date.parse(state.startedAt) < KNOWN_WITHIN_MS;
      if (!isInstanceGone(error)) return keepLooking(error);
      return isYoung
        ? lookAgain(timing.pollMs, 'Aura does not show the new instance yet.')
        : instanceDeleted('watch-restore', 'unchanged', 'new instance');
    }
  };

  /** From the create call on: whoever found it by its name saw it late. */
  async function noteEnded(restore: Restore & { readonly state: StateOf<'restoring'> }, seenAt: Instant) {
    if (!looks) return;
    const fromMs = Date.parse(restore.state.intent.at);
    const { notEndedAtMs = fromMs } = await looks.known(restore);
    await looks.noteEnded(restore, tookFrom({ fromMs, notEndedAtMs, seenAtMs: Date.parse(seenAt) }));
  }
}

function madeFactsOf(made: Awaited<ReturnType<MakeInstances['look']>>) {
  return made && madeFacts(made);
}
