import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { TAKEN_AT } from '../support/make-restore.ts';
import { RESTORE_POINT, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { approval, lapsesAt, look, saidLate, startAt, told } from './preflight-look.ts';
import { eventOf, POLL_MS, wordsOf } from './step-run.ts';

describe('the preflight', () => {
  it('passes when all is as it was agreed to, with the data loss as it is now', async () => {
    expect(eventOf(await look())).toEqual({
      type: 'preflight-passed',
      preflight: { at: startAt, lossMinutes: 197, requestId: 'aura-read-1' },
    });
  });

  it('finds the approval lapsed at the instant it lapses, without asking Aura', async () => {
    const run = await look({}, lapsesAt);
    expect(eventOf(run)).toEqual({ type: 'approval-lapsed' });
    expect(run.calls).toEqual([]);
    expect(eventOf(await look({}, instantOf(Date.parse(lapsesAt) - 1)))?.type).not.toBe('approval-lapsed');
  });

  it.each(TROUBLES)('looks again after %s', async (_, trouble) => {
    expect(wordsOf(await look({ instance: trouble }))).toMatch(/Still trying/);
    expect(wordsOf(await look({ snapshot: trouble }))).toMatch(/Still trying/);
  });

  it('does not hide what nobody foresaw', async () => {
    await expect(look({ instance: new TypeError('a bug') })).rejects.toThrow('a bug');
  });
});

describe('the preflight and the instance', () => {
  it.each(['paused', 'suspended', 'loading failed', 'encryption key deleted'])(
    'has people asked anew when Aura reports it as %s',
    async (status) => {
      const event = eventOf(await look({ instance: reporting(status) }));
      expect(event).toMatchObject({ type: 'drifted', step: 'preflight', reason: 'instance-not-running' });
    },
  );

  it('ends the restore before its safety snapshot would take the place of the one to go back to', async () => {
    const { type: _, ...instance } = told.plan.instance;
    const untyped = { ...told, plan: { ...told.plan, instance } };
    expect(eventOf(await look({ instance: { ...RUNNING, type: 'free-db' } }, startAt, untyped))).toMatchObject({
      type: 'step-failed',
      reason: 'restore-refused',
      condition: 'unchanged',
      why: expect.stringContaining('only the latest snapshot'),
    });
  });

  it('ends the restore when the instance is being deleted', async () => {
    expect(eventOf(await look({ instance: reporting('destroying') }))).toMatchObject({
      type: 'step-failed',
      step: 'preflight',
      reason: 'instance-not-running',
      condition: 'unchanged',
    });
  });

  it.each(['restoring', 'overwriting', 'loading'])(
    'has people asked anew while somebody else puts data into it: it is %s',
    async (status) => {
      expect(eventOf(await look({ instance: reporting(status) }))).toMatchObject({
        type: 'drifted',
        reason: 'instance-not-running',
        why: expect.stringMatching(new RegExp(`"${status}".*somebody else.*console`)),
      });
    },
  );

  it.each(['updating', 'resuming', 'some word of tomorrow'])('waits while it is %s', async (status) => {
    const run = await look({ instance: reporting(status) });
    expect(run.outcome).toMatchObject({ kind: 'look-again', afterMs: POLL_MS, words: expect.stringContaining(status) });
  });

  it.each([
    ['type', { ...RUNNING, type: 'enterprise-db' }],
    ['memory', { ...RUNNING, memory: '16GB' }],
  ])(
    'has people asked anew, about the instance as it is, when its %s is another than in the plan',
    async (_, instance) => {
      const { type, memory } = instance;
      expect(eventOf(await look({ instance }))).toMatchObject({
        type: 'drifted',
        reason: 'instance-changed',
        seen: { type, memory },
      });
    },
  );

  it('is not called changed for what Aura does not say', async () => {
    const { type: _, memory: __, ...silent } = RUNNING;
    expect(eventOf(await look({ instance: silent }))?.type).toBe('preflight-passed');
  });

  it.each([
    ['not-found-instance', 'instance-not-found'],
    ['credentials', 'aura-credentials'],
    ['permission', 'aura-credentials'],
    ['payment', 'aura-refused'],
    ['unsupported', 'aura-refused'],
    ['not-now', 'aura-refused'],
    ['other', 'aura-refused'],
  ] as const)('a refusal that means %s ends the restore as %s, with Aura’s request id', async (meaning, reason) => {
    expect(eventOf(await look({ instance: refusal(meaning, 'aura-17') }))).toMatchObject({
      type: 'step-failed',
      reason,
      condition: 'unchanged',
      requestId: 'aura-17',
    });
  });

  it.each(['busy-retry-later', 'rate-limited'] as const)('a refusal that means %s is waited out', async (meaning) => {
    expect(wordsOf(await look({ instance: refusal(meaning) }))).toMatch(/Still trying/);
  });
});

describe('the preflight and the snapshot', () => {
  it.each(['Failed', 'InProgress', 'some word of tomorrow'])(
    'has people asked anew when it is %s now',
    async (status) => {
      expect(eventOf(await look({ snapshot: { ...RESTORE_POINT, status } }))).toMatchObject({
        type: 'drifted',
        reason: 'snapshot-not-usable',
      });
    },
  );

  it('has people asked anew when Aura no longer has it', async () => {
    expect(eventOf(await look({ snapshot: refusal('not-found-snapshot') }))).toMatchObject({
      type: 'drifted',
      reason: 'snapshot-not-found',
    });
  });

  it('has people asked anew when the snapshot now has another time than was agreed to', async () => {
    const snapshot = { ...RESTORE_POINT, takenAt: addMinutes(TAKEN_AT, -1) };
    expect(eventOf(await look({ snapshot }))).toMatchObject({ type: 'drifted', reason: 'snapshot-not-usable' });
  });
});

describe('the preflight and the data loss', () => {
  const bound = addMinutes(TAKEN_AT, approval.agreedLossMinutes + told.plan.lossBoundMinutes);

  it('goes on at the bound itself', async () => {
    expect(bound < lapsesAt).toBe(true);
    expect(eventOf(await look({}, bound, saidLate))?.type).toBe('preflight-passed');
  });

  it('has people asked anew a millisecond beyond the bound', async () => {
    const event = eventOf(await look({}, instantOf(Date.parse(bound) + 1)));
    expect(event).toMatchObject({ type: 'drifted', reason: 'loss-grew' });
  });
});
