import type { SimChannel, SimGroup, SimUser } from './slack/workspace.ts';

/** The people of the playground's story. */
export const PEOPLE = {
  requester: { id: 'U0RITA', name: 'rita', realName: 'Rita Osei', tz: 'Europe/Berlin', role: 'Requester, on call' },
  approver: {
    id: 'U0ANTON',
    name: 'anton',
    realName: 'Anton Berg',
    tz: 'Europe/Berlin',
    email: 'anton@harbour-roasters.example',
    role: 'Database owner',
  },
  secondApprover: { id: 'U0AYUMI', name: 'ayumi', realName: 'Ayumi Sato', tz: 'Asia/Tokyo', role: 'Database owner' },
  stakeholder: {
    id: 'U0SAM',
    name: 'sam',
    realName: 'Sam Porter',
    tz: 'America/New_York',
    email: 'sam@harbour-roasters.example',
    role: 'Service owner of payments-prod',
  },
  guest: {
    id: 'U0GUS',
    name: 'gus',
    realName: 'Gus Guest',
    tz: 'Europe/Berlin',
    role: 'Guest of the workspace',
    isGuest: true,
  },
} as const satisfies Record<string, SimUser>;

export const APPROVERS_GROUP = 'S0DBOWNERS';

export const CHANNELS = {
  approvals: { id: 'C0APPROVALS', name: 'restore-approvals', botIsMember: true },
  orders: { id: 'C0ORDERS', name: 'team-orders', botIsMember: true },
  status: { id: 'C0STATUS', name: 'status', botIsMember: true },
  audit: { id: 'C0AUDIT', name: 'restore-audit', botIsMember: true },
} as const satisfies Record<string, SimChannel>;

export const GROUPS: readonly SimGroup[] = [
  {
    id: APPROVERS_GROUP,
    handle: 'database-owners',
    users: [PEOPLE.approver.id, PEOPLE.secondApprover.id, PEOPLE.requester.id],
  },
];
