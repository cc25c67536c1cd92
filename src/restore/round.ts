import type { Instant, Reminded, Restore } from './restore.ts';

/** How often people were asked anew. */
export function roundOf({ askedAnew = [] }: Pick<Restore, 'askedAnew'>): number {
  return askedAnew.length;
}

/** How often a restore that was agreed to was put off because the world had drifted from the agreement. */
export function timesPutOff({ askedAnew = [] }: Pick<Restore, 'askedAnew'>): number {
  return askedAnew.filter(({ because }) => because.kind === 'drifted').length;
}

/** When people were asked in this round. */
export function askedAt({ askedAnew = [], request }: Pick<Restore, 'askedAnew' | 'request'>): Instant {
  return askedAnew.at(-1)?.at ?? request.requestedAt;
}

/** What was done in this round so that people answer; what was done in an earlier one counts for nothing. */
export function remindedNow(restore: Pick<Restore, 'askedAnew' | 'reminded'>): Reminded | undefined {
  return restore.reminded?.round === roundOf(restore) ? restore.reminded : undefined;
}
