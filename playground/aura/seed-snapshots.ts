import { randomUUID } from 'node:crypto';
import type { SimInstance, SimSnapshot } from './instances.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Days of daily full snapshots, and hours of hourly differential ones, that a tier has at any moment. */
const KEPT: Readonly<Record<string, { readonly days: number; readonly hourlyFor: number }>> = {
  'professional-db': { days: 7, hourlyFor: 0 },
  'business-critical': { days: 30, hourlyFor: 30 * 24 },
  'enterprise-db': { days: 60, hourlyFor: 7 * 24 },
};

/** What an instance of this tier would have by now: full snapshots at 02:00 UTC, differential ones at each hour. */
export function seedSnapshots(instance: Pick<SimInstance, 'id' | 'type'>, now: number): SimSnapshot[] {
  const { days, hourlyFor } = KEPT[instance.type] ?? { days: 0, hourlyFor: 0 };
  const snapshots: SimSnapshot[] = [];
  const add = (at: number, exportable: boolean) => {
    const timestamp = `${new Date(at).toISOString().slice(0, 19)}Z`;
    snapshots.push({
      snapshot_id: randomUUID(),
      instance_id: instance.id,
      profile: 'Scheduled',
      status: 'Completed',
      timestamp,
      exportable,
      dataVersion: `as of ${timestamp}`,
    });
  };
  const lastFull = Math.floor((now - 2 * HOUR_MS) / DAY_MS) * DAY_MS + 2 * HOUR_MS;
  for (let day = 0; day < days; day++) add(lastFull - day * DAY_MS, true);
  for (let hour = 0; hour < hourlyFor; hour++) {
    const at = Math.floor(now / HOUR_MS) * HOUR_MS - hour * HOUR_MS;
    if ((at - lastFull) % DAY_MS !== 0) add(at, false);
  }
  return snapshots.sort((one, other) => (one.timestamp < other.timestamp ? 1 : -1));
}
