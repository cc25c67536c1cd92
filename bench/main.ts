import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { PROJECT } from './child.ts';
import { click } from './click.ts';
import type { Mode, Part } from './part.ts';
import { polling } from './polling.ts';
import { startBenchRedis } from './redis.ts';
import { reportOf, tableOf, writeReport } from './report.ts';
import type { Row } from './row.ts';
import { start } from './start.ts';
import { wholeRestore } from './whole-restore.ts';

const PARTS: Readonly<Record<string, Part>> = { click, restore: wholeRestore, polling, start };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    open: { type: 'string' },
    rounds: { type: 'string' },
    before: { type: 'string' },
    compression: { type: 'string' },
    out: { type: 'string', default: 'bench-results.json' },
  },
});

/** `npm run bench [-- part…] [--quick | --long] [--open n] [--rounds n] [--before n] [--compression n] [--out file]`: measures, prints the table, writes it as JSON. */
async function main(): Promise<void> {
  const chosen = positionals.length > 0 ? positionals : Object.keys(PARTS);
  const unknown = chosen.filter((name) => !(name in PARTS));
  if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  const mode: Mode = values.quick ? 'quick' : values.long ? 'long' : 'full';
  const choice = {
    ...counted('open', values.open),
    ...counted('rounds', values.rounds),
    ...counted('before', values.before, 0),
    ...counted('compression', values.compression),
  };
  const say = (line: string) => console.error(line);
  say('Compiling…');
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json'], {
    cwd: PROJECT,
    stdio: 'inherit',
  });
  const redis = await startBenchRedis();
  try {
    const rows: Row[] = [];
    for (const name of chosen) {
      await redis.redis.flushall();
      rows.push(...((await PARTS[name]?.({ redis, mode, choice, say })) ?? []));
    }
    const report = reportOf(mode, redis.version, rows);
    writeReport(report, values.out);
    console.log(tableOf(rows));
  } finally {
    await redis.stop();
  }
}

function counted<K extends string>(name: K, value: string | undefined, least = 1): { readonly [key in K]?: number } {
  if (value === undefined) return {};
  const count = Number(value);
  if (!Number.isInteger(count) || count < least) throw new Error(`--${name} is a whole number from ${least} on`);
  return { [name]: count } as { readonly [key in K]?: number };
}

// Whatever ends the bench takes the processes it started along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
process.exit(0);
