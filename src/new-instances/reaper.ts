import type { Logger } from 'pino';
import type { AuraInstances, ListedInstance } from '../aura/made-instances.ts';
import type { Clocks } from '../restore/clock-difference.ts';
import { addMinutes } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import { isOver, type MadeInstance } from '../restore/new-instance/made-instance.ts';
import { type MadeId, readName } from '../restore/new-instance/name.ts';
import { type Finding, findings } from '../restore/new-instance/reaping.ts';
import { isSettled, type OwedSaying, owedSayings } from '../restore/new-instance/sayings.ts';
import { change, type MadeStore, UnreadableMadeError } from './made-store.ts';
import { found } from './maker.ts';
import type { Passwords } from './passwords.ts';

/** Says something of a made instance, at most once. `settled` when it was said or never can be. */
export type SayOfMade = (made: MadeInstance, owed: OwedSaying, now: Instant) => Promise<'settled' | 'still-owed'>;
/** Tells people of an instance that no record explains, each place at most once. `settled` as above. */
export type SayStray = (stray: ListedInstance, isOurMark: boolean, now: Instant) => Promise<'settled' | 'still-owed'>;

/** Tells people of a record of a made instance that nobody can read, each place at most once. `settled` as above. */
export type SayUnreadable = (id: MadeId, now: Instant) => Promise<'settled' | 'still-owed'>;

/** Looks once whether anything is due. May be repeated at will, and by any number of workers: one at a time does anything. */
export type Reap = () => Promise<void>;

/** Longer than a list, a few removals and what is said of them take. */
const LEASE_MS = 120_000;
/** A call that is on its way has its answer by then. */
const ANSWERED_WITHIN_MINUTES = 1;
/** How often Aura's list is read although nothing is due, for what no record explains. */
const STRAYS_EVERY_MINUTES = 60;
/** A removal that shows nothing is asked for again after this. */
const REMOVAL_MINUTES = 10;
/** So long after the look that it goes by was begun, a removal may leave. */
const LOOK_HOLDS_MS = 30_000;

/**
 * Removes made instances at their time, whatever became of the restore or the process that made them: from the records and
 * Aura's list alone. Both are looked at again right before each removal, since people may have renamed the instance while this
 * process stood still; and nothing is removed by a clock that is not right.
 */
export function createReaper(parts: {
  readonly store: MadeStore;
  readonly aura: Pick<AuraInstances, 'listInstances' | 'deleteInstance'>;
  readonly passwords: Pick<Passwords, 'forget'>;
  /** Aura ids of the configured instances, which are never removed. */
  readonly inUse: () => ReadonlySet<string>;
  /** Whether Aura's list is also read when nothing is due, for what no record explains. */
  readonly looksForStrays: () => boolean;
  readonly say: SayOfMade;
  readonly sayStray: SayStray;
  readonly sayUnreadable: SayUnreadable;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
  readonly worker: string;
  readonly log: Logger;
}): Reap {
  const { store, aura, log } = parts;
  let straysLookedAt: Instant | undefined;

  function needsList(records: readonly MadeInstance[], now: Instant): boolean {
    const isLookDue = straysLookedAt === undefined || now >= addMinutes(straysLookedAt, STRAYS_EVERY_MINUTES);
    const mayCome = parts.looksForStrays() || records.length > 0;
    return (isLookDue && mayCome) || records.some((made) => isListNeeded(made, now));
  }

  async function lookAtList(records: readonly MadeInstance[], now: Instant): Promise<void> {
    const listed = await aura.listInstances('reconcile');
    const mark = await store.mark();
    const recorded = new Set<string>();
    for (const { name } of listed) {
      const id = readName(name)?.id;
      if (id !== undefined && (await explains(id, now))) recorded.add(id);
    }
    const isRecorded = (id: string) => recorded.has(id);
    let isAllDone = true;
    for (const finding of findings({ records, listed, inUse: parts.inUse(), mark, now, isRecorded })) {
      await follow(finding, now).catch((error: unknown) => {
        isAllDone = false;
        log.warn({ err: error, finding: finding.kind }, 'a made instance is looked at again later');
      });
    }
    if (isAllDone) straysLookedAt = now;
  }

  /** People are told of a record that cannot be read as such: its instance may well be explained. */
  async function explains(id: MadeId, now: Instant): Promise<boolean> {
    try {
      const made = await store.load(id);
      return made !== undefined && !isOver(made, now);
    } catch (error) {
      if (error instanceof UnreadableMadeError) return true;
      throw error;
    }
  }

  async function follow(finding: Finding, now: Instant): Promise<void> {
    switch (finding.kind) {
      case 'found':
        await change(store, finding.made.id, (made) => found(made, finding.auraId, now));
        return;
      case 'not-found':
        await change(store, finding.made.id, (made) =>
          made.state.status === 'sent'
            ? { ...made, state: { status: 'not-made', at: now, why: NOT_FOUND } }
            : undefined,
        );
        return;
      case 'remove': {
        const { made, auraId } = finding;
        if (made.state.status === 'removing' && now < addMinutes(made.state.at, REMOVAL_MINUTES)) return;
        const notAfterMs = Date.now() + LOOK_HOLDS_MS;
        if (!(await isStillToBeRemoved(finding))) return;
        await aura.deleteInstance(auraId, notAfterMs);
        await change(store, made.id, (latest) =>
          latest.state.status === 'made' || latest.state.status === 'removing'
            ? { ...latest, state: { status: 'removing', auraId, at: now } }
            : undefined,
        );
        log.info({ made: made.id, auraId }, 'a made instance is being removed');
        return;
      }
      case 'gone': {
        const { made, auraId, by } = finding;
        await parts.passwords.forget(made);
        await change(store, made.id, (latest) =>
          latest.state.status === 'made' || latest.state.status === 'removing'
            ? { ...latest, state: { status: 'removed', auraId, at: now, by } }
            : undefined,
        );
        return;
      }
      case 'left-alone':
        await change(store, finding.made.id, (made) =>
          made.leftAlone ? undefined : { ...made, leftAlone: { at: now, name: finding.listed.name } },
        );
        return;
      case 'stray':
        return tellStray(finding.listed, finding.isOurMark, now);
      default:
        finding satisfies never;
    }
  }

  /** Looked at once more: nothing of a deleted instance can be recovered. */
  async function isStillToBeRemoved({ made, auraId }: Extract<Finding, { kind: 'remove' }>): Promise<boolean> {
    const apart = parts.clocks?.apart();
    if (apart) {
      log.warn({ made: made.id, auraId, apart }, 'a made instance is not removed while clocks are apart');
      return false;
    }
    const record = await store.load(made.id);
    if (!record) return false;
    const look = {
      records: [record],
      listed: await aura.listInstances('reconcile'),
      inUse: parts.inUse(),
      mark: await store.mark(),
      now: await store.now(),
      isRecorded: () => true,
    };
    return findings(look).some((finding) => finding.kind === 'remove' && finding.auraId === auraId);
  }

  /** Noted when it was said, so that a death in between leaves it owed. */
  async function tellStray(stray: ListedInstance, isOurMark: boolean, now: Instant): Promise<void> {
    if (await store.isStrayNoted(stray.id)) return;
    if ((await parts.sayStray(stray, isOurMark, now)) === 'still-owed') throw new Error('a stray was not told yet');
    await store.noteStray(stray.id);
  }

  /** Noted as a stray is. What became of the others does not depend on it. */
  async function tellUnreadable(id: MadeId, now: Instant): Promise<void> {
    const key = `unreadable:${id}`;
    if (await store.isStrayNoted(key)) return;
    if ((await parts.sayUnreadable(id, now)) === 'settled') await store.noteStray(key);
  }

  async function sayOwed(made: MadeInstance, now: Instant): Promise<void> {
    for (const owed of owedSayings(made, now)) {
      if ((await parts.say(made, owed, now)) === 'still-owed') continue;
      await change(store, made.id, (latest) => ({ ...latest, said: { ...latest.said, [owed.saying]: now } }));
    }
  }

  return async function reap() {
    if (!(await store.lease(parts.worker, LEASE_MS))) return;
    try {
      const now = await store.now();
      const unreadable: MadeId[] = [];
      const records = await store.open((error, id) => {
        log.error({ err: error, made: id }, 'the record of a made instance cannot be read, so it is not removed');
        unreadable.push(id);
      });
      if (needsList(records, now)) await lookAtList(records, now);
      for (const made of await store.open()) {
        await sayOwed(made, now);
        const latest = await store.load(made.id);
        if (latest && isSettled(latest, now)) await store.close(made.id);
      }
      for (const id of unreadable) await tellUnreadable(id, now);
    } finally {
      await store.release(parts.worker);
    }
  };
}

const NOT_FOUND = 'Aura gave no usable answer to the create call, and no instance by its name came.';

function isListNeeded(made: MadeInstance, now: Instant): boolean {
  switch (made.state.status) {
    case 'sent':
      return now >= addMinutes(made.sentAt, ANSWERED_WITHIN_MINUTES);
    case 'made':
      return now >= made.removeAt && !made.leftAlone;
    case 'removing':
      return !made.leftAlone;
    case 'not-made':
      return false;
    default:
      return isOver(made, now);
  }
}
