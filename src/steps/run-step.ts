import type { Logger } from 'pino';
import type { Coordinator, Loaded } from '../coordinator.ts';
import type { Rest } from '../queue/work-worker.ts';
import { dueStep, isUnderWay } from '../restore/due-step.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { roundOf } from '../restore/round.ts';
import type { RestoreState, StateOf, Status } from '../restore/state.ts';
import { quietMs } from '../restore/watch.ts';
import type { RunStep, StepContext, StepEvent, StepOutcome, Steps, Timing } from './step.ts';

/** Carries out the due step of a restore if it is still the one the reminder was for. */
export type RunDueStep = (id: RestoreId, turn: number) => Promise<Rest>;

const DONE: Rest = { kind: 'done' };

export function createRunDueStep(parts: {
  readonly coordinator: Pick<Coordinator, 'find' | 'apply'>;
  readonly steps: Steps;
  readonly timing: Pick<Timing, 'stallMs'>;
  /** Called after a look that changed nothing, so that elapsed times on the card go on. */
  readonly refreshCard: (id: RestoreId) => void;
  readonly log: Logger;
}): RunDueStep {
  const { coordinator, timing } = parts;

  return async function runDueStep(id, turn) {
    const loaded = await coordinator.find(id);
    if (!loaded || loaded.restore.turn !== turn) return DONE;
    const { restore, now } = loaded;
    const due = dueStep(restore);
    if (!due) return DONE;
    const earlyByMs = Date.parse(due.at) - Date.parse(now);
    if (earlyByMs > 0 && !isFromBeforeSetBack(restore, now)) return { kind: 'again', afterMs: earlyByMs };

    const round = roundOf(restore);
    let seen: Loaded | undefined = loaded;
    const save = async (event: StepEvent) => {
      const applied = await coordinator.apply(id, { ...event, round }, seen);
      seen = undefined;
      return applied.kind === 'changed';
    };
    const outcome = await stepOf(parts.steps, restore)(now, save);
    if (outcome.kind === 'event') {
      await save(outcome.event);
      return DONE;
    }
    if (outcome.kind === 'not-yet') return { kind: 'again', afterMs: outcome.afterMs };
    parts.log.debug({ restoreId: id, step: due.step, words: outcome.words }, 'step looks again');
    const latest = await coordinator.find(id);
    // The step may have saved an event that began another turn: then this reminder is spent.
    if (!latest || latest.restore.turn !== turn) return DONE;
    seen = latest;
    if (outcome.hasCome?.(latest.restore)) return { kind: 'again', afterMs: 0 };
    const { words, watch } = outcome;
    if (words !== undefined && (watch || isNews(outcome, latest.restore))) {
      const since = outcome.isUnanswered ? { unansweredSince: now } : {};
      await save({ type: 'step-observed', words, ...since, ...(watch ? { watch } : {}) });
    } else if (!latest.restore.stalledAt && quietMs(latest.restore, latest.now) > timing.stallMs[due.step]) {
      await save({ type: 'stall-noticed', limitMinutes: Math.round(timing.stallMs[due.step] / 60_000) });
    } else {
      parts.refreshCard(id);
    }
    return { kind: 'again', afterMs: outcome.afterMs };
  };
}

/**
 * What is under way began at a moment that has not come yet, because the records' clock was set back since: its step is looked
 * at as ever, and judges by itself what may happen before its time. What waits for people waits for the moments they were told.
 */
function isFromBeforeSetBack({ state, since }: Restore, now: Instant): boolean {
  return isUnderWay(state.status) && now < since;
}

/** How Aura fails to answer may change with every look; that it does is said once. */
function isNews(
  { words, isUnanswered }: Extract<StepOutcome, { kind: 'look-again' }>,
  { observation }: Restore,
): boolean {
  return isUnanswered ? observation?.unansweredSince === undefined : words !== observation?.words;
}

type Run = (now: Instant, saveFirst: StepContext['saveFirst']) => Promise<StepOutcome>;

/** Pairs the state with the runner made for it; the compiler checks that each status gets its own. */
function stepOf(steps: Steps, restore: Restore): Run {
  const { state } = restore;
  const due = dueStep(restore)?.step;
  const run =
    <S extends Status>(step: RunStep<S>, narrowed: StateOf<S>): Run =>
    (now, saveFirst) =>
      step({ restore: { ...restore, state: narrowed }, now, saveFirst });
  switch (state.status) {
    case 'awaiting-approval':
      return run(steps[due === 'remind' || due === 'look-at-agreement' ? due : 'expire-request'], state);
    case 'approved':
      return run(steps.preflight, state);
    case 'taking-baseline':
      return run(steps['take-baseline'], state);
    case 'requesting-safety-snapshot':
      return run(steps['request-safety-snapshot'], state);
    case 'awaiting-safety-snapshot':
      return run(steps['watch-safety-snapshot'], state);
    case 'ready-to-restore':
      return run(steps['send-restore'], state);
    case 'restore-sent':
    case 'start-unclear':
      return run(steps['watch-start'], state);
    case 'restoring':
      return run(steps['watch-restore'], state);
    case 'verifying':
      return run(steps.verify, state);
    default:
      return nothingDue(state);
  }
}

function nothingDue(state: RestoreState): never {
  throw new Error(`nothing is due in status ${state.status}`);
}
