import { hashFits } from '../restore/history.ts';
import type { ExportedEntry } from './line.ts';

/** What happened to an entry, in the words of the report. */
export type DamageKind = 'changed' | 'missing' | 'inserted' | 'out of order';

/** The first entry of a restore that is not as it was written. */
export interface Damage {
  readonly kind: DamageKind;
  readonly seq: number;
  readonly words: string;
}

/** The latest entry that held, with what is needed to judge the next. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

/** True when `entry` continues the chain: numbered next, naming the hash before it, with a hash of its own that fits. */
export function continues(last: Link | undefined, entry: ExportedEntry): boolean {
  return entry.seq === (last?.seq ?? 0) + 1 && entry.previous === (last?.hash ?? '') && hashFits(entry);
}

/**
 * Says what happened where a chain stopped holding. `rest` begins with the entry that does not continue it and has all
 * later entries of the same restore: what follows tells an entry that was pushed in from one that was altered.
 */
export function damageAt(last: Link | undefined, rest: readonly [ExportedEntry, ...ExportedEntry[]]): Damage {
  const [entry, ...later] = rest;
  const expected = (last?.seq ?? 0) + 1;
  const comesLater = later.some((candidate) => continues(last, candidate));
  if (!hashFits(entry)) {
    if (comesLater)
      return inserted(entry.seq, `it stands before the true entry ${expected}, and its hash does not fit it`);
    const isInPlace = entry.previous === (last?.hash ?? '');
    return changed(isInPlace ? expected : entry.seq, 'its hash does not fit what it says');
  }
  if (entry.seq === expected) {
    if (!last) return changed(1, 'it names an entry before it, but it is the first');
    if (comesLater) return inserted(entry.seq, `it stands before the true entry ${expected}`);
    return changed(last.seq, `entry ${entry.seq} was written after an entry ${last.seq} with another hash`);
  }
  if (entry.seq > expected) {
    if (comesLater) return outOfOrder(entry.seq, `it stands before entry ${expected}`);
    if (last && entry.previous === last.hash)
      return changed(entry.seq, `it follows entry ${last.seq} but is numbered ${entry.seq}`);
    return missing(expected, entry.seq - 1);
  }
  if (
    last &&
    entry.seq === last.seq &&
    entry.hash !== last.hash &&
    later.some(({ previous }) => previous === entry.hash)
  ) {
    return inserted(last.seq, `a second entry ${last.seq} follows, and later entries go on from that one`);
  }
  return inserted(entry.seq, `it stands again after entry ${expected - 1}`);
}

/** Entries are gone: from `from` to `to`, both included. */
export function missing(from: number, to: number): Damage {
  return {
    kind: 'missing',
    seq: from,
    words: from === to ? 'it is not there' : `entries ${from} to ${to} are not there`,
  };
}

export function changed(seq: number, words: string): Damage {
  return { kind: 'changed', seq, words };
}

export function outOfOrder(seq: number, words: string): Damage {
  return { kind: 'out of order', seq, words };
}

function inserted(seq: number, words: string): Damage {
  return { kind: 'inserted', seq, words };
}
