import { describe, expect, it } from 'vitest';
import type { Method } from '../../src/restore/plan.ts';
import { unlessForbidden } from '../../src/steps/method-allowed.ts';
import type { StepOutcome } from '../../src/steps/step.ts';
import { makeRestore } from '../support/make-restore.ts';

const RAN: StepOutcome = { kind: 'not-yet', afterMs: 7 };

describe('a step after people agreed', () => {
  it.each<[string, readonly Method[] | 'no-rules' | undefined, boolean]>([
    ['the rules allow its method', ['restore-snapshot', 'upload'], true],
    ['no rules are known', undefined, true],
    ['the rules forbid it by now', ['new-instance'], false],
    ['the rules forbid every method by now', [], false],
    ['the rules have its instance no longer', 'no-rules', false],
  ])('where %s', async (_, allowed, runs) => {
    for (const status of ['approved', 'ready-to-restore'] as const) {
      const restore = makeRestore(status);
      const step = status === 'approved' ? 'preflight' : 'send-restore';
      const run = unlessForbidden(
        step,
        async () => allowed,
        async () => RAN,
      );
      const outcome = await run({ restore, now: restore.since, saveFirst: async () => true });
      if (runs) expect(outcome).toBe(RAN);
      else
        expect(outcome).toMatchObject({
          event: { type: 'step-failed', step, reason: 'rules-tightened', condition: 'unchanged' },
        });
    }
  });
});
