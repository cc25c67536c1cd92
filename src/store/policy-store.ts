import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { readCalendarFile } from '../config/calendar-file.ts';
import type { PolicyStore, StoredPolicy } from '../policy-keeper.ts';
import { isOnRecord } from '../restore/history.ts';
import { hashPolicy } from '../restore/policy/hash.ts';
import { KEY } from './keys.ts';
import { type BetweenOf, fileHashesIn, lostCalendar, parsePolicy, parsePolicyRecord } from './policy-schema.ts';
import { createScript } from './script.ts';
import { notAfter, replyForSure } from './sure-save.ts';

/**
 * The one write of the rules: the record, the policy in force by its hash, and the audit entries, together or not at all.
 *
 * A record is told from others by id, version and save id: after a failover another may stand under the version of one that was lost.
 *
 * KEYS: record, policy by hash, audit
 * ARGV: id, expected mark ('' to create), new version, document, save id, policy in force, not after ms, then new history
 *       entries
 */
const SAVE_SCRIPT = `
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > tonumber(ARGV[7]) then return 'late' end
local stored = redis.call('HMGET', KEYS[1], 'id', 'version', 'save')
local current = stored[1] and stored[1] .. ' ' .. stored[2] .. ' ' .. (stored[3] or '') or ''
if current ~= ARGV[2] then
  -- A connection that was lost sends what was not answered once more: then this very save was carried out already.
  if current == ARGV[1] .. ' ' .. ARGV[3] .. ' ' .. ARGV[5] then return 'saved' end
  return 'conflict'
end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'version', ARGV[3], 'document', ARGV[4], 'save', ARGV[5])
redis.call('SET', KEYS[2], ARGV[6])
for entry = 8, #ARGV do
  redis.call('XADD', KEYS[3], '*', 'restore', ARGV[1], 'entry', ARGV[entry])
end
return 'saved'
`;

const saveReply = z.enum(['saved', 'conflict', 'late']);

/** The rules in force, in Redis. Every call fails when it cannot be reached. */
export function createPolicyStore(redis: Redis): PolicyStore {
  const runSave = createScript(redis, SAVE_SCRIPT);

  /** Reads the calendar files that a stored text names, once each. */
  async function calendarsOf(json: string): Promise<BetweenOf> {
    const hashes = fileHashesIn(json);
    const texts = hashes.length > 0 ? await redis.mget(hashes.map(KEY.calendarText)) : [];
    const known = new Map(hashes.map((hash, index) => [hash, texts[index] ?? undefined]));
    return (fileHash, zone) => {
      const text = known.get(fileHash);
      const read = text === undefined ? undefined : readCalendarFile(text, zone);
      return read && 'calendar' in read ? read.calendar.between : lostCalendar(fileHash);
    };
  }

  function read<T>(which: string, parse: () => T): T {
    try {
      return parse();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `${which} cannot be read: start the release again that wrote it, or see "The rules" in docs/operations.md (${why})`,
        { cause },
      );
    }
  }

  async function load(): Promise<StoredPolicy | undefined> {
    const [document, ...named] = await redis.hmget(KEY.policy, 'document', 'id', 'version', 'save');
    if (!document) return undefined;
    const calendars = await calendarsOf(document);
    const record = read('the record of the rules in force', () => parsePolicyRecord(document, calendars));
    return { record, mark: named.join(' ') };
  }

  return {
    load,

    async mark() {
      const named = await redis.hmget(KEY.policy, 'id', 'version', 'save');
      return named[0] ? named.join(' ') : undefined;
    },

    async policyOf(hash) {
      const document = await redis.get(KEY.policyOf(hash));
      if (document === null) return undefined;
      const calendars = await calendarsOf(document);
      return read(`the policy ${hash}`, () => parsePolicy(document, calendars));
    },

    async nextNumber() {
      return redis.incr(KEY.policySequence);
    },

    async keepCalendars(texts) {
      for (const [fileHash, text] of Object.entries(texts)) await redis.set(KEY.calendarText(fileHash), text);
    },

    async save(before, record) {
      const { id, version } = record;
      const entries = record.history.slice(-(version - (before?.record.version ?? 0)));
      const saveId = randomUUID();
      const policyHash = hashPolicy(record.inForce);
      const [document, inForce] = [JSON.stringify(record), JSON.stringify(record.inForce)];
      // Only now: to hash and to write down the rules of thousands of instances takes as long as the save may.
      const lastMoment = await notAfter(redis);
      const saving = runSave(
        [KEY.policy, KEY.policyOf(policyHash), KEY.audit],
        [
          id,
          before?.mark ?? '',
          String(version),
          document,
          saveId,
          inForce,
          lastMoment,
          ...entries.map((entry) => JSON.stringify(entry)),
        ],
      );
      const onRecord = async () => (isOnRecord(record, (await load())?.record) ? 'saved' : undefined);
      const reply = saveReply.parse(await replyForSure(saving, onRecord, `the record ${id} of the rules`));
      if (reply === 'late') throw new Error('the rules were not saved: Redis took too long');
      return reply === 'saved' ? { record, mark: `${id} ${version} ${saveId}` } : reply;
    },
  };
}
