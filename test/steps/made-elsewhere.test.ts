import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import type { PlanOf } from '../../src/restore/plan.ts';
import { firstOf, unlessMadeElsewhere } from '../../src/steps/made-elsewhere.ts';
import type { StepOutcome } from '../../src/steps/step.ts';
import { makeRestore } from '../support/make-restore.ts';
import { RESTORE_POINT } from './fake-aura.ts';

const RAN: StepOutcome = { kind: 'not-yet', afterMs: 7 };
const context = <S extends 'approved' | 'ready-to-restore'>(status: S) => {
  const restore = makeRestore(status);
  return { restore, now: addMinutes(restore.since, 5), saveFirst: async () => true };
};

describe('a step after people agreed', () => {
  const asked: [string, string][] = [];
  const nothing = async (auraId: string, since: string) => {
    asked.push([auraId, since]);
    return undefined;
  };

  it('runs when nobody else restored the instance since the first of them agreed', async () => {
    const approved = context('approved');
    const run = unlessMadeElsewhere('preflight', nothing, async () => RAN);
    expect(await run(approved)).toBe(RAN);
    const { plan, state } = approved.restore;
    expect(asked).toEqual([[plan.instance.auraId, state.approval.votes[0]?.at]]);
  });

  it('runs only when nobody restored the source meanwhile that is copied as it is then', async () => {
    const usual = context('approved');
    const { plan } = usual.restore;
    const { instance } = plan;
    const source = { ...instance, alias: 'orders-staging', auraId: 'b2c3d4e5' };
    const copying = (restorePoint: PlanOf<'overwrite'>['restorePoint']) => ({
      ...usual,
      restore: { ...usual.restore, plan: { ...plan, method: 'overwrite', source, restorePoint } as const },
    });
    const restored = async (auraId: string) =>
      auraId === source.auraId ? { id: 'X-4', foundAt: '2026-11-21T03:09:00.000Z' } : undefined;
    const run = unlessMadeElsewhere('preflight', restored, async () => RAN);
    expect(await run(copying({ isLive: true, takenAt: '2026-11-21T03:00:00.000Z' }))).toMatchObject({
      event: {
        type: 'drifted',
        reason: 'restored-elsewhere',
        why: expect.stringContaining('the source orders-staging'),
      },
    });
    expect(await run(copying(RESTORE_POINT))).toBe(RAN);
  });

  it('is held up, with words, where nobody can read whether one did, unless another is known to have', async () => {
    const nobodyKnows = async () => ({ unreadable: 'R-12' });
    const heldUpBy: (string | undefined)[] = [];
    const run = async (given: { readonly heldUpBy?: string }) => {
      heldUpBy.push(given.heldUpBy);
      return RAN;
    };
    expect(await unlessMadeElsewhere('preflight', firstOf(nobodyKnows, nothing), run)(context('approved'))).toBe(RAN);
    expect(heldUpBy).toEqual([
      expect.stringMatching(/The record of restore R-12 cannot be read.*Nothing is sent until/),
    ]);
    const known = firstOf(nobodyKnows, async () => ({ id: 'X-3', foundAt: '2026-11-21T03:09:00.000Z' }));
    expect(await unlessMadeElsewhere('preflight', known, run)(context('approved'))).toMatchObject({
      event: { type: 'drifted', reason: 'restored-elsewhere' },
    });
  });

  it('has people asked anew when this bot did it itself, with which restore', async () => {
    const ours = async () => ({ id: 'R-12', foundAt: '2026-11-21T03:09:00.000Z', isOurs: true });
    const outcome = await unlessMadeElsewhere(
      'preflight',
      firstOf(nothing, ours),
      async () => RAN,
    )(context('approved'));
    expect(outcome).toMatchObject({
      event: {
        type: 'drifted',
        reason: 'restored-elsewhere',
        why: expect.stringMatching(/Another restore of this bot replaced .* \(R-12, as of 2026-11-21 03:09 UTC\)/),
      },
    });
  });

  it('has people asked anew when somebody did, with which and when, and does nothing', async () => {
    const found = async () => ({ id: 'X-3', foundAt: '2026-11-21T03:09:00.000Z' });
    const never = async () => {
      throw new Error('it ran');
    };
    const outcome = await unlessMadeElsewhere('send-restore', found, never)(context('ready-to-restore'));
    expect(outcome).toMatchObject({
      kind: 'event',
      event: {
        type: 'drifted',
        step: 'send-restore',
        reason: 'restored-elsewhere',
        why: expect.stringMatching(/past this bot \(X-3, first seen 2026-11-21 03:09 UTC\)/),
      },
    });
  });
});
