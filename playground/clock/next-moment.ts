import type { Restore } from '../../src/restore/restore.ts';

/** A moment that something waits for, in words for the button that moves the clock there. */
export interface NextMoment {
  readonly atMs: number;
  readonly words: string;
}

/** The soonest moment that an open restore waits for: the end of its request, or its planned start. */
export function nextMoment(open: readonly Restore[], nowMs: number): NextMoment | undefined {
  return open
    .flatMap(momentsOf)
    .filter(({ atMs }) => atMs > nowMs)
    .sort((one, other) => one.atMs - other.atMs)[0];
}

function momentsOf({ id, state }: Restore): readonly NextMoment[] {
  switch (state.status) {
    case 'awaiting-approval':
      return [{ atMs: Date.parse(state.expiresAt), words: `${id} expires` }];
    case 'approved':
      return [{ atMs: Date.parse(state.startAt), words: `${id} starts` }];
    default:
      return [];
  }
}
