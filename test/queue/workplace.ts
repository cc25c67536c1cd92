import { Queue } from 'bullmq';
import { pino } from 'pino';
import { createWorkQueue, QUEUE_NAME, type Work } from '../../src/queue/work-queue.ts';
import { startWorkWorker, type WorkRunner } from '../../src/queue/work-worker.ts';
import { KEY_PREFIX } from '../../src/store/keys.ts';
import { connectForQueue, type RedisTarget } from '../../src/store/redis.ts';
import { until } from '../support/until.ts';

const log = pino({ level: 'silent' });
const CLOSE_DEADLINE_MS = 1_000;

/** The queue of the bot on real BullMQ, with workers started when a test wants them. */
export function openWorkplace(target: RedisTarget) {
  const connect = () => {
    const connection = connectForQueue(target);
    connection.on('error', () => undefined);
    return connection;
  };
  const connections = [connect(), connect()] as const;
  const queue = createWorkQueue({ connection: connections[0], prefix: KEY_PREFIX, log });
  /** BullMQ's own view of the jobs, which the bot never looks at. */
  const jobs = new Queue<Work>(QUEUE_NAME, { connection: connections[1], prefix: KEY_PREFIX });
  jobs.on('error', () => undefined);
  const closers: (() => Promise<void>)[] = [];

  return {
    queue,
    jobs,
    log,
    startWorker(run: WorkRunner, hangsAfterMs?: number) {
      const connection = connect();
      const worker = startWorkWorker({
        connection,
        prefix: KEY_PREFIX,
        run,
        ...(hangsAfterMs === undefined ? {} : { hangsAfterMs }),
        log,
      });
      closers.push(async () => {
        await worker.close(CLOSE_DEADLINE_MS);
        connection.disconnect();
      });
      return worker;
    },
    /** Resolves when no job is waiting, active or delayed. */
    async idle() {
      await until('the queue to be empty', async () => {
        const counts = await jobs.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
        return Object.values(counts).every((count) => count === 0);
      });
    },
    async close() {
      for (const close of closers) await close();
      await Promise.all([queue.close(), jobs.close()]);
      for (const connection of connections) connection.disconnect();
    },
  };
}

export type Workplace = ReturnType<typeof openWorkplace>;

/** Something that work in hand waits for until a test lets it go on. */
export function makeGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
