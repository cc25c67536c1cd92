import type { Restore } from '../restore/restore.ts';
import type { Validation } from '../restore/validation.ts';
import { lookAgain, type RunStep, report, type Timing } from './step.ts';

export type Verified = Extract<Validation, { readonly results: unknown }>;

/** One look at a restored database. Never throws; ends by its own deadline. */
export type LookAtData = (restore: Restore) => Promise<
  | { readonly kind: 'not-yet'; readonly words: string }
  /** Only another worker process can look; it does, and when it is gone this is not said any more. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'verified'; readonly outcome: Omit<Verified, 'at'> }
>;

const LOOK_AGAIN_MS = 5_000;

/**
 * Looks at the restored data until it can be judged. The instance is restored whatever comes of this: a database that
 * never answers ends as restored with a validation of `error`, never as passed.
 */
export function createVerify(parts: {
  readonly lookAtData: LookAtData;
  readonly timing: Pick<Timing, 'verifyConnectMs'>;
}): RunStep<'verifying'> {
  return async function verify({ restore, now }) {
    const look = await parts.lookAtData(restore);
    if (look.kind === 'verified') {
      return report({ type: 'verification-finished', validation: { ...look.outcome, at: now } });
    }
    if (look.kind === 'elsewhere') return { kind: 'not-yet', afterMs: LOOK_AGAIN_MS };
    const waitedMs = Date.parse(now) - Date.parse(restore.since);
    if (waitedMs < parts.timing.verifyConnectMs) {
      return lookAgain(Math.min(LOOK_AGAIN_MS, parts.timing.verifyConnectMs / 4), look.words);
    }
    return report({
      type: 'verification-finished',
      validation: {
        status: 'error',
        at: now,
        words: `The database did not answer for ${waitWords(waitedMs)}: ${look.words}`,
        results: [
          { name: 'connectivity', severity: 'error', status: 'error', words: look.words },
          ...restore.plan.checks.map((name) => ({
            name,
            severity: 'error' as const,
            status: 'not-run' as const,
            words: 'the database could not be reached',
          })),
        ],
      },
    });
  };
}

function waitWords(waitedMs: number): string {
  const seconds = Math.round(waitedMs / 1000);
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}
