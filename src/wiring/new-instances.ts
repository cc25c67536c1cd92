import { randomUUID } from 'node:crypto';
import type { ReachNew } from '../graph/data-looks.ts';
import { createMaker } from '../new-instances/maker.ts';
import { createPasswords } from '../new-instances/passwords.ts';
import { createReaper } from '../new-instances/reaper.ts';
import { createTendPasswords } from '../new-instances/tend-passwords.ts';
import { startRepeating } from '../queue/repeat.ts';
import type { RestoreId } from '../restore/names.ts';
import type { Restore } from '../restore/restore.ts';
import { createMadeInstanceMessages, createTellPassword } from '../slack/made-instance-messages.ts';
import { createPostOnce } from '../slack/post-once.ts';
import { createMadeStore } from '../store/made-store.ts';
import { createPasswordHolds } from '../store/password-holds.ts';
import type { SharedParts } from './shared-parts.ts';

/** So many renewals of a hold may fail before its process counts as gone, and a busy process may be so late with one. */
const MISSED_RENEWALS = 3;
const LATE_MS = 30_000;

const NEVER_HERE = 'its one-time password never came: the answer to the create call was lost';
const HOLDER_GONE =
  'the worker that held its one-time password is gone; with new_instances.password_directory every worker has it';

/** What makes instances, and starts the reaper that removes them: it runs in every worker process, one at a time. */
export function startNewInstances(parts: SharedParts) {
  const { config, redis, slack, readers, places, rules, log } = parts;
  const store = createMadeStore(redis);
  const instances = parts.instances;
  const { sweepMs } = config.timing;
  const holds = createPasswordHolds(redis, { lifetimeMs: MISSED_RENEWALS * sweepMs + LATE_MS });
  const passwords = createPasswords({
    directory: config.passwordDirectory,
    tell: createTellPassword({ client: slack, readers }),
    holds,
    log,
  });
  const inUse = () =>
    new Set([...config.policy.instances, ...rules.latest().instances].map(({ auraId }) => auraId.toLowerCase()));
  const reap = createReaper({
    store,
    aura: instances,
    passwords,
    inUse,
    clocks: parts.clocks,
    looksForStrays: () => rules.latest().instances.some(({ newInstance }) => newInstance !== undefined),
    ...createMadeInstanceMessages({
      policy: rules.latest,
      readers,
      places,
      postOnce: createPostOnce(slack, places),
      log,
    }),
    worker: randomUUID(),
    log,
  });
  const reaping = startRepeating(reap, config.timing.reaperMs, (error) =>
    log.error({ err: error }, 'made instances could not be looked at; they are looked at again'),
  );
  parts.closing.intake(() => reaping.stop());

  return {
    instances,
    maker: createMaker({ store, aura: instances, passwords, inUse, log }),
    /** How to reach a restore's new instance, or why that cannot be done from here. */
    async reachNew({ made }: Restore): ReturnType<ReachNew> {
      if (!made?.connectionUrl) return { kind: 'no-way-in', why: 'Aura has not told the address of the new instance' };
      const password = await passwords.of(made);
      if (password)
        return { uri: made.connectionUrl, user: 'neo4j', password: () => password.reveal(), database: 'neo4j' };
      // When that cannot be seen, nothing is concluded from it.
      if (await holds.isHeld(made.name).catch(() => true)) return { kind: 'held-elsewhere' };
      return { kind: 'no-way-in', why: made.password === 'unknown' ? NEVER_HERE : HOLDER_GONE };
    },

    /** Has the steps of new instances whose password this process holds be done here. */
    tendPasswords(runDueStep: (id: RestoreId, turn: number) => Promise<unknown>): void {
      const onTrouble = (error: unknown) =>
        log.warn({ err: error }, 'new instances could not be looked into; they are looked into again');
      const tending = createTendPasswords({
        passwords,
        holds,
        find: async (id) => (await parts.coordinator.find(id))?.restore,
        runDueStep,
        onTrouble,
      });
      const repeating = startRepeating(tending.tend, sweepMs, onTrouble);
      parts.closing.intake(async () => {
        await repeating.stop();
        await tending.stop();
      });
    },
  };
}
