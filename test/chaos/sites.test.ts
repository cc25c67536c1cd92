import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sitesIn } from '../../chaos/sites.ts';

/** The lines of one compiled file that count as places. */
function placesIn(file: string, text: string): readonly number[] {
  const compiled = mkdtempSync(join(tmpdir(), 'sites-'));
  try {
    for (const folder of ['src/store', 'handlers']) mkdirSync(join(compiled, folder), { recursive: true });
    writeFileSync(join(compiled, file), text);
    return sitesIn(compiled).map((site) => Number(site.split(':')[1]));
  } finally {
    rmSync(compiled, { recursive: true });
  }
}

it.each([
  ['a write to Redis', 'await redis.hset(key, fields);'],
  ['a verb of Redis that nobody uses yet', 'await redis.lmove(from, to);'],
  ['a command of Redis by its name', "await redis.call('SET', key, value);"],
  ['a setting of Redis', "await redis.config('SET', 'appendonly', 'no');"],
  ['commands for one transaction', 'await redis.multi({ pipeline: false });'],
  ['a script', "const run = createScript(redis, SAVE_SCRIPT); await run([key], ['1']);"],
  ['a write within a text', `const id = \`R-\${await redis.incr(key)}\`;`],
  ['a transaction', 'await redis.multi().set(key, value).exec();'],
  ['a call of Slack with a longer name', 'await client.usergroups.users.list({ usergroup });'],
  ['a call of Slack that nobody makes yet', 'await client.pins.add({ channel });'],
  ['the answer to a command', 'await command.respond(message);'],
  ['a form that is opened', 'await openForm(client, trigger, view);'],
  ['a call of Aura', 'const response = await fetch(url, init);'],
  ['a job', 'await queue.addBulk(jobs);'],
  ['a program', 'const child = spawn(file, args);'],
])('%s is a place that writes or calls out', (_, line) => {
  expect(placesIn('src/store/some.js', `// what comes first\n${line}\n`)).toEqual([2]);
});

it.each([
  ['a question to Redis', 'const text = await redis.hget(key, field);'],
  ['a script that only reads', "const load = createScript(redis, LOAD_SCRIPT); await load([key], ['1']);"],
  ['a script as it is written', "const SCRIPT = `\nredis.call('SET', KEYS[1], ARGV[1])\n`;"],
  ['a setting that is read', "const found = await redis.config('GET', 'appendonly');"],
  ['what a comment says', '// await redis.set(key, value);'],
])('%s is none', (_, line) => {
  expect(placesIn('src/store/some.js', `${line}\n`)).toEqual([]);
});

it.each([
  ['writes', '.lpush(key, value)', [1]],
  ['only asks', '.lrange(key, 0, 1)', []],
])('commands sent together of which one %s are a place where they begin, or none', (_, second, places) => {
  expect(placesIn('src/store/some.js', `await redis.pipeline()\n  .get(key)\n  ${second}\n  .exec();\n`)).toEqual(
    places,
  );
});
