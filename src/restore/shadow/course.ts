import type { Instant, PersonId } from '../names.ts';
import { requesterRefusal } from '../person.ts';
import type { PersonFacts } from '../person-facts.ts';
import type { InstancePolicy } from '../policy.ts';
import type { PersonRefusal, Refusal } from '../refusal.ts';
import type { Delivery, HistoryEntry } from '../restore.ts';
import { changedShadow, type ShadowRestore, type ShadowState, type ShadowVerification } from './shadow-restore.ts';
import { type InstanceLook, isLoadFailed } from './verdict.ts';

/** What a person can have done about a shadow restore. */
export type ShadowAct = 'verify' | 'announce';

const EVENT_OF = { verify: 'shadow-verification-asked', announce: 'shadow-announced' } as const;

/** Why it is not done: who asks, or that it was done or asked for already. */
export type ShadowRefusal =
  | PersonRefusal
  | Extract<Refusal, { reason: 'unknown-instance' }>
  | {
      readonly reason: 'shadow-being-verified' | 'shadow-announced-already';
      readonly by: PersonId;
      readonly at: Instant;
    };

export type ShadowOutcome =
  | { readonly kind: 'changed'; readonly record: ShadowRestore }
  /** The same click, delivered again: it is on record already. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly refusal: ShadowRefusal };

const DELETED_STATUSES: ReadonlySet<string> = new Set(['destroying', 'deleting']);

/** The record after one more look at its instance; undefined when that changes nothing. `gone`: Aura knows it no more. */
export function afterShadowLook(
  record: ShadowRestore,
  look: InstanceLook | 'gone',
  at: Instant,
): ShadowRestore | undefined {
  const { state, found } = record;
  if (state.status !== 'under-way') return undefined;
  const isGone = look === 'gone' || DELETED_STATUSES.has(look.status);
  if (isGone) return ended(record, { status: 'gone', at }, at, look === 'gone' ? 'not known any more' : look.status);
  if (look.askedAt < found.at) return undefined;
  const { status } = look;
  if (isLoadFailed(status)) return ended(record, { status: 'failed', at, auraStatus: status }, at, status);
  if (status === 'running') {
    if (state.runningSeenAt) return ended(record, { status: 'running-again', at }, at, status);
    return seen(record, { ...state, auraStatus: status, runningSeenAt: at }, at);
  }
  if (status === state.auraStatus) return undefined;
  return seen(record, { status: 'under-way', auraStatus: status }, at);
}

/** Somebody asks for a look at the data, or for the stakeholders to be told. `policy`: of the instance, by the rules in force. */
export function afterShadowAct(
  record: ShadowRestore,
  act: {
    readonly kind: ShadowAct;
    readonly person: PersonFacts;
    readonly at: Instant;
    /** Names the one click. */
    readonly interaction?: string;
  },
  policy: InstancePolicy | undefined,
): ShadowOutcome {
  const { kind, person, at, interaction } = act;
  const click = interaction === undefined ? {} : { interaction };
  const isSame = (entry: HistoryEntry) => entry.event === EVENT_OF[kind] && entry.facts.interaction === interaction;
  if (interaction !== undefined && record.history.some(isSame)) return { kind: 'repeated' };
  const { alias } = record.instance;
  if (!policy) return { kind: 'refused', refusal: { reason: 'unknown-instance', typed: alias, nearest: [] } };
  const refusal = requesterRefusal(person, policy.requesters, alias);
  if (refusal) return { kind: 'refused', refusal };
  const { verification, announced } = record;
  if (kind === 'announce') {
    if (announced) return { kind: 'refused', refusal: { reason: 'shadow-announced-already', ...announced } };
    const entry = { at, event: EVENT_OF.announce, by: person.id, facts: click };
    return { kind: 'changed', record: changedShadow(record, { announced: { by: person.id, at } }, entry) };
  }
  // Data goes on changing, so it may be looked at again; one look at a time.
  if (verification && !verification.outcome) {
    const { by, askedAt } = verification;
    return { kind: 'refused', refusal: { reason: 'shadow-being-verified', by, at: askedAt } };
  }
  const nth = 1 + record.history.filter(({ event }) => event === EVENT_OF.verify).length;
  const entry = { at, event: EVENT_OF.verify, by: person.id, facts: { nth, ...click } };
  const asked: ShadowVerification = { by: person.id, askedAt: at };
  return { kind: 'changed', record: changedShadow(record, { verification: asked }, entry) };
}

/** The look at the data came to this; the record stays as it is when another was first. */
export function afterShadowVerified(
  record: ShadowRestore,
  asked: ShadowVerification,
  outcome: NonNullable<ShadowVerification['outcome']>,
): ShadowRestore | undefined {
  if (record.verification?.askedAt !== asked.askedAt || record.verification.outcome) return undefined;
  const { status, words, at } = outcome;
  return changedShadow(
    record,
    { verification: { ...asked, outcome } },
    { at, event: 'shadow-verified', facts: { validation: status, words } },
  );
}

/** A message of it was posted, or never will be. */
export function afterShadowSaid(record: ShadowRestore, key: string, delivery: Delivery): ShadowRestore | undefined {
  if (record.deliveries[key]) return undefined;
  const facts =
    delivery.status === 'posted' ? { message: key, ts: delivery.ts } : { message: key, undeliverable: delivery.why };
  const deliveries = { ...record.deliveries, [key]: delivery };
  return changedShadow(record, { deliveries }, { at: delivery.at, event: 'message-settled', facts });
}

/** True when somebody waits for the data to be looked at, and the instance is not under way any more. */
export function isToBeVerified({ verification, state }: ShadowRestore): boolean {
  return verification !== undefined && !verification.outcome && state.status !== 'under-way';
}

function ended(record: ShadowRestore, state: ShadowState, at: Instant, auraStatus: string): ShadowRestore {
  return changedShadow(record, { state }, { at, event: `shadow-${state.status}`, facts: { auraStatus } });
}

function seen(record: ShadowRestore, state: ShadowState, at: Instant): ShadowRestore {
  const auraStatus = 'auraStatus' in state ? state.auraStatus : '';
  return changedShadow(record, { state }, { at, event: 'shadow-status-seen', facts: { auraStatus } });
}
