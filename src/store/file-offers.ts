import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { OfferedFile } from '../restore/backup-file.ts';
import { FILE_KINDS } from '../restore/plan.ts';
import { KEY } from './keys.ts';

const offer = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(FILE_KINDS),
  sizeBytes: z.number(),
  directory: z.string(),
  /** When it was last written: its data is no newer. */
  changedAt: z.iso.datetime(),
  /** Absent while the file is still being read. */
  sha256: z.string().exactOptional(),
});
const offers = z.object({ until: z.number(), files: z.array(offer) });

/** What the workers offer, each for a while: a worker that is gone offers nothing. All of it may be repeated. */
export interface FileOffers {
  /** Replaces what this worker offers, for `lastingMs` by the store's clock. */
  publish(worker: string, files: readonly OfferedFile[], lastingMs: number): Promise<void>;
  /** What is offered by anybody, newest file first, each once. */
  list(): Promise<readonly OfferedFile[]>;
}

export function createFileOffers(redis: Redis): FileOffers {
  const nowMs = async () => {
    const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
    return seconds * 1000 + Math.floor(micros / 1000);
  };
  return {
    async publish(worker, files, lastingMs) {
      const until = (await nowMs()) + lastingMs;
      await redis.hset(KEY.fileOffers, worker, JSON.stringify({ until, files }));
    },
    async list() {
      const [all, now] = await Promise.all([redis.hgetall(KEY.fileOffers), nowMs()]);
      const byId = new Map<string, OfferedFile>();
      const past: string[] = [];
      for (const [worker, text] of Object.entries(all)) {
        const { until, files } = offers.parse(JSON.parse(text));
        if (until < now) past.push(worker);
        else for (const file of files) if (file.sha256 || !byId.has(file.id)) byId.set(file.id, file);
      }
      if (past.length > 0) await redis.hdel(KEY.fileOffers, ...past);
      return [...byId.values()].sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
    },
  };
}
