/** What is known of the instance when a restore ends without success. */
export type InstanceCondition = 'unchanged' | 'restored' | 'unknown' | 'broken';

/** Why a restore ended without success, as a code that tests and metrics can rely on. */
export type FailureReason =
  | 'instance-not-found'
  | 'instance-not-running'
  | 'restored-elsewhere'
  | 'instance-changed'
  | 'snapshot-not-found'
  | 'snapshot-not-usable'
  | 'not-as-agreed'
  | 'loss-grew'
  | 'rules-tightened'
  | 'outside-window'
  | 'too-late'
  | 'aura-refused'
  | 'aura-credentials'
  | 'safety-snapshot-failed'
  | 'restore-refused'
  | 'restore-failed'
  | 'file-not-usable'
  | 'instance-deleted'
  | 'did-not-run'
  | 'step-gave-up';

/**
 * What may turn out differently between the agreement and the start, while nothing was sent. What the rules do not allow any more is
 * one of them while people are asked; at the start it fails as `rules-tightened`.
 */
export const DRIFT_REASONS = [
  'instance-not-found',
  'instance-not-running',
  'restored-elsewhere',
  'instance-changed',
  'snapshot-not-found',
  'snapshot-not-usable',
  'not-as-agreed',
  'loss-grew',
  'rules-tightened',
  'outside-window',
  'no-longer-allowed',
] as const satisfies readonly (FailureReason | 'no-longer-allowed')[];

export type DriftReason = (typeof DRIFT_REASONS)[number];
