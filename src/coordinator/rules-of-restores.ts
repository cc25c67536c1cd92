import type { Coordinator, CoordinatorParts } from '../coordinator.ts';
import { instanceOf } from '../restore/policy/policy-change.ts';
import { forbiddenIn } from '../restore/policy/still-allowed.ts';
import { isEqual } from '../restore/policy/tighter.ts';
import { createTighterOfTwo } from './tighter-of-two.ts';

/** The rules of a restore's instance: those it was asked under, and in all that is tighter those in force. */
export function createRulesOfRestores(parts: Pick<CoordinatorParts, 'rules' | 'store'>): Coordinator['rulesFor'] {
  const { rules, store } = parts;
  const tighterOf = createTighterOfTwo();
  return async ({ plan, terms }) => {
    if (!rules) return undefined;
    const { policyHash } = terms;
    const [inForce, askedUnder] = await Promise.all([
      rules.now(),
      policyHash === undefined ? undefined : rules.policyOf(policyHash),
    ]);
    const { auraId } = plan.instance;
    const now = instanceOf(inForce.policy.instances, auraId);
    const then = askedUnder && instanceOf(askedUnder.instances, auraId);
    if (!now || !then || policyHash === undefined) return now ?? then;
    if (policyHash === inForce.hash) return now;
    const two = { askedUnder: { hash: policyHash, rules: then }, inForce: { hash: inForce.hash, rules: now } };
    return tighterOf(two, await store.now());
  };
}

/** What these rules say of a restore's start: when it may be, and what of it they do not allow any more. */
export function createStartRules(parts: Pick<CoordinatorParts, 'rules' | 'store'>): Coordinator['startRulesFor'] {
  const rulesFor = createRulesOfRestores(parts);
  return async (restore) => {
    if (!parts.rules) return undefined;
    const own = await rulesFor(restore);
    const { policy } = await parts.rules.now();
    const forbidden = forbiddenIn(restore, own, policy.instances);
    return { ...(own ? { calendar: own.calendar } : {}), ...(forbidden ? { forbidden } : {}) };
  };
}

/** Who may ask by the rules in force, where that changed since it was asked for. */
export function createRequestersSince(parts: Pick<CoordinatorParts, 'rules'>): Coordinator['requestersSince'] {
  const { rules } = parts;
  return async ({ plan, terms: { policyHash } }) => {
    if (!rules || policyHash === undefined) return undefined;
    const { policy, hash } = await rules.now();
    const askedUnder = hash === policyHash ? undefined : await rules.policyOf(policyHash);
    const then = askedUnder && instanceOf(askedUnder.instances, plan.instance.auraId);
    const now = instanceOf(policy.instances, plan.instance.auraId)?.requesters;
    return then && now && !isEqual(then.requesters, now) ? now : undefined;
  };
}
