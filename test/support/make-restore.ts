import { type Draft, newRestore } from '../../src/restore/draft.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import type { StateOf, Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { type EventType, exampleEvent } from './example-events.ts';
import { APPROVER, APPROVERS_GROUP, LINKED_ACCOUNT, REQUESTER } from './people.ts';

/** The night of every test. */
export const NOW: Instant = '2026-11-21T03:04:05.000Z';
/** Three hours before `NOW`. */
export const TAKEN_AT: Instant = '2026-11-21T00:04:05.000Z';

export const SAME_PEOPLE: readonly (readonly string[])[] = [[REQUESTER.id, LINKED_ACCOUNT.id]];

export function makePolicy(facts: Partial<InstancePolicy> = {}): InstancePolicy {
  return {
    alias: 'orders',
    auraId: 'a1b2c3d4',
    environment: 'production',
    approval: oneApprover({ users: [APPROVER.id], groups: [APPROVERS_GROUP] }),
    approvalsChannel: 'C0APPROVALS',
    auditChannel: 'C0AUDIT',
    noticeChannels: ['C0ORDERS', 'C0STATUS'],
    noticeLeadMinutes: 15,
    contact: 'the data team',
    actionRequired: 'Log in again.',
    requestExpiryMinutes: 60,
    executionExpiryMinutes: 30,
    lossBoundMinutes: 10,
    objectives: { rpoMinutes: 240, rtoMinutes: 60 },
    requiredFields: [],
    objections: 'hold',
    updateMinutes: 30,
    dependants: [{ name: 'checkout', owner: 'Team Cart' }, { name: 'reporting' }],
    checkNames: ['orders exist'],
    calendar: { windows: [], freezes: [] },
    ...facts,
  };
}

export const SNAPSHOT: Snapshot = {
  snapshotId: 'snapshot-1',
  takenAt: TAKEN_AT,
  profile: 'Scheduled',
  status: 'Completed',
};

export function makeDraft(facts: Partial<Draft> = {}): Draft {
  return {
    person: REQUESTER,
    instance: { name: 'Orders', type: 'professional-db', memory: '8GB' },
    chosen: { method: 'restore-snapshot', snapshot: SNAPSHOT },
    reason: { kind: 'corrupted-data', text: 'An import set every price to zero.' },
    ticket: 'OPS-17',
    expectedImpact: 'Checkout is closed meanwhile.',
    start: { kind: 'when-confirmed' },
    ...facts,
  };
}

const UNTIL_READY = [
  'approved',
  'preflight-passed',
  'baseline-settled',
  'safety-snapshot-intended',
  'safety-snapshot-requested',
  'safety-snapshot-completed',
] as const satisfies readonly EventType[];
const UNTIL_SENT = [...UNTIL_READY, 'restore-intended'] as const;
const UNTIL_RESTORING = [...UNTIL_SENT, 'restore-accepted'] as const;
const UNTIL_VERIFYING = [...UNTIL_RESTORING, 'start-seen', 'running-seen', 'restore-finished'] as const;

/** The events after the request by which a restore comes to each status. */
export const EVENTS_TO: Readonly<Record<Status, readonly EventType[]>> = {
  'awaiting-approval': [],
  approved: UNTIL_READY.slice(0, 1),
  'taking-baseline': UNTIL_READY.slice(0, 2),
  'requesting-safety-snapshot': UNTIL_READY.slice(0, 3),
  'awaiting-safety-snapshot': UNTIL_READY.slice(0, 5),
  'ready-to-restore': UNTIL_READY,
  'restore-sent': UNTIL_SENT,
  'start-unclear': [...UNTIL_SENT, 'start-not-seen'],
  restoring: UNTIL_RESTORING,
  verifying: UNTIL_VERIFYING,
  completed: [...UNTIL_VERIFYING, 'verification-finished'],
  rehearsed: [...UNTIL_READY.slice(0, 3), 'rehearsed'],
  failed: [...UNTIL_RESTORING, 'step-failed'],
  denied: ['denied'],
  withdrawn: ['withdrawn'],
  cancelled: [...UNTIL_READY, 'cancelled'],
  expired: ['request-expired'],
  lapsed: ['approved', 'approval-lapsed'],
};

export const STATUSES: readonly Status[] = Object.keys(EVENTS_TO).filter(isStatus);

function isStatus(name: string): name is Status {
  return name in EVENTS_TO;
}

export interface RestoreFacts {
  readonly id?: string;
  readonly draft?: Partial<Draft>;
  readonly policy?: Partial<InstancePolicy>;
  readonly requestedAt?: Instant;
}

/** A restore that is known to be in one status. */
export type RestoreIn<S extends Status> = Restore & { readonly state: StateOf<S> };

/** A record of any status, brought there by the events that really lead to it. */
export function makeRestore<S extends Status>(status: S, facts: RestoreFacts = {}): RestoreIn<S> {
  const { id = 'R-17', requestedAt = NOW } = facts;
  const requested = newRestore(
    id,
    makeDraft({ ...(status === 'rehearsed' ? { isDryRun: true } : {}), ...facts.draft }),
    makePolicy(facts.policy),
    { samePeople: SAME_PEOPLE },
    requestedAt,
  );
  return inStatus(afterEvents(requested, EVENTS_TO[status]), status);
}

/** The same record, known to be in this status. Throws when it is in another. */
export function inStatus<S extends Status>(restore: Restore, status: S): RestoreIn<S> {
  if (!isIn(restore, status)) throw new Error(`a restore meant to be ${status} is ${restore.state.status}`);
  return restore;
}

function isIn<S extends Status>(restore: Restore, status: S): restore is RestoreIn<S> {
  return restore.state.status === status;
}

/** The record after one example of each of these events. Throws when one is refused. */
export function afterEvents(restore: Restore, types: readonly EventType[]): Restore {
  return types.reduce((before, type) => followedBy(before, exampleEvent(type, before)), restore);
}

/** The record after these very events. Throws when one is refused. */
export function followedBy(restore: Restore, ...events: readonly RestoreEvent[]): Restore {
  return events.reduce((before, event) => {
    const outcome = transition(before, event);
    if (outcome.kind === 'refused')
      throw new Error(`${event.type} was refused in ${before.state.status}: ${outcome.refusal.reason}`);
    if (outcome.kind === 'repeated') throw new Error(`${event.type} is on record already`);
    return outcome.restore;
  }, restore);
}
