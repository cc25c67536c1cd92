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
});
