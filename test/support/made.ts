import type { MadeInstance, MadeState } from '../../src/restore/new-instance/made-instance.ts';
import { nameOfMade } from '../../src/restore/new-instance/name.ts';

export const MARK = 'abcdefgh';
export const PROJECT = '6981ace7-efe8-4f5c-b7c5-267b5162ce91';

/** A made instance of a day's life, sent at noon. */
export function madeInstance(changes: Partial<MadeInstance> = {}): MadeInstance {
  const id = changes.id ?? 'R-17';
  return {
    schemaVersion: 1,
    id,
    version: 1,
    restoreId: 'R-17',
    owner: 'U1RITA',
    name: nameOfMade(id, MARK),
    source: { alias: 'orders-prod', auraId: 'a1b2c3d4', snapshotId: 'snapshot-1' },
    shape: { type: 'professional-db', memory: '2GB', region: 'europe-west1', cloudProvider: 'gcp', projectId: PROJECT },
    price: { perHour: 0.18, currency: 'USD', asOf: '2026-11-01' },
    auditChannel: 'C1AUDIT',
    ownersChannel: 'C1APPROVALS',
    sentAt: '2026-11-10T12:00:00.000Z',
    removeAt: '2026-11-11T12:00:00.000Z',
    state: { status: 'sent' },
    said: {},
    ...changes,
  };
}

/** The state of one that Aura knows by this id. */
export function madeAs(auraId: string): MadeState {
  return { status: 'made', auraId, at: '2026-11-10T12:00:05.000Z', password: 'handed-over' };
}
