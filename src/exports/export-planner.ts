import type { Logger } from 'pino';
import type { AuraClient } from '../aura/client.ts';
import { latestDue } from '../restore/exports/due.ts';
import {
  type ExportId,
  type ExportOffer,
  type ExportTask,
  fitsFrom,
  isReminderDue,
  snapshotToExport,
} from '../restore/exports/export-task.ts';
import { addMinutes } from '../restore/instant.ts';
import type { Instant } from '../restore/names.ts';
import type { InstancePolicy, Policy } from '../restore/policy.ts';
import type { Snapshot } from '../restore/snapshot.ts';
import type { ExportKeeper, ExportStore } from './export-keeper.ts';

/** Aura lists one day at a time: of what fits, the days around when it fell due are asked about. */
const MOST_DAYS_ASKED = 4;
const DAY_MINUTES = 24 * 60;

/**
 * Opens the exports that fell due, has their owners reminded of the exact snapshot, and says what is owed. May be repeated
 * at will, and by any number of workers.
 */
export function createExportPlanner(parts: {
  readonly policy: () => Policy;
  readonly exports: Pick<ExportKeeper, 'fallDue' | 'find' | 'remind'>;
  readonly store: Pick<ExportStore, 'countsFrom' | 'active' | 'now'>;
  readonly aura: Pick<AuraClient, 'listSnapshots'>;
  readonly postMessages: (id: ExportId) => Promise<void>;
  readonly log: Logger;
}): () => Promise<void> {
  const { exports, store, aura, log } = parts;

  async function openWhatFellDue(policy: InstancePolicy, now: Instant): Promise<void> {
    for (const plan of policy.exports ?? []) {
      if (!plan.schedule) continue;
      const dueAt = latestDue(plan.schedule, now);
      if (dueAt > (await store.countsFrom(policy.auraId, plan.name, now))) await exports.fallDue(policy, plan, dueAt);
    }
  }

  async function offerFor({ instance, dueAt }: ExportTask, now: Instant): Promise<ExportOffer> {
    try {
      const found: Snapshot[] = [];
      for (const day of daysFrom(fitsFrom(dueAt), now)) {
        found.push(...(await aura.listSnapshots(instance.auraId, day, 'inventory')));
      }
      return snapshotToExport(found, dueAt);
    } catch (error) {
      log.info({ err: error, instance: instance.alias }, 'the snapshot to export could not be looked up');
      return { kind: 'unknown' };
    }
  }

  async function follow(id: ExportId): Promise<void> {
    const task = await exports.find(id);
    if (!task) return;
    const now = await store.now();
    if (isReminderDue(task, now)) await exports.remind(id, await offerFor(task, now));
    await parts.postMessages(id);
  }

  return async function planExports() {
    const now = await store.now();
    for (const policy of parts.policy().instances) await openWhatFellDue(policy, now);
    for (const id of await store.active()) {
      await follow(id).catch((error: unknown) =>
        log.warn({ err: error, export: id }, 'export could not be followed; it is tried again'),
      );
    }
  };
}

/** Days in UTC, from the first on. */
function daysFrom(first: Instant, last: Instant): readonly string[] {
  const days = Array.from({ length: MOST_DAYS_ASKED }, (_, ahead) =>
    addMinutes(first, ahead * DAY_MINUTES).slice(0, 10),
  );
  return days.filter((day) => day <= last.slice(0, 10));
}
