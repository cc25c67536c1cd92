import { afterEach, expect, it } from 'vitest';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { createAuraClient } from '../../src/aura/client.ts';
import { createAuraInstances } from '../../src/aura/made-instances.ts';
import type { Chosen } from '../../src/restore/chosen-method.ts';
import { METHODS, type Method } from '../../src/restore/plan.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { createRequestSafetySnapshot } from '../../src/steps/safety-snapshot.ts';
import { accessTo } from '../support/aura-access.ts';
import { afterEvents, inStatus, makeRestore, TAKEN_AT } from '../support/make-restore.ts';
import { NEW_INSTANCE_RULES, TO_MAKE } from '../support/new-instance-messages.ts';
import { eventOf, POLL_MS, runStep } from './step-run.ts';

const TARGET = 'a1b2c3d4';
const SOURCE = 'b2c3d4e5';
const LIKE_THE_PLAN = { type: 'professional-db', memory: '8GB' } as const;
const FILE = { name: 'orders.dump', kind: 'dump', sizeBytes: 17, sha256: 'ab'.repeat(32) } as const;
const OWN = { snapshotId: 'own-1', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'Completed', exportable: true };
const CHOSEN: Readonly<Record<Method, Chosen>> = {
  'restore-snapshot': { method: 'restore-snapshot', snapshot: OWN },
  overwrite: {
    method: 'overwrite',
    source: { alias: 'items', auraId: SOURCE, name: 'Items', environment: 'staging', ...LIKE_THE_PLAN },
    snapshot: { ...OWN, snapshotId: 'source-1' },
  },
  'backup-file': { method: 'backup-file', file: FILE, savedAt: TAKEN_AT },
  upload: { method: 'upload', file: { ...FILE, directory: 'exports' }, savedAt: TAKEN_AT },
  'new-instance': { method: 'new-instance', snapshot: OWN, toMake: TO_MAKE, spent: 0 },
};
const SAFETY_SNAPSHOT = `POST /v1/instances/${TARGET}/snapshots`;
const CALLS: Readonly<Record<Method, readonly string[]>> = {
  'restore-snapshot': [SAFETY_SNAPSHOT, `POST /v1/instances/${TARGET}/snapshots/own-1/restore`],
  overwrite: [SAFETY_SNAPSHOT, `POST /v1/instances/${TARGET}/overwrite, source ${SOURCE}, snapshot source-1`],
  'backup-file': [SAFETY_SNAPSHOT, `no call: a person uploads orders.dump into ${TARGET} in the Aura console`],
  upload: [SAFETY_SNAPSHOT, `neo4j-admin database upload --overwrite-destination=true of orders.dump to ${TARGET}`],
  'new-instance': [
    `POST /v1/instances, professional-db 8GB, source ${TARGET}, snapshot own-1`,
    'DELETE /v1/instances/(the new one), at its time',
  ],
};

let aura: AuraSimulator;
afterEach(() => aura.close());

it.each(METHODS)('a dry run of the method %s looks at everything, lists the calls, and makes none', async (method) => {
  aura = await startAuraSimulator({
    instances: [
      { id: TARGET, name: 'Orders', ...LIKE_THE_PLAN },
      { id: SOURCE, name: 'Items', ...LIKE_THE_PLAN },
    ],
    requestsPerMinute: 10_000,
  });
  const timestamp = `${TAKEN_AT.slice(0, 19)}Z`;
  aura.addSnapshot(TARGET, { snapshot_id: 'own-1', timestamp });
  aura.addSnapshot(SOURCE, { snapshot_id: 'source-1', timestamp });
  const access = { ...accessTo(aura.url), timeoutMs: 2_000, readDeadlineMs: 3_000 };
  const client = createAuraClient(access);
  const acted: string[] = [];
  const methods = createMethods({
    aura: client,
    timing: { pollMs: POLL_MS, startWatchMs: POLL_MS },
    host: {
      find: async () => 'there',
      announce: async () => void acted.push('an upload was announced'),
      begin: async () => void acted.push('an upload was begun'),
      look: async () => ({ kind: 'not-here' }),
    },
    newInstances: {
      instances: createAuraInstances(access),
      maker: {
        spentThisMonth: async () => 0,
        make: () => Promise.reject(new Error('an instance was made')),
        look: async () => undefined,
        isCapReached: (error): error is Error => error instanceof RangeError,
      },
    },
  });
  const asked = makeRestore('awaiting-approval', {
    policy: { methods: METHODS, newInstance: NEW_INSTANCE_RULES, lossBoundMinutes: 100_000 },
    draft: { chosen: CHOSEN[method], isDryRun: true },
  });
  const isNew = method === 'new-instance';
  const due = afterEvents(asked, ['approved', 'preflight-passed', ...(isNew ? [] : (['baseline-settled'] as const))]);
  const step = createRequestSafetySnapshot({ aura: client, methods, timing: { snapshotPollMs: POLL_MS } });
  const run = await runStep(step, inStatus(due, 'requesting-safety-snapshot'));
  expect(eventOf(run)).toEqual({ type: 'rehearsed', calls: CALLS[method] });
  expect(run.saved).toEqual([]);
  expect(acted).toEqual([]);
  expect(aura.log.some(({ route }) => route === 'get-instance')).toBe(true);
  expect(aura.log.filter(({ method: verb, route }) => verb !== 'GET' && route !== 'token')).toEqual([]);
});
