import type { Redis } from 'ioredis';
import { newRestore } from '../src/restore/draft.ts';
import type { RestoreEvent } from '../src/restore/event.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { Restore } from '../src/restore/restore.ts';
import { oneApprover } from '../src/restore/rules-needed.ts';
import { transition } from '../src/restore/transition.ts';
import { KEY } from '../src/store/keys.ts';
import { createRestoreStore } from '../src/store/restore-store.ts';
import { APPROVALS_CHANNEL, APPROVER_ID, APPROVERS_GROUP, NOTICE_CHANNEL, REQUESTER_ID } from './people.ts';

/** Everybody's restore point. */
export const TAKEN_AT = '2026-11-21T00:00:00.000Z';
const DAY_MINUTES = 1440;
/** Restore points of the bench are old, and it may run on any day. */
const ANY_LOSS_MINUTES = 10 * 365 * DAY_MINUTES;

/** Eight hexadecimal digits, as Aura's ids have. */
export function auraIdOf(number: number): string {
  return number.toString(16).padStart(8, '0');
}

export function snapshotIdOf(auraId: string): string {
  return `snapshot-${auraId}`;
}

/** The rules of every instance: one approvals channel, one notice channel, one group that approves. */
export function policyOf(auraId: string): InstancePolicy {
  return {
    alias: `db-${auraId}`,
    auraId,
    environment: 'staging',
    approval: oneApprover({ users: [], groups: [APPROVERS_GROUP] }),
    approvalsChannel: APPROVALS_CHANNEL,
    auditChannel: APPROVALS_CHANNEL,
    noticeChannels: [NOTICE_CHANNEL],
    noticeLeadMinutes: 0,
    objections: 'hold',
    updateMinutes: 30,
    contact: 'the data team',
    actionRequired: 'Log in again.',
    requestExpiryMinutes: DAY_MINUTES,
    executionExpiryMinutes: DAY_MINUTES,
    lossBoundMinutes: ANY_LOSS_MINUTES,
    objectives: {},
    requiredFields: [],
    dependants: [],
    checkNames: [],
    calendar: { windows: [], freezes: [] },
  };
}

/** An active full member of the workspace. */
export function personOf(id: string, groups: readonly string[] = []): PersonFacts {
  return { kind: 'known', id, isActive: true, isBot: false, isGuest: false, isExternal: false, groups };
}

export const APPROVER = personOf(APPROVER_ID, [APPROVERS_GROUP]);

/** A record of a restore that awaits approval. */
export function awaitingApproval(id: string, auraId: string, at: string): Restore {
  const draft = {
    person: personOf(REQUESTER_ID),
    instance: { name: `db-${auraId}`, type: 'professional-db', memory: '4GB' },
    chosen: {
      method: 'restore-snapshot',
      snapshot: { snapshotId: snapshotIdOf(auraId), takenAt: TAKEN_AT, profile: 'AdHoc', status: 'Completed' },
    },
    reason: { kind: 'corrupted-data', text: 'An import set every price to zero.' },
    start: { kind: 'when-confirmed' },
  } as const;
  return newRestore(id, draft, policyOf(auraId), { samePeople: [] }, at);
}

/** The record after these events. Throws when the rules refuse one. */
export function after(restore: Restore, events: readonly RestoreEvent[]): Restore {
  return events.reduce((before, event) => {
    const outcome = transition(before, event);
    if (outcome.kind === 'refused') throw new Error(`${event.type} was refused: ${outcome.refusal.reason}`);
    return outcome.kind === 'changed' ? outcome.restore : before;
  }, restore);
}

/** The record of a restore that Aura is carrying out, seen to have begun, with its first notices sent. */
export function underRestore(id: string, auraId: string, at: string): Restore {
  const asked = awaitingApproval(id, auraId, at);
  const posted = (key: string): RestoreEvent => ({
    type: 'message-settled',
    at,
    key,
    delivery: { status: 'posted', channel: NOTICE_CHANNEL, ts: '1.1', at },
  });
  return after(asked, [
    { type: 'approved', at, person: APPROVER, planHash: asked.planHash },
    posted(`planned:${NOTICE_CHANNEL}`),
    posted(`confirmed:${REQUESTER_ID}`),
    { type: 'preflight-passed', at, preflight: { at, lossMinutes: 1 } },
    { type: 'baseline-settled', at, baseline: { kind: 'not-taken', why: 'the bench has no data' } },
    { type: 'safety-snapshot-intended', at },
    { type: 'safety-snapshot-requested', at, snapshotId: 'safety' },
    { type: 'safety-snapshot-completed', at },
    { type: 'restore-intended', at, attemptId: 'attempt' },
    { type: 'restore-accepted', at, status: 'restoring' },
    { type: 'start-seen', at, status: 'restoring' },
  ]);
}

/** The record of a restore that was asked for and withdrawn. */
export function withdrawn(id: string, auraId: string, at: string): Restore {
  return after(awaitingApproval(id, auraId, at), [{ type: 'withdrawn', at, person: personOf(REQUESTER_ID) }]);
}

/** A record that awaits approval after this many entries in its history. */
export function withHistory(entries: number) {
  return (id: string, auraId: string, at: string): Restore =>
    after(
      awaitingApproval(id, auraId, at),
      Array.from({ length: entries }, (_, index) => ({
        type: 'step-observed',
        at,
        words: `Something was seen for the ${index + 1}th time.`,
      })),
    );
}

const AT_ONCE = 200;

/** Makes this many records, one for each instance from `firstInstance` on, and saves them as the bot would. */
export async function seed(
  redis: Redis,
  count: number,
  firstInstance: number,
  make: (id: string, auraId: string, at: string) => Restore,
): Promise<readonly Restore[]> {
  const store = createRestoreStore(redis);
  const last = await redis.incrby(KEY.sequence, count);
  const restores: Restore[] = [];
  for (let begin = 0; begin < count; begin += AT_ONCE) {
    const now = await store.now();
    const batch = Array.from({ length: Math.min(AT_ONCE, count - begin) }, (_, index) =>
      make(`R-${last - count + 1 + begin + index}`, auraIdOf(firstInstance + begin + index), now),
    );
    const saved = await Promise.all(batch.map((restore) => store.save(0, restore)));
    if (saved.some(({ kind }) => kind !== 'saved')) throw new Error('a restore of the bench could not be saved');
    restores.push(...batch);
  }
  return restores;
}
