import type { Instant } from './names.ts';
import type { AccessSeen } from './receipt/access.ts';

/** Counts and schema of a graph at a moment. */
export interface Fingerprint {
  readonly takenAt: Instant;
  readonly server: string;
  readonly nodes: number;
  readonly relationships: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
  readonly schemaHash: string;
}

export type Baseline =
  /** `access`: who may do what; absent in records of earlier releases. */
  | { readonly kind: 'taken'; readonly fingerprint: Fingerprint; readonly access?: AccessSeen }
  | { readonly kind: 'not-taken'; readonly why: string };

/** How a check came out. */
export const CHECK_STATUSES = ['pass', 'warn', 'fail', 'error', 'timed-out', 'not-run'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export interface CheckResult {
  readonly name: string;
  readonly severity: 'error' | 'warn';
  readonly status: CheckStatus;
  readonly words: string;
  readonly owner?: string;
  readonly durationMs?: number;
}

/** Separate from the restore's status on purpose: a restore can be complete while its data is wrong. */
export type Validation =
  | { readonly status: 'not-started' }
  | { readonly status: 'running' }
  | {
      readonly status: ValidationOutcome;
      readonly at: Instant;
      readonly results: readonly CheckResult[];
      readonly words: string;
      readonly fingerprint?: Fingerprint;
    };

/** `passed`, `warned` (only warnings), `failed` (a check said no), `error` (a check could not run), `not-run` (none could). */
export type ValidationOutcome = 'passed' | 'warned' | 'failed' | 'error' | 'not-run';
