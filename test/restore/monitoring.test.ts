import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { owesResume, resumeIsHopeless, resumeStep, silenceStep } from '../../src/restore/monitoring.ts';
import type { MonitoringAnswer } from '../../src/restore/monitoring-call.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, STATUSES, TAKEN_AT } from '../support/make-restore.ts';

const ready = makeRestore('ready-to-restore');
const calledAt = addMinutes(ready.since, 1);
const called = followedBy(ready, { type: 'monitoring-called', at: calledAt, act: 'silence' });
const silenced = followedBy(called, exampleEvent('monitoring-answered', called));
const cancelled = followedBy(silenced, exampleEvent('cancelled', silenced));
const resume = (restore: Restore, afterMinutes = 10) =>
  transition(restore, { type: 'monitoring-called', at: addMinutes(calledAt, afterMinutes), act: 'resume' });
const resumed = (restore: Restore, afterMinutes?: number): Restore => {
  const outcome = resume(restore, afterMinutes);
  if (outcome.kind !== 'changed') throw new Error('it was refused');
  return outcome.restore;
};

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

  it('is owed when nobody saw a file by hand loaded, and no second silence follows when somebody says that it was', () => {
    const file = { name: 'orders.dump', kind: 'dump', sizeBytes: 17 } as const;
    const draft = { chosen: { method: 'backup-file', file, savedAt: TAKEN_AT } } as const;
    const byHand = makeRestore('ready-to-restore', { draft, policy: { methods: ['backup-file'] } });
    const asks = followedBy(byHand, { type: 'monitoring-called', at: calledAt, act: 'silence' });
    const silent = followedBy(asks, exampleEvent('monitoring-answered', asks));
    const sent = followedBy(silent, exampleEvent('restore-intended', silent));
    expect(owesResume(sent)).toBe(false);
    const unclear = followedBy(sent, exampleEvent('start-not-seen', sent));
    expect(owesResume(unclear)).toBe(true);
    const asked = resumed(unclear, 60);
    const answered = followedBy(asked, exampleEvent('monitoring-answered', asked));
    expect(owesResume(answered)).toBe(false);
    const loaded = followedBy(answered, exampleEvent('start-seen', answered));
    expect([loaded.state.status, owesResume(loaded)]).toEqual(['restoring', false]);
  });

  it.each([
    ['taken', cancelled],
    [
      'that was given up, since it may have begun',
      followedBy(
        called,
        {
          type: 'monitoring-answered',
          at: addMinutes(calledAt, 1),
          act: 'silence',
          calledAt,
          answer: { kind: 'given-up', why: '503' },
        },
        exampleEvent('cancelled', called),
      ),
    ],
  ])('is owed after a silence %s, until it was answered', (_, over) => {
    expect(resumeStep(over, over.since)).toBe('begin');
    const asked = resumed(over);
    expect(resumeStep(asked, over.since)).toBe('repeat');
    const answered = followedBy(asked, exampleEvent('monitoring-answered', asked));
    expect(resumeStep(answered, over.since)).toBe('none');
    expect(resume(answered).kind).toBe('refused');
  });

  it('is owed when the restore was put off, and the next start silences anew', () => {
    const drifted = followedBy(silenced, exampleEvent('drifted', silenced));
    expect([drifted.state.status, owesResume(drifted)]).toEqual(['awaiting-approval', true]);
    const asked = resumed(drifted);
    expect(asked.monitoring).toMatchObject({ act: 'resume', reference: 'silence-7' });
    const { monitoring } = followedBy(asked, exampleEvent('monitoring-answered', asked));
    const again: Restore = { ...ready, ...(monitoring ? { monitoring } : {}) };
    expect(silenceStep(again, addMinutes(calledAt, 60))).toBe('begin');
  });

  it('is left to people after a day', () => {
    const asked = resumed(cancelled);
    const at = (minutes: number) => resumeIsHopeless(asked, addMinutes(calledAt, 10 + minutes));
    expect([at(0), at(24 * 60 - 1), at(24 * 60)]).toEqual([false, false, true]);
    expect(resumeIsHopeless(cancelled, addMinutes(calledAt, 9_999))).toBe(false);
  });
});

describe('a call for silence that the end of it overtook', () => {
  const stopped = followedBy(called, exampleEvent('cancelled', called));
  const asked = resumed(stopped);
  const watching = followedBy(asked, exampleEvent('monitoring-answered', asked));
  const lateAnswer = (restore: Restore, answer: MonitoringAnswer = { kind: 'done', reference: 'silence-8' }) =>
    transition(restore, {
      type: 'monitoring-answered',
      at: addMinutes(calledAt, 11),
      act: 'silence',
      calledAt,
      answer,
      round: 0,
    });

  it('may arrive later: the end is asked for once more when that is over, and then no more', () => {
    const secondsAfter = (seconds: number) => resumeStep(watching, addMinutes(calledAt, 10 + seconds / 60));
    expect([0, 19, 20, 600].map(secondsAfter)).toEqual(['wait', 'wait', 'begin', 'begin']);
    expect(owesResume(watching)).toBe(true);
    expect(resume(watching, 10.2).kind).toBe('refused');
    const again = resumed(watching, 10.5);
    expect(again.monitoring).toEqual({
      act: 'resume',
      calledAt: addMinutes(calledAt, 10.5),
      reference: watching.monitoring?.reference,
    });
    expect(owesResume(followedBy(again, exampleEvent('monitoring-answered', again)))).toBe(false);
  });

  it.each([
    [19, true],
    [20, undefined],
  ])('may have been sent just before it was given up, %s s ago', (seconds, mayFollow) => {
    const gaveUp = followedBy(called, {
      type: 'monitoring-answered',
      at: addMinutes(calledAt, 10 - seconds / 60),
      act: 'silence',
      calledAt,
      answer: { kind: 'given-up', why: '503' },
    });
    const over = resumed(followedBy(gaveUp, exampleEvent('cancelled', gaveUp)));
    expect(over.monitoring?.silenceMayFollow).toBe(mayFollow);
  });

  it('is waited for in no restore whose silence was answered', () => {
    const over = resumed(cancelled);
    expect(over.monitoring).not.toHaveProperty('silenceMayFollow');
  });

  it.each([
    ['its end was asked for', asked],
    ['its end was answered', watching],
    ['people were asked anew', { ...watching, askedAnew: [{} as never] }],
  ])('and that is answered after %s makes the end owed again, by its new name', (_, restore) => {
    const late = lateAnswer(restore);
    if (late.kind !== 'changed') throw new Error('it was refused');
    expect(late.restore.monitoring).toEqual({
      act: 'silence',
      calledAt,
      answer: { kind: 'done', at: addMinutes(calledAt, 11) },
      reference: 'silence-8',
    });
    const again = resumed(late.restore, 12);
    expect(again.monitoring).toMatchObject({ calledAt: addMinutes(calledAt, 12), reference: 'silence-8' });
    expect(again.monitoring).not.toHaveProperty('silenceMayFollow');
  });

  it('and that failed late may have begun all the same', () => {
    const late = lateAnswer(watching, { kind: 'given-up', why: '503' });
    if (late.kind !== 'changed') throw new Error('it was refused');
    expect(resumeStep(late.restore, addMinutes(calledAt, 11))).toBe('begin');
  });

  it('keeps what the silence is called when the late answer does not say it', () => {
    const late = lateAnswer(
      { ...watching, monitoring: { act: 'resume', calledAt, reference: 'silence-7' } },
      { kind: 'done' },
    );
    if (late.kind !== 'changed') throw new Error('it was refused');
    expect(late.restore.monitoring).toMatchObject({ act: 'silence', reference: 'silence-7' });
  });

  it('is no silence of the next start', () => {
    const next: Restore = { ...ready, monitoring: { act: 'resume', calledAt: addMinutes(calledAt, 5) } };
    expect(lateAnswer(next).kind).toBe('refused');
  });

  it('does not answer a later call for silence', () => {
    const later: Restore = { ...ready, monitoring: { act: 'silence', calledAt: addMinutes(calledAt, 5) } };
    expect(lateAnswer(later).kind).toBe('refused');
  });

  it('and an answer to the end of an earlier silence does not answer the end of this one', () => {
    const late = transition(asked, {
      type: 'monitoring-answered',
      at: addMinutes(calledAt, 11),
      act: 'resume',
      calledAt: addMinutes(calledAt, 9),
      answer: { kind: 'done' },
    });
    expect(late.kind).toBe('refused');
  });
});
