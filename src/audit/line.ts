import { z } from 'zod';
import type { Instant, RestoreId } from '../restore/names.ts';
import { sha256OfCanonicalJson } from '../restore/plan.ts';
import type { HistoryEntry } from '../restore/restore.ts';

/** The first line of every file: what the file says it holds. */
export interface ExportHeader {
  readonly kind: 'export';
  readonly format: 1;
  readonly writtenAt: Instant;
  /** Entries recorded before this moment are not in the file. Absent: it begins at the beginning. */
  readonly from?: Instant;
  /** Entries recorded at or after this moment are not in the file. Absent: it goes on to the moment of writing. */
  readonly to?: Instant;
  /** Only the restores of this instance are in the file. */
  readonly instance?: string;
  /** Entries of ended restores recorded before this moment were archived and are in the archive's files. */
  readonly archivedBefore?: Instant;
  /** An archive: only chains that had ended are in the file, of its time. Archives of earlier releases do not say so. */
  readonly endedOnly?: true;
}

/** What a record said its latest entry was, just before the entries were read: its end cannot be cut off unseen. */
export interface HeadLine {
  readonly kind: 'head';
  readonly restore: RestoreId;
  readonly seq: number;
  readonly at: Instant;
  readonly hash: string;
}

/** An entry as it was written; whatever else it holds is covered by its hash. */
export type ExportedEntry = Pick<HistoryEntry, 'seq' | 'at' | 'facts' | 'previous' | 'hash'>;

/** One entry of one restore's history. */
export interface EntryLine {
  readonly kind: 'entry';
  readonly restore: RestoreId;
  /** The alias of the instance; absent when the restore's record is gone. */
  readonly instance?: string;
  /** The id of the entry in the audit stream: milliseconds since 1970 when it was recorded, and a counter. */
  readonly position: string;
  readonly entry: ExportedEntry;
}

export type AuditLine = ExportHeader | HeadLine | EntryLine;

const text = z.string();
const instant = z.iso.datetime();
const seq = z.number().int().positive();
const facts = z.record(text, z.union([z.string(), z.number(), z.boolean()]));
const check = { check: text };

const line = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('export'),
    format: z.literal(1),
    writtenAt: instant,
    from: instant.exactOptional(),
    to: instant.exactOptional(),
    instance: text.exactOptional(),
    archivedBefore: instant.exactOptional(),
    endedOnly: z.literal(true).exactOptional(),
    ...check,
  }),
  z.strictObject({ kind: z.literal('head'), restore: text, seq, at: instant, hash: text, ...check }),
  z.strictObject({
    kind: z.literal('entry'),
    restore: text,
    instance: text.exactOptional(),
    position: text,
    entry: z.looseObject({ seq: z.number(), at: text, facts, previous: text, hash: text }),
    ...check,
  }),
]);

const CHECK_LENGTH = 16;

/** One line of the file, without its line break. `check` is over the rest of the line, so that damage shows anywhere in it. */
export function writeLine(body: AuditLine): string {
  return JSON.stringify({ ...body, check: checkOf(body) });
}

export type ReadLine =
  | { readonly kind: 'line'; readonly body: AuditLine; readonly isIntact: boolean }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads one line. An entry may hold facts that this version does not know: its hash covers them. */
export function readLine(json: string): ReadLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return { kind: 'unreadable', why: 'is not JSON' };
  }
  const read = line.safeParse(parsed);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { kind: 'unreadable', why: `is no line of an audit export: ${issue?.path.join('.')} ${issue?.message}` };
  }
  const { check: said, ...body } = read.data;
  return { kind: 'line', body, isIntact: said === checkOf(body) };
}

function checkOf(body: object): string {
  return sha256OfCanonicalJson(body).slice(0, CHECK_LENGTH);
}
