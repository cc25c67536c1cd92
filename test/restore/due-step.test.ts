import { describe, expect, it } from 'vitest';
import { canStillBeStopped, dueStep, isUnderWay } from '../../src/restore/due-step.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { hasEnded, type Status, type Step } from '../../src/restore/state.ts';
import { makeRestore, NOW, STATUSES } from '../support/make-restore.ts';

const DUE: Partial<Record<Status, Step>> = {
  'awaiting-approval': 'look-at-agreement',
  approved: 'preflight',
  'taking-baseline': 'take-baseline',
  'requesting-safety-snapshot': 'request-safety-snapshot',
  'awaiting-safety-snapshot': 'watch-safety-snapshot',
  'ready-to-restore': 'send-restore',
  'restore-sent': 'watch-start',
  'start-unclear': 'watch-start',
  restoring: 'watch-restore',
  verifying: 'verify',
};

describe.each(STATUSES)('a restore that is %s', (status) => {
  const restore = makeRestore(status);

  it('owes a step exactly while it has not ended', () => {
    expect(dueStep(restore)?.step).toBe(DUE[status]);
    expect(hasEnded(status)).toBe(DUE[status] === undefined);
  });

  it('is waiting for a decision, under way, or over: one of the three', () => {
    const claims = [status === 'awaiting-approval', isUnderWay(status), hasEnded(status)];
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('can be stopped only while nothing destructive was sent', () => {
    const wasSent = 'intent' in restore.state;
    expect(canStillBeStopped(status)).toBe(!hasEnded(status) && !wasSent);
  });
});

describe('the time of a due step', () => {
  it('is a look at what is asked, the deadline of a request that comes sooner, and the planned start when approved', () => {
    expect(dueStep(makeRestore('awaiting-approval'))?.at).toBe(addMinutes(NOW, 15));
    const short = makeRestore('awaiting-approval', { policy: { requestExpiryMinutes: 15 } });
    expect(dueStep(short)).toEqual({ step: 'expire-request', at: addMinutes(NOW, 15) });
    const approved = makeRestore('approved');
    expect(dueStep(approved)?.at).toBe(approved.state.startAt);
  });

  it('is a look at what was agreed to every quarter of an hour while the start is further away', () => {
    const far = makeRestore('approved', { draft: { start: { kind: 'at', at: addMinutes(NOW, 600) } } });
    expect(dueStep(far)).toEqual({ step: 'preflight', at: addMinutes(far.since, 15) });
  });

  it('leaves the run that sends a moment for its answer before anybody watches', () => {
    const sent = makeRestore('restore-sent');
    expect(dueStep(sent)?.at).toBe(instantOf(Date.parse(sent.since) + 2_000));
  });

  it('is at once for everything else', () => {
    for (const status of ['taking-baseline', 'ready-to-restore', 'start-unclear', 'restoring', 'verifying'] as const) {
      const restore = makeRestore(status);
      expect(dueStep(restore)?.at).toBe(restore.since);
    }
  });
});
