import type { Instant } from './names.ts';

/** A rule that cannot be filled: how many it needs, and how many can be found for it besides those other rules need. */
export interface ShortRule {
  readonly name: string;
  readonly needed: number;
  readonly possible: number;
}

/** Why it could not be found out whether enough people can approve. */
export interface Unchecked {
  /** Nobody said in time who they are; nobody knows who is on call; more are named than are read at one time. */
  readonly why: 'no-answer' | 'on-call-unknown' | 'too-many';
  /** Aliases of the schedules that the rules name (`no-answer`), or of which nobody knows who is on them (`on-call-unknown`). */
  readonly schedules?: readonly string[];
}

/** Whether enough people can approve, as far as it is known where it was not at the request or at a change of its plan. */
export type Approvability =
  | ({ readonly kind: 'unchecked'; readonly at: Instant } & Unchecked)
  | { readonly kind: 'short'; readonly at: Instant; readonly short: readonly ShortRule[] }
  | { readonly kind: 'enough'; readonly at: Instant };

/** What is known of it from a moment at which it could not be found out. */
export function uncheckedAt(unchecked: Unchecked, at: Instant): Approvability {
  return { kind: 'unchecked', at, ...unchecked };
}

/** For the history. */
export function approvabilityFact(approvability: Approvability): string {
  switch (approvability.kind) {
    case 'unchecked':
      return `not known: ${[approvability.why, ...(approvability.schedules ?? [])].join(', ')}`;
    case 'short':
      return approvability.short.map(({ name, needed, possible }) => `${name}: ${possible} of ${needed}`).join(', ');
    default:
      return approvability.kind;
  }
}
