import { createHash } from 'node:crypto';
import type { Instant, RestoreId } from './names.ts';
import { sha256OfCanonicalJson } from './plan.ts';
import type { HistoryEntry, Restore } from './restore.ts';

export type NewEntry = Omit<HistoryEntry, 'seq' | 'previous' | 'hash'>;

/** Whatever keeps a chained history. */
interface Chained {
  readonly history: readonly HistoryEntry[];
}

/** The latest entry of a restore's history: with its hash, everything before it is fixed too. */
export interface ChainHead {
  readonly restoreId: RestoreId;
  /** Alias of the instance. */
  readonly instance: string;
  readonly seq: number;
  readonly at: Instant;
  readonly hash: string;
}

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
    const holds = entry.seq === index + 1 && entry.previous === previous && hashFits(entry);
    if (!holds) return entry.seq;
    previous = entry.hash;
  }
  return undefined;
}

/** Whether the last entry of what was to be saved stands on record, in its place. */
export function isOnRecord(saved: Chained, onRecord: Chained | undefined): boolean {
  const entry = saved.history.at(-1);
  return entry !== undefined && onRecord?.history[entry.seq - 1]?.hash === entry.hash;
}

/** SHA-256 over heads in their order, one a line: what a daily anchor says of its lines. */
export function digestOf(heads: readonly ChainHead[]): string {
  const lines = heads.map(({ restoreId, seq, hash }) => `${restoreId} ${seq} ${hash}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** True when the entry's own hash is that of its content. */
export function hashFits(entry: Pick<HistoryEntry, 'hash'>): boolean {
  const { hash, ...linked } = entry;
  return sha256OfCanonicalJson(linked) === hash;
}

/** The head of a record's chain. Every record has at least one entry: its request. */
export function headOf({ id, plan, history }: Pick<Restore, 'id' | 'plan' | 'history'>): ChainHead {
  const latest = history.at(-1);
  if (!latest) throw new Error(`restore ${id} has no history`);
  return { restoreId: id, instance: plan.instance.alias, seq: latest.seq, at: latest.at, hash: latest.hash };
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
