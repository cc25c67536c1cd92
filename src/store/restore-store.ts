import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { SawClock } from '../clocks.ts';
import { type Loaded, type RestoreStore, type Saved, SaveUnclearError, UnreadableRecordError } from '../coordinator.ts';
import { dueStep } from '../restore/due-step.ts';
import { instantOf } from '../restore/instant.ts';
import { owesResume } from '../restore/monitoring.ts';
import type { Instant, PersonId, RestoreId } from '../restore/names.ts';
import { owedMessages } from '../restore/owed-messages.ts';
import type { Restore } from '../restore/restore.ts';
import { hasEnded } from '../restore/state.ts';
import { KEY } from './keys.ts';
import { createRecordReader } from './record-reader.ts';
import { SAVE_SCRIPT } from './save-script.ts';
import { createScript } from './script.ts';
import { isCertainlyNotSaved, SAVE_WITHIN_MS } from './sure-save.ts';
import { isOfWrongType } from './unreadable.ts';

const LOAD_SCRIPT = `return {redis.call('HGET', KEYS[1], 'document') or '', redis.call('TIME')}`;

const loadReply = z.tuple([z.string(), z.tuple([z.coerce.number(), z.coerce.number()])]);
const saveReply = z.union([
  z.tuple([z.enum(['saved', 'conflict', 'late'])]),
  z.tuple([z.literal('claimed'), z.string()]),
]);

/** What the sweep and people's lists look up. */
export interface RestoreIndexes {
  /** Restores whose due step should have begun by now. */
  due(limit: number): Promise<readonly RestoreId[]>;
  /** The version of each record, in one round trip; undefined where there is none. */
  versions(ids: readonly RestoreId[]): Promise<readonly (number | undefined)[]>;
  /** Restores that have not ended, oldest request first. */
  open(): Promise<readonly RestoreId[]>;
  /** Restores that ended, latest first. */
  ended(limit: number): Promise<readonly RestoreId[]>;
  /** Restores that ended at this moment or after it. */
  endedSince(since: Instant): Promise<readonly RestoreId[]>;
  /** Restores this person requested, latest first. */
  byPerson(person: PersonId, limit: number): Promise<readonly RestoreId[]>;
  /** Restores whose card is older than the record. */
  undrawn(): Promise<readonly RestoreId[]>;
  /** Restores that owe somebody a message. */
  owing(): Promise<readonly RestoreId[]>;
}

/**
 * Records in Redis. Every save is one script that compares the version first, so of two writers one wins and the other
 * is told. Nothing here retries: on a client without an offline queue every call fails at once when Redis is away. Tells
 * `sawClock` what Redis' clock shows whenever it is read.
 */
export function createRestoreStore(redis: Redis, sawClock: SawClock = () => undefined): RestoreStore & RestoreIndexes {
  const read = createRecordReader();
  const runLoad = createScript(redis, LOAD_SCRIPT);
  const runSave = createScript(redis, SAVE_SCRIPT);
  /** How far Redis' clock was ahead of ours when it was last seen. */
  let redisAheadMs = 0;

  function clockRead(seconds: number, microseconds: number, askedAtMs: number): number {
    const redisMs = seconds * 1000 + Math.floor(microseconds / 1000);
    redisAheadMs = redisMs - Date.now();
    sawClock('redis', redisMs, askedAtMs);
    return redisMs;
  }

  async function nowMs(): Promise<number> {
    const askedAtMs = Date.now();
    const [seconds, microseconds] = await redis.time();
    return clockRead(Number(seconds), Number(microseconds), askedAtMs);
  }

  async function save(expectedVersion: number, restore: Restore): Promise<Saved> {
    const { id, request, state } = restore;
    const due = dueStep(restore);
    const entries = restore.history.slice(-(restore.version - expectedVersion));
    const saving = runSave(
      [
        KEY.restore(id),
        KEY.claim(claimedBy(restore)),
        KEY.open,
        KEY.ended,
        KEY.due,
        KEY.redraw,
        KEY.owing,
        KEY.audit,
        KEY.byPerson(request.requestedBy),
        KEY.submission(request.interaction ?? id),
      ],
      [
        id,
        String(expectedVersion),
        String(restore.version),
        JSON.stringify(restore),
        String(Date.parse(request.requestedAt)),
        due ? String(Date.parse(due.at)) : '',
        hasEnded(state.status) ? String(Date.parse(restore.since)) : '',
        owedMessages(restore).length > 0 || owesResume(restore) ? '1' : '',
        String(Date.now() + redisAheadMs + SAVE_WITHIN_MS),
        randomUUID(),
        ...entries.map((entry) => JSON.stringify(entry)),
      ],
    );
    const reply = await saving.catch((error: unknown) => {
      throw isCertainlyNotSaved(error) ? error : new SaveUnclearError(`restore ${id} may be saved`, { cause: error });
    });
    const [kind, holder] = saveReply.parse(reply);
    if (kind === 'late') throw new Error(`restore ${id} was not saved: Redis took too long`);
    return kind === 'claimed' ? { kind, by: holder ?? '' } : { kind };
  }

  return {
    save,

    async load(id: RestoreId): Promise<Loaded | undefined> {
      const askedAtMs = Date.now();
      const reply = await runLoad([KEY.restore(id)], []).catch((error: unknown) => {
        throw isOfWrongType(error) ? new UnreadableRecordError(id, { cause: error }) : error;
      });
      const [document, [seconds, microseconds]] = loadReply.parse(reply);
      const now = instantOf(clockRead(seconds, microseconds, askedAtMs));
      return document === '' ? undefined : { restore: read(id, document), now, steadyMs: performance.now() };
    },

    async now(): Promise<Instant> {
      return instantOf(await nowMs());
    },

    async nextId(): Promise<RestoreId> {
      return `R-${await redis.incr(KEY.sequence)}`;
    },

    requestedSince: (person, since) => redis.zrangebyscore(KEY.byPerson(person), Date.parse(since), '+inf'),

    async holderOf(auraId: string): Promise<RestoreId | undefined> {
      return (await redis.get(KEY.claim(auraId))) ?? undefined;
    },

    async due(limit: number) {
      return redis.zrangebyscore(KEY.due, '-inf', String(await nowMs()), 'LIMIT', 0, limit);
    },
    async versions(ids) {
      const found = await Promise.all(ids.map((id) => redis.hget(KEY.restore(id), 'version')));
      return found.map((version) => (version === null ? undefined : Number(version)));
    },
    open: () => redis.zrange(KEY.open, 0, '-1'),
    ended: (limit) => redis.zrevrange(KEY.ended, 0, limit - 1),
    endedSince: (since) => redis.zrangebyscore(KEY.ended, Date.parse(since), '+inf'),
    byPerson: (person, limit) => redis.zrevrange(KEY.byPerson(person), 0, limit - 1),
    undrawn: () => redis.hkeys(KEY.redraw),
    owing: () => redis.smembers(KEY.owing),
  };
}

/** What nobody else may claim meanwhile: the instance whose data is replaced. A new instance takes nobody's place. */
function claimedBy({ id, plan }: Restore): string {
  return plan.method === 'new-instance' ? `new-instance:${id}` : plan.instance.auraId;
}
