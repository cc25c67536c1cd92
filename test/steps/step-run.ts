import type { Instant } from '../../src/restore/names.ts';
import type { Status, Step } from '../../src/restore/state.ts';
import type { RunStep, StepEvent, StepOutcome } from '../../src/steps/step.ts';
import type { RestoreIn } from '../support/make-restore.ts';

export const POLL_MS = 15_000;

export interface StepRun {
  readonly outcome: StepOutcome;
  /** What was saved before an effect. */
  readonly saved: readonly StepEvent[];
}

/** Lets a step look once. `isSaved` is what the store answers to a save: `false` means that another run was first. */
export async function runStep<S extends Status>(
  step: RunStep<S>,
  restore: RestoreIn<S>,
  now: Instant = restore.since,
  isSaved = true,
): Promise<StepRun> {
  const saved: StepEvent[] = [];
  const outcome = await step({
    restore,
    now,
    saveFirst: async (event) => {
      // Changes nothing in a record that knows of the call.
      if (event.type === 'sent-before-seen') return false;
      saved.push(event);
      return isSaved;
    },
  });
  return { outcome, saved };
}

/** The event a step came to, or undefined when it looks again. */
export function eventOf({ outcome }: StepRun): StepEvent | undefined {
  return outcome.kind === 'event' ? outcome.event : undefined;
}

/** What a step says while it looks again; empty when it says nothing, undefined when it came to an event. */
export function wordsOf({ outcome }: StepRun): string | undefined {
  return outcome.kind === 'look-again' ? (outcome.words ?? '') : undefined;
}

/** The same duration for every step. */
export function everyStep(durationMs: number): Readonly<Record<Step, number>> {
  return {
    'expire-request': durationMs,
    remind: durationMs,
    'look-at-agreement': durationMs,
    preflight: durationMs,
    'take-baseline': durationMs,
    'request-safety-snapshot': durationMs,
    'watch-safety-snapshot': durationMs,
    'send-restore': durationMs,
    'watch-start': durationMs,
    'watch-restore': durationMs,
    verify: durationMs,
  };
}
