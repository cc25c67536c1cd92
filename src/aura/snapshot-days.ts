import type { Snapshot } from '../restore/snapshot.ts';
import type { AuraClient } from './client.ts';

export interface SnapshotList {
  readonly snapshots: readonly Snapshot[];
  readonly daysRead: number;
  readonly daysKept: number;
}

const DAY_MS = 86_400_000;
/** A day that is over changes little; today's list does. */
const PAST_LIFETIME_MS = 10 * 60_000;
const TODAY_LIFETIME_MS = 10_000;
const AT_ONCE = 4;

/**
 * Lists the snapshots of all days Aura keeps, newest first: Aura itself lists one day at a time and never says which
 * days have any. `onProgress` hears the list so far as days arrive. Rejects with the first day's error; an older day
 * that cannot be read is left out and counts as not read.
 */
export function createSnapshotDays(aura: Pick<AuraClient, 'listSnapshots'>, now: () => number = Date.now) {
  const cache = new Map<string, { readonly snapshots: readonly Snapshot[]; readonly until: number }>();

  async function readDay(auraId: string, day: string, isToday: boolean): Promise<readonly Snapshot[]> {
    const key = `${auraId} ${day}`;
    const cached = cache.get(key);
    if (cached && cached.until > now()) return cached.snapshots;
    const snapshots = await aura.listSnapshots(auraId, day, 'person-waiting');
    cache.set(key, { snapshots, until: now() + (isToday ? TODAY_LIFETIME_MS : PAST_LIFETIME_MS) });
    return snapshots;
  }

  return async function listAllDays(
    auraId: string,
    daysKept: number,
    onProgress?: (soFar: SnapshotList) => void,
  ): Promise<SnapshotList> {
    // Today and the whole retention before it.
    const days = Array.from({ length: daysKept + 1 }, (_, back) =>
      new Date(now() - back * DAY_MS).toISOString().slice(0, 10),
    );
    const found: Snapshot[] = [];
    let daysRead = 0;
    const soFar = (): SnapshotList => ({
      snapshots: [...found].sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1)),
      daysRead,
      daysKept: days.length,
    });
    const [today = '', ...past] = days;
    found.push(...(await readDay(auraId, today, true)));
    daysRead++;
    for (let at = 0; at < past.length; at += AT_ONCE) {
      onProgress?.(soFar());
      const read = await Promise.allSettled(past.slice(at, at + AT_ONCE).map((day) => readDay(auraId, day, false)));
      for (const outcome of read) {
        if (outcome.status === 'rejected') continue;
        found.push(...outcome.value);
        daysRead++;
      }
    }
    return soFar();
  };
}
