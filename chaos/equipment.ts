import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImportConsole } from '../playground/aura/import-console.ts';
import type { NewDatabase } from '../playground/aura/instances.ts';
import type { AuraSimulator } from '../playground/aura/simulator.ts';
import { startSimulatedNeo4j } from '../playground/neo4j/simulated-neo4j.ts';
import { standInTool } from '../playground/stand-in-tool.ts';
import { WEEKDAYS } from '../src/restore/calendar-times.ts';
import type { Arena } from './arena.ts';
import type { ArenaInstance } from './arena-instance.ts';

/** What people did past the bot, noted by the scene that had them do it. */
export interface ConsoleAct {
  readonly at: number;
  readonly auraId: string;
  /** Whether a request of the bot asked for it. */
  readonly isAsked: boolean;
}

/** What the equipped instances of an arena need around them, and what is seen of it from outside. */
export interface Equipment {
  /** More of the configuration file. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly timing: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Every instance that Aura ever had under a name such as the bot gives: id → name. */
  readonly made: ReadonlyMap<string, string>;
  /** Where the database of an instance answers. */
  boltUrl(auraId: string): string;
  /** Each load of a file that a client had Aura begin. */
  uploads(): readonly { readonly at: number; readonly auraId: string }[];
  readonly consoleActs: ConsoleAct[];
  /** Instances under such a name that the bot did not make. */
  readonly strays: Set<string>;
  close(): Promise<void>;
}

export const PLAN_OF_EXPORTS = 'daily';
export const FILE_OF_UPLOADS = 'orders.dump';
const PASSWORD = 'correct horse battery staple';
const PASSWORD_VARIABLE = 'EQUIPPED_BOLT_PASSWORD';
/** No number of deaths may reach it. */
const NO_CAP = 1_000_000;

/** Settings of one instance on which everything may be done; its database answers at this address. */
export function equippedWith(owner: string, boltUrl: string): Readonly<Record<string, unknown>> {
  return {
    methods: ['restore-snapshot', 'new-instance', 'backup-file', 'upload'],
    new_instance: { time_to_live: '1h', longest: '24h', monthly_cap: NO_CAP },
    exports: [
      {
        name: PLAN_OF_EXPORTS,
        every: 'weekly',
        on: WEEKDAYS,
        at: '00:00',
        before_deployments: true,
        keep_for: '90d',
        place: 'the vault',
        owners: { users: [owner] },
      },
    ],
    bolt: { uri: boltUrl, password_variable: PASSWORD_VARIABLE },
  };
}

/** Puts an instance there whose name looks like one of the bot's; returns its id. */
export function strayIn({ aura, equipment }: Pick<Arena, 'aura' | 'equipment'>, mark: string): string {
  const [model] = aura.instances.all.values();
  if (!model || !equipment) throw new Error('nothing is equipped here');
  const id = createHash('sha256').update(mark).digest('hex').slice(0, 8);
  equipment.strays.add(id);
  aura.instances.add({ ...model, id, name: `rb-R-${1_000_000 + equipment.strays.size}-strangee`, snapshots: [] });
  return id;
}

/** One database answers for all instances that are made. */
export async function startDatabaseForMade(): Promise<NewDatabase & { close(): Promise<void> }> {
  const { uri, close } = await startSimulatedNeo4j(() => true);
  const nothing = async () => undefined;
  return { boltUrl: uri, password: PASSWORD, snapshot: nothing, restore: nothing, close };
}

export async function createEquipment({
  aura,
  instances,
  directory,
}: {
  readonly aura: AuraSimulator;
  readonly instances: readonly ArenaInstance[];
  readonly directory: string;
}): Promise<Equipment> {
  const files = join(directory, 'files');
  mkdirSync(files);
  writeFileSync(join(files, FILE_OF_UPLOADS), 'DZV1 the orders as they were yesterday');
  const console = await startImportConsole({
    instances: aura.instances,
    passwords: Object.fromEntries(instances.map(({ auraId }) => [auraId, PASSWORD])),
  });
  const databases = new Map(
    await Promise.all(
      instances.map(
        async ({ auraId }) =>
          [auraId, await startSimulatedNeo4j(() => aura.instances.find(auraId).status === 'running')] as const,
      ),
    ),
  );
  const made = new Map<string, string>();
  const stopLooking = aura.onChange(() => {
    for (const { id, name } of aura.instances.all.values()) if (name.startsWith('rb-')) made.set(id, name);
  });
  return {
    settings: {
      prices: { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } },
      shadow_restores: { look_every: '4s' },
      backup_files: [{ name: 'exports', directory: files }],
    },
    // A program that begins an upload has half of the start watch for that; one that missed so short a load is silent until it is stopped.
    timing: { reaper: '0.3s', start_watch: '30s', fingerprint_look: '2s', upload_silence: '10s' },
    env: {
      [PASSWORD_VARIABLE]: PASSWORD,
      NEO4J_ADMIN: standInTool(directory),
      JAVA_OPTS: new URLSearchParams({ console: console.url }).toString(),
    },
    made,
    consoleActs: [],
    strays: new Set(),
    boltUrl(auraId) {
      const database = databases.get(auraId);
      if (!database) throw new Error(`${auraId} is not equipped`);
      return database.uri;
    },
    uploads: () =>
      console.calls
        .filter(({ path, status }) => path.endsWith('/upload-complete') && status === 200)
        .map(({ at, path }) => ({ at, auraId: /databases\/([^/]+)/.exec(path)?.[1] ?? '' })),
    async close() {
      stopLooking();
      await console.close();
      await Promise.all([...databases.values()].map((database) => database.close()));
    },
  };
}
