import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Priority, RequestBudget } from '../aura/budget.ts';
import { AuraBudgetError } from '../aura/errors.ts';
import { KEY } from './keys.ts';
import { createScript } from './script.ts';

/** A clock that is set right all the time may go back by as much without anything being forgotten. */
const SET_BACK_MS = 1_000;

/**
 * How both scripts begin. KEYS bucket, hold-off, when moments were noted last, then every key with a moment that all share.
 * When Redis' clock was set back, what was noted before lies in the future and would keep everybody waiting for as long: it
 * is forgotten, which lets at most one burst too many go.
 */
const BEGIN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if tonumber(redis.call('GET', KEYS[3]) or '0') > now + ${SET_BACK_MS} then
  redis.call('DEL', KEYS[2], KEYS[4], KEYS[5], KEYS[6])
end
local held = redis.call('PTTL', KEYS[2])
if held > 0 then return held end
local interval, tolerance, reserve = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local function note(key, moment, kept)
  redis.call('SET', key, string.format('%.3f', moment), 'PX', math.ceil(moment - now) + kept)
  redis.call('SET', KEYS[3], string.format('%.0f', now))
end
`;

/**
 * GCRA (a leaky bucket that needs one number): ARGV emission interval ms, burst tolerance ms, reserve ms kept free for more
 * urgent requests. Replies 0 when the request may go, else milliseconds to wait.
 */
const ACQUIRE_SCRIPT = `${BEGIN}
local early = arrival - (tolerance - reserve) - now
if early > 0 then return math.ceil(early) end
note(KEYS[1], arrival + interval, 1000)
return 0
`;

/** Longer than any line, and renewed with every turn: nobody has a turn that was noted less what is forgotten by then. */
const MOVED_KEPT_MS = 86_400_000;

/**
 * A poll asks for its turn. KEYS as above, of which the sixth is the end of the line, then by how much the line moved in all
 * its life, then the turn of who asks, noted less that; ARGV as above, and how long a turn is kept in ms. Replies 0 when
 * the poll may go, else milliseconds until its turn. When more urgent requests have used what its turn was to use, the whole
 * line moves: nobody waits twice, and those who wait do not all come at once. Who comes later than a turn lasts, and finds
 * it used, gets another at the end: the line must not wait for a process that is behind. So does who has a turn of a
 * line that was forgotten.
 */
const TURN_SCRIPT = `${BEGIN}
local room = arrival - (tolerance - reserve)
local line = tonumber(redis.call('GET', KEYS[6]) or '0')
local moved = tonumber(redis.call('GET', KEYS[7]) or '0')
local noted = redis.call('GET', KEYS[8])
local turn = noted and tonumber(noted) + moved or 0
local isUsed = turn <= now and room > now
if turn == 0 or (turn > now and turn >= line) or (isUsed and now - turn > interval) then
  turn = math.max(line, now, room)
  note(KEYS[6], turn + interval, 1000)
elseif isUsed then
  local by = room - turn
  moved = moved + by
  redis.call('SET', KEYS[7], string.format('%.3f', moved), 'PX', ${MOVED_KEPT_MS})
  note(KEYS[6], math.max(line + by, room + interval), 1000)
  turn = room
end
if turn > now then
  redis.call('PEXPIRE', KEYS[7], ${MOVED_KEPT_MS})
  redis.call('SET', KEYS[8], string.format('%.3f', turn - moved), 'PX', math.ceil(turn - now) + tonumber(ARGV[4]))
  return math.ceil(turn - now)
end
redis.call('DEL', KEYS[8])
note(KEYS[1], arrival + interval, 1000)
return 0
`;

/** After the bucket, the same for all. */
const SHARED_KEYS = [KEY.auraHoldOff, KEY.auraNotedAt, KEY.auraRequests, KEY.auraTokens, KEY.auraPolls] as const;

/** Whoever does not come for its turn loses it. */
const TURN_KEPT_MS = 60_000;

/** The share of the burst that each class leaves for the classes before it. Polls can never use the last of it. */
const RESERVED_SHARE: Readonly<Record<Priority, number>> = {
  restore: 0,
  'person-waiting': 0.2,
  reconcile: 0.3,
  poll: 0.5,
  inventory: 0.6,
};

const TOKENS_PER_HOUR = 14;
const TOKEN_BURST = 4;
const TOKEN_DEADLINE_MS = 5_000;

/** Aura's limit counts all requests of the credentials, so the budget lives where all processes see it. */
export function createAuraBudget(
  redis: Redis,
  limit: { readonly perMinute: number; readonly burst: number },
): RequestBudget {
  const intervalMs = 60_000 / limit.perMinute;
  const ask = createScript(redis, ACQUIRE_SCRIPT);
  const askForTurn = createScript(redis, TURN_SCRIPT);

  async function wait(
    bucket: string,
    interval: number,
    burst: number,
    share: number,
    deadlineMs: number,
    what: string,
  ) {
    const until = Date.now() + deadlineMs;
    const tolerance = interval * (burst - 1);
    for (;;) {
      const args = [String(interval), String(tolerance), String(tolerance * share)];
      const waitMs = z.number().parse(await ask([bucket, ...SHARED_KEYS], args));
      if (waitMs === 0) return;
      if (Date.now() + waitMs > until) throw new AuraBudgetError(what);
      await sleep(waitMs);
    }
  }

  return {
    acquire: (priority, deadlineMs) =>
      wait(KEY.auraRequests, intervalMs, limit.burst, RESERVED_SHARE[priority], deadlineMs, priority),
    async takeTurn(what) {
      const tolerance = intervalMs * (limit.burst - 1);
      const reply = await askForTurn(
        [KEY.auraRequests, ...SHARED_KEYS, KEY.auraLineMoved, KEY.auraTurn(what)],
        [intervalMs, tolerance, tolerance * RESERVED_SHARE.poll, TURN_KEPT_MS].map(String),
      );
      const waitMs = z.number().parse(reply);
      if (waitMs > 0) throw new AuraBudgetError(what, waitMs);
    },
    acquireToken: () => wait(KEY.auraTokens, 3_600_000 / TOKENS_PER_HOUR, TOKEN_BURST, 0, TOKEN_DEADLINE_MS, 'a token'),
    async holdOff(forMs) {
      if (forMs <= 0) return;
      await redis.set(KEY.auraHoldOff, '1', 'PX', Math.ceil(forMs));
    },
  };
}
