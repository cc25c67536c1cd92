import { Queue, Worker } from 'bullmq';
import { serve } from './serve.ts';

/** The bot's own number of jobs at once. */
const CONCURRENCY = 20;

/** A bare BullMQ worker with jobs that do nothing, or that make the calls a job of the bot makes on average. */
await serve<{ readonly redisUrl: string; readonly callUrl: string }>(async ({ redisUrl, callUrl }) => {
  const { port, hostname } = new URL(redisUrl);
  const connection = { host: hostname, port: Number(port) };
  const name = 'bench';
  const queue = new Queue(name, { connection, prefix: '{bare}' });
  let done = 0;
  let callsPerJob = 0;
  let owed = 0;
  const worker = new Worker(
    name,
    async () => {
      for (owed += callsPerJob; owed >= 1; owed--) await (await fetch(callUrl)).arrayBuffer();
    },
    { connection, prefix: '{bare}', concurrency: CONCURRENCY },
  );
  worker.on('completed', () => done++);
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  return {
    answers: {
      /** Adds one job after the other in as many chains as there are restores, as a restore does, and waits for all. */
      run: async (argument) => {
        const { jobs, chains, calls } = argument as {
          readonly jobs: number;
          readonly chains: number;
          readonly calls: number;
        };
        callsPerJob = calls;
        done = 0;
        const begun = performance.now();
        const add = () => queue.add('nothing', {}, { removeOnComplete: true, removeOnFail: true });
        let added = 0;
        worker.removeAllListeners('completed');
        await new Promise<void>((resolve) => {
          worker.on('completed', () => {
            if (++done === jobs) resolve();
            else if (added < jobs) {
              added++;
              void add();
            }
          });
          for (; added < Math.min(chains, jobs); added++) void add();
        });
        return (performance.now() - begun) / 1000;
      },
    },
  };
});
