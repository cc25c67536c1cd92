import type { AuraClient } from '../../aura/client.ts';
import { utcMinute } from '../../restore/instant.ts';
import type { PlanOf } from '../../restore/plan.ts';
import { lookAgain, report, type Timing } from '../step.ts';
import { firstObstacle, instanceObstacle, lookByReading } from './instance-look.ts';
import type { MethodSteps } from './method.ts';

/**
 * A person uploads a file in the Aura console, which no API can. Nothing is sent: once everything is prepared the requester is
 * told to go on, and the instance is watched. What it does between two looks nobody sees: when no look shows a load within the limit,
 * a person is asked.
 */
export function createBackupFile({
  aura,
  timing,
}: {
  readonly aura: Pick<AuraClient, 'getInstance'>;
  readonly timing: Pick<Timing, 'pollMs'>;
}): MethodSteps<PlanOf<'backup-file'>> {
  return {
    look: ({ instance: planned }, { step, priority }) =>
      lookByReading(step, async () => {
        const instance = await aura.getInstance(planned.auraId, priority);
        return firstObstacle(instance.requestId, instanceObstacle(step, instance, planned, timing.pollMs));
      }),
    calls: ({ instance, restorePoint: { file } }) => [
      `no call: a person uploads ${file.name} into ${instance.auraId} in the Aura console`,
    ],
    send: () => Promise.resolve({ status: 'running' }),
    watchStart({ restorePoint: { file } }, { sentAt, now, shown, fileLoadMs }) {
      const until = new Date(Date.parse(sentAt) + fileLoadMs).toISOString();
      return Promise.resolve(
        now < until
          ? lookAgain(
              timing.pollMs,
              `Waiting until ${utcMinute(until)} for somebody to upload the file ${file.name} in the Aura console. Aura reports the instance as "${shown}".`,
            )
          : report({
              type: 'start-not-seen',
              why: `The file ${file.name} was to be uploaded in the Aura console until ${utcMinute(until)}. No look showed that Aura loaded it; the instance is "${shown}". A load that came and went between two looks would not have been seen. It must not be uploaded any more without a new request.`,
            }),
      );
    },
  };
}
