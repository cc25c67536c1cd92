import { hashFits } from '../restore/history.ts';
import type { RestoreId } from '../restore/names.ts';
import { isOfRules } from '../restore/policy/policy-record.ts';
import type { Anchor } from './anchors.ts';
import { createCoverage } from './coverage.ts';
import { changed, continues, type Damage, damageAt, type Link, missing, outOfOrder } from './damage.ts';
import { type AuditLine, type EntryLine, type ExportedEntry, type HeadLine, readLine } from './line.ts';

/** Where a line stands. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export type Verdict =
  | {
      readonly kind: 'unbroken';
      readonly entries: number;
      readonly restores: number;
      /** Restores whose earlier entries are in no file, because the files begin later: those could not be checked. */
      readonly begunLate: readonly RestoreId[];
      readonly anchorsFound: number;
      /** Anchors of entries from before or after what the files cover: those could not be checked. */
      readonly anchorsOutside: readonly Anchor[];
    }
  /** `restore` is absent when a line that belongs to no restore was changed; `place` when an entry is in no file. */
  | { readonly kind: 'broken'; readonly restore?: RestoreId; readonly place?: Place; readonly damage: Damage }
  | { readonly kind: 'unreadable'; readonly place: Place; readonly why: string };

/** What is known of one restore's chain so far. */
interface Chain {
  readonly instance: string | undefined;
  readonly first: number;
  /** Whether a file that holds only chains that had ended holds some of it. */
  hasEnded: boolean;
  file: string;
  last: Link;
  /** Hash by `seq`, for heads, anchors and files that overlap. */
  readonly hashes: Map<number, string>;
}

/** The first break: all later entries of its restore are needed to say what happened. */
interface Break {
  readonly restore: RestoreId;
  readonly place: Place;
  readonly last: Link | undefined;
  readonly rest: [ExportedEntry, ...ExportedEntry[]];
}

/**
 * Checks lines in the order of their files, older files first; give each line to `take`, then ask for the `verdict`.
 * Keeps one hash per entry and no entries. The files may overlap: an entry that is the same in two files counts once.
 */
export function createVerifier(anchors: readonly Anchor[] = []): {
  take(json: string, place: Place): void;
  verdict(): Verdict;
} {
  const chains = new Map<RestoreId, Chain>();
  const heads: HeadLine[] = [];
  const begunLate = new Set<RestoreId>();
  const coverage = createCoverage();
  let entries = 0;
  let lastFile: string | undefined;
  let broken: Break | undefined;
  let settled: Verdict | undefined;

  function take(json: string, place: Place): void {
    if (settled) return;
    const read = readLine(json);
    if (read.kind === 'unreadable') {
      settled = { kind: 'unreadable', place, why: read.why };
      return;
    }
    const { body, isIntact } = read;
    if (broken) {
      if (body.kind === 'entry' && body.restore === broken.restore) broken.rest.push(body.entry);
      return;
    }
    if (!isIntact) settled = alteredLine(body, place);
    else if (body.kind !== 'export' && place.file !== lastFile) {
      settled = { kind: 'unreadable', place, why: 'is not the first line of an audit export' };
    } else if (body.kind === 'export') coverage.add(body);
    else if (body.kind === 'head') heads.push(body);
    else takeEntry(body, place);
    lastFile = place.file;
  }

  function takeEntry(line: EntryLine, place: Place): void {
    const { restore, entry } = line;
    const chain = chains.get(restore);
    const wrong = wrongLabel(line, chain);
    if (wrong) {
      settled = { kind: 'broken', restore, place, damage: changed(entry.seq, wrong) };
      return;
    }
    const hasEnded = coverage.isEndedOnly();
    if (chain) chain.hasEnded ||= hasEnded;
    if (chain && chain.file !== place.file && chain.hashes.get(entry.seq) === entry.hash && hashFits(entry)) return;
    const beginsLate = !chain && entry.seq > 1 && coverage.mayBeginLate() && hashFits(entry);
    if (!beginsLate && !continues(chain?.last, entry)) {
      broken = { restore, place, last: chain?.last, rest: [entry] };
      return;
    }
    entries++;
    if (beginsLate) begunLate.add(restore);
    if (!chain) {
      const { instance } = line;
      const hashes = new Map([[entry.seq, entry.hash]]);
      chains.set(restore, { instance, first: entry.seq, hasEnded, file: place.file, last: entry, hashes });
      return;
    }
    chain.file = place.file;
    chain.last = entry;
    chain.hashes.set(entry.seq, entry.hash);
  }

  function verdictOnBreak({ restore, place, last, rest }: Break): Verdict {
    const [entry] = rest;
    const first = chains.get(restore)?.first ?? 1;
    const damage =
      begunLate.has(restore) && entry.seq < first && hashFits(entry)
        ? outOfOrder(entry.seq, `it stands after entry ${first}`)
        : damageAt(last, rest);
    return { kind: 'broken', restore, place, damage };
  }

  function isOutside(anchor: Anchor): boolean {
    const chain = chains.get(anchor.restoreId);
    return !chain?.hashes.has(anchor.seq) && coverage.isOutside(anchor, chain);
  }

  /** Heads and anchors against what the files hold: a chain that was rewritten as a whole holds in itself. */
  function verdictOnHeads(): Verdict | undefined {
    const said = [
      ...heads.map((head) => ({ ...head, restoreId: head.restore, by: 'the record' })),
      ...anchors.filter((anchor) => !isOutside(anchor)).map((anchor) => ({ ...anchor, by: 'the anchor' })),
    ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.seq - other.seq));
    for (const { restoreId, seq, hash, by } of said) {
      const chain = chains.get(restoreId);
      const held = chain?.hashes.get(seq);
      if (held === hash) continue;
      const damage =
        held === undefined
          ? missing(chain && seq > chain.last.seq ? chain.last.seq + 1 : seq, seq)
          : changed(seq, `${by} has another hash for it, so it or an entry before it was rewritten`);
      return { kind: 'broken', restore: restoreId, damage };
    }
    return undefined;
  }

  function verdict(): Verdict {
    if (settled) return settled;
    if (lastFile === undefined)
      return { kind: 'unreadable', place: { file: '', line: 1 }, why: 'there is nothing in it' };
    if (broken) return verdictOnBreak(broken);
    const rewritten = verdictOnHeads();
    if (rewritten) return rewritten;
    const anchorsOutside = anchors.filter(isOutside);
    return {
      kind: 'unbroken',
      entries,
      restores: [...chains.keys()].filter((id) => !isOfRules(id)).length,
      begunLate: [...begunLate],
      anchorsFound: anchors.length - anchorsOutside.length,
      anchorsOutside,
    };
  }

  return { take, verdict };
}

function alteredLine(body: AuditLine, place: Place): Verdict {
  const words = 'its line was changed after it was written';
  if (body.kind === 'export') return { kind: 'broken', place, damage: changed(0, words) };
  return {
    kind: 'broken',
    restore: body.restore,
    place,
    damage: changed(body.kind === 'head' ? body.seq : body.entry.seq, words),
  };
}

/** The first entry names its restore, and all entries of a restore are of one instance. */
function wrongLabel({ restore, instance, entry }: EntryLine, chain: Chain | undefined): string | undefined {
  const { restore: named } = entry.facts;
  if (entry.seq === 1 && named !== undefined && named !== restore && hashFits(entry))
    return `it was written for ${named}, not for ${restore}`;
  if (chain && chain.instance !== instance)
    return `it is said to be of ${instance}, the entries before it of ${chain.instance}`;
  return undefined;
}
