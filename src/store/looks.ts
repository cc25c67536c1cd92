import type { Redis } from 'ioredis';
import { z } from 'zod';
import { instancePath } from '../aura/instance-path.ts';
import type { PlannedInstance } from '../restore/plan.ts';
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
          .lrange(KEY.tookOfInstance(instance.auraId), 0, OF_INSTANCE - 1)
          .lrange(sizeKey(instance), 0, OF_SIZE - 1)
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
        .lpush(KEY.tookOfInstance(plan.instance.auraId), noted)
        .ltrim(KEY.tookOfInstance(plan.instance.auraId), 0, OF_INSTANCE - 1)
        .lpush(sizeKey(plan.instance), noted)
        .ltrim(sizeKey(plan.instance), 0, OF_SIZE - 1)
        .del(KEY.looked(id))
        .exec()
        .catch(() => undefined);
    },
  };
}

/** Instances of unknown type or size have nothing in common. */
function sizeKey({ auraId, type, memory }: PlannedInstance): string {
  return type && memory ? KEY.tookOfSize(type, memory) : KEY.tookOfSize('unknown', auraId);
}

function readTook(json: string): Took {
  const [ms, unsureMs] = took.parse(JSON.parse(json));
  return { ms, unsureMs };
}
