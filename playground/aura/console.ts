import { type Instances, Refused } from './instances.ts';

/** What somebody with access to the Aura project can do in its console, past every API. */
export interface AuraConsole {
  /** Restores the newest complete snapshot, or this one. */
  restore(instanceId: string, snapshotId?: string): void;
  /** Overwrites an instance with what another one holds now, or with one of its snapshots. */
  overwrite(targetId: string, sourceId: string, snapshotId?: string): void;
  /** Loads a backup file into an instance. */
  loadFile(instanceId: string, fileName: string): void;
  /** Deletes an instance with its snapshots, whatever goes on with it. */
  remove(instanceId: string): void;
  /** Its newest complete exportable snapshot is gone, as when its time is over; returns when it was taken. */
  dropSnapshot(instanceId: string): string;
}

/** No request reaches the simulator's log. Each call throws `Refused` when Aura would not offer it. */
export function createConsole(instances: Instances): AuraConsole {
  const newestOf = (instanceId: string) => {
    const { snapshots } = instances.find(instanceId);
    const newest = snapshots.find(({ status, exportable }) => status === 'Completed' && exportable);
    if (!newest) throw new Refused(404, 'snapshot-not-found', 'There is no complete snapshot');
    return newest;
  };
  return {
    restore(instanceId, snapshotId) {
      const instance = instances.find(instanceId);
      instances.restore(instance, snapshotId ? instances.snapshot(instance, snapshotId) : newestOf(instanceId));
    },
    overwrite(targetId, sourceId, snapshotId) {
      instances.overwrite(instances.find(targetId), instances.find(sourceId), snapshotId);
    },
    loadFile(instanceId, fileName) {
      instances.loadFile(instances.find(instanceId), `file ${fileName}`);
    },
    remove(instanceId) {
      instances.remove(instances.find(instanceId).id);
    },
    dropSnapshot(instanceId) {
      const { snapshots } = instances.find(instanceId);
      const newest = newestOf(instanceId);
      snapshots.splice(snapshots.indexOf(newest), 1);
      return newest.timestamp;
    },
  };
}
