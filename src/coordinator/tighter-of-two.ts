import type { Instant } from '../restore/names.ts';
import { tighterInstance } from '../restore/policy/instance-rules.ts';
import type { InstancePolicy } from '../restore/policy.ts';

/** So many are kept: those of the open restores of a day. */
const MOST_KEPT = 100;

/** Two versions of the rules of one instance, and the policies by whose hash they are known. */
interface TwoRules {
  readonly askedUnder: { readonly hash: string; readonly rules: InstancePolicy };
  readonly inForce: { readonly hash: string; readonly rules: InstancePolicy };
}

/**
 * What two versions of an instance's rules make together, as `tighterInstance` says. Calendars are weighed by four years of moments,
 * which takes tens of milliseconds, so that each pair is weighed once a day and not at each vote and each drawing of a card.
 */
export function createTighterOfTwo(weigh: typeof tighterInstance = tighterInstance) {
  const kept = new Map<string, InstancePolicy>();
  return ({ askedUnder, inForce }: TwoRules, now: Instant): InstancePolicy => {
    const key = [askedUnder.hash, inForce.hash, inForce.rules.auraId, now.slice(0, 10)].join(' ');
    const known = kept.get(key);
    if (known) return known;
    const tighter = weigh(askedUnder.rules, inForce.rules, now);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, tighter);
    return tighter;
  };
}
