import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAnchorWorker } from './anchor-worker.ts';

/** Looks for a daily anchor to post every few milliseconds until it is killed. */
const [socketPath = '', apiUrl = '', token = '', name = ''] = process.argv.slice(2);
const { anchorDaily } = await openAnchorWorker({ target: { socketPath }, apiUrl, token, name });
process.stdout.write('looking\n');
for (;;) {
  await anchorDaily();
  await sleep(1);
}
