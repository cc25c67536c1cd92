import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import neo4j from 'neo4j-driver';

/**
 * What a bot with these three packages needs at the very least: a Bolt app over HTTP, a queue with a worker, and a
 * driver. Told by its environment, started like the bot, ready when everything is connected.
 */
const { SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '', SLACK_API_URL = '', REDIS_URL = '', PORT = '0' } = process.env;

const connect = () => new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const queue = new Queue('bench', { connection: connect(), prefix: '{bare}' });
const worker = new Worker('bench', async () => undefined, { connection: connect(), prefix: '{bare}', concurrency: 20 });
neo4j.driver('bolt://127.0.0.1:9', neo4j.auth.basic('neo4j', 'nothing'));
const app = new App({
  token: SLACK_BOT_TOKEN,
  receiver: new HTTPReceiver({
    signingSecret: SLACK_SIGNING_SECRET,
    logLevel: LogLevel.ERROR,
    customRoutes: [
      {
        path: '/readyz',
        method: 'GET',
        handler: (_request, response) => {
          response.writeHead(200).end();
        },
      },
    ],
  }),
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: SLACK_API_URL },
});
await app.client.auth.test();
await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
await app.start(Number(PORT));

process.once('SIGTERM', () => process.exit(0));
