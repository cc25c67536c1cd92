import type { AuraClient, AuraInstance } from '../../src/aura/client.ts';
import {
  AuraAnswerError,
  AuraBudgetError,
  AuraRefusedError,
  AuraUnreachableError,
  type RefusalMeaning,
} from '../../src/aura/errors.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import { TAKEN_AT } from '../support/make-restore.ts';

/** What Aura would answer; an error is thrown instead. Each may be changed while a test goes on. */
export interface AuraAnswers {
  instance: AuraInstance | Error;
  snapshot: Snapshot | Error;
  listed: readonly Snapshot[] | Error;
  taken: { readonly snapshotId: string; readonly requestId?: string } | Error;
  restored: { readonly status: string; readonly requestId?: string } | Error;
  overwritten: { readonly status: string; readonly requestId?: string } | Error;
  /** The instance that is copied, where it is another one. */
  source?: AuraInstance | Error;
}

export const RUNNING: AuraInstance = {
  id: 'a1b2c3d4',
  name: 'Orders',
  status: 'running',
  type: 'professional-db',
  memory: '8GB',
  requestId: 'aura-read-1',
};

export const RESTORE_POINT: Snapshot = {
  snapshotId: 'snapshot-1',
  takenAt: TAKEN_AT,
  profile: 'Scheduled',
  status: 'Completed',
};

/** An Aura in which all is well unless told otherwise; remembers every call in words. */
export function makeFakeAura(answers: Partial<AuraAnswers> = {}) {
  const calls: string[] = [];
  const says: AuraAnswers = {
    instance: RUNNING,
    snapshot: RESTORE_POINT,
    listed: [],
    taken: { snapshotId: 'safety-1', requestId: 'aura-snapshot-1' },
    restored: { status: 'restoring', requestId: 'aura-restore-1' },
    overwritten: { status: 'overwriting', requestId: 'aura-overwrite-1' },
    ...answers,
  };
  async function answer<T>(call: string, said: T | Error): Promise<T> {
    calls.push(call);
    if (said instanceof Error) throw said;
    return said;
  }
  const aura: AuraClient = {
    getInstance: (id) =>
      answer(`read instance ${id}`, id === RUNNING.id ? says.instance : (says.source ?? says.instance)),
    listInstanceIds: () => answer('list instances', [RUNNING.id]),
    getSnapshot: (_, snapshotId) => answer(`read snapshot ${snapshotId}`, says.snapshot),
    listSnapshots: (_, day) => answer(`list snapshots of ${day}`, says.listed),
    takeSnapshot: (id) => answer(`take snapshot of ${id}`, says.taken),
    restoreSnapshot: (id, snapshotId) => answer(`restore ${id} to ${snapshotId}`, says.restored),
    overwriteInstance: (id, { instanceId, snapshotId }) =>
      answer(`overwrite ${id} with ${snapshotId ?? 'now'} of ${instanceId}`, says.overwritten),
  };
  return { aura, calls, says };
}

export function reporting(status: string): AuraInstance {
  return { ...RUNNING, status };
}

export function refusal(meaning: RefusalMeaning, requestId?: string): AuraRefusedError {
  return new AuraRefusedError({ status: 409, reason: 'some-reason', meaning, requestId });
}

export const UNREACHABLE = new AuraUnreachableError('no answer within 15 s', { mayHaveActed: true });
export const NEVER_LEFT = new AuraUnreachableError('the connection failed', { mayHaveActed: false });
export const NONSENSE = new AuraAnswerError('the answer does not have the documented form');
export const NO_BUDGET = new AuraBudgetError('a read');

/** Every way in which Aura can fail to tell anything. */
export const TROUBLES: readonly (readonly [string, Error])[] = [
  ['no answer', UNREACHABLE],
  ['a connection that never came about', NEVER_LEFT],
  ['an answer nobody can read', NONSENSE],
  ['an exhausted request budget', NO_BUDGET],
];
