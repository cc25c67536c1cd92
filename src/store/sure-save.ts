import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { SaveUnclearError } from '../coordinator.ts';

/** The click's connection gives up on a command after this time, and its person is told; the save must not happen later. */
export const SAVE_WITHIN_MS = 1_500;
/** How long to look for what became of a save whose answer was lost: within Slack's three seconds, with the save before it. */
const CERTAINTY_MS = 800;

/**
 * Until when a save that is sent at once may be carried out: epoch milliseconds of Redis' own clock, for its script to
 * compare. A Redis that was stuck carries out what it took long after the person was told that it failed.
 */
export async function notAfter(redis: Redis): Promise<string> {
  const [seconds, microseconds] = await redis.time();
  return String(Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000) + SAVE_WITHIN_MS);
}

/**
 * Begins a script whose first key is the record, and whose last two arguments are until when it may be carried out
 * (`notAfter`) and what tells this save from others, to be kept in the record as `save`: nothing is done when it is too
 * late, or when a connection that was lost sends what was carried out once more.
 */
export const IN_TIME = `
if redis.call('HGET', KEYS[1], 'save') == ARGV[#ARGV] then return 'saved' end
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > tonumber(ARGV[#ARGV - 1]) then return 'late' end
`;

/** What a script that begins with `IN_TIME` replies. */
const IN_TIME_REPLY = z.enum(['saved', 'conflict', 'late']);

/**
 * Runs such a script, and looks for what it saved when its answer was lost. Fails when it was too late, and with
 * `SaveUnclearError` when nobody can see what became of it; what may be saved is said as `what`.
 */
export async function saveInTime(
  redis: Redis,
  save: (last: readonly [notAfter: string, saveId: string]) => Promise<unknown>,
  { isOnRecord, what }: { readonly isOnRecord: () => Promise<boolean>; readonly what: string },
): Promise<'saved' | 'conflict'> {
  const saving = save([await notAfter(redis), randomUUID()]);
  const look = async () => ((await isOnRecord()) ? 'saved' : undefined);
  const reply = IN_TIME_REPLY.parse(await replyForSure(saving, look, what));
  if (reply === 'late') throw new Error(`${what} was not saved: Redis took too long`);
  return reply;
}

/**
 * What a save replied. One whose answer was lost is looked for on record before anybody is told what became of it: `look`
 * answers what Redis would have replied, undefined when it is not there. Fails with `SaveUnclearError`, which says `what`
 * may be saved, when that cannot be seen either.
 */
export async function replyForSure<Reply>(
  saving: Promise<unknown>,
  look: () => Promise<Reply | undefined>,
  what: string,
): Promise<unknown> {
  try {
    return await saving;
  } catch (error) {
    if (isCertainlyNotSaved(error)) throw error;
    // A person waits: with a store that does not answer, not to know is an answer too.
    const found = await Promise.race([look().catch(() => undefined), sleep(CERTAINTY_MS, undefined)]);
    if (found !== undefined) return found;
    throw new SaveUnclearError(`${what} may be saved`, { cause: error });
  }
}

/** Redis said no, or the command never left: the offline queue is off. Anything else was lost on the way there or back. */
export function isCertainlyNotSaved(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ReplyError' || /enableOfflineQueue/.test(error.message));
}
