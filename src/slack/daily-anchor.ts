import type { Logger } from 'pino';
import { dailyAnchors } from '../../messages/anchor.ts';
import { type RestoreStore, UnreadableRecordError } from '../coordinator.ts';
import type { ChainHead } from '../restore/history.ts';
import type { RestoreId } from '../restore/names.ts';
import { auditChannel } from '../restore/owed-messages.ts';
import { isOfRules } from '../restore/policy/policy-record.ts';
import type { DailyAnchorRecord, OwedAnchor } from '../store/daily-anchor-record.ts';
import type { MessagePlaces } from '../store/message-places.ts';
import type { PostOnce, SlackMessage } from './post-once.ts';

/** Posts the daily anchor when it is owed. May be repeated at will, and by any number of workers. */
export type AnchorDaily = () => Promise<void>;

/** The latest entry of each restore that was recorded after one position in the audit stream, up to another. */
export type HeadsBetween = (after: string, through: string) => Promise<readonly Omit<ChainHead, 'instance'>[]>;

interface DailyMessage {
  readonly key: string;
  /** The position after which it anchors. */
  readonly from: string;
  readonly channel: string;
  readonly message: SlackMessage;
}

/** What a chain is about, and the channels where it is anchored. */
interface Place {
  readonly about: string;
  readonly ids: readonly string[];
}

/** The daily anchor belongs to no restore. */
const PLACE: RestoreId = 'audit';
/** Longer than one post may take, its look for an earlier one included. */
const LEASE_MS = 20_000;

export function createAnchorDaily(parts: {
  readonly record: DailyAnchorRecord;
  readonly store: Pick<RestoreStore, 'now' | 'load'>;
  readonly headsBetween: HeadsBetween;
  /**
   * What a chain is about that is no restore's, and the channels where it is anchored, if not in every one. Rejects with
   * `UnreadableRecordError` as `store` does. Absent: there is none.
   */
  readonly heldElsewhere?: (id: string) => Promise<(Pick<Place, 'about'> & Partial<Place>) | undefined>;
  readonly places: MessagePlaces;
  /** Where is anchored what belongs to no instance, or nobody can tell to which: every audit channel in force at this moment. */
  readonly auditChannels: () => Promise<readonly string[]>;
  readonly postOnce: PostOnce;
  /** Names this worker among all. */
  readonly worker: string;
  readonly log: Logger;
}): AnchorDaily {
  const { record, store, worker, log } = parts;

  /** The head of a record that is damaged or gone is anchored all the same: else whoever damages it keeps it from being noticed. */
  async function placeOf(id: string, everywhere: readonly string[]): Promise<Place> {
    if (isDelegation(id)) return { about: 'delegation', ids: everywhere };
    if (isOfRules(id)) return { about: THE_RULES, ids: everywhere };
    try {
      const elsewhere = await parts.heldElsewhere?.(id);
      if (elsewhere) return { ids: everywhere, ...elsewhere, about: sayable(elsewhere.about) };
      const restore = (await store.load(id))?.restore;
      if (restore) return { about: sayable(restore.plan.instance.alias), ids: [auditChannel(restore)] };
      log.error({ restoreId: id }, 'record is gone; its head is anchored in every audit channel');
    } catch (error) {
      if (!(error instanceof UnreadableRecordError)) throw error;
      log.error({ err: error, restoreId: id }, 'record cannot be read; its head is anchored in every audit channel');
    }
    return { about: UNKNOWN, ids: everywhere };
  }

  /**
   * The messages of an anchor, each with its channel and a key that is the same for whoever composes it. A channel that lacks
   * earlier anchors gets one over all that it lacks.
   */
  async function compose({ day, after, through }: OwedAnchor) {
    const behind = await record.behind();
    const begins = [...new Set([after, ...behind.values()])];
    const all = await Promise.all(
      begins.map(async (from) =>
        [...(await headsByChannel(from, through))]
          .filter(([channel]) => (behind.get(channel) ?? after) === from)
          .map(([channel, heads]) => ({ from, channel, heads })),
      ),
    );
    return all.flat().flatMap(({ from, channel, heads }) =>
      dailyAnchors(day, heads).map((message, index) => ({
        key: `daily:${day}:${channel}:${index + 1}`,
        from,
        channel,
        message,
      })),
    );
  }

  async function headsByChannel(after: string, through: string): Promise<ReadonlyMap<string, readonly ChainHead[]>> {
    const byChannel = new Map<string, ChainHead[]>();
    const add = (channel: string, head: ChainHead) => {
      const heads = byChannel.get(channel);
      if (heads) heads.push(head);
      else byChannel.set(channel, [head]);
    };
    const everywhere = await parts.auditChannels();
    for (const head of await parts.headsBetween(after, through)) {
      const { about, ids } = await placeOf(head.restoreId, everywhere);
      for (const channel of ids) add(channel, { ...head, instance: about });
    }
    return byChannel;
  }

  /** True when the message was posted, or is left to the anchor of another day. */
  async function post({ key, from, channel, message }: DailyMessage): Promise<boolean> {
    const posted = await parts.postOnce({ restoreId: PLACE, key, to: channel, message, now: await store.now() });
    if (posted.kind === 'unsettled') {
      log.warn({ key }, 'daily anchor is still owed');
      return false;
    }
    if (posted.kind === 'refused') {
      log.error({ key, channel, code: posted.code }, 'daily anchor is refused; that of the next day is over it too');
      await record.refused(channel, from);
    }
    return true;
  }

  async function postAll(anchor: OwedAnchor): Promise<void> {
    const messages = await compose(anchor);
    const settled = await record.settled();
    for (const one of messages) {
      const { key } = one;
      if (settled.has(key)) continue;
      if (!(await record.lease(worker, LEASE_MS))) return;
      if (!(await post(one))) return;
      await record.settle(key);
    }
    await record.finish(anchor);
    for (const { key } of messages) await parts.places.forget(PLACE, key);
    if (messages.length > 0) log.info({ day: anchor.day, messages: messages.length }, 'daily anchor is posted');
  }

  return async function anchorDaily() {
    const today = (await store.now()).slice(0, 10);
    if (!(await record.owed(today)) || !(await record.lease(worker, LEASE_MS))) return;
    try {
      // Asked again: whoever held the lease before may have finished it.
      const anchor = await record.owed(today);
      if (anchor) await postAll(anchor);
    } finally {
      await record.release(worker);
    }
  };
}

/** Delegations have chains of their own in the audit: `D-7`. */
function isDelegation(id: string): boolean {
  return id.startsWith('D-');
}
/** A head that belongs to no database. */
const THE_RULES = 'the rules';
/** Nobody can tell which instance a head is about. */
const UNKNOWN = 'record cannot be read';

/** What stands between the brackets of a line: anything else there would leave the whole message unreadable for its reader. */
function sayable(about: string): string {
  return /^[^()\n]{1,200}$/.test(about) ? about : UNKNOWN;
}
