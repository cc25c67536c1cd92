import { startAuraSimulator } from '../../playground/aura/simulator.ts';
import { auraIdOf, snapshotIdOf, TAKEN_AT } from '../restores.ts';
import { serve } from './serve.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LOOK_EVERY_MS = 2;

/** When the instance of this number stops restoring, in milliseconds of the wall clock. */
export interface PlannedEnd {
  readonly auraId: string;
  readonly at: number;
}

/**
 * The Aura simulator by itself. Its snapshots are ready at once; a restore ends as soon as a read has shown that it goes
 * on, because the bot has to see that, or at the moment it is told by `restore`.
 */
await serve<{ readonly instances: number; readonly requestsPerMinute: number }>(
  async ({ instances, requestsPerMinute }) => {
    const ids = Array.from({ length: instances }, (_, index) => auraIdOf(index + 1));
    const aura = await startAuraSimulator({
      requestsPerMinute,
      pace: { restoreMs: LONGEST_TIMER_MS, snapshotMs: 0, statusLagMs: 0, otherMs: 0, createVisibleMs: 0 },
      instances: ids.map((id) => ({ id, name: `db-${id}`, seed: 'none' })),
    });
    for (const id of ids)
      aura.addSnapshot(id, { snapshot_id: snapshotIdOf(id), timestamp: TAKEN_AT, profile: 'AdHoc' });

    const planned = new Map<string, number>();
    const ended = new Map<string, number>();
    let seen = 0;
    setInterval(() => {
      for (let call = aura.log[seen]; call && call.status !== 0; call = aura.log[++seen]) {
        const id = call.path.split('/')[3] ?? '';
        if (call.route === 'get-instance' && !planned.has(id)) finish(id);
      }
      for (const [id, at] of planned) if (Date.now() >= at) finish(id);
    }, LOOK_EVERY_MS);

    function finish(id: string): void {
      if (aura.instances.all.get(id)?.status !== 'restoring') return;
      aura.instances.settle(id, 'running');
      planned.delete(id);
      ended.set(id, Date.now());
    }

    return {
      facts: { url: aura.url },
      answers: {
        /** Moments and kinds of all requests so far, those for tokens left out. */
        requests: () => aura.log.filter(({ route }) => route !== 'token').map(({ at, status }) => ({ at, status })),
        restore: (ends) => {
          for (const { auraId, at } of ends as readonly PlannedEnd[]) {
            const instance = aura.instances.find(auraId);
            instance.status = 'restoring';
            instance.operation = 'restoring';
            planned.set(auraId, at);
            ended.delete(auraId);
          }
        },
        /** When each instance really was running again. */
        ended: () => Object.fromEntries(ended),
      },
    };
  },
);
