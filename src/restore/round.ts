import type { Restore } from './restore.ts';

/** How often people were asked anew. */
export function roundOf({ askedAnew = [] }: Pick<Restore, 'askedAnew'>): number {
  return askedAnew.length;
}

/** How often a restore that was agreed to was put off because the world had drifted from the agreement. */
export function timesPutOff({ askedAnew = [] }: Pick<Restore, 'askedAnew'>): number {
  return askedAnew.filter(({ because }) => because.kind === 'drifted').length;
}
