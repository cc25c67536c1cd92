import type { AskedAnew } from './agreement.ts';
import type { Instant } from './names.ts';
import type { Reminded } from './reminded.ts';
import type { Restore } from './restore.ts';

/** How often people were asked anew. */
export function roundOf({ askedAnew = [] }: Pick<Restore, 'askedAnew'>): number {
  return askedAnew.length;
}

/** How often a restore that was agreed to was put off: the world had drifted from the agreement, or somebody objected. */
export function timesPutOff({ askedAnew = [] }: Pick<Restore, 'askedAnew'>): number {
  return askedAnew.filter(({ because }) => putsOff(because)).length;
}

/** True when a start that had been agreed to was put off by it; else people were asked anew before they had all agreed. */
export function putsOff(because: AskedAnew['because']): boolean {
  return because.kind === 'put-off' || (because.kind === 'drifted' && because.beforeAgreement !== true);
}

/** When people were asked in this round. */
export function askedAt({ askedAnew = [], request }: Pick<Restore, 'askedAnew' | 'request'>): Instant {
  return askedAnew.at(-1)?.at ?? request.requestedAt;
}

/** What was done in this round so that people answer; what was done in an earlier one counts for nothing. */
export function remindedNow(restore: Pick<Restore, 'askedAnew' | 'reminded'>): Reminded | undefined {
  return restore.reminded?.round === roundOf(restore) ? restore.reminded : undefined;
}
