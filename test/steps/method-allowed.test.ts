import { describe, expect, it } from 'vitest';
import { unlessForbidden } from '../../src/steps/method-allowed.ts';
import type { StepOutcome } from '../../src/steps/step.ts';
import { makeRestore } from '../support/make-restore.ts';

const RAN: StepOutcome = { kind: 'not-yet', afterMs: 7 };

describe('a step after people agreed', () => {
  it.each([
    ['the rules allow it, or none are known', undefined, true],
    ['the rules forbid it by now', 'The rules do not allow it any more.', false],
  ])('where %s', async (_, why, runs) => {
    for (const status of ['approved', 'ready-to-restore'] as const) {
      const restore = makeRestore(status);
      const step = status === 'approved' ? 'preflight' : 'send-restore';
      const run = unlessForbidden(
        step,
        async () => why,
        async () => RAN,
      );
      const outcome = await run({ restore, now: restore.since, saveFirst: async () => true });
      if (runs) expect(outcome).toBe(RAN);
      else
        expect(outcome).toMatchObject({
          event: { type: 'step-failed', step, reason: 'rules-tightened', why, condition: 'unchanged' },
        });
    }
  });

  it('saves no intent when the rules forbid it while the step runs, and everything else', async () => {
    const restore = makeRestore('ready-to-restore');
    const answers = [undefined, 'The rules do not allow it any more.'];
    const saved: string[] = [];
    const run = unlessForbidden(
      'send-restore',
      async () => answers.shift(),
      async ({ saveFirst }) => {
        expect(await saveFirst({ type: 'monitoring-called', act: 'silence' })).toBe(true);
        expect(await saveFirst({ type: 'restore-intended', attemptId: 'a' })).toBe(false);
        expect(await saveFirst({ type: 'restore-intended', attemptId: 'b' })).toBe(true);
        return RAN;
      },
    );
    await run({
      restore,
      now: restore.since,
      saveFirst: async (event) => saved.push('attemptId' in event ? String(event.attemptId) : event.type) > 0,
    });
    expect(saved).toEqual(['monitoring-called', 'b']);
  });
});
