/** A UTC instant as ISO 8601 with milliseconds, `2026-11-21T03:04:05.000Z`. Such strings compare in time order. */
export type Instant = string;

/** Speakable id of a restore: `R-17`. */
export type RestoreId = string;

/** Slack user id (`U…` or `W…`). */
export type PersonId = string;

export type Environment = 'production' | 'staging' | 'development';
