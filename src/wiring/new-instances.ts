import { randomUUID } from 'node:crypto';
import type { GraphTarget } from '../graph/session.ts';
import { createMaker } from '../new-instances/maker.ts';
import { createPasswords } from '../new-instances/passwords.ts';
import { createReaper } from '../new-instances/reaper.ts';
import { startRepeating } from '../queue/repeat.ts';
import type { Restore } from '../restore/restore.ts';
import { createMadeInstanceMessages, createTellPassword } from '../slack/made-instance-messages.ts';
import { createPostOnce } from '../slack/post-once.ts';
import { createMadeStore } from '../store/made-store.ts';
import type { SharedParts } from './shared-parts.ts';

/** What makes instances, and starts the reaper that removes them: it runs in every worker process, one at a time. */
export function startNewInstances(parts: SharedParts) {
  const { config, redis, slack, readers, places, rules, log } = parts;
  const store = createMadeStore(redis);
  const instances = parts.instances;
  const passwords = createPasswords({
    directory: config.passwordDirectory,
    tell: createTellPassword({ client: slack, readers }),
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
    /** How to reach a restore's new instance; undefined without its address or its password. */
    async reachNew({ made }: Restore): Promise<GraphTarget | undefined> {
      const password = made && (await passwords.of(made));
      if (!made?.connectionUrl || !password) return undefined;
      return { uri: made.connectionUrl, user: 'neo4j', password: () => password.reveal(), database: 'neo4j' };
    },
  };
}
