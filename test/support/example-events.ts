import { dueStep } from '../../src/restore/due-step.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import { nextUpdateAt } from '../../src/restore/promised-update.ts';
import { pointId } from '../../src/restore/receipt/receipt.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Fingerprint } from '../../src/restore/validation.ts';
import { makeReceipt } from './make-receipt.ts';
import { APPROVER, BYSTANDER, REQUESTER } from './people.ts';
import { pointOf } from './points.ts';

export type EventType = RestoreEvent['type'];
type EventOf<T extends EventType> = Extract<RestoreEvent, { type: T }>;

export function makeFingerprint(takenAt: Instant, facts: Partial<Fingerprint> = {}): Fingerprint {
  return {
    takenAt,
    server: 'Neo4j/5.26.0',
    nodes: 1200,
    relationships: 3400,
    labels: { Order: 1000, Customer: 200 },
    types: { PLACED: 3400 },
    schemaHash: 'c0ffee',
    ...facts,
  };
}

/** One plausible event of each type, by the person who would do it, fit for the record it is made for. */
const EXAMPLES: { readonly [T in EventType]: (restore: Restore, at: Instant) => EventOf<T> } = {
  approved: ({ planHash }, at) => ({ type: 'approved', at, person: APPROVER, planHash }),
  denied: (_, at) => ({ type: 'denied', at, person: APPROVER, why: 'The import can be repaired instead.' }),
  'proviso-accepted': (_, at) => ({ type: 'proviso-accepted', at, person: REQUESTER, of: APPROVER.id, votedAt: at }),
  'proviso-declined': (_, at) => ({ type: 'proviso-declined', at, person: REQUESTER, of: APPROVER.id, votedAt: at }),
  'vote-taken-back': (_, at) => ({ type: 'vote-taken-back', at, person: APPROVER }),
  looking: (_, at) => ({ type: 'looking', at, person: APPROVER }),
  edited: ({ plan, planHash }, at) => ({
    type: 'edited',
    at,
    person: REQUESTER,
    planHash,
    change: {
      restorePoint: { ...pointOf(plan), snapshotId: `${pointOf(plan).snapshotId}'` },
      start: plan.start,
      checks: plan.checks,
      noticeChannels: plan.noticeChannels,
    },
  }),
  nudged: (_, at) => ({ type: 'nudged', at, person: REQUESTER, asked: { people: [APPROVER], isWhole: true } }),
  acknowledged: ({ plan }, at) => ({ type: 'acknowledged', at, person: BYSTANDER, ...placeOf(plan.noticeChannels[0]) }),
  objected: ({ plan }, at) => ({
    type: 'objected',
    at,
    person: BYSTANDER,
    why: 'The quarter is being closed.',
    ...placeOf(plan.noticeChannels[0]),
  }),
  'objections-answered': ({ objections = [] }, at) => ({
    type: 'objections-answered',
    at,
    person: APPROVER,
    upTo: objections.length,
    kind: 'go-on',
    words: 'The closing has been moved.',
  }),
  withdrawn: (_, at) => ({ type: 'withdrawn', at, person: REQUESTER }),
  cancelled: (_, at) => ({ type: 'cancelled', at, person: APPROVER }),
  'start-judged': (_, at) => ({ type: 'start-judged', at, person: APPROVER, ran: true }),
  'attempt-refused': (_, at) => ({
    type: 'attempt-refused',
    at,
    by: REQUESTER.id,
    attempt: 'approve',
    reason: 'own-request',
  }),
  'request-expired': ({ state }, at) => ({
    type: 'request-expired',
    at: state.status === 'awaiting-approval' ? later(at, state.expiresAt) : at,
  }),
  reminded: (_, at) => ({ type: 'reminded', at, asked: { people: [APPROVER], isWhole: true } }),
  'approval-lapsed': ({ state }, at) => ({
    type: 'approval-lapsed',
    at: state.status === 'approved' ? later(at, state.lapsesAt) : at,
  }),
  'loss-looked': ({ plan }, at) => ({
    type: 'loss-looked',
    at,
    receipt: makeReceipt({ lookedAt: at, point: pointId(plan.restorePoint) }),
  }),
  'preview-seen': ({ plan }, at) => ({
    type: 'preview-seen',
    at,
    preview: 'R-98',
    snapshotId: pointId(plan.restorePoint),
    stage: { kind: 'being-made' },
  }),
  'preview-counted': ({ plan }, at) => ({
    type: 'preview-counted',
    at,
    preview: 'R-98',
    counted: {
      snapshotId: pointId(plan.restorePoint),
      stage: { kind: 'counted', checks: [{ name: 'Check-1', status: 'pass' }] },
    },
  }),
  'agreement-looked': (_, at) => ({ type: 'agreement-looked', at }),
  'preflight-passed': (_, at) => ({
    type: 'preflight-passed',
    at,
    preflight: { at, lossMinutes: 185.5, requestId: 'aura-read-1' },
  }),
  'baseline-settled': (_, at) => ({
    type: 'baseline-settled',
    at,
    baseline: { kind: 'taken', fingerprint: makeFingerprint(at) },
  }),
  'rules-tightened': ({ terms }, at) => ({
    type: 'rules-tightened',
    at,
    terms: {
      ...terms,
      approval: {
        ...terms.approval,
        rules: terms.approval.rules.map((rule) => ({ ...rule, needed: rule.needed + 1 })),
      },
    },
    policyHash: 'f'.repeat(64),
  }),
  drifted: (restore, at) => ({
    type: 'drifted',
    at,
    step: dueStep(restore)?.step ?? 'preflight',
    reason: 'instance-changed',
    why: 'The instance was changed in type or size after the plan was made.',
    seen: { type: 'professional-db', memory: '16GB' },
  }),
  'safety-snapshot-intended': (_, at) => ({ type: 'safety-snapshot-intended', at }),
  'safety-snapshot-requested': (_, at) => ({
    type: 'safety-snapshot-requested',
    at,
    snapshotId: 'safety-1',
    requestId: 'aura-snapshot-1',
  }),
  'safety-snapshot-completed': (_, at) => ({ type: 'safety-snapshot-completed', at }),
  'start-late': ({ state }, at) => ({
    type: 'start-late',
    at: state.status === 'approved' ? later(at, addMinutes(state.startAt, 6)) : at,
    why: 'The bot was not running at the planned start.',
  }),
  'restore-answered': (_, at) => ({ type: 'restore-answered', at, requestId: 'aura-restore-1' }),
  'restore-intended': (_, at) => ({ type: 'restore-intended', at, attemptId: 'attempt-1' }),
  'restore-accepted': (_, at) => ({ type: 'restore-accepted', at, status: 'restoring', requestId: 'aura-restore-1' }),
  'start-seen': (_, at) => ({ type: 'start-seen', at, status: 'restoring' }),
  'start-not-seen': (_, at) => ({ type: 'start-not-seen', at, why: 'In 10 minutes Aura showed no sign of a restore.' }),
  'sent-before-seen': (_, at) => ({
    type: 'sent-before-seen',
    at,
    attemptId: 'attempt-0',
    sentAt: at,
    why: 'The card in Slack says that the restore call was sent.',
  }),
  'running-seen': (_, at) => ({ type: 'running-seen', at }),
  'running-lost': (_, at) => ({ type: 'running-lost', at, status: 'restoring' }),
  'restore-finished': (_, at) => ({ type: 'restore-finished', at }),
  'verification-finished': (_, at) => ({
    type: 'verification-finished',
    at,
    validation: {
      status: 'passed',
      at,
      words: 'All checks passed.',
      results: [{ name: 'orders exist', severity: 'error', status: 'pass', words: '1000 orders', durationMs: 12 }],
      fingerprint: makeFingerprint(at, { nodes: 1100 }),
    },
  }),
  'step-failed': (restore, at) => ({
    type: 'step-failed',
    at,
    step: dueStep(restore)?.step ?? 'preflight',
    reason: 'aura-refused',
    why: 'Aura refused the request.',
    condition: 'unchanged',
    requestId: 'aura-refusal-1',
  }),
  'step-observed': (_, at) => ({ type: 'step-observed', at, words: 'Aura reports the instance as "restoring".' }),
  'stall-noticed': (_, at) => ({ type: 'stall-noticed', at, limitMinutes: 15 }),
  rehearsed: ({ plan }, at) => ({
    type: 'rehearsed',
    at,
    calls: [`POST /v1/instances/${plan.instance.auraId}/snapshots`],
  }),
  undone: (_, at) => ({ type: 'undone', at, undoneBy: 'R-99' }),
  'monitoring-called': (_, at) => ({ type: 'monitoring-called', at, act: 'silence' }),
  'monitoring-answered': ({ monitoring }, at) => ({
    type: 'monitoring-answered',
    at,
    act: monitoring?.act ?? 'silence',
    calledAt: monitoring?.calledAt ?? at,
    answer: { kind: 'done', reference: 'silence-7' },
  }),
  'update-due': (restore, at) => ({ type: 'update-due', at: later(at, nextUpdateAt(restore) ?? at) }),
  'message-settled': ({ plan }, at) => ({
    type: 'message-settled',
    at,
    key: `planned:${plan.noticeChannels[0]}`,
    delivery: { status: 'posted', channel: plan.noticeChannels[0] ?? 'C0NONE', ts: '1795230245.000100', at },
  }),
};

/** Every event a restore knows. */
export const EVENT_TYPES: readonly EventType[] = Object.keys(EXAMPLES).filter(isEventType);

function isEventType(name: string): name is EventType {
  return name in EXAMPLES;
}

/** An event of this type as it might really follow: a minute after the last one, unless told otherwise. */
export function exampleEvent<T extends EventType>(
  type: T,
  restore: Restore,
  at: Instant = minuteAfter(restore),
): EventOf<T> {
  return EXAMPLES[type](restore, at);
}

/** A minute after the latest thing that happened to the restore. */
export function minuteAfter(restore: Restore): Instant {
  return addMinutes(restore.history.at(-1)?.at ?? restore.since, 1);
}

function placeOf(place: string | undefined): { place?: string } {
  return place === undefined ? {} : { place };
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
