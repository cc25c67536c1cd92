/** What Aura allows all users of one client id, in requests of any minute: paid, and on trial. */
const PAID_LIMIT = 125;
const TRIAL_LIMIT = 25;
/** Below the room that is left, because requests sent evenly may arrive together. */
const MOST_BURST = 20;
/** Also where all of the limit is asked for: five of 125. With less, whoever comes a little late finds no room. */
const LEAST_BURST_SHARE = 1 / 25;
const LEAST_BURST = 5;

/**
 * How the bot spends its share of Aura's limit: a rate and a burst that together never exceed what Aura allows in any minute.
 * A setting above the paid limit is taken for a limit that Neo4j raised.
 */
export function shareOfLimit(requestsPerMinute: number): { readonly perMinute: number; readonly burst: number } {
  const limit = requestsPerMinute <= TRIAL_LIMIT ? TRIAL_LIMIT : Math.max(PAID_LIMIT, requestsPerMinute);
  const least = Math.max(LEAST_BURST, Math.floor(limit * LEAST_BURST_SHARE));
  const burst = Math.min(MOST_BURST, Math.max(least, limit - requestsPerMinute));
  return { perMinute: Math.max(1, Math.min(requestsPerMinute, limit - burst)), burst };
}
