import type { Proviso } from './agreement.ts';
import type { PersonEvent } from './event.ts';
import type { Instant } from './names.ts';
import type { Restore } from './restore.ts';
import { startTimeOf } from './start-time.ts';

/** The most characters of a condition that is kept. */
export const LONGEST_CONDITION = 300;

/** What a yes depends on; undefined when that is nothing, or only a start that the plan has already. */
export function provisoOf(
  restore: Pick<Restore, 'plan' | 'terms'>,
  { at, proviso }: Pick<Extract<PersonEvent, { type: 'approved' }>, 'at' | 'proviso'>,
): Proviso | undefined {
  const condition = proviso?.condition?.trim().slice(0, LONGEST_CONDITION);
  const notBefore = laterStart(restore, proviso, at);
  if (!condition && notBefore === undefined) return undefined;
  return { ...(condition ? { condition } : {}), ...(notBefore === undefined ? {} : { notBefore }) };
}

/** The start that a proviso asks for, when a restore that is confirmed at `at` would start before it. */
export function laterStart(
  restore: Pick<Restore, 'plan' | 'terms'>,
  proviso: Pick<Proviso, 'notBefore'> | undefined,
  at: Instant,
): Instant | undefined {
  const notBefore = proviso?.notBefore;
  return notBefore !== undefined && startTimeOf(restore, at) < notBefore ? notBefore : undefined;
}
