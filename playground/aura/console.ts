import { type Instances, Refused } from './instances.ts';

/** What somebody with access to the Aura project can do in its console, past every API. */
export interface AuraConsole {
  /** Restores the newest complete snapshot, or this one. */
  restore(instanceId: string, snapshotId?: string): void;
  /** Overwrites an instance with what another one holds now, or with one of its snapshots. */
  overwrite(targetId: string, sourceId: string, snapshotId?: string): void;
  /** Loads a backup file into an instance. */
  loadFile(instanceId: string, fileName: string): void;
}

/** No request reaches the simulator's log. Each call throws `Refused` when Aura would not offer it. */
export function createConsole(instances: Instances): AuraConsole {
  return {
    restore(instanceId, snapshotId) {
      const instance = instances.find(instanceId);
      const newest = instance.snapshots.find(({ status, exportable }) => status === 'Completed' && exportable);
      const chosen = snapshotId ? instances.snapshot(instance, snapshotId) : newest;
      if (!chosen) throw new Refused(404, 'snapshot-not-found', 'There is no complete snapshot');
      instances.restore(instance, chosen);
    },
    overwrite(targetId, sourceId, snapshotId) {
      instances.overwrite(instances.find(targetId), instances.find(sourceId), snapshotId);
    },
    loadFile(instanceId, fileName) {
      instances.loadFile(instances.find(instanceId), `file ${fileName}`);
    },
  };
}
