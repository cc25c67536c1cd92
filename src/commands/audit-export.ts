import { createWriteStream } from 'node:fs';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportLines } from '../audit/export.ts';
import { createAuditStream } from '../store/audit-stream.ts';
import { createOtherChains } from '../store/other-chains.ts';
import { createPolicyStore } from '../store/policy-store.ts';
import { createRestoreStore } from '../store/restore-store.ts';
import { openRedis } from './open-redis.ts';

/** Writes the audit entries as JSON Lines, to a file or to standard output. Exits with 1 when they cannot be read. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      instance: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { from, to, instance, out } = values;
  const range = {
    ...(from === undefined ? {} : { from: moment('--from', from) }),
    ...(to === undefined ? {} : { to: moment('--to', to) }),
    ...(instance === undefined ? {} : { instance }),
  };
  const { redis, close } = await openRedis(process.env);
  try {
    const store = createRestoreStore(redis);
    const find = async (id: string) => (await store.load(id))?.restore;
    const rules = async () => (await createPolicyStore(redis).load())?.record;
    const others = createOtherChains(redis);
    const lines = exportLines({ stream: createAuditStream(redis), find, now: store.now, rules, others }, range);
    const target = out === undefined ? process.stdout : createWriteStream(out, { mode: 0o600 });
    await pipeline(Readable.from(withBreaks(lines)), target);
  } finally {
    await close();
  }
}

async function* withBreaks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

function moment(name: string, text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Error(`${name} needs a moment such as 2026-11-21 or 2026-11-21T03:00:00Z`);
  return new Date(ms).toISOString();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`Nothing whole was exported: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
