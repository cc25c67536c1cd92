import type { Applied, Loaded, NewEvent, StartRules, Tried } from '../coordinator.ts';
import { type Clocks, setBackFrom } from '../restore/clock-difference.ts';
import type { Attempt, PersonEvent, RestoreEvent } from '../restore/event.ts';
import type { Instant } from '../restore/names.ts';
import { tightening } from '../restore/policy/tightening.ts';
import type { Policy } from '../restore/policy.ts';
import type { ClocksRefusal, Refusal } from '../restore/refusal.ts';
import type { Restore } from '../restore/restore.ts';
import type { PeopleRule } from '../restore/terms.ts';
import { transition } from '../restore/transition.ts';

/** What may destroy data in the end, and is judged by the time. What only stops a restore is never held up by a clock. */
const NEEDS_RIGHT_CLOCKS: ReadonlySet<RestoreEvent['type']> = new Set([
  'approved',
  'proviso-accepted',
  'start-judged',
  'restore-intended',
]);

/** What is decided by the rules, so that those in force at that very moment must be known. */
const NEEDS_RULES: ReadonlySet<RestoreEvent['type']> = new Set([
  'approved',
  'proviso-accepted',
  'denied',
  'edited',
  'acknowledged',
  'objected',
  'objections-answered',
  'preflight-passed',
  'restore-intended',
]);

/** What leads to a start, so that what the rules allow and when must be known. */
const LEADS_TO_START: ReadonlySet<RestoreEvent['type']> = new Set(['approved', 'proviso-accepted']);

/** Whether the rules of the restore must be known for these events: what they allow, and when it may start. */
export function leadToStart(events: readonly NewEvent[]): boolean {
  return events.some(({ type }) => LEADS_TO_START.has(type));
}

/** Whether who may ask by now must be known for these events. */
export function acceptProviso(events: readonly NewEvent[]): boolean {
  return events.some(({ type }) => type === 'proviso-accepted');
}

/** Whether the rules in force must be known for these events. No event at all is a look for what became tighter. */
export function needsRules(events: readonly NewEvent[]): boolean {
  return events.length === 0 || events.some(({ type }) => NEEDS_RULES.has(type));
}

/** What these events, one after another, make of the record: nothing is saved yet. One answer for each, in order. */
export function decide(
  { restore: before, now }: Loaded,
  events: readonly NewEvent[],
  facts: {
    readonly inForce: { readonly policy: Policy; readonly hash: string } | undefined;
    /** Of what leads to a start. */
    readonly start: StartRules | undefined;
    /** Who may ask by rules that were changed since, where somebody accepts a proviso. */
    readonly requesters: PeopleRule | undefined;
    readonly clocks: Clocks | undefined;
  },
): { readonly latest: Restore; readonly applied: readonly Applied[] } {
  const { inForce, start, requesters, clocks } = facts;
  let latest = inForce ? tightened(before, inForce, now) : before;
  const applied = events.map((event): Applied => {
    const outcome = transition(latest, {
      ...event,
      ...(LEADS_TO_START.has(event.type) ? start : {}),
      ...(requesters && event.type === 'proviso-accepted' ? { requesters } : {}),
      ...policyFact(event, latest, inForce?.hash),
      at: now,
    });
    if (outcome.kind !== 'changed') return { ...outcome, restore: latest, now };
    const refusal = NEEDS_RIGHT_CLOCKS.has(event.type)
      ? (setBackRefusal(latest, now) ?? clocksRefusal(clocks))
      : undefined;
    if (refusal) return { kind: 'refused', refusal, restore: latest, now };
    latest = outcome.restore;
    return { ...outcome, now };
  });
  return { latest, applied };
}

/** Why nobody may decide at the moment, by the clocks as they were last seen. */
export function clocksRefusal(clocks: Clocks | undefined): ClocksRefusal | undefined {
  const apart = clocks?.apart();
  return apart && { reason: 'clocks-apart', ...apart };
}

function setBackRefusal(restore: Restore, now: Instant): Refusal | undefined {
  const lastAt = setBackFrom(restore, now);
  return lastAt === undefined ? undefined : { reason: 'clock-set-back', lastAt };
}

/** The record with all in its terms that is tighter in the rules in force. */
function tightened(restore: Restore, { policy, hash }: { policy: Policy; hash: string }, at: Instant): Restore {
  const tighter = tightening(restore, policy);
  if (!tighter) return restore;
  const outcome = transition(restore, { type: 'rules-tightened', at, ...tighter, policyHash: hash });
  return outcome.kind === 'changed' ? outcome.restore : restore;
}

/** A decision says which policy was in force, unless the history says it already. */
function policyFact(event: NewEvent, { history }: Restore, hash: string | undefined): { policyHash?: string } {
  const known = history.findLast(({ facts }) => facts.policy !== undefined)?.facts.policy;
  return hash === undefined || hash === known || !('person' in event) ? {} : { policyHash: hash };
}

/** Who tried what, for events that are people's decisions; undefined for workers' events. */
export function triedBy(event: NewEvent): Tried | undefined {
  const attempts: Partial<Record<PersonEvent['type'], Attempt>> = {
    approved: 'approve',
    denied: 'deny',
    'vote-taken-back': 'take-back',
    'proviso-accepted': 'accept-proviso',
    'proviso-declined': 'decline-proviso',
    looking: 'look',
    edited: 'edit',
    acknowledged: 'acknowledge',
    objected: 'object',
    'objections-answered': 'answer',
    withdrawn: 'withdraw',
    nudged: 'nudge',
    cancelled: 'cancel',
    'start-judged': 'judge-start',
  };
  if (!('person' in event)) return undefined;
  const attempt = attempts[event.type];
  if (!attempt) return undefined;
  return { by: event.person.id, attempt, ...(event.interaction ? { interaction: event.interaction } : {}) };
}
