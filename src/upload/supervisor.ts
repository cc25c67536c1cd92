import { readAttempt } from './attempt.ts';
import { supervise } from './supervise.ts';

/**
 * The program beside the bot that carries one upload through and outlives it: `supervisor <directory>`, with the user and
 * the password in its surroundings. What it does stands in the directory; its exit code says nothing.
 */
const directory = process.argv[2];
if (!directory) throw new Error('which attempt?');
const attempt = await readAttempt(directory);
if (Date.now() <= attempt.beginBefore) {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  await supervise({ directory, attempt, env });
}
