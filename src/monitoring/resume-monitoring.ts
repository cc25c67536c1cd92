import type { Logger } from 'pino';
import type { Coordinator } from '../coordinator.ts';
import { owesResume, resumeIsHopeless } from '../restore/monitoring.ts';
import type { RestoreId } from '../restore/names.ts';
import type { AskMonitoring } from './monitoring-hook.ts';

/** Ends the silence that a restore began, once it is over or was put off. What fails is owed still; may be repeated at will. */
export function createResumeMonitoring(parts: {
  readonly coordinator: Pick<Coordinator, 'find' | 'apply'>;
  readonly ask: AskMonitoring;
  readonly log: Logger;
}): (id: RestoreId) => Promise<void> {
  const { coordinator, ask, log } = parts;

  return async function resume(id) {
    const found = await coordinator.find(id);
    if (!found || !owesResume(found.restore)) return;
    if (found.restore.monitoring?.act === 'silence') {
      await coordinator.apply(id, { type: 'monitoring-called', act: 'resume' }, found);
    }
    const loaded = await coordinator.find(id);
    if (!loaded || !owesResume(loaded.restore) || loaded.restore.monitoring?.act !== 'resume') return;
    const answer = await ask('resume', loaded.restore);
    if (answer.kind === 'done') {
      await coordinator.apply(id, { type: 'monitoring-answered', act: 'resume', answer });
      return;
    }
    const instance = loaded.restore.plan.instance.alias;
    log.error({ restoreId: id, instance, why: answer.why }, 'monitoring is silenced still; it is asked again');
    if (resumeIsHopeless(loaded.restore, loaded.now)) {
      await coordinator.apply(id, {
        type: 'monitoring-answered',
        act: 'resume',
        answer: { kind: 'given-up', why: answer.why },
      });
    }
  };
}
