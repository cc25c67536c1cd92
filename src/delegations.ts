import type { Logger } from 'pino';
import {
  type Delegation,
  type DelegationDraft,
  type DelegationId,
  delegationRefusal,
  isInForce,
  newDelegation,
  revoked,
} from './restore/delegation.ts';
import { type DelegationWord, wordSettled } from './restore/delegation-words.ts';
import type { Instant, PersonId } from './restore/names.ts';
import type { PersonFacts } from './restore/person-facts.ts';
import type { DelegationRefusal, PersonRefusal } from './restore/refusal.ts';
import type { Delivery } from './restore/restore.ts';

/** Where delegations live. Every call fails when the store cannot be reached. */
export interface DelegationStore {
  load(id: DelegationId): Promise<Delegation | undefined>;
  /**
   * Saves record, indexes and audit entry in one write if the stored version is still `expectedVersion` (0: there is none yet). A
   * form that is delivered again finds what it became. Fails with `SaveUnclearError` when nobody knows whether it is saved.
   */
  save(
    expectedVersion: number,
    delegation: Delegation,
  ): Promise<{ readonly kind: 'saved' | 'conflict' } | { readonly kind: 'repeated'; readonly as: DelegationId }>;
  nextId(): Promise<DelegationId>;
  now(): Promise<Instant>;
  /** Those that are not long over, by whose place it is or by who holds it. */
  from(person: PersonId): Promise<readonly Delegation[]>;
  to(person: PersonId): Promise<readonly Delegation[]>;
  /** All that are not long over. */
  all(): Promise<readonly Delegation[]>;
  /** Those of which somebody must still be told something. */
  owing(): Promise<readonly Delegation[]>;
}

export type Delegated =
  | { readonly kind: 'done'; readonly delegation: Delegation }
  /** Nothing of it is on record: whoever asked has to see to that. */
  | { readonly kind: 'refused'; readonly refusal: PersonRefusal | DelegationRefusal }
  | { readonly kind: 'unknown' };

/** The one door through which delegations change. Each change is in the audit, in the record's own chain. */
export interface Delegations {
  /** `isApprover`: the delegator may decide about some instance that allows delegation. */
  delegate(draft: DelegationDraft, isApprover: boolean): Promise<Delegated>;
  /** Ends one before its time, by either of the two. May be repeated by the same person: it has ended once. */
  revoke(id: DelegationId, person: PersonFacts): Promise<Delegated>;
  /** Those in force or to come of which the person is one of the two. */
  of(person: PersonId): Promise<readonly Delegation[]>;
  /** Those by which the person holds a place now. Rejects when the store cannot be reached. */
  heldBy(person: PersonId): Promise<readonly Delegation[]>;
  /** Those in force now by which one of these people has handed their place over. */
  givenBy(people: readonly PersonId[]): Promise<readonly Delegation[]>;
  /** All that are in force now. */
  inForce(): Promise<readonly Delegation[]>;
  /** Those of which somebody must still be told something. */
  owing(): Promise<readonly Delegation[]>;
  /** Notes what became of a word that was owed. May be repeated: the first stays. */
  settle(id: DelegationId, key: DelegationWord['key'], delivery: Delivery): Promise<void>;
}

/** More writers than this at once on one delegation is a bug, not contention. */
const MOST_CONFLICTS = 20;

export function createDelegations(parts: {
  readonly store: DelegationStore;
  readonly samePeople: readonly (readonly PersonId[])[];
  readonly log: Logger;
}): Delegations {
  const { store, samePeople, log } = parts;

  return {
    async delegate(draft, isApprover) {
      const now = await store.now();
      const refusal = delegationRefusal(draft, { isApprover, samePeople, now });
      if (refusal) return { kind: 'refused', refusal };
      const delegation = newDelegation(await store.nextId(), draft, now);
      const saved = await store.save(0, delegation);
      if (saved.kind === 'repeated') {
        const earlier = await store.load(saved.as);
        if (!earlier) return { kind: 'unknown' };
        if (earlier.revoked) return { kind: 'refused', refusal: { reason: 'delegation-over' } };
        return { kind: 'done', delegation: earlier };
      }
      if (saved.kind === 'conflict') throw new Error(`delegation ${delegation.id} exists already`);
      log.info({ delegation: delegation.id, by: delegation.from, to: delegation.to }, 'place delegated');
      return { kind: 'done', delegation };
    },

    async revoke(id, person) {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
        const delegation = await store.load(id);
        if (!delegation) return { kind: 'unknown' };
        const ended = revoked(delegation, person, { samePeople, now: await store.now() });
        if ('refusal' in ended) return { kind: 'refused', ...ended };
        if (ended.delegation === delegation) return { kind: 'done', delegation };
        const saved = await store.save(delegation.version, ended.delegation);
        if (saved.kind !== 'saved') continue;
        log.info({ delegation: id, by: person.id }, 'delegation ended before its time');
        return { kind: 'done', ...ended };
      }
      throw tooManyWriters(id);
    },

    async settle(id, key, delivery) {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
        const delegation = await store.load(id);
        const settled = delegation && wordSettled(delegation, key, delivery);
        if (!settled || settled === delegation) return;
        if ((await store.save(delegation.version, settled)).kind === 'saved') return;
      }
      throw tooManyWriters(id);
    },

    owing: store.owing,

    async inForce() {
      const [now, all] = await Promise.all([store.now(), store.all()]);
      return all.filter((one) => isInForce(one, now));
    },

    async of(person) {
      const [now, ...all] = await Promise.all([store.now(), store.from(person), store.to(person)]);
      return all.flat().filter((one) => one.revoked === undefined && one.endsAt > now);
    },

    async heldBy(person) {
      const [now, held] = await Promise.all([store.now(), store.to(person)]);
      return held.filter((one) => isInForce(one, now));
    },

    async givenBy(people) {
      const [now, ...all] = await Promise.all([store.now(), ...people.map(store.from)]);
      return all.flat().filter((one) => isInForce(one, now));
    },
  };
}

function tooManyWriters(id: DelegationId): Error {
  return new Error(`delegation ${id} could not be saved: too many writers at once`);
}
