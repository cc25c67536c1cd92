import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFits } from '../restore/history.ts';
import { instantOf } from '../restore/instant.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import { linesOf, writeWhole } from './files.ts';
import { type EntryLine, readLine, writeLine } from './line.ts';
import { type AuditStream, type RecordedEntry, recordedAtMs } from './stream.ts';

const DAY_MS = 86_400_000;
const REMOVE_AT_ONCE = 500;

export interface ArchiveSource {
  readonly stream: AuditStream;
  aliasOf(id: RestoreId): Promise<string | undefined>;
  now(): Promise<Instant>;
}

export interface ArchivedDay {
  /** `2026-11-21`, in UTC. */
  readonly day: string;
  /** Absent when all of the day's entries were in earlier files already. */
  readonly file?: string;
  readonly removed: number;
}

/**
 * Moves entries of ended restores from whole UTC days older than `retentionMs` into files, one a day, and a further one
 * when restores of that day ended later. An entry is removed only when a file that was read back holds it. May be
 * repeated, and two at once lose nothing. Throws before removing anything of a day when an entry of it is not intact.
 */
export async function* archive(
  source: ArchiveSource,
  options: { readonly directory: string; readonly retentionMs: number },
): AsyncGenerator<ArchivedDay> {
  const { stream } = source;
  const { directory, retentionMs } = options;
  const ended = new Map<RestoreId, boolean>();
  const endMs = Math.floor((Date.parse(await source.now()) - retentionMs) / DAY_MS) * DAY_MS;
  await mkdir(directory, { recursive: true, mode: 0o700 });

  /** Decided once per run: the entries of a restore go together. */
  async function hasEnded(id: RestoreId): Promise<boolean> {
    const known = ended.get(id) ?? (await stream.hasEnded(id));
    ended.set(id, known);
    return known;
  }

  async function* entriesOf(dayMs: number): AsyncGenerator<RecordedEntry> {
    for await (const recorded of stream.entries(dayMs, dayMs + DAY_MS)) {
      if (await hasEnded(recorded.restore)) yield recorded;
    }
  }

  async function* linesFor(dayMs: number, archived: ReadonlyMap<string, string>): AsyncGenerator<string> {
    const [from, to] = [instantOf(dayMs), instantOf(dayMs + DAY_MS)];
    yield writeLine({ kind: 'export', format: 1, writtenAt: await source.now(), from, to, endedOnly: true });
    for await (const recorded of entriesOf(dayMs)) {
      if (isArchived(recorded, archived)) continue;
      const { restore } = recorded;
      const instance = await source.aliasOf(restore);
      yield writeLine({ kind: 'entry', ...recorded, ...(instance === undefined ? {} : { instance }) });
    }
  }

  for (
    let dayMs = await nextDay(stream, 0, endMs);
    dayMs < endMs;
    dayMs = await nextDay(stream, dayMs + DAY_MS, endMs)
  ) {
    const day = instantOf(dayMs).slice(0, 10);
    const files = await filesOf(directory, day);
    const archived = new Map<string, string>();
    for (const file of files) await readBack(file, archived);
    const isNew = await some(entriesOf(dayMs), (recorded) => !isArchived(recorded, archived));
    const file = join(directory, files.length === 0 ? `audit-${day}.jsonl` : `audit-${day}.${files.length + 1}.jsonl`);
    if (isNew) {
      await writeWhole(file, linesFor(dayMs, archived));
      await readBack(file, archived);
    }
    await stream.noteArchivedBefore(instantOf(dayMs + DAY_MS));
    const removed = await removeArchived(stream, entriesOf(dayMs), archived);
    if (isNew || removed > 0) yield { day, removed, ...(isNew ? { file } : {}) };
  }
}

/** The day of the first entry recorded from then on; `endMs` when there is none before that. */
async function nextDay(stream: AuditStream, fromMs: number, endMs: number): Promise<number> {
  if (fromMs >= endMs) return endMs;
  for await (const { position } of stream.entries(fromMs, endMs))
    return Math.floor(recordedAtMs(position) / DAY_MS) * DAY_MS;
  return endMs;
}

/** True when a file holds this very entry. Throws when the entry is not intact, or when the file holds another. */
function isArchived({ position, restore, entry }: RecordedEntry, archived: ReadonlyMap<string, string>): boolean {
  const held = archived.get(position);
  if (!hashFits(entry) || (held !== undefined && held !== `${restore} ${entry.hash}`)) {
    throw new Error(
      `entry ${entry.seq} of ${restore} was changed; nothing of its day was removed. Export and verify first`,
    );
  }
  return held !== undefined;
}

async function removeArchived(
  stream: AuditStream,
  entries: AsyncIterable<RecordedEntry>,
  archived: ReadonlyMap<string, string>,
): Promise<number> {
  let positions: string[] = [];
  let removed = 0;
  const remove = async () => {
    await stream.remove(positions);
    removed += positions.length;
    positions = [];
  };
  for await (const recorded of entries) {
    if (!isArchived(recorded, archived)) continue;
    positions.push(recorded.position);
    if (positions.length >= REMOVE_AT_ONCE) await remove();
  }
  await remove();
  return removed;
}

/** Adds what a file really holds, by position. Throws when a line of it is damaged. */
async function readBack(file: string, archived: Map<string, string>): Promise<void> {
  let line = 0;
  for await (const json of linesOf(file)) {
    line++;
    const read = readLine(json);
    if (read.kind !== 'line' || !read.isIntact || (read.body.kind === 'entry' && !hashFits(read.body.entry))) {
      throw new Error(`line ${line} of ${file} is damaged; nothing of its day was removed`);
    }
    if (read.body.kind === 'entry') archived.set(read.body.position, identityOf(read.body));
  }
}

function identityOf({ restore, entry }: EntryLine): string {
  return `${restore} ${entry.hash}`;
}

/** The archive's files of a day, oldest first. */
async function filesOf(directory: string, day: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  const count = names.filter((name) => name.startsWith(`audit-${day}.`) && name.endsWith('.jsonl')).length;
  return Array.from({ length: count }, (_, index) =>
    join(directory, index === 0 ? `audit-${day}.jsonl` : `audit-${day}.${index + 1}.jsonl`),
  );
}

async function some<T>(items: AsyncIterable<T>, isSo: (item: T) => boolean): Promise<boolean> {
  for await (const item of items) if (isSo(item)) return true;
  return false;
}
