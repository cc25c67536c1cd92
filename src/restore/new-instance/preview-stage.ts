import type { Instant, RestoreId } from '../names.ts';
import type { CheckResult } from '../validation.ts';

/** Why a preview gave no counts. */
export const NOT_COUNTED_BECAUSE = [
  'not-agreed',
  'stopped',
  'not-made',
  'dry-run',
  'password-lost',
  'holder-gone',
  'no-answer',
] as const;
export type NotCountedBecause = (typeof NOT_COUNTED_BECAUSE)[number];

/** How a check came out, as the previewed request tells it. */
export type SeenCheck = Pick<CheckResult, 'name' | 'status'>;

/** How far a preview has come. */
export type PreviewStage =
  | { readonly kind: 'asked' }
  | { readonly kind: 'being-made' }
  | { readonly kind: 'counted'; readonly checks: readonly SeenCheck[] }
  | { readonly kind: 'not-counted'; readonly because: NotCountedBecause };

/** A preview of a request's restore point as the request's own record tells of it. */
export interface SeenPreview {
  readonly by: RestoreId;
  /** When it was seen to have come this far. */
  readonly at: Instant;
  readonly snapshotId: string;
  readonly stage: PreviewStage;
}

/** The stage of a preview that was counted while its data was checked with these results. */
export function countedWith(results: readonly CheckResult[]): Extract<PreviewStage, { kind: 'counted' }> {
  return { kind: 'counted', checks: results.map(({ name, status }) => ({ name, status })) };
}
