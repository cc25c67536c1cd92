import type { Redis } from 'ioredis';
import { z } from 'zod';

/**
 * The records as they lie in Redis, read without any code of the bot: the campaign judges the bot from outside.
 */
export const entry = z.object({
  seq: z.number(),
  at: z.string(),
  event: z.string(),
  by: z.string().optional(),
  entered: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  previous: z.string(),
  hash: z.string(),
});
export type Entry = z.infer<typeof entry>;

const record = z.object({
  id: z.string(),
  version: z.number(),
  request: z.object({
    requestedBy: z.string(),
    requestedAt: z.string(),
    reason: z.object({ text: z.string() }),
  }),
  plan: z.looseObject({
    instance: z.looseObject({ alias: z.string(), auraId: z.string() }),
    /** Absent in records of earlier releases. */
    method: z.string().optional(),
    restorePoint: z.looseObject({ snapshotId: z.string().optional() }),
    noticeChannels: z.array(z.string()),
  }),
  planHash: z.string(),
  state: z.looseObject({ status: z.string() }),
  history: z.array(entry),
});
export type RecordSeen = z.infer<typeof record>;

const ENDED: ReadonlySet<string> = new Set([
  'completed',
  'rehearsed',
  'failed',
  'denied',
  'withdrawn',
  'cancelled',
  'expired',
  'lapsed',
]);

export function isOver({ state }: RecordSeen): boolean {
  return ENDED.has(state.status);
}

export async function readRecord(redis: Redis, id: string): Promise<RecordSeen | undefined> {
  const document = await redis.hget(`{rb}:restore:${id}`, 'document');
  return document ? record.parse(JSON.parse(document)) : undefined;
}

export async function readRecords(redis: Redis): Promise<readonly RecordSeen[]> {
  const count = Number((await redis.get('{rb}:sequence')) ?? 0);
  const found: RecordSeen[] = [];
  for (let number = 1; number <= count; number++) {
    const seen = await readRecord(redis, `R-${number}`);
    if (seen) found.push(seen);
  }
  return found;
}

/** An entry of the audit stream, and the how manyth of all it is: what was before what, whatever clocks said. */
export interface Audited extends Entry {
  readonly place: number;
}

/** The audit stream: every history entry of every restore, in the order of writing. */
export async function readAudit(redis: Redis): Promise<ReadonlyMap<string, readonly Audited[]>> {
  const byRestore = new Map<string, Audited[]>();
  for (const [place, [, fields]] of (await redis.xrange('{rb}:audit', '-', '+')).entries()) {
    const found = Object.fromEntries(
      Array.from({ length: fields.length / 2 }, (_, index) => [fields[2 * index], fields[2 * index + 1]]),
    );
    const id = String(found.restore);
    byRestore.set(id, [...(byRestore.get(id) ?? []), { ...entry.parse(JSON.parse(String(found.entry))), place }]);
  }
  return byRestore;
}

/** Whether nothing is owed any more: no work in the queue that is due, no card or message that waits. */
export async function isQuiet(redis: Redis): Promise<boolean> {
  const [redraw, owing, open] = await Promise.all([
    redis.hlen('{rb}:redraw'),
    redis.scard('{rb}:owing'),
    redis.zcard('{rb}:open'),
  ]);
  return redraw + owing + open === 0;
}

/**
 * What the bot still has to say, as `R-7 card` and `R-7 messages`. A card that shows its record, and is to be drawn once more
 * because an earlier drawing may still arrive, is not among it.
 */
export async function owedNow(redis: Redis): Promise<ReadonlySet<string>> {
  const [cards, messages] = await Promise.all([redis.hgetall('{rb}:redraw'), redis.smembers('{rb}:owing')]);
  const undrawn = await Promise.all(
    Object.entries(cards).map(async ([id, version]) =>
      (await redis.hget(`{rb}:card:${id}`, 'shownVersion')) === version ? [] : [`${id} card`],
    ),
  );
  return new Set([...undrawn.flat(), ...messages.map((id) => `${id} messages`)]);
}

/** Makes the bot take today for a new day: what is owed daily is owed now. */
export async function endOfDay(redis: Redis): Promise<void> {
  await redis.hset('{rb}:audit:daily', 'day', '2000-01-01');
}

export async function isDayAnchored(redis: Redis): Promise<boolean> {
  const [day, through] = await redis.hmget('{rb}:audit:daily', 'day', 'through');
  return day !== '2000-01-01' && through === null;
}

/** Makes room for new tokens, of which the bot allows itself fifteen an hour: in the arena an hour passes in no time. */
export async function hourPasses(redis: Redis): Promise<void> {
  await redis.del('{rb}:aura:token-requests');
}

/** Entries of one kind of event, in order. */
export function entriesOf(record: Pick<RecordSeen, 'history'>, event: string): readonly Entry[] {
  return record.history.filter((entry) => entry.event === event);
}

/** The mark of the request, as its requester typed it. */
export function markOf(record: RecordSeen): string {
  return record.request.reason.text.replace(/\.$/, '');
}
