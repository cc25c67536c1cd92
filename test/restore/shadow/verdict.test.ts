import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import type { Restore } from '../../../src/restore/restore.ts';
import { nextShadowLookMs } from '../../../src/restore/shadow/pace.ts';
import { isOnAura, type LastSeen, verdictOnLook } from '../../../src/restore/shadow/verdict.ts';
import { makeRestore, type RestoreIn, STATUSES } from '../../support/make-restore.ts';
import { TO_MAKE } from '../../support/new-instance-messages.ts';
import { pointOf } from '../../support/points.ts';

const LATER = '2026-11-21T12:00:00.000Z';
const lookAt = (status: string, askedAt = LATER) => ({ status, askedAt, answeredAt: addMinutes(askedAt, 0.01) });
const seenAs = (status: string, facts: Partial<LastSeen> = {}): LastSeen => ({
  status,
  at: addMinutes(LATER, -2),
  nextAtMs: 0,
  ...facts,
});
const restoringWith = (...runs: readonly Restore[]) => verdictOnLook(lookAt('restoring'), undefined, runs);

/** A restore of ours that ended with nothing usable in the instance. */
function brokenRestore(): RestoreIn<'failed'> {
  const failed = makeRestore('failed');
  return { ...failed, state: { ...failed.state, condition: 'broken' } };
}

describe('a restore that the bot did not send', () => {
  it.each(['restoring', 'overwriting', 'loading', 'loading failed'])(
    'shows as %s on an instance without a run',
    (status) => {
      const before = seenAs('running');
      expect(verdictOnLook(lookAt(status), before, [])).toEqual({
        kind: 'shadow',
        before: { status: 'running', at: before.at },
      });
      expect(verdictOnLook(lookAt(status), undefined, [])).toEqual({ kind: 'shadow' });
    },
  );

  it.each([
    'running',
    'paused',
    'pausing',
    'resuming',
    'updating',
    'creating',
    'resizing',
    'something new',
    'destroying',
  ])('never shows as %s', (status) => {
    expect(verdictOnLook(lookAt(status), seenAs('running'), [])).toEqual({ kind: 'nothing' });
  });

  const OURS: Readonly<Partial<Record<Restore['state']['status'], string>>> = {
    'restore-sent': 'ours',
    'start-unclear': 'ours',
    restoring: 'ours',
  };
  const BEFORE_THE_CALL = [
    'awaiting-approval',
    'approved',
    'taking-baseline',
    'requesting-safety-snapshot',
    'awaiting-safety-snapshot',
    'ready-to-restore',
  ];
  it.each(STATUSES)('is told from one of ours that is %s', (status) => {
    const restore = makeRestore(status);
    const seen = seenAs('running', { at: '2026-11-21T03:00:00.000Z' });
    const verdict = verdictOnLook(lookAt('restoring'), seen, [restore]);
    if (OURS[status]) return expect(verdict).toEqual({ kind: 'explained', by: restore.id });
    expect(verdict).toMatchObject({ kind: 'shadow' });
    expect('during' in verdict ? verdict.during : undefined).toBe(
      BEFORE_THE_CALL.includes(status) ? restore.id : undefined,
    );
  });
});

describe('a run of ours explains what Aura shows', () => {
  it('when Aura was asked before it was seen running, and not when it was asked afterwards', () => {
    const completed = makeRestore('completed');
    const { restoredAt } = completed.state;
    const asked = (at: string) => verdictOnLook(lookAt('restoring', at), seenAs('running'), [completed]).kind;
    expect(asked(restoredAt)).toBe('explained');
    expect(asked(addMinutes(restoredAt, 0.001))).toBe('shadow');
  });

  it('not when its intent is younger than the answer', () => {
    const sent = makeRestore('restore-sent');
    const askedAt = addMinutes(sent.state.intent.at, -1);
    expect(verdictOnLook(lookAt('restoring', askedAt), seenAs('running'), [sent])).toMatchObject({ kind: 'shadow' });
  });

  it('when it failed, until the instance was seen well again', () => {
    const failed = brokenRestore();
    const { at } = failed.state;
    const before = seenAs('running', { at: addMinutes(at, -5) });
    const after = seenAs('running', { at: addMinutes(at, 5) });
    expect(verdictOnLook(lookAt('loading failed'), before, [failed]).kind).toBe('explained');
    expect(verdictOnLook(lookAt('loading failed'), after, [failed]).kind).toBe('shadow');
    const stillFailed = seenAs('loading failed', { at: addMinutes(at, 5), explainedBy: failed.id });
    expect(verdictOnLook(lookAt('loading failed'), stillFailed, [failed]).kind).toBe('explained');
    expect(verdictOnLook(lookAt('restoring'), stillFailed, [failed]).kind).toBe('shadow');
    expect(verdictOnLook(lookAt('restoring'), stillFailed, [makeRestore('restoring'), failed]).kind).toBe('explained');
  });

  it('not when it makes a new instance of a snapshot', () => {
    const { plan, ...sent } = makeRestore('restore-sent');
    const price = { perHour: 0.72, currency: 'USD', asOf: '2026-11-01' };
    const toMake = { type: 'professional-db', memory: '8GB', liveForMinutes: 60, price, monthlyCap: 100 };
    const made: Restore = {
      ...sent,
      plan: { ...plan, method: 'new-instance', restorePoint: pointOf({ restorePoint: plan.restorePoint }), toMake },
    };
    expect(restoringWith(made).kind).toBe('shadow');
  });

  it.each([
    ['backup-file', ['loading', 'loading failed'], ['restoring', 'overwriting']],
    ['upload', ['loading', 'loading failed'], ['restoring', 'overwriting']],
  ] as const)('by %s when that can show it, and not when only another kind of restore does', (method, own, others) => {
    const { plan, ...sent } = makeRestore('restore-sent');
    const run = { ...sent, plan: { ...plan, method } as Restore['plan'] };
    const kindOf = (status: string) => verdictOnLook(lookAt(status), seenAs('running'), [run]).kind;
    expect(own.map(kindOf)).toEqual(own.map(() => 'explained'));
    expect(others.map(kindOf)).toEqual(others.map(() => 'shadow'));
  });

  it('not when its call was refused or never ran', () => {
    expect(restoringWith(brokenRestore()).kind).toBe('explained');
    expect(restoringWith(makeRestore('failed')).kind).toBe('shadow');
  });

  it('when its intent is exactly as old as the answer', () => {
    const sent = makeRestore('restore-sent');
    const { at } = sent.state.intent;
    expect(verdictOnLook({ status: 'restoring', askedAt: at, answeredAt: at }, undefined, [sent]).kind).toBe(
      'explained',
    );
  });

  it('when Aura was asked before it ended, whatever it ended as', () => {
    const failed = makeRestore('failed');
    const asked = (at: string) => verdictOnLook(lookAt('restoring', at), undefined, [failed]).kind;
    expect(asked(failed.state.at)).toBe('explained');
    expect(asked(addMinutes(failed.state.at, 0.001))).toBe('shadow');
  });

  it('when the instance was last seen well at the moment of its end, and not later', () => {
    const failed = brokenRestore();
    const seen = seenAs('running', { at: failed.state.at });
    expect(verdictOnLook(lookAt('loading'), seen, [failed]).kind).toBe('explained');
  });

  it('for itself alone: what was once put down to it is judged by its record', () => {
    const completed = makeRestore('completed');
    const seen = seenAs('restoring', { explainedBy: completed.id });
    expect(verdictOnLook(lookAt('restoring'), seen, [completed]).kind).toBe('shadow');
    expect(verdictOnLook(lookAt('restoring'), seen, []).kind).toBe('explained');
  });

  it('and so does a shadow restore that was said already, until something begins anew', () => {
    const seen = seenAs('loading failed', { explainedBy: 'X-3' });
    expect(verdictOnLook(lookAt('loading failed'), seen, [])).toEqual({ kind: 'explained', by: 'X-3' });
    expect(verdictOnLook(lookAt('loading'), seen, []).kind).toBe('shadow');
    const asked = makeRestore('approved', { id: 'R-18' });
    expect(verdictOnLook(lookAt('loading failed'), seen, [asked])).toEqual({ kind: 'explained', by: 'X-3' });
  });
});

it.each(STATUSES)(
  'an instance is left to the looks of our own restore while that is %s, if Aura may work on it',
  (status) => {
    const restore: Restore = makeRestore(status);
    const isWatched = ['restore-sent', 'start-unclear', 'restoring'].includes(status);
    expect(isOnAura(restore)).toBe(isWatched);
    const { plan, ...rest } = restore;
    const toMake = TO_MAKE;
    expect(isOnAura({ ...rest, plan: { ...plan, method: 'new-instance', restorePoint: pointOf(plan), toMake } })).toBe(
      false,
    );
  },
);

it.each(['backup-file', 'upload'] as const)(
  'an instance that waits for a file by %s is looked at besides',
  (method) => {
    const waiting = (restore: Restore) =>
      isOnAura({ ...restore, plan: { ...restore.plan, method } as Restore['plan'] });
    expect(waiting(makeRestore('restore-sent'))).toBe(false);
    expect(waiting(makeRestore('restoring'))).toBe(true);
  },
);

describe('the pace of looking', () => {
  it('is what the operator set, and slower where this would take more than a fifth of the limit', () => {
    const pace = { lookEveryMs: 120_000, instances: 10, requestsPerMinute: 100 };
    expect(nextShadowLookMs(pace)).toBe(120_000);
    expect(nextShadowLookMs({ ...pace, instances: 400 })).toBe(1_200_000);
    expect(nextShadowLookMs(pace, 'under-way')).toBe(30_000);
    expect(nextShadowLookMs(pace, 'running-seen')).toBe(6_000);
  });
});
