import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import {
  lateStartIsSaid,
  owedMessages,
  plannedNoticesAreSettled,
  startWaitsNoLonger,
} from '../../src/restore/owed-messages.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore, STATUSES } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const refusalOf = (restore: Restore, event: Parameters<typeof transition>[1]) => {
  const outcome = transition(restore, event);
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
};
const owed = (restore: Restore) => owedMessages(restore).map(({ key }) => key);
function told(restore: Restore): Restore {
  const [key] = owed(restore);
  return key === undefined ? restore : told(followedBy(restore, { ...exampleEvent('message-settled', restore), key }));
}

const approved = () => told(makeRestore('approved'));
const drifted = () => inStatus(afterEvents(approved(), ['drifted']), 'awaiting-approval');

describe('what drifted from the agreement', () => {
  it.each(['approved', 'ready-to-restore'] as const)('when it is %s lets the votes lapse and asks anew', (status) => {
    const before = makeRestore(status);
    const after = inStatus(afterEvents(before, ['drifted']), 'awaiting-approval');
    const at = after.since;
    const { seen } = exampleEvent('drifted', before);
    expect(after.plan).toEqual({ ...before.plan, instance: { ...before.plan.instance, ...seen } });
    expect(after.planHash).toBe(hashPlan(after.plan));
    expect(after.state).toEqual({ status: 'awaiting-approval', votes: [], expiresAt: addMinutes(at, 60) });
    expect(after.askedAnew).toMatchObject([
      { at, before: before.plan, votes: before.state.approval.votes, because: { reason: 'instance-changed' } },
    ]);
    expect(after.history.at(-1)).toMatchObject({
      event: 'drifted',
      entered: 'awaiting-approval',
      facts: { reason: 'instance-changed', why: expect.any(String), planHash: after.planHash },
    });
  });

  it('never takes back a restore whose call may have been sent, nor one that a later step has in hand', () => {
    for (const status of STATUSES) {
      if (status === 'approved' || status === 'ready-to-restore') continue;
      const restore = makeRestore(status);
      for (const step of ['preflight', 'send-restore'] as const)
        expect(refusalOf(restore, { ...exampleEvent('drifted', restore), step })).toBe('stale');
    }
    expect(refusalOf(approved(), { ...exampleEvent('drifted', approved()), step: 'send-restore' })).toBe('stale');
  });

  it('is in the plan that is asked anew: the instance as it is now', () => {
    expect(drifted().plan.instance).toMatchObject({ auraId: 'a1b2c3d4', memory: '16GB' });
    expect(drifted().planHash).toBe(hashPlan(drifted().plan));
    const { seen: _, ...unseen } = exampleEvent('drifted', approved());
    const same = followedBy(approved(), { ...unseen, reason: 'loss-grew' });
    expect(same.planHash).toBe(approved().planHash);
  });

  it('makes void the form that was opened before, also when the plan stayed the same', () => {
    const { seen: _, ...unseen } = exampleEvent('drifted', approved());
    const same = followedBy(approved(), { ...unseen, reason: 'loss-grew' });
    const yes = exampleEvent('approved', same);
    expect(refusalOf(same, { ...yes, round: 0 })).toBe('plan-changed');
    expect(refusalOf(same, { ...yes, round: 1 })).toBe('changed');
  });

  it('counts the data loss of the second agreement from the second agreement', () => {
    const again = inStatus(afterEvents(drifted(), ['approved']), 'approved');
    const first = inStatus(approved(), 'approved');
    const later = Date.parse(again.since) - Date.parse(first.since);
    expect(again.state.approval.agreedLossMinutes).toBe(first.state.approval.agreedLossMinutes + later / 60_000);
  });
});

describe('a worker that looked before people were asked anew', () => {
  const askedAgain = () => afterEvents(drifted(), ['approved']);

  it('changes nothing any more, whatever it saw', () => {
    const again = askedAgain();
    const late: readonly WorkerEvent[] = [
      { ...exampleEvent('preflight-passed', again), round: 0 },
      { ...exampleEvent('drifted', again), round: 0 },
      { ...exampleEvent('step-failed', again), round: 0 },
    ];
    for (const event of late) expect(refusalOf(again, event)).toBe('stale');
    expect(refusalOf(again, { ...exampleEvent('preflight-passed', again), round: 1 })).toBe('changed');
  });

  it('cannot pass off an older safety snapshot as the new one, nor send what was planned then', () => {
    const again = askedAgain();
    const waiting = afterEvents(again, ['preflight-passed', 'baseline-settled', 'safety-snapshot-intended']);
    expect(refusalOf(waiting, { ...exampleEvent('safety-snapshot-requested', waiting), round: 0 })).toBe('stale');
    const ready = afterEvents(waiting, ['safety-snapshot-requested', 'safety-snapshot-completed']);
    expect(refusalOf(ready, { ...exampleEvent('restore-intended', ready), round: 0 })).toBe('stale');
  });
});

describe('people and channels', () => {
  it('that were told of the start hear that it was put off; voters and requester hear why', () => {
    expect(owed(drifted())).toEqual([
      `asked-anew:1:${APPROVER.id}`,
      `asked-anew:1:${REQUESTER.id}`,
      'put-off:C0ORDERS:1',
      'put-off:C0STATUS:1',
    ]);
  });

  it('are told again of the new start, before it', () => {
    const again = afterEvents(told(drifted()), ['approved']);
    expect(owed(again)).toEqual(['planned:C0ORDERS:1', 'planned:C0STATUS:1', `confirmed:${REQUESTER.id}:1`]);
    expect(plannedNoticesAreSettled(again)).toBe(false);
    expect(plannedNoticesAreSettled(told(again))).toBe(true);
  });

  it('hear of each start that is late, and the record of the late one ends with it', () => {
    const late = told(afterEvents(approved(), ['start-late']));
    const again = afterEvents(told(afterEvents(late, ['drifted'])), ['approved']);
    expect(again.lateStart).toBeUndefined();
    const lateAgain = afterEvents(told(again), ['start-late']);
    expect(lateStartIsSaid(lateAgain)).toBe(false);
    expect(owed(lateAgain)).toEqual([`starting-late:${REQUESTER.id}:1`, 'late:C0ORDERS:1', 'late:C0STATUS:1']);
    expect(lateStartIsSaid(told(lateAgain))).toBe(true);
  });

  it('wake the start when the last of them is told of the new one', () => {
    const again = inStatus(afterEvents(told(drifted()), ['approved']), 'approved');
    const settle = (restore: Restore, key: string) =>
      followedBy(restore, { ...exampleEvent('message-settled', restore), key });
    const first = settle(again, 'planned:C0ORDERS:1');
    const last = inStatus(settle(first, 'planned:C0STATUS:1'), 'approved');
    const start = Date.parse(last.state.startAt);
    expect(startWaitsNoLonger(first, start)).toBe(false);
    expect(startWaitsNoLonger(last, start)).toBe(true);
  });

  it('that heard of any start hear how it ended', () => {
    const again = told(afterEvents(told(drifted()), ['approved']));
    const cancelled = afterEvents(again, ['cancelled']);
    expect(owed(cancelled)).toEqual(['outcome:C0ORDERS', 'outcome:C0STATUS', `ended:${REQUESTER.id}`, 'anchor']);
  });
});
