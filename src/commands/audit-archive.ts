import process from 'node:process';
import { parseArgs } from 'node:util';
import { archive } from '../audit/archive.ts';
import { loadAuditRetention } from '../config/load-config.ts';
import { createAuditStream } from '../store/audit-stream.ts';
import { createOtherChains } from '../store/other-chains.ts';
import { createRestoreStore } from '../store/restore-store.ts';
import { openRedis } from './open-redis.ts';

/** Moves audit entries that are older than the configured retention into files. Exits with 1 when it had to stop. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' } } });
  if (values.dir === undefined) throw new Error('name the folder: npm run audit:archive -- --dir DIR');
  const retentionMs = loadAuditRetention(process.env);
  if (retentionMs === undefined) {
    process.stdout.write('audit.retention is not set: entries are kept in Redis for ever, nothing was archived.\n');
    return;
  }
  const { redis, close } = await openRedis(process.env);
  try {
    const store = createRestoreStore(redis);
    const others = createOtherChains(redis);
    const source = {
      stream: createAuditStream(redis),
      now: store.now,
      aliasOf: async (id: string) =>
        (await store.load(id))?.restore.plan.instance.alias ?? (await others.find(id))?.alias,
    };
    for await (const { day, file, removed } of archive(source, { directory: values.dir, retentionMs })) {
      process.stdout.write(`${day}: ${removed} entries moved to ${file ?? 'the files that hold them already'}\n`);
    }
    process.stdout.write(
      'Done. What is older and still in Redis belongs to restores, shadow restores and exports that have not ended, to delegations in force, or to the rules.\n',
    );
  } finally {
    await close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`The archive stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
