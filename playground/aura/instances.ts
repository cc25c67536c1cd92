import { randomUUID } from 'node:crypto';
import type { Assumptions, Pace } from './assumptions.ts';
import type { Faults } from './faults.ts';

/** A real database behind a simulated instance. Both calls resolve when the data is saved or back. */
export interface BackingDatabase {
  snapshot(snapshotId: string): Promise<void>;
  restore(snapshotId: string): Promise<void>;
}

/** A real database for the instances that are made, of which there is one at a time. */
export interface NewDatabase extends BackingDatabase {
  readonly boltUrl: string;
  readonly password: string;
}

export interface SimSnapshot {
  readonly snapshot_id: string;
  readonly instance_id: string;
  readonly profile: 'Scheduled' | 'AdHoc';
  status: 'Pending' | 'InProgress' | 'Completed' | 'Failed';
  readonly timestamp: string;
  exportable: boolean;
  /** Which data it holds. */
  readonly dataVersion: string;
}

export interface SimInstance {
  readonly id: string;
  name: string;
  readonly tenant_id: string;
  readonly cloud_provider: string;
  readonly region: string;
  readonly type: string;
  memory: string;
  readonly created_at: string;
  connection_url: string | null;
  status: string;
  /** What Aura is really doing; it may be ahead of the status that reads show. */
  operation: string | undefined;
  /** Which data is loaded: lets a test prove that a restore happened. */
  dataVersion: string;
  readonly snapshots: SimSnapshot[];
  readonly backing: BackingDatabase | undefined;
  /** Until then, in epoch ms, reads do not know it. Absent: they always did. */
  visibleAt?: number;
}

/** Aura's refusals, by the reason that clients go by. */
export class Refused extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export interface Instances {
  readonly all: ReadonlyMap<string, SimInstance>;
  add(instance: SimInstance): void;
  /** Begins to make one: unknown to reads at first, then `creating`, then `running` with a scheduled snapshot under way. */
  create(instance: SimInstance, snapshotId?: string): void;
  /** Those that reads know. */
  visible(): readonly SimInstance[];
  find(id: string): SimInstance;
  snapshot(instance: SimInstance, snapshotId: string): SimSnapshot;
  takeSnapshot(instance: SimInstance, profile?: SimSnapshot['profile']): SimSnapshot;
  restore(instance: SimInstance, snapshot: SimSnapshot): void;
  overwrite(target: SimInstance, source: SimInstance, snapshotId: string | undefined): void;
  /** Somebody loads a file in the console: the API has no such call. It ends no sooner than `notBefore` resolves. */
  loadFile(instance: SimInstance, dataVersion: string, notBefore?: Promise<void>): void;
  /** Pause, resume, delete and the like: a status for a while, then another. */
  operate(instance: SimInstance, during: string, after: string | 'deleted'): void;
  /** Ends whatever goes on with an instance in this status, as somebody at Aura might. */
  settle(id: string, status: string): void;
  /** Somebody deletes it in the console, whatever goes on with it. */
  remove(id: string): void;
  /** Stops every running operation. */
  close(): void;
}

/** The instances and what happens to them over time. */
export function createInstances(parts: {
  readonly pace: Pace;
  /** How many instances there may be. */
  readonly most: number;
  readonly assumptions: Assumptions;
  readonly faults: Faults;
  readonly now: () => number;
  readonly onChange: () => void;
}): Instances {
  const { pace, faults, now } = parts;
  const all = new Map<string, SimInstance>();
  const timers = new Set<NodeJS.Timeout>();

  function after(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
      parts.onChange();
    }, ms);
    timers.add(timer);
  }

  function refuseWhileBusy(instance: SimInstance): void {
    if (instance.operation) {
      throw new Refused(
        409,
        'ongoing-database-operation',
        `The database is currently undergoing an operation: ${instance.operation}`,
      );
    }
    if (instance.status !== 'running') {
      throw new Refused(409, 'instance-action-unavailable', `The instance is ${instance.status}`);
    }
  }

  function begin(instance: SimInstance, during: string): void {
    instance.operation = during;
    if (pace.statusLagMs === 0) instance.status = during;
    else
      after(pace.statusLagMs, () => {
        if (instance.operation === during) instance.status = during;
      });
    parts.onChange();
  }

  function end(instance: SimInstance, status: string): void {
    instance.operation = undefined;
    instance.status = status;
  }

  /** A backed operation takes as long as its database, but never less than the pace. */
  function load(
    instance: SimInstance,
    snapshotId: string | undefined,
    dataVersion: string,
    notBefore?: Promise<void>,
  ): void {
    const fault = faults.take(['restore-ends'], (one) => one.instance === undefined || one.instance === instance.id);
    if (fault?.as === 'never') return;
    const backed =
      fault || !instance.backing || snapshotId === undefined ? undefined : instance.backing.restore(snapshotId);
    const loading = Promise.all([backed, notBefore]);
    after(pace.restoreMs, () => {
      if (parts.assumptions.restoreShowsLoading) instance.status = 'loading';
      loading.then(
        () => {
          if (!fault) instance.dataVersion = dataVersion;
          end(instance, fault?.as === 'loading failed' ? 'loading failed' : 'running');
          parts.onChange();
        },
        () => {
          end(instance, 'loading failed');
          parts.onChange();
        },
      );
    });
  }

  function takeSnapshot(instance: SimInstance, profile: SimSnapshot['profile'] = 'AdHoc'): SimSnapshot {
    if (instance.snapshots.some(({ status }) => status === 'Pending' || status === 'InProgress')) {
      throw new Refused(409, 'snapshot-not-allowed', 'Another snapshot is in progress');
    }
    refuseWhileBusy(instance);
    const snapshot: SimSnapshot = {
      snapshot_id: randomUUID(),
      instance_id: instance.id,
      profile,
      status: 'Pending',
      timestamp: `${new Date(now()).toISOString().slice(0, 19)}Z`,
      exportable: false,
      dataVersion: instance.dataVersion,
    };
    instance.snapshots.unshift(snapshot);
    const fault = faults.take(['snapshot-ends'], () => true);
    const saving = instance.backing && !fault ? instance.backing.snapshot(snapshot.snapshot_id) : Promise.resolve();
    after(pace.snapshotMs / 3, () => {
      // Of two times that have both passed on a busy machine, the later may be told first.
      if (snapshot.status === 'Pending') snapshot.status = 'InProgress';
    });
    after(pace.snapshotMs, () => {
      const finish = (status: 'Completed' | 'Failed') => {
        snapshot.status = status;
        snapshot.exportable = status === 'Completed';
        parts.onChange();
      };
      saving.then(
        () => finish(fault ? 'Failed' : 'Completed'),
        () => finish('Failed'),
      );
    });
    parts.onChange();
    return snapshot;
  }

  function isVisible({ visibleAt }: SimInstance): boolean {
    return visibleAt === undefined || visibleAt <= now();
  }

  function find(id: string): SimInstance {
    const instance = all.get(id);
    if (!instance || !isVisible(instance)) throw new Refused(404, 'db-not-found', `DB not found: ${id}`);
    return instance;
  }

  function snapshotOf(instance: SimInstance, snapshotId: string): SimSnapshot {
    const found = instance.snapshots.find(({ snapshot_id }) => snapshot_id === snapshotId);
    if (!found) throw new Refused(404, 'snapshot-not-found', `Snapshot not found: ${snapshotId}`);
    return found;
  }

  return {
    all,
    find,
    takeSnapshot,
    snapshot: snapshotOf,
    add(instance) {
      all.set(instance.id, instance);
      parts.onChange();
    },
    visible: () => [...all.values()].filter(isVisible),
    create(instance, snapshotId) {
      if (all.size >= parts.most) {
        throw new Refused(
          405,
          'instance-limit',
          'Creating instances is not permitted at this time, probably due to hitting a maximum instances limit',
        );
      }
      instance.visibleAt = now() + pace.createVisibleMs;
      instance.operation = 'creating';
      all.set(instance.id, instance);
      const loading =
        (snapshotId === undefined ? undefined : instance.backing?.restore(snapshotId)) ?? Promise.resolve();
      after(pace.createVisibleMs + pace.otherMs, () => {
        const finish = (status: 'running' | 'loading failed') => {
          if (!all.has(instance.id)) return;
          end(instance, status);
          if (status === 'running') takeSnapshot(instance, 'Scheduled');
          parts.onChange();
        };
        loading.then(
          () => finish('running'),
          () => finish('loading failed'),
        );
      });
      parts.onChange();
    },
    restore(instance, snapshot) {
      refuseWhileBusy(instance);
      const isDifferential = snapshot.profile === 'Scheduled' && !snapshot.exportable;
      if (snapshot.status !== 'Completed' || (isDifferential && !parts.assumptions.differentialIsRestorable)) {
        throw new Refused(409, 'snapshot-not-allowed', 'The snapshot cannot be restored');
      }
      begin(instance, 'restoring');
      load(instance, snapshot.snapshot_id, snapshot.dataVersion);
    },
    overwrite(target, source, snapshotId) {
      if (target.type === 'free-db')
        throw new Refused(420, 'unsupported', 'Action unsupported for this tier of instance.');
      refuseWhileBusy(target);
      const snapshot = snapshotId ? snapshotOf(source, snapshotId) : takeSnapshot(source);
      if (snapshotId && !snapshot.exportable)
        throw new Refused(400, 'not-exportable', `Source snapshot ${snapshotId} is not exportable`);
      if (Number.parseInt(source.memory, 10) > Number.parseInt(target.memory, 10)) {
        throw new Refused(
          500,
          'size-disparity',
          `Cannot clone database ${source.id} into smaller database ${target.id}.`,
        );
      }
      begin(target, 'overwriting');
      load(target, snapshot.snapshot_id, snapshot.dataVersion);
    },
    loadFile(instance, dataVersion, notBefore) {
      refuseWhileBusy(instance);
      begin(instance, 'loading');
      load(instance, undefined, dataVersion, notBefore);
    },
    operate(instance, during, afterwards) {
      if (during !== 'resuming') refuseWhileBusy(instance);
      else if (instance.status !== 'paused')
        throw new Refused(409, 'instance-action-unavailable', 'The instance is not paused');
      begin(instance, during);
      after(pace.otherMs, () => {
        if (afterwards === 'deleted') all.delete(instance.id);
        else end(instance, afterwards);
      });
    },
    settle(id, status) {
      end(find(id), status);
      parts.onChange();
    },
    remove(id) {
      all.delete(id);
      parts.onChange();
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
