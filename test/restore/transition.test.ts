import { describe, expect, it } from 'vitest';
import type { Restore } from '../../src/restore/restore.ts';
import { hasEnded, type Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { EVENT_TYPES, type EventType, exampleEvent } from '../support/example-events.ts';
import { makeRestore, STATUSES } from '../support/make-restore.ts';

const OPEN = STATUSES.filter((status) => !hasEnded(status));

/** Statuses that stay as they are under an event that is only written down. */
function staying(statuses: readonly Status[]): Partial<Record<Status, Status>> {
  return Object.fromEntries(statuses.map((status) => [status, status]));
}

function into(result: Status, statuses: readonly Status[]): Partial<Record<Status, Status>> {
  return Object.fromEntries(statuses.map((status) => [status, result]));
}

/** All that may happen: for each event the statuses in which it counts, and the status that follows. Nothing else does. */
const ACCEPTED: Readonly<Record<EventType, Partial<Record<Status, Status>>>> = {
  approved: { 'awaiting-approval': 'approved' },
  denied: { 'awaiting-approval': 'denied' },
  'vote-taken-back': {},
  'proviso-accepted': {},
  'proviso-declined': {},
  looking: staying(['awaiting-approval']),
  edited: staying(['awaiting-approval']),
  nudged: staying(['awaiting-approval']),
  acknowledged: staying([
    'approved',
    'taking-baseline',
    'requesting-safety-snapshot',
    'awaiting-safety-snapshot',
    'ready-to-restore',
  ]),
  objected: staying(OPEN),
  'objections-answered': {},
  withdrawn: { 'awaiting-approval': 'withdrawn' },
  cancelled: into('cancelled', [
    'awaiting-approval',
    'approved',
    'taking-baseline',
    'requesting-safety-snapshot',
    'awaiting-safety-snapshot',
    'ready-to-restore',
  ]),
  'start-judged': { 'start-unclear': 'verifying' },
  'attempt-refused': staying(STATUSES),
  'request-expired': { 'awaiting-approval': 'expired' },
  reminded: staying(['awaiting-approval']),
  'approval-lapsed': { approved: 'lapsed' },
  'loss-looked': staying(['awaiting-approval', 'approved']),
  'preview-seen': staying(['awaiting-approval', 'approved']),
  'agreement-looked': staying(['approved']),
  'preview-counted': staying(['awaiting-approval', 'approved']),
  'preflight-passed': { approved: 'taking-baseline' },
  'baseline-settled': { 'taking-baseline': 'requesting-safety-snapshot' },
  drifted: into('awaiting-approval', ['awaiting-approval', 'approved', 'ready-to-restore']),
  'rules-tightened': {
    ...staying(['awaiting-approval']),
    ...into('awaiting-approval', ['approved', 'ready-to-restore']),
  },
  rehearsed: {},
  undone: staying(['completed', 'failed']),
  'safety-snapshot-intended': staying(['requesting-safety-snapshot']),
  'safety-snapshot-requested': { 'requesting-safety-snapshot': 'awaiting-safety-snapshot' },
  'safety-snapshot-completed': { 'awaiting-safety-snapshot': 'ready-to-restore' },
  'start-late': staying(['approved']),
  'restore-answered': staying(['restore-sent', 'start-unclear']),
  'restore-intended': { 'ready-to-restore': 'restore-sent' },
  'restore-accepted': { 'restore-sent': 'restoring' },
  'start-seen': { 'restore-sent': 'restoring', 'start-unclear': 'restoring', restoring: 'restoring' },
  'start-not-seen': { 'restore-sent': 'start-unclear' },
  'sent-before-seen': { 'ready-to-restore': 'start-unclear' },
  'running-seen': { restoring: 'restoring' },
  'running-lost': {},
  'restore-finished': {},
  'verification-finished': { verifying: 'completed' },
  'step-failed': into('failed', OPEN),
  'step-observed': staying(OPEN),
  'stall-noticed': staying(OPEN),
  'monitoring-called': staying(['ready-to-restore']),
  'monitoring-answered': {},
  'update-due': staying(OPEN.filter((status) => status !== 'awaiting-approval' && status !== 'approved')),
  'message-settled': staying(STATUSES),
};

it('a restore knows 18 statuses and 49 events, and this table has them all', () => {
  expect([STATUSES.length, EVENT_TYPES.length]).toEqual([18, 49]);
  expect(Object.keys(ACCEPTED).sort()).toEqual([...EVENT_TYPES].sort());
});

describe.each(STATUSES)('a restore that is %s', (status) => {
  it.each(EVENT_TYPES)('answers %s as the table says', (type) => {
    const before = makeRestore(status);
    const frozen = JSON.stringify(before);
    const event = exampleEvent(type, before);
    const outcome = transition(before, event);
    const expected = ACCEPTED[type][status];
    if (expected === undefined) {
      expect(outcome.kind).toBe('refused');
    } else {
      expect(outcome).toMatchObject({ kind: 'changed', restore: { state: { status: expected } } });
      if (outcome.kind === 'changed') expectOneStep(before, outcome.restore, event);
    }
    expect(JSON.stringify(before), 'the record itself is never touched').toBe(frozen);
  });
});

/** One event makes one history entry and one version; a new status, and asking anew, also makes a new turn that begins with the event. */
function expectOneStep(before: Restore, next: Restore, event: { readonly type: EventType; readonly at: string }): void {
  const hasMoved = next.state.status !== before.state.status || event.type === 'drifted';
  expect(next.version).toBe(before.version + 1);
  expect(next.turn).toBe(before.turn + (hasMoved ? 1 : 0));
  expect(next.since).toBe(hasMoved ? event.at : before.since);
  expect(next.history.slice(0, -1)).toEqual(before.history);
  expect(next.history.at(-1)).toMatchObject({ event: event.type, at: event.at });
  expect(next.history.at(-1)?.entered).toBe(hasMoved ? next.state.status : undefined);
  if (hasMoved) expect(next).not.toHaveProperty('observation');
  if (hasMoved) expect(next).not.toHaveProperty('stalledAt');
}
