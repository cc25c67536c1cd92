import type { Redis } from 'ioredis';
import { z } from 'zod';
import { instancePath } from '../aura/instance-path.ts';
import type { EarlierRestores } from '../restore/estimate.ts';
import type { Method, PlannedInstance } from '../restore/plan.ts';
import type { Took } from '../restore/watch.ts';
import type { Looks } from '../steps/watch-restore.ts';
import { KEY } from './keys.ts';

/** How many earlier restores are remembered. */
const OF_INSTANCE = 10;
const OF_SIZE = 20;
/** No restore is watched for longer without a look. */
const LOOK_KEPT_SECONDS = 86_400;

const took = z.tuple([z.number(), z.number()]);
const reply = z.tuple([
  z.string().nullable(),
  z.array(z.string()),
  z.array(z.string()),
  z.string().nullable(),
  z.string().nullable(),
]);

/** Earlier looks and restores in Redis. Losing them costs nothing but a few looks, so what fails counts as not known. */
export function createLooks(redis: Redis): Looks {
  return {
    async lineEndsAtMs() {
      const lineEnd = await redis.get(KEY.auraPolls).catch(() => null);
      return lineEnd === null ? undefined : Number(lineEnd);
    },
    async known({ id, plan }) {
      try {
        const { instance } = plan;
        const results = await redis
          .pipeline()
          .get(KEY.looked(id))
          .lrange(KEY.tookOfInstance(instance.auraId, plan.method), 0, OF_INSTANCE - 1)
          .lrange(sizeKey(instance, plan.method), 0, OF_SIZE - 1)
          .get(KEY.auraPolls)
          .get(KEY.auraTurn(instancePath(instance.auraId)))
          .exec();
        const [looked, ofInstance, ofSize, lineEnd, turn] = reply.parse(results?.map(([, value]) => value));
        const earlier = (ofInstance.length > 0 ? ofInstance : ofSize).map(readTook);
        return {
          earlier,
          isInLine: turn !== null,
          ...(looked === null ? {} : { notEndedAtMs: Number(looked) }),
          ...(lineEnd === null ? {} : { lineEndsAtMs: Number(lineEnd) }),
        };
      } catch {
        return { earlier: [], isInLine: false };
      }
    },
    async noteNotEnded({ id }, atMs) {
      await redis.set(KEY.looked(id), String(atMs), 'EX', LOOK_KEPT_SECONDS).catch(() => undefined);
    },
    async noteEnded({ id, plan }, { ms, unsureMs }) {
      const noted = JSON.stringify([Math.round(ms), Math.round(unsureMs)]);
      await redis
        .pipeline()
        .lpush(KEY.tookOfInstance(plan.instance.auraId, plan.method), noted)
        .ltrim(KEY.tookOfInstance(plan.instance.auraId, plan.method), 0, OF_INSTANCE - 1)
        .lpush(sizeKey(plan.instance, plan.method), noted)
        .ltrim(sizeKey(plan.instance, plan.method), 0, OF_SIZE - 1)
        .del(KEY.looked(id))
        .exec()
        .catch(() => undefined);
    },
  };
}

/** What says how long a restore of an instance may take. */
type Sized = Pick<PlannedInstance, 'auraId' | 'type' | 'memory'>;

/** How long earlier restores of the instance by this method took, else those of its type and size. Never rejects; undefined: nobody knows. */
export async function earlierRestores(
  redis: Redis,
  instance: Sized,
  method: Method,
): Promise<EarlierRestores | undefined> {
  try {
    const [ofInstance, ofSize] = await Promise.all([
      redis.lrange(KEY.tookOfInstance(instance.auraId, method), 0, OF_INSTANCE - 1),
      redis.lrange(sizeKey(instance, method), 0, OF_SIZE - 1),
    ]);
    if (ofInstance.length > 0) return { of: 'instance', took: ofInstance.map(readTook) };
    return ofSize.length > 0 ? { of: 'size', took: ofSize.map(readTook) } : undefined;
  } catch {
    return undefined;
  }
}

/** Instances of unknown type or size have nothing in common. */
function sizeKey({ auraId, type, memory }: Sized, method: Method): string {
  return type && memory ? KEY.tookOfSize(type, memory, method) : KEY.tookOfSize('unknown', auraId, method);
}

function readTook(json: string): Took {
  const [ms, unsureMs] = took.parse(JSON.parse(json));
  return { ms, unsureMs };
}
