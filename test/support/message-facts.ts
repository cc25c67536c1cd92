import { addMinutes } from '../../src/restore/instant.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import { NOW, TAKEN_AT } from './make-restore.ts';
import { APPROVER } from './people.ts';

/** Where a card can be seen. */
export const LINK = 'https://example.slack.com/archives/C1/p1';

/** What people and the operator wrote, in no language: only the bot's own words are to be told apart by language. */
export const POLICY = {
  contact: 'Datenteam-7',
  actionRequired: 'XYZ-1',
  dependants: [{ name: 'sys-1', owner: 'Team-2' }, { name: 'sys-3' }],
  checkNames: ['check-1'],
};
export const SOURCE = { alias: 'items', auraId: 'b2c3d4e5', name: 'Artikel', environment: 'staging' } as const;
export const DRAFT = {
  reason: { kind: 'corrupted-data', text: 'Import-4711' },
  ticket: 'OPS-17',
  expectedImpact: 'Kasse-9',
} as const;

/** Two rules, of which one is filled by people of a schedule too. */
export const TWO_RULES = {
  rules: [
    { name: 'R1', users: ['U1', 'U2'], groups: ['S1'], onCall: ['plan-1'], needed: 2 },
    { name: 'R2', users: [APPROVER.id], groups: [], needed: 1 },
  ],
  denialsNeeded: 2,
};

/** One in each condition. */
export const SNAPSHOTS: readonly Snapshot[] = [
  { snapshotId: 's1', takenAt: TAKEN_AT, profile: 'AdHoc', status: 'Completed', exportable: true },
  { snapshotId: 's2', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'Completed', exportable: false },
  { snapshotId: 's3', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'InProgress' },
  { snapshotId: 's4', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'Failed' },
];

const DELEGATION = {
  schemaVersion: 1,
  version: 1,
  startsAt: NOW,
  endsAt: addMinutes(NOW, 600),
  history: [],
} as const;
/** A place of U1 that another holds, and one that U1 will hold. */
export const DELEGATIONS = [
  { ...DELEGATION, id: 'D-1', from: 'U1', to: 'U7' },
  { ...DELEGATION, id: 'D-2', from: 'U8', to: 'U1', startsAt: addMinutes(NOW, 60) },
];

/** A place that was ended before its time. */
export const ENDED = { ...DELEGATION, id: 'D-3', from: 'U1', to: 'U7', revoked: { by: 'U8', at: NOW } };
