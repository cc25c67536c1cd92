import type { Coordinator, Loaded } from '../coordinator.ts';
import { isUnderWay } from '../restore/due-step.ts';
import { headKey, outcomeKey, toldOfStart } from '../restore/message-key.ts';
import type { Delivery, Restore } from '../restore/restore.ts';
import { timesPutOff } from '../restore/round.ts';
import type { Status } from '../restore/state.ts';
import type { HeadPlaces } from '../store/head-places.ts';
import type { PostLeases } from '../store/post-leases.ts';
import type { HeadKeeper } from './head-keeper.ts';
import type { Thread } from './post-once.ts';
import type { SeekPost, Sought } from './seek-post.ts';

/**
 * Finds out what became of notices of a start that is over or put off by now and that the record knows nothing of: their posts were
 * begun, and the process died, or Slack's answer was lost. What arrived is recorded, so that who read it hears the rest as well.
 * `settled`: the record has changed. `in-doubt`: to be asked again. May be repeated at will.
 */
export type SettleOvertaken = (loaded: Loaded) => Promise<Overtaken>;

type Overtaken = 'nothing' | 'settled' | 'in-doubt';

export function createSettleOvertaken(parts: {
  readonly coordinator: Pick<Coordinator, 'apply'>;
  readonly places: Pick<PostLeases, 'begun'>;
  readonly headPlaces: Pick<HeadPlaces, 'heads'>;
  readonly heads: Pick<HeadKeeper, 'found'>;
  readonly seek: SeekPost;
}): SettleOvertaken {
  return async function settleOvertaken(loaded) {
    const { restore, now } = loaded;
    const { id, deliveries } = restore;
    const start = startThatIsOver(restore);
    if (start === undefined) return 'nothing';
    const [begun, standing] = await Promise.all([parts.places.begun(id), parts.headPlaces.heads(id)]);
    const unknown = begun.filter((key) => deliveries[key] === undefined);
    const placesTold = new Set([...begun.flatMap((key) => toldOfStart(key)?.place ?? []), ...standing.keys()]);
    const results = await Promise.all([...placesTold].map((place) => settleAt(place)));
    if (results.includes('settled')) return 'settled';
    return results.includes('in-doubt') ? 'in-doubt' : 'nothing';

    async function settleAt(place: string): Promise<Overtaken> {
      // What told of a start that is over told of its end too: then its head message may be as new as that.
      const isRecorded =
        deliveries[outcomeKey(place)] !== undefined ||
        Object.keys(deliveries).some((key) => toldOfStart(key)?.place === place);
      const notices = unknown.filter((key) => {
        const told = toldOfStart(key);
        return told?.by === 'planned' && told.place === place;
      });
      if (isRecorded && notices.length === 0) return 'nothing';
      const head = await headAt(place);
      if (head.kind === 'not-now') return 'in-doubt';
      if (head.kind === 'not-there') return 'nothing';
      if (head.kind === 'unknown') return isRecorded ? 'nothing' : record(headKey(place, start), head);
      for (const key of notices) {
        const sought = await parts.seek({ restoreId: id, key, to: head.channel, thread: inThread(head), now });
        if (sought.kind === 'not-now') return 'in-doubt';
        if (sought.kind !== 'not-there') return record(key, sought);
      }
      return isRecorded ? 'nothing' : record(headKey(place, start), head);
    }

    async function headAt(place: string): ReturnType<SeekPost> {
      const stands = standing.get(place);
      if (stands) return { kind: 'there', channel: stands.channel, ts: stands.ts };
      const key = headKey(place);
      if (!begun.includes(key)) return { kind: 'not-there' };
      const sought = await parts.seek({ restoreId: id, key, to: place, now });
      if (sought.kind === 'there') await parts.heads.found(loaded, place, sought);
      return sought;
    }

    async function record(key: string, found: Exclude<Sought, { kind: 'not-there' | 'not-now' }>): Promise<Overtaken> {
      const delivery: Delivery =
        found.kind === 'there'
          ? { status: 'posted', channel: found.channel, ts: found.ts, at: now }
          : { status: 'undeliverable', why: found.code, at: now, mayHaveArrived: true };
      await parts.coordinator.apply(id, { type: 'message-settled', key, delivery });
      return 'settled';
    }
  };
}

/** Which start is over, by how often one was put off before; undefined while one is to come or goes on, and when none ever was. */
function startThatIsOver(restore: Restore): number | undefined {
  const { status } = restore.state;
  if (isUnderWay(status)) return undefined;
  const putOff = timesPutOff(restore);
  if (!NEVER_AGREED_TO.has(status)) return putOff;
  return putOff === 0 ? undefined : putOff - 1;
}

/** In these the start that would come next was not agreed to. */
const NEVER_AGREED_TO: ReadonlySet<Status> = new Set(['awaiting-approval', 'denied', 'expired', 'withdrawn']);

function inThread({ ts }: { readonly ts: string }): Thread {
  return { ts, isAnnounced: false };
}
