import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { owesResume, resumeIsHopeless, silenceStep } from '../../src/restore/monitoring.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, STATUSES } from '../support/make-restore.ts';

const ready = makeRestore('ready-to-restore');
const calledAt = addMinutes(ready.since, 1);
const called = followedBy(ready, { type: 'monitoring-called', at: calledAt, act: 'silence' });
const silenced = followedBy(called, exampleEvent('monitoring-answered', called));
const cancelled = followedBy(silenced, exampleEvent('cancelled', silenced));
const resume = (restore: Restore) =>
  transition(restore, { type: 'monitoring-called', at: addMinutes(calledAt, 10), act: 'resume' });

describe('the silence before the restore call', () => {
  it.each([
    ['not asked yet', ready, 0, 'begin'],
    ['asked, no answer', called, 0.4, 'repeat'],
    ['asked, no answer for half a minute', called, 0.5, 'give-up'],
    ['taken', silenced, 5, 'none'],
    [
      'of an instance that is made',
      { ...ready, plan: { ...ready.plan, method: 'new-instance' } } as Restore,
      0,
      'none',
    ],
  ])('%s', (_, restore, afterMinutes, step) => {
    expect(silenceStep(restore, addMinutes(calledAt, afterMinutes))).toBe(step);
  });

  it('is asked for once, and answered once', () => {
    expect(transition(called, { type: 'monitoring-called', at: calledAt, act: 'silence' }).kind).toBe('refused');
    expect(transition(silenced, exampleEvent('monitoring-answered', silenced)).kind).toBe('refused');
    expect(silenced.monitoring).toMatchObject({ act: 'silence', reference: 'silence-7', answer: { kind: 'done' } });
  });
});

describe('the end of the silence', () => {
  it.each(STATUSES)('is owed in no status by a restore that silenced nothing: %s', (status) => {
    expect(owesResume(makeRestore(status))).toBe(false);
  });

  it('is not owed while the restore goes on, also when its start is unclear', () => {
    expect(owesResume(silenced)).toBe(false);
    const sent = followedBy(silenced, exampleEvent('restore-intended', silenced));
    const unclear = followedBy(sent, exampleEvent('start-not-seen', sent));
    expect([sent, unclear].map(owesResume)).toEqual([false, false]);
    expect(resume(sent).kind).toBe('refused');
  });

  it.each([
    ['taken', cancelled],
    ['that nobody answered', followedBy(called, exampleEvent('cancelled', called))],
    [
      'that was given up, since it may have begun',
      followedBy(
        called,
        {
          type: 'monitoring-answered',
          at: addMinutes(calledAt, 1),
          act: 'silence',
          answer: { kind: 'given-up', why: '503' },
        },
        exampleEvent('cancelled', called),
      ),
    ],
  ])('is owed after a silence %s, until it was answered', (_, over) => {
    expect(owesResume(over)).toBe(true);
    const asked = resume(over);
    if (asked.kind !== 'changed') throw new Error('it was refused');
    expect(owesResume(asked.restore)).toBe(true);
    const resumed = followedBy(asked.restore, exampleEvent('monitoring-answered', asked.restore));
    expect(owesResume(resumed)).toBe(false);
    expect(resume(resumed).kind).toBe('refused');
  });

  it('is owed when the restore was put off, and the next start silences anew', () => {
    const drifted = followedBy(silenced, exampleEvent('drifted', silenced));
    expect([drifted.state.status, owesResume(drifted)]).toEqual(['awaiting-approval', true]);
    const asked = resume(drifted);
    if (asked.kind !== 'changed') throw new Error('it was refused');
    expect(asked.restore.monitoring).toMatchObject({ act: 'resume', reference: 'silence-7' });
    const resumed = followedBy(asked.restore, exampleEvent('monitoring-answered', asked.restore));
    const again: Restore = { ...ready, ...(resumed.monitoring ? { monitoring: resumed.monitoring } : {}) };
    expect(silenceStep(again, addMinutes(calledAt, 60))).toBe('begin');
  });

  it('is left to people after a day', () => {
    const asked = resume(cancelled);
    if (asked.kind !== 'changed') throw new Error('it was refused');
    const at = (minutes: number) => resumeIsHopeless(asked.restore, addMinutes(calledAt, 10 + minutes));
    expect([at(0), at(24 * 60 - 1), at(24 * 60)]).toEqual([false, false, true]);
    expect(resumeIsHopeless(cancelled, addMinutes(calledAt, 9_999))).toBe(false);
  });
});
