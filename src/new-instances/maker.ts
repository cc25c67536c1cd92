import type { Logger } from 'pino';
import { AuraRefusedError, AuraUnreachableError } from '../aura/errors.ts';
import type { AuraInstances, CreatedInstance } from '../aura/made-instances.ts';
import { addMinutes } from '../restore/instant.ts';
import type { PersonId, RestoreId } from '../restore/names.ts';
import type { MadeInstance } from '../restore/new-instance/made-instance.ts';
import { type MadeId, nameOfMade } from '../restore/new-instance/name.ts';
import type { Price } from '../restore/new-instance/price.ts';
import { namedAs } from '../restore/new-instance/reaping.ts';
import { spentOn } from '../restore/new-instance/rules.ts';
import { change, type MadeStore } from './made-store.ts';
import type { Passwords } from './passwords.ts';

/** An instance that people agreed to have made. */
export interface Order {
  readonly id: MadeId;
  readonly restoreId: RestoreId;
  readonly owner: PersonId;
  readonly source: MadeInstance['source'];
  readonly type: string;
  readonly memory: string;
  readonly price: Price;
  readonly liveForMinutes: number;
  readonly auditChannel: string;
  readonly ownersChannel: string;
  /** What all made instances may cost together in this month. */
  readonly monthlyCap: number;
}

/** Makes instances, each once. */
export interface Maker {
  /** What all of them cost in this month, with what is still to come. */
  spentThisMonth(): Promise<number>;
  /**
   * Saves that it is about to be made and sends the one create call. Rejects with Aura's errors, of which only those that say so
   * are sure that nothing was made; an order that was begun before rejects as unclear, and is never sent again.
   */
  make(order: Order, notAfterMs: number): Promise<MadeInstance>;
  /** What is on record of it; one whose call was not answered is looked for by its name first. */
  look(id: MadeId): Promise<MadeInstance | undefined>;
  /** Whether it was not made because it would have cost too much; the message says so. */
  isCapReached(error: unknown): error is Error;
}

class CapReachedError extends Error {
  override readonly name = 'CapReachedError';
  constructor(cap: number, currency: string) {
    super(`The instances that the bot makes would cost more than ${cap} ${currency} in this month.`);
  }
}

export function createMaker(parts: {
  readonly store: MadeStore;
  readonly aura: AuraInstances;
  readonly passwords: Passwords;
  /** Aura ids of the configured instances: none of them is ever taken for one that was made. */
  readonly inUse: () => ReadonlySet<string>;
  readonly log: Logger;
}): Maker {
  const { store, aura, passwords, log } = parts;

  /** The first record, which is the intent: from now on nobody else sends. */
  async function begin(order: Order): Promise<MadeInstance | undefined> {
    const { region, cloudProvider, projectId } = await beforeSending(() =>
      aura.shapeOf(order.source.auraId, 'person-waiting'),
    );
    const name = nameOfMade(order.id, await store.mark());
    for (;;) {
      const now = await store.now();
      const { made, ledger } = await store.costly(now);
      const { type, memory, price, monthlyCap, liveForMinutes, ...kept } = order;
      const record: MadeInstance = {
        schemaVersion: 1,
        version: 1,
        ...kept,
        name,
        shape: { type, memory, region, cloudProvider, projectId },
        price,
        sentAt: now,
        removeAt: addMinutes(now, liveForMinutes),
        state: { status: 'sent' },
        said: {},
      };
      const others = made.filter(({ id }) => id !== order.id);
      if (spentOn([...others, record], now) > monthlyCap) throw new CapReachedError(monthlyCap, price.currency);
      const begun = await store.begin(record, ledger);
      if (begun === 'begun') return record;
      if (begun === 'exists') return undefined;
    }
  }

  /** Records that went back to an older state, as in a failover, do not know of a call that was sent: Aura's list does. */
  async function nothingHasItsName({ name }: MadeInstance): Promise<void> {
    const listed = await beforeSending(() => aura.listInstances('person-waiting'));
    if (listed.some((one) => one.name === name)) {
      throw new AuraUnreachableError('an instance of its name is there already', { mayHaveActed: true });
    }
  }

  async function notMade(id: MadeId, why: string): Promise<void> {
    const at = await store.now();
    await change(store, id, (made) =>
      made.state.status === 'sent' ? { ...made, state: { status: 'not-made', at, why, neverWas: true } } : undefined,
    );
  }

  async function created(intended: MadeInstance, answer: CreatedInstance): Promise<MadeInstance> {
    const password = await passwords.handOver(
      { ...intended, state: stateOf(answer, intended.sentAt) },
      answer.password,
    );
    const at = await store.now();
    const saved = await change(store, intended.id, (made) =>
      made.state.status === 'sent' || (made.state.status === 'made' && made.state.password === 'unknown')
        ? { ...made, state: { ...stateOf(answer, at), password } }
        : undefined,
    );
    return saved ?? intended;
  }

  return {
    isCapReached: (error): error is Error => error instanceof CapReachedError,
    async spentThisMonth() {
      const now = await store.now();
      return spentOn((await store.costly(now)).made, now);
    },

    async make(order, notAfterMs) {
      const intended = await begin(order);
      if (!intended) throw new AuraUnreachableError('it was sent before', { mayHaveActed: true });
      const { name, source, shape } = intended;
      try {
        await nothingHasItsName(intended);
        const wanted = { ...shape, name, sourceAuraId: source.auraId, snapshotId: source.snapshotId };
        return await created(intended, await aura.createFromSnapshot(wanted, notAfterMs));
      } catch (error) {
        const isSure =
          error instanceof AuraRefusedError || (error instanceof AuraUnreachableError && !error.mayHaveActed);
        log.error({ err: error, made: order.id }, 'a new instance was not made, or nobody knows');
        if (isSure) await notMade(order.id, error.forPeople);
        throw error;
      }
    },

    async look(id) {
      const made = await store.load(id);
      if (made?.state.status !== 'sent') return made;
      const named = namedAs(made, await aura.listInstances('reconcile'), parts.inUse());
      if (!named?.isOurs) return made;
      const at = await store.now();
      return (await change(store, id, (latest) => found(latest, named.listed.id, at))) ?? (await store.load(id));
    },
  };
}

/** The record of one that was found in Aura's list. Undefined when it was known already. */
export function found(made: MadeInstance, auraId: string, at: string): MadeInstance | undefined {
  const { status } = made.state;
  if (status !== 'sent' && status !== 'not-made') return undefined;
  return {
    ...made,
    state: { status: 'made', auraId, at, password: 'unknown' },
    foundAt: at,
    // Whoever waited for it was told that it was not made.
    ...(status === 'not-made' ? { removeAt: at } : {}),
  };
}

function stateOf({ auraId, connectionUrl }: CreatedInstance, at: string) {
  return {
    status: 'made' as const,
    auraId,
    at,
    ...(connectionUrl ? { connectionUrl } : {}),
    password: 'unknown' as const,
  };
}

/** Nothing was sent yet. */
async function beforeSending<T>(prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (cause) {
    if (cause instanceof AuraRefusedError) throw cause;
    throw new AuraUnreachableError('the call could not be prepared', { mayHaveActed: false, cause });
  }
}
