import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConsoleProxy, STORAGE_URL, startConsoleProxy } from '../../playground/aura/console-proxy.ts';
import { type ImportConsole, startImportConsole } from '../../playground/aura/import-console.ts';
import { type AuraSimulator, type InstanceSeed, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { standInTool } from '../../playground/stand-in-tool.ts';
import { toolSurroundings } from '../../src/config/tool-surroundings.ts';
import type { UploadAttempt } from '../../src/upload/attempt.ts';
import { createUploadRunner, type UploadLook, type UploadRunner } from '../../src/upload/runner.ts';
import type { RealAdmin } from './real-admin.ts';

export const PASSWORD = 'correct horse battery staple';

/** A world with one instance, its console, and a host that uploads to it. */
export interface UploadWorld {
  readonly home: string;
  readonly aura: AuraSimulator;
  readonly console: ImportConsole;
  /** Between a real tool and the console. */
  readonly proxy: ConsoleProxy | undefined;
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
    /** Uploads a dump of its own instead of the stand-in, by way of `proxy`. */
    readonly admin?: RealAdmin;
    /** Whether its Java knows the certificate that it meets. Default true. */
    readonly isTrusted?: boolean;
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
    ...(options.admin ? { publicUrl: STORAGE_URL, loadsUntilSeen: true } : {}),
  });
  const proxy = options.admin && (await startConsoleProxy({ consoleUrl: console.url, directory: home }));
  const path = join(home, 'orders-2026-11-20.dump');
  if (options.admin) copyFileSync(options.admin.dump, path);
  else writeFileSync(path, options.content ?? 'DZV1 the orders of yesterday');
  const settings = new URLSearchParams({ console: console.url });
  for (const [name, value] of Object.entries(options.tool ?? {})) settings.set(name, String(value));
  const javaOptions = options.isTrusted === false ? proxy?.javaOptions.replace(/-Djavax.*/, '') : proxy?.javaOptions;
  const way = proxy ? { JAVA_TOOL_OPTIONS: javaOptions } : { JAVA_OPTS: settings.toString() };
  const env = { ...process.env, ...way, ...options.env };
  const create = () => createUploadRunner({ directory: join(home, 'uploads'), surroundings: toolSurroundings(env) });
  const runner = create();
  return {
    home,
    aura,
    console,
    proxy,
    runner,
    restarted: create,
    attempt: (change = {}) => ({
      attemptId: crypto.randomUUID(),
      tool: options.admin?.tool ?? [standInTool(home)],
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
      const deadline = Date.now() + (options.admin ? 300_000 : 50_000);
      while (look.kind !== 'ended' && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        look = await runner.look(attemptId);
      }
      if (look.kind !== 'ended') throw new Error(`the upload has not ended: ${JSON.stringify(look)}`);
      return look;
    },
    async close() {
      await proxy?.close();
      await console.close();
      await aura.close();
      // A test that failed leaves its upload behind, which still writes there.
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
