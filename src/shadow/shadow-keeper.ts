import type { Logger } from 'pino';
import { createChange, type KeptRecords } from '../kept-records.ts';
import type { Instant } from '../restore/names.ts';
import type { PersonFacts } from '../restore/person-facts.ts';
import { type InstancePolicy, instanceByName, type Policy } from '../restore/policy.ts';
import type { Delivery } from '../restore/restore.ts';
import {
  afterShadowAct,
  afterShadowLook,
  afterShadowSaid,
  afterShadowVerified,
  type ShadowAct,
  type ShadowRefusal,
} from '../restore/shadow/course.ts';
import {
  newShadowRestore,
  type ShadowId,
  type ShadowRestore,
  type ShadowVerification,
} from '../restore/shadow/shadow-restore.ts';
import { type InstanceLook, isLoadFailed, type LastSeen } from '../restore/shadow/verdict.ts';

/** Where shadow restores live. Every call fails when the store cannot be reached. */
export interface ShadowStore extends KeptRecords<ShadowId, ShadowRestore> {
  /**
   * Opens the record, if none is under way on its instance and the instance was not looked at by anybody since `seen`;
   * what is kept of the instance becomes `next` in the same write.
   */
  open(
    record: ShadowRestore,
    looked: { readonly seen: LastSeen | undefined; readonly next: LastSeen },
  ): Promise<'saved' | 'conflict'>;
  nextId(): Promise<ShadowId>;
  /** The one that is under way on an instance. */
  openOn(auraId: string): Promise<ShadowId | undefined>;
  /** The latest one of an instance that was found after a moment. */
  foundSince(auraId: string, since: Instant): Promise<{ readonly id: ShadowId; readonly foundAt: Instant } | undefined>;
  /** Those that are followed, looked at or still owe a message. */
  active(): Promise<readonly ShadowId[]>;
}

export type ShadowActed =
  | { readonly kind: 'done'; readonly record: ShadowRestore }
  | { readonly kind: 'refused'; readonly refusal: ShadowRefusal; readonly record: ShadowRestore }
  | { readonly kind: 'unknown' };

/** The one door through which shadow restores change. Each change is in the audit, in the record's own chain. */
export interface ShadowKeeper {
  /** Undefined when another worker was first. */
  open(
    policy: InstancePolicy,
    found: ShadowRestore['found'],
    looked: { readonly seen: LastSeen | undefined; readonly nextAtMs: number },
  ): Promise<ShadowRestore | undefined>;
  /** Takes one more look at its instance; answers the record as it is then. */
  follow(id: ShadowId, look: InstanceLook | 'gone'): Promise<ShadowRestore | undefined>;
  /** `interaction` names the click: delivered again, it is answered as done. */
  act(id: ShadowId, kind: ShadowAct, person: PersonFacts, interaction?: string): Promise<ShadowActed>;
  verified(id: ShadowId, asked: ShadowVerification, outcome: NonNullable<ShadowVerification['outcome']>): Promise<void>;
  said(id: ShadowId, key: string, delivery: Delivery): Promise<void>;
  find(id: ShadowId): Promise<ShadowRestore | undefined>;
}

export function createShadowKeeper(parts: {
  readonly store: ShadowStore;
  /** The rules in force. */
  readonly policy: () => Policy;
  readonly log: Logger;
}): ShadowKeeper {
  const { store, log } = parts;
  const change = createChange(store, 'shadow restore');

  return {
    find: store.load,

    async open(policy, found, { seen, nextAtMs }) {
      const record = newShadowRestore(await store.nextId(), policy, found, isLoadFailed(found.status));
      const next = { status: found.status, at: found.at, nextAtMs, explainedBy: record.id };
      if ((await store.open(record, { seen, next })) === 'conflict') return undefined;
      log.warn(
        { shadowRestore: record.id, instance: policy.alias, status: found.status, during: found.during },
        'a restore that the bot did not send is under way',
      );
      return record;
    },

    async follow(id, look) {
      const record = await change(id, (before, now) => afterShadowLook(before, look, now));
      if (record && record.state.status !== 'under-way') {
        log.info({ shadowRestore: id, status: record.state.status }, 'shadow restore is over');
      }
      return record;
    },

    async act(id, kind, person, interaction) {
      const click = interaction === undefined ? {} : { interaction };
      let refusal: ShadowRefusal | undefined;
      const record = await change(id, (before, at) => {
        const policy = instanceByName(parts.policy(), before.instance.auraId);
        const outcome = afterShadowAct(before, { kind, person, at, ...click }, policy);
        refusal = outcome.kind === 'refused' ? outcome.refusal : undefined;
        return outcome.kind === 'changed' ? outcome.record : undefined;
      });
      if (!record) return { kind: 'unknown' };
      return refusal ? { kind: 'refused', refusal, record } : { kind: 'done', record };
    },

    async verified(id, asked, outcome) {
      await change(id, (before) => afterShadowVerified(before, asked, outcome));
    },

    async said(id, key, delivery) {
      await change(id, (before) => afterShadowSaid(before, key, delivery));
    },
  };
}
