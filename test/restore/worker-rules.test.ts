import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../../src/restore/event.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore } from '../support/make-restore.ts';

function counts(restore: Restore, event: WorkerEvent): boolean {
  return transition(restore, event).kind === 'changed';
}

function millisecondBefore(at: string): string {
  return instantOf(Date.parse(at) - 1);
}

describe('a deadline', () => {
  it('lets a request expire at its instant and not a millisecond before', () => {
    const waiting = makeRestore('awaiting-approval');
    const { expiresAt } = waiting.state;
    expect(counts(waiting, { type: 'request-expired', at: millisecondBefore(expiresAt) })).toBe(false);
    expect(counts(waiting, { type: 'request-expired', at: expiresAt })).toBe(true);
  });

  it('lets an approval lapse at its instant and not a millisecond before', () => {
    const approved = makeRestore('approved');
    const { lapsesAt } = approved.state;
    expect(counts(approved, { type: 'approval-lapsed', at: millisecondBefore(lapsesAt) })).toBe(false);
    expect(counts(approved, { type: 'approval-lapsed', at: lapsesAt })).toBe(true);
    expect(followedBy(approved, { type: 'approval-lapsed', at: addMinutes(lapsesAt, 90) }).state).toMatchObject({
      lapsesAt,
    });
  });

  it('keeps a preflight that ends when the approval has lapsed from going on', () => {
    const approved = makeRestore('approved');
    const { lapsesAt } = approved.state;
    expect(counts(approved, exampleEvent('preflight-passed', approved, millisecondBefore(lapsesAt)))).toBe(true);
    expect(counts(approved, exampleEvent('preflight-passed', approved, lapsesAt))).toBe(false);
  });
});

describe('the safety snapshot', () => {
  const baselined = () => makeRestore('requesting-safety-snapshot');

  it('is remembered as asked for once, before Aura is asked', () => {
    const asked = inStatus(afterEvents(baselined(), ['safety-snapshot-intended']), 'requesting-safety-snapshot');
    expect(asked.state.sentAt).toBe(minuteAfter(baselined()));
    expect(asked.turn).toBe(baselined().turn);
    expect(counts(asked, exampleEvent('safety-snapshot-intended', asked))).toBe(false);
  });

  it('counts from the moment Aura was asked', () => {
    const asked = afterEvents(baselined(), ['safety-snapshot-intended', 'safety-snapshot-requested']);
    expect(inStatus(asked, 'awaiting-safety-snapshot').state).toMatchObject({
      snapshotId: 'safety-1',
      requestedAt: minuteAfter(baselined()),
    });
  });

  it('is part of every state from ready-to-restore on', () => {
    const { safetySnapshot } = makeRestore('ready-to-restore').state;
    expect(safetySnapshot?.snapshotId).toBe('safety-1');
    for (const status of ['restore-sent', 'start-unclear', 'restoring', 'verifying', 'completed'] as const)
      expect(makeRestore(status).state.safetySnapshot).toEqual(safetySnapshot);
  });
});

describe('the restore call', () => {
  const sent = () => makeRestore('restore-sent');

  it('is intended once: a second intent finds nothing to send', () => {
    expect(sent().state.intent).toEqual({ attemptId: 'attempt-1', at: sent().since });
    expect(counts(sent(), { ...exampleEvent('restore-intended', sent()), attemptId: 'attempt-2' })).toBe(false);
  });

  it("leaves Aura's request id on record when its answer arrives", () => {
    const accepted = inStatus(afterEvents(sent(), ['restore-accepted']), 'restoring');
    expect(accepted.state.intent.requestId).toBe('aura-restore-1');
    expect(accepted.state).not.toHaveProperty('leftRunningAt');
  });

  it("leaves Aura's request id on record also when the start was seen before the answer came", () => {
    const seen = afterEvents(sent(), ['start-seen']);
    const late = inStatus(afterEvents(seen, ['restore-accepted']), 'restoring');
    expect(late.state.intent.requestId).toBe('aura-restore-1');
    expect(late.turn).toBe(seen.turn);
    expect(counts(late, exampleEvent('restore-accepted', late))).toBe(false);
  });

  it('that was refused ends the restore with the instance unchanged, although its intent moved the state on', () => {
    const refusal = { ...exampleEvent('step-failed', sent()), step: 'send-restore', attemptId: 'attempt-1' } as const;
    expect(followedBy(sent(), refusal).state).toMatchObject({ status: 'failed', condition: 'unchanged' });
    expect(followedBy(makeRestore('start-unclear'), refusal).state).toMatchObject({ status: 'failed' });
  });

  it('that was refused while the instance was seen restoring leaves it in an unknown condition: somebody else is at it', () => {
    const restoring = afterEvents(sent(), ['start-seen']);
    const refusal = {
      ...exampleEvent('step-failed', restoring),
      step: 'send-restore',
      attemptId: 'attempt-1',
    } as const;
    expect(followedBy(restoring, refusal).state).toMatchObject({ status: 'failed', condition: 'unknown' });
  });

  it.each(['restore-sent', 'start-unclear', 'restoring'] as const)(
    'that is out (%s) is not called off by a run that stood still at its last look and sent() nothing',
    (status) => {
      const out = makeRestore(status);
      const late = { ...exampleEvent('step-failed', out), step: 'send-restore', condition: 'unchanged' } as const;
      expect(counts(out, late)).toBe(false);
      expect(counts(out, { ...late, attemptId: 'attempt-2' })).toBe(false);
      expect(counts(out, { ...late, attemptId: 'attempt-1' })).toBe(true);
    },
  );

  it('may start late, while a person is being asked', () => {
    const late = inStatus(afterEvents(makeRestore('start-unclear'), ['start-seen']), 'restoring');
    expect(late.state.leftRunningAt).toBe(late.since);
  });
});

describe('the intent, saved by a process that stood still since it looked', () => {
  const ready = () => makeRestore('ready-to-restore');
  const intended = (at: string, facts: object = {}) => ({ ...exampleEvent('restore-intended', ready(), at), ...facts });
  const bound = () => {
    const { plan, state } = ready();
    return addMinutes(plan.restorePoint.takenAt, state.approval.agreedLossMinutes + plan.lossBoundMinutes);
  };

  it('counts up to the data loss that was agreed to, and not a millisecond beyond', () => {
    expect(counts(ready(), intended(bound()))).toBe(true);
    expect(counts(ready(), intended(instantOf(Date.parse(bound()) + 1)))).toBe(false);
  });

  it('does not count from the execution expiry on', () => {
    const patient = makeRestore('ready-to-restore', { policy: { lossBoundMinutes: 10_000 } });
    const { lapsesAt } = makeRestore('approved').state;
    expect(counts(patient, { ...exampleEvent('restore-intended', patient), at: millisecondBefore(lapsesAt) })).toBe(
      true,
    );
    expect(counts(patient, { ...exampleEvent('restore-intended', patient), at: lapsesAt })).toBe(false);
  });

  it('does not count outside the windows', () => {
    const at = minuteAfter(ready());
    const freeze = { name: 'closing', from: at, to: addMinutes(at, 1) };
    expect(counts(ready(), intended(at, { calendar: { windows: [], freezes: [freeze] } }))).toBe(false);
    expect(counts(ready(), intended(millisecondBefore(at), { calendar: { windows: [], freezes: [freeze] } }))).toBe(
      true,
    );
  });
});

describe('what a step sees', () => {
  const restoring = () => makeRestore('restoring');
  const at = (minutes: number) => addMinutes(restoring().since, minutes);
  const seen = (minutes: number, words: string, unansweredSince?: string) =>
    ({ type: 'step-observed', at: at(minutes), words, ...(unansweredSince ? { unansweredSince } : {}) }) as const;

  it('keeps since when Aura has not answered, until it does', () => {
    const silent = followedBy(restoring(), seen(1, 'no answer', at(0.5)), seen(9, 'HTTP 503', at(8.5)));
    expect(silent.observation).toEqual({ at: at(9), words: 'HTTP 503', unansweredSince: at(0.5) });
    expect(followedBy(silent, seen(10, 'restoring')).observation).toEqual({ at: at(10), words: 'restoring' });
  });

  it('takes back that nothing new was seen for a while', () => {
    const stalled = followedBy(restoring(), { type: 'stall-noticed', at: at(1), limitMinutes: 1 });
    expect(stalled.stalledAt).toBe(at(1));
    expect(followedBy(stalled, seen(2, 'restoring'))).not.toHaveProperty('stalledAt');
  });
});

describe('a late start', () => {
  const approved = () => makeRestore('approved');

  it('is said once, with when it was planned and why', () => {
    const late = followedBy(approved(), exampleEvent('start-late', approved()));
    expect(late.lateStart).toEqual({
      at: addMinutes(approved().state.startAt, 6),
      plannedAt: approved().state.startAt,
      why: 'The bot was not running at the planned start.',
    });
    expect(counts(late, exampleEvent('start-late', late))).toBe(false);
    expect(counts(approved(), { ...exampleEvent('start-late', approved()), at: approved().state.startAt })).toBe(false);
  });
});

describe('the end of a restore', () => {
  const restoring = () => makeRestore('restoring');

  it('takes two sightings of running: one alone is no end', () => {
    expect(counts(restoring(), exampleEvent('restore-finished', restoring()))).toBe(false);
    const once = afterEvents(restoring(), ['running-seen']);
    expect(counts(once, exampleEvent('running-seen', once))).toBe(false);
    const ended = inStatus(afterEvents(once, ['restore-finished']), 'verifying');
    expect(ended.state.restoredAt).toBe(minuteAfter(restoring()));
    expect(ended.validation).toEqual({ status: 'running' });
  });

  it('is taken back when running is lost again between the two', () => {
    const lost = afterEvents(restoring(), ['running-seen', 'running-lost']);
    expect(counts(lost, exampleEvent('restore-finished', lost))).toBe(false);
    expect(counts(lost, exampleEvent('running-lost', lost))).toBe(false);
  });

  it('remembers only the first time the instance left running', () => {
    const left = afterEvents(restoring(), ['start-seen']);
    expect(inStatus(left, 'restoring').state.leftRunningAt).toBe(minuteAfter(restoring()));
    expect(counts(left, exampleEvent('start-seen', left))).toBe(false);
  });

  it.each(['failed', 'error', 'not-run', 'warned'] as const)(
    'is completed with a validation that says %s, kept apart from the status',
    (status) => {
      const verifying = makeRestore('verifying');
      const event = exampleEvent('verification-finished', verifying);
      const ended = followedBy(verifying, { ...event, validation: { ...event.validation, status } });
      expect(ended).toMatchObject({ state: { status: 'completed' }, validation: { status } });
    },
  );
});

describe('a failed step', () => {
  it('counts only while it is the due one', () => {
    const taking = makeRestore('taking-baseline');
    expect(counts(taking, { ...exampleEvent('step-failed', taking), step: 'preflight' })).toBe(false);
    expect(counts(taking, { ...exampleEvent('step-failed', taking), step: 'send-restore' })).toBe(false);
    expect(counts(taking, exampleEvent('step-failed', taking))).toBe(true);
  });

  it('of sending does not reach back into a restore that is being verified', () => {
    const verifying = makeRestore('verifying');
    expect(counts(verifying, { ...exampleEvent('step-failed', verifying), step: 'send-restore' })).toBe(false);
  });

  it('keeps everything that was reached', () => {
    const restoring = makeRestore('restoring');
    const { approval, preflight, baseline, safetySnapshot, intent } = restoring.state;
    expect(makeRestore('failed').state).toMatchObject({ approval, preflight, baseline, safetySnapshot, intent });
  });
});

describe('what a step saw', () => {
  const restoring = () => makeRestore('restoring');
  const observed = () => afterEvents(restoring(), ['step-observed']);

  it('is not repeated while the words are equal', () => {
    expect(counts(observed(), exampleEvent('step-observed', observed()))).toBe(false);
    expect(counts(observed(), { ...exampleEvent('step-observed', observed()), words: 'Something else.' })).toBe(true);
  });

  it('also counts when the words are no news and the watch for the start has gone on, as far as it is newer', () => {
    const sent = makeRestore('restore-sent');
    const watched = (minutes: number) => ({
      ...exampleEvent('step-observed', sent),
      watch: { since: sent.state.intent.at, lookedAt: addMinutes(sent.since, minutes) },
    });
    const once = followedBy(sent, watched(1));
    expect(once.state).toEqual({ ...sent.state, watch: watched(1).watch });
    expect(counts(once, watched(1))).toBe(false);
    expect(counts(once, watched(0.5)), 'of a worker that stood still').toBe(false);
    expect(followedBy(once, watched(2))).toMatchObject({
      state: { watch: watched(2).watch },
      observation: once.observation,
    });
    expect(counts(observed(), watched(1)), 'the start is known').toBe(false);
    for (const next of ['start-not-seen', 'restore-accepted', 'start-seen', 'step-failed'] as const)
      expect(afterEvents(once, [next]).state).not.toHaveProperty('watch');
  });

  it('does not begin another turn, so that the reminder for it stays good', () => {
    expect(observed()).toMatchObject({
      turn: restoring().turn,
      since: restoring().since,
      version: restoring().version + 1,
    });
  });

  it('is forgotten with the state it was seen in, like a stall', () => {
    const stalled = afterEvents(observed(), ['stall-noticed', 'running-seen']);
    expect(stalled.stalledAt).toBeDefined();
    const next = afterEvents(stalled, ['restore-finished']);
    expect(next.observation).toBeUndefined();
    expect(next.stalledAt).toBeUndefined();
  });

  it('is called a stall at most once in a state', () => {
    const stalled = afterEvents(restoring(), ['stall-noticed']);
    expect(counts(stalled, exampleEvent('stall-noticed', stalled))).toBe(false);
  });
});

describe('a message', () => {
  const approved = () => makeRestore('approved');

  it('is settled once', () => {
    const settled = afterEvents(approved(), ['message-settled']);
    expect(counts(settled, exampleEvent('message-settled', settled))).toBe(false);
  });

  it('that was found in Slack after all replaces its being given up, never the other way round', () => {
    const posted = exampleEvent('message-settled', approved());
    const givenUp: WorkerEvent = {
      ...posted,
      delivery: { status: 'undeliverable', why: 'channel_not_found', at: posted.at },
    };
    const found = followedBy(approved(), givenUp, { ...posted, at: addMinutes(posted.at, 1) });
    expect(found.deliveries[posted.key]?.status).toBe('posted');
    expect(counts(found, givenUp)).toBe(false);
  });
});
