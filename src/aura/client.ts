import type { Snapshot } from '../restore/snapshot.ts';
import { ANSWER } from './answer.ts';
import type { Priority } from './budget.ts';
import { AuraAnswerError } from './errors.ts';
import { instancePath } from './instance-path.ts';
import { type AuraAccess, createSender } from './sender.ts';

export interface AuraInstance {
  readonly id: string;
  readonly name: string;
  /** Lower case and trimmed; an open set of words. */
  readonly status: string;
  readonly type?: string;
  readonly memory?: string;
  /** How much data it takes, such as `16GB`. */
  readonly storage?: string;
  /** The project that owns it; Aura's API calls it a tenant. */
  readonly projectId?: string;
  /** Absent while Aura has none to give, as during a resume: never a reason to forget a known one. */
  readonly connectionUrl?: string;
  readonly requestId?: string;
}

/** Aura API v1, as far as a restore needs it. Reads are retried within a deadline; a restore call never is. */
export interface AuraClient {
  /** With the priority `poll`, rejects with `AuraBudgetError` at once when it is not its turn yet; so does `getSnapshot`. */
  getInstance(instanceId: string, priority: Priority): Promise<AuraInstance>;
  /** The ids of all instances that these credentials see. */
  listInstanceIds(priority: Priority): Promise<readonly string[]>;
  /** Aura lists one day at a time; `day` is `YYYY-MM-DD` in UTC. */
  listSnapshots(instanceId: string, day: string, priority: Priority): Promise<readonly Snapshot[]>;
  getSnapshot(instanceId: string, snapshotId: string, priority: Priority): Promise<Snapshot>;
  /** Begins an on-demand snapshot. Sent again only when Aura certainly did not take the call. */
  takeSnapshot(instanceId: string): Promise<{ readonly snapshotId: string; readonly requestId?: string }>;
  /**
   * Begins a restore. Sent exactly once, whatever the answer: Aura has no idempotency key and would restore twice. Not
   * sent at all after `notAfterMs` (epoch): by then others may have decided that it never was.
   */
  restoreSnapshot(
    instanceId: string,
    snapshotId: string,
    notAfterMs: number,
  ): Promise<{ readonly status: string; readonly requestId?: string }>;
  /**
   * Begins to overwrite an instance with the data of another one, or of an exportable snapshot of that. Sent exactly once, as a
   * restore is. A target that is too small is answered with a server error that never passes: ask for the sizes before.
   */
  overwriteInstance(
    instanceId: string,
    source: { readonly instanceId: string; readonly snapshotId?: string },
    notAfterMs: number,
  ): Promise<{ readonly status: string; readonly requestId?: string }>;
}

export function createAuraClient(access: AuraAccess): AuraClient {
  const { read, act, actOnce } = createSender(access);

  /** A call that destroys what was there. */
  async function sendOnce(
    path: string,
    body: object,
    notAfterMs: number,
  ): Promise<{ readonly status: string; readonly requestId?: string }> {
    const call = { method: 'POST', path, body } as const;
    const { status, requestId } = await actOnce(call, ANSWER.instance.pick({ status: true }), notAfterMs);
    return { status, ...(requestId ? { requestId } : {}) };
  }

  const snapshotPath = (id: string, snapshotId: string) =>
    `${instancePath(id)}/snapshots/${encodeURIComponent(snapshotId)}`;

  return {
    async getInstance(instanceId, priority) {
      const found = await read(instancePath(instanceId), ANSWER.instance, priority);
      mustBe(found.id, instanceId);
      return {
        id: found.id,
        name: found.name,
        status: found.status,
        ...(found.type ? { type: found.type } : {}),
        ...(found.memory ? { memory: found.memory } : {}),
        ...(found.storage ? { storage: found.storage } : {}),
        ...(found.tenant_id ? { projectId: found.tenant_id } : {}),
        ...(found.connection_url ? { connectionUrl: found.connection_url } : {}),
        ...(found.requestId ? { requestId: found.requestId } : {}),
      };
    },
    async listInstanceIds(priority) {
      const listed = await read('/instances', ANSWER.instances, priority);
      return listed.map(({ id }) => id.toLowerCase());
    },
    async listSnapshots(instanceId, day, priority) {
      const listed = await read(`${instancePath(instanceId)}/snapshots?date=${day}`, ANSWER.snapshots, priority);
      return listed.map(snapshotOf).sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1));
    },
    async getSnapshot(instanceId, snapshotId, priority) {
      const found = await read(snapshotPath(instanceId, snapshotId), ANSWER.snapshot, priority);
      mustBe(found.snapshot_id, snapshotId);
      mustBe(found.instance_id ?? instanceId, instanceId);
      return snapshotOf(found);
    },
    async takeSnapshot(instanceId) {
      const call = { method: 'POST', path: `${instancePath(instanceId)}/snapshots` } as const;
      const { snapshot_id, requestId } = await act(call, ANSWER.snapshotTaken);
      return { snapshotId: snapshot_id, ...(requestId ? { requestId } : {}) };
    },
    restoreSnapshot: (instanceId, snapshotId, notAfterMs) =>
      sendOnce(`${snapshotPath(instanceId, snapshotId)}/restore`, {}, notAfterMs),
    overwriteInstance: (instanceId, source, notAfterMs) =>
      sendOnce(
        `${instancePath(instanceId)}/overwrite`,
        {
          source_instance_id: source.instanceId,
          ...(source.snapshotId === undefined ? {} : { source_snapshot_id: source.snapshotId }),
        },
        notAfterMs,
      ),
  };
}

/** An answer about something else than was asked for, as a cache on the way may give it, says nothing about that. */
function mustBe(told: string, asked: string): void {
  if (told.toLowerCase() !== asked.toLowerCase()) throw new AuraAnswerError(`asked about ${asked}, told about ${told}`);
}

function snapshotOf(listed: ReturnType<typeof ANSWER.snapshot.parse>): Snapshot {
  return {
    snapshotId: listed.snapshot_id,
    takenAt: listed.timestamp,
    profile: listed.profile,
    status: listed.status,
    ...(typeof listed.exportable === 'boolean' ? { exportable: listed.exportable } : {}),
  };
}
