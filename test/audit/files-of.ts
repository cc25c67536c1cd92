import type { Anchor } from '../../src/audit/anchors.ts';
import { type AuditLine, type ExportHeader, writeLine } from '../../src/audit/line.ts';
import { createVerifier, type Verdict } from '../../src/audit/verifier.ts';
import { appendEntry } from '../../src/restore/history.ts';
import type { HistoryEntry, Restore } from '../../src/restore/restore.ts';

export const WRITTEN_AT = '2026-11-22T00:00:00.000Z';

export function header(facts: Partial<ExportHeader> = {}): string {
  return writeLine({ kind: 'export', format: 1, writtenAt: WRITTEN_AT, ...facts });
}

/** The entries of some restores in turn, as they would be recorded when the restores go on side by side. */
export function entryLines(...restores: readonly Pick<Restore, 'id' | 'history'>[]): string[] {
  const longest = Math.max(...restores.map(({ history }) => history.length));
  const turns = Array.from({ length: longest }, (_, turn) => turn);
  return turns.flatMap((turn) =>
    restores.flatMap(({ id, history }) => {
      const entry = history[turn];
      return entry ? [entryLine(id, entry)] : [];
    }),
  );
}

export function entryLine(restore: string, entry: HistoryEntry): string {
  const body: AuditLine = { kind: 'entry', restore, instance: 'orders', position: `${Date.parse(entry.at)}-0`, entry };
  return writeLine(body);
}

export function headLine({ id, history }: Restore): string {
  const { seq, at, hash } = history.at(-1) ?? nothing();
  return writeLine({ kind: 'head', restore: id, seq, at, hash });
}

/** The verdict on these files, with names a, b, c… */
export function verdictOn(files: readonly (readonly string[])[], anchors: readonly Anchor[] = []): Verdict {
  const verifier = createVerifier(anchors);
  for (const [which, lines] of files.entries()) {
    const file = String.fromCharCode('a'.charCodeAt(0) + which);
    for (const [index, json] of lines.entries()) verifier.take(json, { file, line: index + 1 });
  }
  return verifier.verdict();
}

/** A history in which everything from one entry on was written anew, so that the chain holds in itself. */
export function rewritten(
  history: readonly HistoryEntry[],
  seq: number,
  change: Partial<HistoryEntry>,
): readonly HistoryEntry[] {
  return history.reduce<readonly HistoryEntry[]>((before, { seq: own, previous: _, hash: __, ...kept }) => {
    return appendEntry(before, own === seq ? { ...kept, ...change } : kept);
  }, []);
}

export function nothing(): never {
  throw new Error('there is nothing');
}
