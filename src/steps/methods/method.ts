import type { Priority } from '../../aura/budget.ts';
import type { Instant } from '../../restore/names.ts';
import type { MadeFacts } from '../../restore/new-instance/made-instance.ts';
import type { Method, Plan, PlanOf } from '../../restore/plan.ts';
import type { Restore } from '../../restore/restore.ts';
import type { Step } from '../../restore/state.ts';
import type { StepOutcome } from '../step.ts';

/** What a look at everything a plan relies on came to. */
export type PlanLook =
  | { readonly kind: 'as-planned'; readonly requestId?: string }
  | { readonly kind: 'obstacle'; readonly outcome: StepOutcome };

/** What differs between the methods; the steps around it are the same for all. */
export interface MethodSteps<P extends Plan = Plan> {
  /** Reads the world once: is everything there and as it was agreed to? Changes nothing and may be repeated. */
  look(plan: P, asked: { readonly step: Step; readonly priority: Priority }): Promise<PlanLook>;
  /** The calls that `send` makes and that change something, as a dry run lists them. */
  calls(plan: P): readonly string[];
  /**
   * Notes where it will be begun that it is about to be, before the intent is on record: if the process dies right after that, what is
   * left tells that nothing was begun. Begins nothing, and may be in vain. Rejects with `NotBegunError` where it cannot be begun now.
   * Absent: nothing needs that.
   */
  announce?(attempt: { readonly id: string; readonly notAfterMs: number }): Promise<void>;
  /**
   * Begins it, once: the intent is on record. Not at all after `notAfterMs` (epoch): by then others may have decided that it
   * never was. A file is with Aura within `fileLoadMs` or not at all. Rejects with Aura's errors or `NotBegunError`; only those
   * that say so are sure that nothing was begun.
   */
  send(
    plan: P,
    attempt: {
      readonly id: string;
      readonly notAfterMs: number;
      readonly fileLoadMs: number;
      readonly restore: Restore;
    },
  ): Promise<{ readonly status: string; readonly requestId?: string; readonly made?: MadeFacts }>;
  /**
   * What is known of the start besides what Aura shows, while Aura shows none: for methods whose start takes long or depends on
   * people. Only reads. Absent: nothing is, and after the start watch a person is asked.
   */
  watchStart?(
    plan: P,
    attempt: {
      readonly id: string;
      readonly sentAt: Instant;
      readonly fileLoadMs: number;
      readonly now: Instant;
      /** The status that Aura shows now. */
      readonly shown: string;
    },
  ): Promise<StepOutcome>;
  /** What is known of how far Aura is besides its status, in words for people. Only looks. Absent, or undefined: nothing is. */
  howFar?(attemptId: string): Promise<string | undefined>;
}

/** The call of a method was certainly not begun; the message says why, for people. */
export class NotBegunError extends Error {
  override readonly name = 'NotBegunError';
}

/** The methods that this process can carry out. */
export type Methods = { readonly [M in Method]?: MethodSteps<PlanOf<M>> };

/** The steps of a plan's method; undefined when this process cannot carry it out. */
export function methodFor(methods: Methods, plan: Plan): MethodSteps | undefined {
  // The table holds under each name what takes plans of that name.
  return methods[plan.method] as MethodSteps | undefined;
}
