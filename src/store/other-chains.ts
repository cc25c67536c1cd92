import type { Redis } from 'ioredis';
import type { OtherChain, OtherChains } from '../audit/export.ts';
import { createDelegationStore } from './delegation-store.ts';
import { createExportStore } from './export-store.ts';
import { KEY } from './keys.ts';
import { createRefusedRequestStore } from './refused-request-store.ts';
import { createShadowStore } from './shadow-store.ts';

/**
 * The chains of shadow restores (`X-3`), exports (`E-7`), delegations (`D-7`) and refused requests (`N-12`), read from their
 * records. Only reads.
 */
export function createOtherChains(redis: Redis): OtherChains {
  const delegations = createDelegationStore(redis);
  const ofInstances = [
    ['X-', createShadowStore(redis)],
    ['E-', createExportStore(redis)],
    ['N-', createRefusedRequestStore(redis)],
  ] as const;

  async function find(id: string): Promise<OtherChain | undefined> {
    if (id.startsWith('D-')) return delegations.load(id);
    const [, store] = ofInstances.find(([prefix]) => id.startsWith(prefix)) ?? [];
    const record = await store?.load(id);
    if (!record) return undefined;
    const { instance, history } = record;
    return { id, history, ...(instance ? { alias: instance.alias } : {}) };
  }

  return {
    find,
    async *all() {
      for (const [prefix, sequence] of SEQUENCES) {
        const last = Number((await redis.get(sequence)) ?? 0);
        for (let number = 1; number <= last; number++) {
          const chain = await find(`${prefix}-${number}`);
          if (chain) yield chain;
        }
      }
    },
  };
}

/** Where the number of the latest of each kind stands. */
const SEQUENCES = [
  ['X', KEY.shadowSequence],
  ['E', KEY.exportSequence],
  ['D', KEY.delegationSequence],
  ['N', KEY.refusedSequence],
] as const;
