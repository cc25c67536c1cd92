import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { expireRequest } from '../../src/steps/expire-request.ts';
import { createTakeBaseline } from '../../src/steps/take-baseline.ts';
import { createVerify, type LookAtData } from '../../src/steps/verify.ts';
import { makeFingerprint } from '../support/example-events.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { eventOf, runStep, wordsOf } from './step-run.ts';

const verifying = makeRestore('verifying');
const VERIFY_CONNECT_MS = 5 * 60_000;

function verify(look: Awaited<ReturnType<LookAtData>>, now = verifying.since) {
  const step = createVerify({ lookAtData: async () => look, timing: { verifyConnectMs: VERIFY_CONNECT_MS } });
  return runStep(step, verifying, now);
}

describe('the verification', () => {
  it('ends with what the checks found, dated by the store', async () => {
    const outcome = { status: 'failed', words: 'One check failed.', results: [] } as const;
    const now = addMinutes(verifying.since, 1);
    expect(eventOf(await verify({ kind: 'verified', outcome }, now))).toEqual({
      type: 'verification-finished',
      validation: { ...outcome, at: now },
    });
  });

  const refused = { kind: 'not-yet', words: 'The database refuses connections.' } as const;
  const deadline = instantOf(Date.parse(verifying.since) + VERIFY_CONNECT_MS);

  it('waits for a database that does not answer yet, and says so', async () => {
    const run = await verify(refused, instantOf(Date.parse(deadline) - 1));
    expect(run.outcome).toEqual({ kind: 'look-again', afterMs: 5_000, words: refused.words });
  });

  it('leaves the look to the process that alone can do it, however long that takes, and says nothing', async () => {
    for (const now of [verifying.since, addMinutes(deadline, 60)])
      expect((await verify({ kind: 'elsewhere' }, now)).outcome).toEqual({ kind: 'not-yet', afterMs: 5_000 });
  });

  it('of a database that never answers is an error, with every check named as not run, and never a pass', async () => {
    expect(eventOf(await verify(refused, deadline))).toMatchObject({
      type: 'verification-finished',
      validation: {
        status: 'error',
        at: deadline,
        words: expect.stringMatching(/5 minutes.*refuses connections/),
        results: [
          { name: 'connectivity', status: 'error' },
          { name: 'orders exist', status: 'not-run' },
        ],
      },
    });
  });
});

describe('the baseline', () => {
  it.each([
    { kind: 'taken', fingerprint: makeFingerprint(NOW) },
    { kind: 'not-taken', why: 'The database did not answer.' },
  ] as const)(
    'is settled either way ($kind): a broken database must not keep a restore from happening',
    async (baseline) => {
      const asked: string[] = [];
      const step = createTakeBaseline(async (...names) => {
        asked.push(...names);
        return baseline;
      });
      expect(eventOf(await runStep(step, makeRestore('taking-baseline')))).toEqual({
        type: 'baseline-settled',
        baseline,
      });
      expect(asked).toEqual(['orders', 'a1b2c3d4']);
    },
  );
});

it('a request nobody decided about expires', async () => {
  const run = await runStep(expireRequest, makeRestore('awaiting-approval'));
  expect(eventOf(run)).toEqual({ type: 'request-expired' });
  expect(wordsOf(run)).toBeUndefined();
});
