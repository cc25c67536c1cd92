import type { Logger } from 'pino';
import type { Coordinator } from '../coordinator.ts';
import { resumeIsHopeless, resumeStep } from '../restore/monitoring.ts';
import type { RestoreId } from '../restore/names.ts';
import type { AskMonitoring } from './monitoring-hook.ts';

/**
 * Ends the silence that a restore began, once it is over or was put off. What fails is owed still, and what has to wait is left
 * to the next time; may be repeated at will.
 */
export function createResumeMonitoring(parts: {
  readonly coordinator: Pick<Coordinator, 'find' | 'apply'>;
  readonly ask: AskMonitoring;
  readonly log: Logger;
}): (id: RestoreId) => Promise<void> {
  const { coordinator, ask, log } = parts;

  return async function resume(id) {
    const found = await coordinator.find(id);
    if (!found) return;
    if (resumeStep(found.restore, found.now) === 'begin') {
      await coordinator.apply(id, { type: 'monitoring-called', act: 'resume' }, found);
    }
    const loaded = await coordinator.find(id);
    const { monitoring } = loaded?.restore ?? {};
    if (!loaded || !monitoring || resumeStep(loaded.restore, loaded.now) !== 'repeat') return;
    const { calledAt } = monitoring;
    const answer = await ask('resume', loaded.restore);
    if (answer.kind === 'done') {
      await coordinator.apply(id, { type: 'monitoring-answered', act: 'resume', calledAt, answer });
      return;
    }
    const instance = loaded.restore.plan.instance.alias;
    log.error({ restoreId: id, instance, why: answer.why }, 'monitoring is silenced still; it is asked again');
    if (resumeIsHopeless(loaded.restore, loaded.now)) {
      await coordinator.apply(id, {
        type: 'monitoring-answered',
        act: 'resume',
        calledAt,
        answer: { kind: 'given-up', why: answer.why },
      });
    }
  };
}
