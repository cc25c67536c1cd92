import { sha256OfCanonicalJson } from './plan.ts';
import type { HistoryEntry, Restore } from './restore.ts';

export type NewEntry = Omit<HistoryEntry, 'seq' | 'previous' | 'hash'>;

/** Appends an entry linked to the one before, so that a later change of any entry shows. */
export function appendEntry(history: readonly HistoryEntry[], entry: NewEntry): readonly HistoryEntry[] {
  const previous = history.at(-1)?.hash ?? '';
  const linked = { ...entry, seq: history.length + 1, previous };
  return [...history, { ...linked, hash: sha256OfCanonicalJson(linked) }];
}

/** The `seq` of the first entry that was changed, dropped, inserted or reordered; undefined when the chain holds. */
export function firstBrokenEntry(history: readonly HistoryEntry[]): number | undefined {
  let previous = '';
  for (const [index, entry] of history.entries()) {
    const { hash, ...linked } = entry;
    const holds = entry.seq === index + 1 && entry.previous === previous && sha256OfCanonicalJson(linked) === hash;
    if (!holds) return entry.seq;
    previous = hash;
  }
  return undefined;
}

/** How long each status lasted, in order, in milliseconds; the last one is open while the restore goes on. */
export function phaseDurations(
  restore: Pick<Restore, 'history'>,
): readonly { readonly status: string; readonly from: string; readonly durationMs?: number }[] {
  const entries = restore.history.filter((entry) => entry.entered !== undefined);
  return entries.map((entry, index) => {
    const next = entries[index + 1];
    const phase = { status: entry.entered ?? '', from: entry.at };
    return next ? { ...phase, durationMs: Date.parse(next.at) - Date.parse(entry.at) } : phase;
  });
}
