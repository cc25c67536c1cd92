import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportConsole, startImportConsole } from '../../playground/aura/import-console.ts';
import { type AuraSimulator, type InstanceSeed, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { standInTool } from '../../playground/stand-in-tool.ts';
import { toolSurroundings } from '../../src/config/tool-surroundings.ts';
import type { UploadAttempt } from '../../src/upload/attempt.ts';
import { createUploadRunner, type UploadLook, type UploadRunner } from '../../src/upload/runner.ts';

export const PASSWORD = 'correct horse battery staple';

/** A world with one instance, its console, and a host that uploads to it. */
export interface UploadWorld {
  readonly home: string;
  readonly aura: AuraSimulator;
  readonly console: ImportConsole;
  readonly runner: UploadRunner;
  /** Another bot on the same host, as after a restart. */
  readonly restarted: () => UploadRunner;
  readonly attempt: (change?: Partial<UploadAttempt>) => UploadAttempt;
  readonly ended: (attemptId: string) => Promise<Extract<UploadLook, { kind: 'ended' }>>;
  readonly close: () => Promise<void>;
}

export async function startUploadWorld(
  options: {
    readonly tool?: Readonly<Record<string, number>>;
    readonly storageBytes?: number;
    readonly content?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly instance?: Partial<InstanceSeed>;
  } = {},
): Promise<UploadWorld> {
  const home = mkdtempSync(join(tmpdir(), 'rb-upload-'));
  const aura = await startAuraSimulator({
    instances: [{ id: 'a1b2c3d4', name: 'orders', seed: 'none', ...options.instance }],
  });
  const console = await startImportConsole({
    instances: aura.instances,
    passwords: { a1b2c3d4: PASSWORD },
    ...(options.storageBytes === undefined ? {} : { storageBytes: options.storageBytes }),
  });
  const path = join(home, 'orders-2026-11-20.dump');
  writeFileSync(path, options.content ?? 'DZV1 the orders of yesterday');
  const settings = new URLSearchParams({ console: console.url });
  for (const [name, value] of Object.entries(options.tool ?? {})) settings.set(name, String(value));
  const env = { ...process.env, ...options.env, JAVA_OPTS: settings.toString() };
  const create = () => createUploadRunner({ directory: join(home, 'uploads'), surroundings: toolSurroundings(env) });
  const runner = create();
  return {
    home,
    aura,
    console,
    runner,
    restarted: create,
    attempt: (change = {}) => ({
      attemptId: crypto.randomUUID(),
      tool: [standInTool(home)],
      toUri: 'neo4j+s://a1b2c3d4.databases.neo4j.io',
      user: 'neo4j',
      file: {
        path,
        name: 'orders-2026-11-20.dump',
        kind: 'dump',
        sizeBytes: readFileSync(path).length,
        sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      },
      silenceMs: 60_000,
      retryAfterMs: 100,
      beatMs: 100,
      sentBefore: Date.now() + 600_000,
      beginBefore: Date.now() + 60_000,
      ...change,
    }),
    async ended(attemptId) {
      let look = await runner.look(attemptId);
      const deadline = Date.now() + 50_000;
      while (look.kind !== 'ended' && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        look = await runner.look(attemptId);
      }
      if (look.kind !== 'ended') throw new Error(`the upload has not ended: ${JSON.stringify(look)}`);
      return look;
    },
    async close() {
      await console.close();
      await aura.close();
      // A test that failed leaves its upload behind, which still writes there.
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
