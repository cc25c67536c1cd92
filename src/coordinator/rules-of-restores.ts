import type { Coordinator, CoordinatorParts } from '../coordinator.ts';
import { tighterInstance } from '../restore/policy/instance-rules.ts';
import { instanceOf } from '../restore/policy/policy-change.ts';
import { forbiddenIn } from '../restore/policy/still-allowed.ts';

/** The rules of a restore's instance: those it was asked under, and in all that is tighter those in force. */
export function createRulesOfRestores(parts: Pick<CoordinatorParts, 'rules' | 'store'>): Coordinator['rulesFor'] {
  const { rules, store } = parts;
  return async ({ plan, terms }) => {
    if (!rules) return undefined;
    const [inForce, askedUnder] = await Promise.all([
      rules.now(),
      terms.policyHash === undefined ? undefined : rules.policyOf(terms.policyHash),
    ]);
    const { auraId } = plan.instance;
    const now = instanceOf(inForce.policy.instances, auraId);
    const then = askedUnder && instanceOf(askedUnder.instances, auraId);
    return now && then ? tighterInstance(then, now, await store.now()) : (now ?? then);
  };
}

/** What these rules say of a restore's start: when it may be, and what of it they do not allow any more. */
export function createStartRules(parts: Pick<CoordinatorParts, 'rules' | 'store'>): Coordinator['startRulesFor'] {
  const rulesFor = createRulesOfRestores(parts);
  return async (restore) => {
    const own = await rulesFor(restore);
    if (!own || !parts.rules) return undefined;
    const { policy } = await parts.rules.now();
    const forbidden = forbiddenIn(restore, own, policy.instances);
    return { calendar: own.calendar, ...(forbidden ? { forbidden } : {}) };
  };
}
