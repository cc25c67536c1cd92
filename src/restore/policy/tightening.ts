import { entered, noted, type Outcome, stale } from '../change.ts';
import { decidingPolicy } from '../deciding-policy.ts';
import { canStillBeStopped } from '../due-step.ts';
import type { WorkerEvent } from '../event.ts';
import { addMinutes } from '../instant.ts';
import { driftGoesOn } from '../known-drift.ts';
import type { Environment } from '../names.ts';
import { withNewlyAsked } from '../newly-asked.ts';
import { withNewlyTold } from '../newly-told.ts';
import { withHolding } from '../objection.ts';
import { hashPlan, type Plan } from '../plan.ts';
import type { Policy } from '../policy.ts';
import type { Restore } from '../restore.ts';
import type { RestoreState, StateOf } from '../state.ts';
import type { Terms } from '../terms.ts';
import { verdictOf } from '../votes.ts';
import { isStricter } from './instance-rules.ts';
import { LINKS } from './linked-accounts.ts';
import { withTighterSettings } from './open-terms.ts';
import { instanceOf } from './policy-change.ts';
import { isEqual } from './tighter.ts';

type Judged = Pick<Restore, 'plan' | 'planHash' | 'terms' | 'state' | 'request'>;
type Tightened = Extract<WorkerEvent, { type: 'rules-tightened' }>;
type AskedState = StateOf<'awaiting-approval' | 'approved' | 'ready-to-restore'>;

/** What of the policy in force is tighter than an open restore: its terms then, and its environment where that is stricter. */
export function tightening(restore: Judged, policy: Policy): Pick<Tightened, 'terms' | 'environment'> | undefined {
  const terms = tightenedTerms(restore, policy);
  const environment = stricterEnvironment(restore, policy);
  if (!terms && !environment) return undefined;
  return { terms: terms ?? restore.terms, ...(environment ? { environment } : {}) };
}

/**
 * The terms of an open restore with all in them that is tighter in the policy in force; undefined when nothing is, or when it
 * is not the moment: between the start and the restore call only what nobody has to be asked about, and after the call nothing
 * can be held up.
 */
export function tightenedTerms(restore: Judged, policy: Policy): Terms | undefined {
  const { terms, plan, state, request } = restore;
  if (!canStillBeStopped(state.status)) return undefined;
  const own = instanceOf(policy.instances, plan.instance.auraId);
  const instance = own && (decidingPolicy(own, plan, policy.instances) ?? own);
  const mayBeAsked = asksOrMayAsk(state);
  const { mayActFor: _, ...kept } = terms;
  const linked = mayBeAsked ? { ...kept, ...LINKS.tighter(terms, policy) } : terms;
  const withSettings = (hasNoStart: boolean) =>
    instance ? withTighterSettings(linked, instance, { plan, request, mayBeAsked, hasNoStart }) : linked;
  const tightened = withSettings(state.status === 'awaiting-approval');
  const isAnew = asksAnew(restore, tightened, stricterEnvironment(restore, policy));
  const all = isAnew ? withSettings(true) : tightened;
  return isEqual(all, terms) ? undefined : all;
}

/** True when the latest entry may have brought the end forward: its reminder, set for the later end, is to be looked at at once. */
export function endsSooner({ history }: Pick<Restore, 'history'>): boolean {
  return history.at(-1)?.event === 'rules-tightened';
}

/**
 * The rules became tighter: an answer is possible for less time, who has agreed by other rules is asked anew, and who is told
 * besides may object. Between the start and the restore call nobody is asked: what would need it is not taken then.
 */
export function afterTightening(restore: Restore, event: Tightened): Outcome {
  const { state, plan: before } = restore;
  const { terms, at } = event;
  if (!canStillBeStopped(state.status)) return stale();
  const environment = event.environment && isStricter(event.environment, before.instance.environment);
  if (isEqual(terms, restore.terms) && !environment) return stale();
  const isAnew = asksAnew(restore, terms, event.environment);
  if (!asksOrMayAsk(state)) {
    return isAnew
      ? stale()
      : noted(withHolding({ ...restore, terms, ...withNewlyTold(restore, terms, at) }, at), event);
  }
  const next = withHolding(
    { ...restore, terms, ...withNewlyAsked(restore, { terms }, at), ...withNewlyTold(restore, terms, at) },
    at,
  );
  if (isAnew) return askedAnew(next, state, event);
  switch (state.status) {
    case 'awaiting-approval':
      return stillAsked(next, state, event);
    case 'approved': {
      const end = addMinutes(state.startAt, terms.executionExpiryMinutes);
      const lapsesAt = end < state.lapsesAt ? end : state.lapsesAt;
      return noted({ ...next, state: { ...state, lapsesAt } }, event);
    }
    case 'ready-to-restore':
      return noted(next, event);
    default:
      return state satisfies never;
  }
}

/** The same people decide about the same plan, in less time perhaps; fewer who say no may be enough to end it. */
function stillAsked(restore: Restore, state: StateOf<'awaiting-approval'>, event: Tightened): Outcome {
  const { askedAnew: rounds = [], request, terms } = restore;
  const no = state.votes.findLast(({ kind }) => kind === 'deny');
  if (no && verdictOf(restore, state.votes) === 'denied') {
    return entered(restore, event, { status: 'denied', by: no.by, at: event.at, why: no.why ?? '' });
  }
  const end = addMinutes(rounds.at(-1)?.at ?? request.requestedAt, terms.requestExpiryMinutes);
  const expiresAt = end < state.expiresAt ? end : state.expiresAt;
  return noted({ ...restore, state: { ...state, expiresAt } }, event);
}

/** What was agreed to falls, with every vote. What was seen to be gone or closed while people were asked is so still. */
function askedAnew(restore: Restore, state: AskedState, event: Tightened): Outcome {
  const { lateStart: _, movedStart: __, acknowledgements: ___, ...kept } = restore;
  const { plan: before, terms, askedAnew: rounds = [] } = kept;
  const { at, environment } = event;
  const isAsked = state.status === 'awaiting-approval';
  const plan = inEnvironment(before, environment);
  const planHash = hashPlan(plan);
  const votes = votesOf(state);
  const why = plan === before ? WHY : `The instance now counts as ${plan.instance.environment}, by tighter rules.`;
  const because = {
    kind: 'drifted',
    reason: 'rules-tightened',
    why,
    ...(isAsked ? { beforeAgreement: true } : {}),
  } as const;
  return entered(
    {
      ...kept,
      plan,
      planHash,
      ...(isAsked ? driftGoesOn(restore) : {}),
      askedAnew: [...rounds, { at, before, votes, because }],
    },
    event,
    { status: 'awaiting-approval', expiresAt: addMinutes(at, terms.requestExpiryMinutes), votes: [] },
    plan === before ? {} : { planHash, votes: votes.length },
  );
}

const WHY = 'The rules about who must agree became tighter after it was agreed to.';

/** Whether what people have said so far, or were shown, is not what they are asked for by these terms. */
function asksAnew(restore: Judged, terms: Terms, environment?: Environment): boolean {
  const { plan, terms: before, state } = restore;
  if (environment && isStricter(environment, plan.instance.environment)) return true;
  if (state.status === 'awaiting-approval') return false;
  if (!isEqual(rulesOf(before), rulesOf(terms))) return true;
  const votes = votesOf(state);
  const wasLent = terms.delegation !== before.delegation && votes.some(({ standingInFor }) => standingInFor);
  return wasLent || verdictOf({ ...restore, terms }, votes) === 'denied';
}

/** What decides whether people agreed. */
function rulesOf({ approval, overrideApprovers, samePeople }: Terms) {
  return { rules: approval.rules, overrideApprovers, samePeople };
}

function votesOf(state: RestoreState) {
  if (state.status === 'awaiting-approval') return state.votes;
  return 'approval' in state && state.approval ? state.approval.votes : [];
}

function asksOrMayAsk(state: RestoreState): state is AskedState {
  const { status } = state;
  return status === 'awaiting-approval' || status === 'approved' || status === 'ready-to-restore';
}

function inEnvironment(plan: Plan, environment: Environment | undefined): Plan {
  if (!environment || !isStricter(environment, plan.instance.environment)) return plan;
  return { ...plan, instance: { ...plan.instance, environment } };
}

function stricterEnvironment({ plan, state }: Judged, policy: Policy): Environment | undefined {
  const own = asksOrMayAsk(state) ? instanceOf(policy.instances, plan.instance.auraId) : undefined;
  return own && isStricter(own.environment, plan.instance.environment) ? own.environment : undefined;
}
