import { addMinutes } from '../restore/instant.ts';
import type { Instant, RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { hasEnded } from '../restore/state.ts';
import { type ExportHeader, type HeadLine, writeLine } from './line.ts';
import type { AuditStream } from './stream.ts';

/** What to export; all of it when nothing is named. */
export interface ExportRange {
  /** Entries recorded from this moment on. */
  readonly from?: Instant;
  /** Entries recorded before this moment. */
  readonly to?: Instant;
  /** Only what belongs to the instance with this alias, and what belongs to none: the rules, and delegations. */
  readonly instance?: string;
}

/** A chain that is no restore's. `alias`: of its instance; absent: it belongs to none. */
export interface OtherChain extends Pick<Restore, 'id' | 'history'> {
  readonly alias?: string;
}

/** Shadow restores, exports, delegations and refused requests, which have chains of their own. */
export interface OtherChains {
  find(id: string): Promise<OtherChain | undefined>;
  /** All of which there are records. */
  all(): AsyncIterable<OtherChain>;
}

export interface ExportSource {
  readonly stream: AuditStream;
  find(id: RestoreId): Promise<Restore | undefined>;
  now(): Promise<Instant>;
  /** The record of the rules in force, which has a chain of its own; undefined when there is none. */
  rules?(): Promise<Pick<Restore, 'id' | 'history'> | undefined>;
  readonly others?: OtherChains;
}

/** An entry is dated when it is decided on and recorded a moment later; a head so close to the end may be in neither. */
const EDGE_MINUTES = 1;

/**
 * The lines of an audit export, without line breaks: the header, the heads of the records, the entries. Heads are read
 * before the entries, so that every one of them must be among the entries, also while the bot goes on. Throws at the end when
 * the archive took out entries of a further day meanwhile: heads may have been written whose entries it took.
 */
export async function* exportLines(source: ExportSource, range: ExportRange): AsyncGenerator<string> {
  const { stream } = source;
  const aliases = new Map<RestoreId, string | undefined>();
  const fromMs = range.from === undefined ? 0 : Date.parse(range.from);
  const archivedBefore = await stream.archivedBefore();
  const header: ExportHeader = {
    kind: 'export',
    format: 1,
    writtenAt: await source.now(),
    ...range,
    ...(archivedBefore === undefined ? {} : { archivedBefore }),
  };
  yield writeLine(header);

  async function record(id: RestoreId): Promise<Restore | undefined> {
    const restore = await source.find(id);
    aliases.set(id, restore ? restore.plan.instance.alias : (await source.others?.find(id))?.alias);
    return restore;
  }

  /** An entry without a record is always exported: deleting a record must not hide what was done. */
  async function isWanted(id: RestoreId): Promise<boolean> {
    if (!aliases.has(id)) await record(id);
    return isOf(range.instance, aliases.get(id));
  }

  for (const id of await stream.open()) yield* headOfRestore(await record(id), header);
  for await (const id of stream.endedSince(fromMs)) yield* headOfRestore(await record(id), header);
  const rules = await source.rules?.();
  if (rules) yield* headLine(rules, header);
  for await (const chain of source.others?.all() ?? []) {
    if (isOf(range.instance, chain.alias)) yield* headLine(chain, header, archivedBefore);
  }
  for await (const { position, restore, entry } of stream.entries(
    fromMs,
    range.to === undefined ? undefined : Date.parse(range.to),
  )) {
    if (!(await isWanted(restore))) continue;
    const instance = aliases.get(restore);
    yield writeLine({ kind: 'entry', restore, ...(instance === undefined ? {} : { instance }), position, entry });
  }
  if ((await stream.archivedBefore()) !== archivedBefore) throw new Error('the archive ran meanwhile; export again');
}

function isOf(wanted: string | undefined, alias: string | undefined): boolean {
  return wanted === undefined || alias === undefined || alias === wanted;
}

/** The head that an export must hold of this restore; none when it has nothing of it for sure. */
function* headOfRestore(restore: Restore | undefined, header: ExportHeader): Generator<string> {
  if (!restore || (header.instance !== undefined && header.instance !== restore.plan.instance.alias)) return;
  yield* headLine(restore, header, hasEnded(restore.state.status) ? header.archivedBefore : undefined);
}

function* headLine(
  { id, history }: Pick<Restore, 'id' | 'history'>,
  header: ExportHeader,
  archived?: Instant,
): Generator<string> {
  const end = header.to && addMinutes(header.to, -EDGE_MINUTES);
  const head = history.findLast(({ at }) => end === undefined || at <= end);
  if (!head || (header.from && head.at < header.from) || (archived && head.at < archived)) return;
  const { seq, at, hash } = head;
  const line: HeadLine = { kind: 'head', restore: id, seq, at, hash };
  yield writeLine(line);
}
