import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ExportedEntry } from '../audit/line.ts';
import type { AuditStream, RecordedEntry } from '../audit/stream.ts';
import type { ChainHead } from '../restore/history.ts';
import type { RestoreId } from '../restore/names.ts';
import { KEY } from './keys.ts';

const PAGE = 500;

type RecordedHead = Omit<ChainHead, 'instance'>;

const recorded = z.tuple([z.string(), z.tuple([z.literal('restore'), z.string(), z.literal('entry'), z.string()])]);
const entry = z.looseObject({
  seq: z.number(),
  at: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  previous: z.string(),
  hash: z.string(),
});

/** What an anchor can say of a chain: one head of another form would leave the whole message without its digest. */
const head = z.object({
  restoreId: z.string().regex(/^[A-Z]{1,3}-\d{1,15}$/),
  seq: z.int().min(1),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]{1,20}Z$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The audit stream in Redis, read in pages, so that its length never matters. */
export function createAuditStream(redis: Redis): AuditStream {
  async function* entries(fromMs = 0, toMs?: number): AsyncGenerator<RecordedEntry> {
    let start = String(fromMs);
    const end = toMs === undefined ? '+' : String(toMs - 1);
    for (;;) {
      const page = await redis.xrange(KEY.audit, start, end, 'COUNT', PAGE);
      for (const item of page) yield readRecorded(item);
      const last = page.at(-1)?.[0];
      if (last === undefined) return;
      start = `(${last}`;
    }
  }

  async function* endedSince(sinceMs: number): AsyncGenerator<string> {
    for (let offset = 0; ; offset += PAGE) {
      const page = await redis.zrangebyscore(KEY.ended, sinceMs, '+inf', 'LIMIT', offset, PAGE);
      yield* page;
      if (page.length < PAGE) return;
    }
  }

  /** A shadow restore or an export of which nothing is left to do, or a refused request, of which there never is. */
  async function isAtRest(id: string): Promise<boolean> {
    const [exists, isShadow, isExport] = await Promise.all([
      redis.exists(KEY.shadow(id), KEY.export(id), KEY.refused(id)),
      redis.sismember(KEY.shadowsActive, id),
      redis.sismember(KEY.exportsActive, id),
    ]);
    return exists > 0 && isShadow + isExport === 0;
  }

  return {
    entries,
    endedSince,
    open: () => redis.zrange(KEY.open, 0, '-1'),
    async hasEnded(id) {
      if (await isAtRest(id)) return true;
      const [ended, delegatedUntil, owes] = await Promise.all([
        redis.zscore(KEY.ended, id),
        redis.zscore(KEY.delegations, id),
        redis.sismember(KEY.delegationsOwing, id),
      ]);
      return ended !== null || (delegatedUntil !== null && Number(delegatedUntil) < Date.now() && owes === 0);
    },
    async remove(positions) {
      for (let at = 0; at < positions.length; at += PAGE)
        await redis.xdel(KEY.audit, ...positions.slice(at, at + PAGE));
    },
    archivedBefore: async () => (await redis.get(KEY.auditArchivedBefore)) ?? undefined,
    async noteArchivedBefore(at) {
      const earlier = await redis.get(KEY.auditArchivedBefore);
      if (earlier === null || earlier < at) await redis.set(KEY.auditArchivedBefore, at);
    },
  };
}

/**
 * The latest entry of each restore that was recorded after one position, up to another, both as ids of the stream; in
 * the order of the first entry of each. What is no entry is told to `onMalformed` with its position, and left out; absent: rejects.
 */
export async function headsBetween(
  redis: Redis,
  after: string,
  through: string,
  onMalformed: (error: unknown, position: string) => void = rejectMalformed,
): Promise<readonly RecordedHead[]> {
  const heads = new Map<RestoreId, RecordedHead>();
  for (let start = after; start !== through; ) {
    const page = await redis.xrange(KEY.audit, `(${start}`, through, 'COUNT', PAGE);
    for (const item of page) {
      try {
        const { restore, entry } = readRecorded(item);
        heads.set(restore, head.parse({ ...entry, restoreId: restore }));
      } catch (error) {
        onMalformed(error, item[0]);
      }
    }
    start = page.at(-1)?.[0] ?? through;
  }
  return [...heads.values()];
}

function rejectMalformed(error: unknown): never {
  throw error;
}

function readRecorded(item: unknown): RecordedEntry {
  const [position, [, restore, , json]] = recorded.parse(item);
  return { position, restore, entry: readEntry(json, `${restore} at ${position}`) };
}

function readEntry(json: string, which: string): ExportedEntry {
  try {
    return entry.parse(JSON.parse(json));
  } catch {
    throw new Error(`the audit stream holds something that is no history entry, of ${which}`);
  }
}
