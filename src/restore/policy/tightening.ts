import { entered, noted, type Outcome, stale } from '../change.ts';
import { decidingPolicy } from '../deciding-policy.ts';
import type { WorkerEvent } from '../event.ts';
import { addMinutes } from '../instant.ts';
import { leadMinutesFor } from '../lead.ts';
import { withNewlyAsked } from '../newly-asked.ts';
import type { Policy } from '../policy.ts';
import type { Restore } from '../restore.ts';
import type { Terms } from '../terms.ts';
import { LINKS } from './linked-accounts.ts';
import { APPROVAL, OVERRIDE_APPROVERS } from './people-rules.ts';
import { instanceOf } from './policy-change.ts';
import { isEqual } from './tighter.ts';

type Judged = Pick<Restore, 'plan' | 'terms' | 'state' | 'request'>;

/**
 * The terms of an open restore with all in them that is tighter in the policy in force; undefined when nothing is, or when it
 * is not the moment: between the start and the restore call nobody can be asked, and after the call nothing can be held up.
 */
export function tightenedTerms(restore: Judged, policy: Policy): Terms | undefined {
  const { terms, plan, state, request } = restore;
  const isAsked = state.status === 'awaiting-approval';
  if (!isAsked && state.status !== 'approved' && state.status !== 'ready-to-restore') return undefined;
  const own = instanceOf(policy.instances, plan.instance.auraId);
  const instance = own && (decidingPolicy(own, plan, policy.instances) ?? own);
  const { overrideApprovers, mayActFor: _, ...kept } = terms;
  const override = instance
    ? OVERRIDE_APPROVERS.tighter(overrideApprovers, instance.overrideApprovers)
    : overrideApprovers;
  const tightened: Terms = {
    ...kept,
    ...(instance ? { approval: APPROVAL.tighter(terms.approval, instance.approval) } : {}),
    ...(override ? { overrideApprovers: override } : {}),
    requestExpiryMinutes: Math.min(
      terms.requestExpiryMinutes,
      instance?.requestExpiryMinutes ?? Number.POSITIVE_INFINITY,
    ),
    executionExpiryMinutes: Math.min(
      terms.executionExpiryMinutes,
      instance?.executionExpiryMinutes ?? Number.POSITIVE_INFINITY,
    ),
    ...(instance?.delegation === 'forbidden' ? { delegation: 'forbidden' as const } : {}),
    // The start of one that was agreed to has been announced.
    noticeLeadMinutes: Math.max(
      terms.noticeLeadMinutes,
      isAsked && instance ? leadMinutesFor(instance, request.urgent ?? false) : 0,
    ),
    ...LINKS.tighter(terms, policy),
  };
  const bound = Math.min(
    terms.lossBoundMinutes ?? plan.lossBoundMinutes,
    instance?.lossBoundMinutes ?? Number.POSITIVE_INFINITY,
  );
  const withBound = bound < plan.lossBoundMinutes ? { ...tightened, lossBoundMinutes: bound } : tightened;
  return isEqual(withBound, terms) ? undefined : withBound;
}

/** True when the latest entry may have brought the end forward: its reminder, set for the later end, is to be looked at at once. */
export function endsSooner({ history }: Pick<Restore, 'history'>): boolean {
  return history.at(-1)?.event === 'rules-tightened';
}

/** The rules became tighter: an answer is possible for less time, and who has agreed by other rules is asked anew. */
export function afterTightening(restore: Restore, event: Extract<WorkerEvent, { type: 'rules-tightened' }>): Outcome {
  const { state, plan, askedAnew = [] } = restore;
  const { terms, at } = event;
  if (isEqual(terms, restore.terms)) return stale();
  const asked = withNewlyAsked(restore, { terms }, at);
  switch (state.status) {
    case 'awaiting-approval': {
      const askedAt = askedAnew.at(-1)?.at ?? restore.request.requestedAt;
      const end = addMinutes(askedAt, terms.requestExpiryMinutes);
      const expiresAt = end < state.expiresAt ? end : state.expiresAt;
      return noted({ ...restore, terms, ...asked, state: { ...state, expiresAt } }, event);
    }
    case 'approved':
    case 'ready-to-restore': {
      const isAgreedAnew = !isEqual(rulesOf(restore.terms), rulesOf(terms));
      if (isAgreedAnew) {
        const { lateStart: _, ...kept } = restore;
        const because = { kind: 'drifted', reason: 'rules-tightened', why: WHY } as const;
        return entered(
          {
            ...kept,
            terms,
            ...asked,
            askedAnew: [...askedAnew, { at, before: plan, votes: state.approval.votes, because }],
          },
          event,
          { status: 'awaiting-approval', expiresAt: addMinutes(at, terms.requestExpiryMinutes), votes: [] },
        );
      }
      if (state.status === 'ready-to-restore') return noted({ ...restore, terms }, event);
      const end = addMinutes(state.startAt, terms.executionExpiryMinutes);
      const lapsesAt = end < state.lapsesAt ? end : state.lapsesAt;
      return noted({ ...restore, terms, state: { ...state, lapsesAt } }, event);
    }
    default:
      return stale();
  }
}

const WHY = 'the rules about who must agree became tighter after it was agreed to';

/** What decides whether people agreed. */
function rulesOf({ approval, overrideApprovers, samePeople }: Terms) {
  return { rules: approval.rules, overrideApprovers, samePeople };
}
