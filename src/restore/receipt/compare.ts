import type { FilePoint, RestorePoint, SnapshotPoint } from '../plan.ts';
import type { Fingerprint } from '../validation.ts';
import { type AccessSeen, accessLoss, accessUnknown } from './access.ts';
import { type Amount, difference, known, type UnknownBecause } from './amount.ts';
import { gapMinutes, type KeptFingerprint } from './kept-fingerprint.ts';
import type { SeenOfOrigin, SourceLook } from './origin.ts';
import {
  type CountLine,
  type CountsLoss,
  type LiveLook,
  type LossReceipt,
  type NowLine,
  pointId,
  type ReceiptSource,
  type SnapshotSource,
} from './receipt.ts';

/** Counted closer to the snapshot than this, a number is known; farther away it is an estimate of what the snapshot holds. */
const KNOWN_WITHIN_MINUTES = 15;
/** Snapshots farther apart say nothing about one between them: with daily ones there is one on each side within two days. */
const BETWEEN_WITHIN_MINUTES = 50 * 60;
/** Named in a receipt; the rest is counted. */
const MOST_LINES = 12;

/** What the restore point holds, as far as anybody knows. */
interface Then {
  readonly source: ReceiptSource;
  readonly counts?: ReturnType<typeof amountsOf>;
  /** Why there are no counts, where what is there now is worth saying all the same. */
  readonly because?: UnknownBecause;
  /** Absent: nobody knows. */
  readonly schemaHash?: string;
  readonly access: AccessSeen;
}

/** The receipt of a restore to this point, by a look at the live database and what is known of what is put back. */
export function receiptOf(point: RestorePoint, seen: SeenOfOrigin, live: LiveLook): LossReceipt {
  const then = thenOf(point, seen);
  return {
    lookedAt: live.lookedAt,
    point: pointId(point),
    source: then.source,
    counts: countsLoss(live.counts, then),
    lastWrite: live.lastWrite,
    questions: live.questions,
    access: accessLoss(live.access, then.access),
    ...(live.checks ? { checks: live.checks } : {}),
  };
}

function thenOf(point: RestorePoint, seen: SeenOfOrigin): Then {
  if ('file' in point) return ofFile(point, seen);
  return 'snapshotId' in point ? ofSnapshot(point, seen) : ofSource(seen.source);
}

/** What a file holds: nobody knows, unless it is recorded as the export of a snapshot that was counted. */
function ofFile({ exported }: FilePoint, { own }: SeenOfOrigin): Then {
  const access = accessUnknown('not-documented');
  if (!own || exported?.snapshotId !== own.snapshotId)
    return { source: { kind: 'file' }, because: 'in-a-file', access };
  const { counts, schemaHash, source: counted } = ofOwn(own);
  const { exportId, snapshotId } = exported;
  return { source: { kind: 'exported', exportId, snapshotId, counted }, counts, schemaHash, access };
}

/** What the source of an overwrite holds now. */
function ofSource(look: SourceLook = { kind: 'not-seen', because: 'no-credentials' }): Then {
  const access = accessUnknown('not-documented');
  const { kind } = look;
  if (kind === 'not-seen') {
    const { because } = look;
    return { source: { kind: 'source-not-seen', because }, because, access };
  }
  const { takenAt, schemaHash } = look.fingerprint;
  return { source: { kind: 'live-source', takenAt }, counts: amountsOf(look.fingerprint, known), schemaHash, access };
}

function ofSnapshot({ takenAt }: SnapshotPoint, { own, before, after }: SeenOfOrigin): Then {
  if (own) return ofOwn(own);
  const apart = before && after ? Date.parse(after.snapshotAt) - Date.parse(before.snapshotAt) : 0;
  if (!before || !after || apart <= 0 || apart > BETWEEN_WITHIN_MINUTES * 60_000)
    return { source: { kind: 'none' }, access: accessUnknown('no-fingerprint') };
  const share = (Date.parse(takenAt) - Date.parse(before.snapshotAt)) / apart;
  const isSameSchema = before.fingerprint.schemaHash === after.fingerprint.schemaHash;
  return {
    source: { kind: 'between', before: before.snapshotAt, after: after.snapshotAt },
    counts: between(before.fingerprint, after.fingerprint, share),
    ...(isSameSchema ? { schemaHash: before.fingerprint.schemaHash } : {}),
    access: accessUnknown('no-fingerprint'),
  };
}

function ofOwn(own: KeptFingerprint): Required<Omit<Then, 'source' | 'because'>> & { readonly source: SnapshotSource } {
  const { fingerprint, source, access } = own;
  const { takenAt, schemaHash } = fingerprint;
  if (source === 'preview') {
    return { source: { kind: 'preview', takenAt }, counts: amountsOf(fingerprint, known), schemaHash, access };
  }
  const gap = gapMinutes(own);
  const amount = Math.abs(gap) <= KNOWN_WITHIN_MINUTES ? known : estimated;
  return {
    source: { kind: 'on-the-way', takenAt, gapMinutes: gap },
    counts: amountsOf(fingerprint, amount),
    schemaHash,
    access,
  };
}

function estimated(value: number): Amount {
  return { kind: 'estimated', value };
}

/** The counts by what is counted; a label or type that is not named has none. */
function amountsOf({ nodes, relationships, labels, types }: Fingerprint, amount: (value: number) => Amount) {
  const each = (counts: Readonly<Record<string, number>>) =>
    new Map(Object.entries(counts).map(([name, value]) => [name, amount(value)]));
  return {
    nodes: amount(nodes),
    relationships: amount(relationships),
    labels: each(labels),
    types: each(types),
    amount,
  };
}

function between(before: Fingerprint, after: Fingerprint, share: number): ReturnType<typeof amountsOf> {
  const part = (one: number, other: number) => Math.round(one + (other - one) * share);
  const parts = (some: Readonly<Record<string, number>>, others: Readonly<Record<string, number>>) =>
    Object.fromEntries(namesIn(some, others).map((name) => [name, part(some[name] ?? 0, others[name] ?? 0)]));
  return amountsOf(
    {
      ...before,
      nodes: part(before.nodes, after.nodes),
      relationships: part(before.relationships, after.relationships),
      labels: parts(before.labels, after.labels),
      types: parts(before.types, after.types),
    },
    estimated,
  );
}

function countsLoss(live: LiveLook['counts'], { counts: then, schemaHash, because }: Then): CountsLoss {
  if (live.kind === 'not-seen') return { kind: 'unknown', because: live.because };
  if (!then) return because ? onlyNow(live.fingerprint, because) : { kind: 'unknown', because: 'no-fingerprint' };
  const now = amountsOf(live.fingerprint, known);
  const linesOf = (of: 'label' | 'type', are: ReadonlyMap<string, Amount>, were: ReadonlyMap<string, Amount>) =>
    [...new Set([...are.keys(), ...were.keys()])].map(
      (name): CountLine => ({ of, name, now: are.get(name) ?? known(0), before: were.get(name) ?? then.amount(0) }),
    );
  const all = [...linesOf('label', now.labels, then.labels), ...linesOf('type', now.types, then.types)];
  const differing = all.filter((line) => sizeOf(line) > 0).sort(byDifference);
  return {
    kind: 'compared',
    totals: [
      { of: 'nodes', name: '', now: now.nodes, before: then.nodes },
      { of: 'relationships', name: '', now: now.relationships, before: then.relationships },
    ],
    lines: differing.slice(0, MOST_LINES),
    unnamed: Math.max(0, differing.length - MOST_LINES),
    same: all.length - differing.length,
    isSchemaChanged: schemaHash === undefined ? 'unknown' : schemaHash !== live.fingerprint.schemaHash,
  };
}

/** What is there, of which nobody knows how much would be there. */
function onlyNow({ nodes, relationships, labels, types }: Fingerprint, because: UnknownBecause): CountsLoss {
  const linesOf = (of: 'label' | 'type', counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => ({ of, name, count }));
  const all = [...linesOf('label', labels), ...linesOf('type', types)].sort(
    (one, other) => other.count - one.count || (`${one.of} ${one.name}` < `${other.of} ${other.name}` ? -1 : 1),
  );
  return {
    kind: 'only-now',
    totals: [
      { of: 'nodes', name: '', now: known(nodes) },
      { of: 'relationships', name: '', now: known(relationships) },
    ],
    lines: all.slice(0, MOST_LINES).map(({ of, name, count }): NowLine => ({ of, name, now: known(count) })),
    unnamed: Math.max(0, all.length - MOST_LINES),
    because,
  };
}

/** How far apart both numbers are; what is not known differs by an unknown number, and comes first. */
function sizeOf({ now, before }: CountLine): number {
  const apart = difference(now, before);
  return apart.kind === 'unknown' ? Number.POSITIVE_INFINITY : Math.abs(apart.value);
}

function byDifference(one: CountLine, other: CountLine): number {
  const [size, otherSize] = [sizeOf(one), sizeOf(other)];
  if (size !== otherSize) return otherSize > size ? 1 : -1;
  return `${one.of} ${one.name}` < `${other.of} ${other.name}` ? -1 : 1;
}

function namesIn(...counts: readonly Readonly<Record<string, number>>[]): readonly string[] {
  return [...new Set(counts.flatMap((one) => Object.keys(one)))];
}
