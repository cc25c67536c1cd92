import { silenceStep } from '../restore/monitoring.ts';
import type { MonitoringReply } from '../restore/monitoring-call.ts';
import type { Restore } from '../restore/restore.ts';
import { lookAgain, type StepContext, type StepOutcome } from './step.ts';

const AGAIN_MS = 3_000;

/** Undefined when there is nothing to wait for. */
export type SilenceMonitoring = (context: StepContext) => Promise<StepOutcome | undefined>;

/**
 * Asks the monitoring of the instance to be silent, just before the restore call. That it is asked is saved first, so that a
 * silence which began in the moment of a crash is ended all the same. Monitoring that does not answer is asked again for half
 * a minute; then the restore goes on without.
 */
export function createSilenceMonitoring(parts: {
  readonly isConfigured: (alias: string) => boolean;
  readonly ask: (act: 'silence', restore: Restore) => Promise<MonitoringReply>;
}): SilenceMonitoring {
  return async function silence({ restore, now, saveFirst }) {
    if (!parts.isConfigured(restore.plan.instance.alias)) return undefined;
    const step = silenceStep(restore, now);
    if (step === 'none') return undefined;
    if (step === 'begin') {
      await saveFirst({ type: 'monitoring-called', act: 'silence' });
      return lookAgain(0);
    }
    const asked = await parts.ask('silence', restore);
    const calledAt = restore.monitoring?.calledAt ?? now;
    if (asked.kind === 'failed' && step === 'repeat') {
      return lookAgain(AGAIN_MS, `The monitoring does not take the silence: ${asked.why}.`);
    }
    const answer = asked.kind === 'done' ? asked : ({ kind: 'given-up', why: asked.why } as const);
    await saveFirst({ type: 'monitoring-answered', act: 'silence', calledAt, answer });
    return lookAgain(0);
  };
}
