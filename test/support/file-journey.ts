import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import type { Pace } from '../../playground/aura/assumptions.ts';
import { type ConsoleProxy, STORAGE_URL, startConsoleProxy } from '../../playground/aura/console-proxy.ts';
import { type ImportConsole, startImportConsole } from '../../playground/aura/import-console.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { standInTool } from '../../playground/stand-in-tool.ts';
import { cards, sayWhyOther, until } from '../../playground/story.ts';
import { PRODUCTION, type World } from '../../playground/world.ts';
import { type Journey, startJourney } from './journey.ts';
import type { RealAdmin } from './real-admin.ts';

const LOOKED_WITHIN_MS = 120_000;
const PASSWORD = 'correct horse battery staple';
export const FILE = 'orders.dump';
export const CONTENT = 'DZV1 the orders as they were yesterday';
export const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
/** What the simulator holds after the file was loaded. */
export const LOADED = `file ${SHA256.slice(0, 12)}`;

/** A journey with a directory of files, a stand-in for `neo4j-admin`, and the part of the console that it talks to. */
export interface FileJourney extends Journey {
  readonly console: ImportConsole;
  /** Between a real tool and the console. */
  readonly proxy: ConsoleProxy | undefined;
  /** The directory of files to restore from. */
  readonly files: string;
}

export async function startFileJourney(
  options: {
    /** How the tool behaves: see `playground/upload-tool.ts`. */
    readonly tool?: Readonly<Record<string, number>>;
    readonly password?: string;
    readonly hasTool?: boolean;
    readonly content?: string;
    readonly timing?: Readonly<Record<string, unknown>>;
    readonly productionSettings?: Readonly<Record<string, unknown>>;
    readonly pace?: Partial<Pace>;
    /** More of the configuration file, at its top level. */
    readonly settings?: Readonly<Record<string, unknown>>;
    /** Names of more files with the same content. */
    readonly moreFiles?: readonly string[];
    /** The real tool instead of the stand-in, by way of `proxy`, and a dump that it made as the file. */
    readonly admin?: RealAdmin;
    /** Done to the surroundings before the bot starts. */
    readonly prepare?: (world: World) => void;
  } = {},
): Promise<FileJourney> {
  const files = mkdtempSync(join(tmpdir(), 'rb-exports-'));
  for (const name of [FILE, ...(options.moreFiles ?? [])]) writeFileSync(join(files, name), options.content ?? CONTENT);
  if (options.admin) copyFileSync(options.admin.dump, join(files, FILE));
  let console: ImportConsole | undefined;
  let proxy: ConsoleProxy | undefined;
  const journey = await startJourney({
    ...(options.pace ? { pace: options.pace } : {}),
    // The supervisor must have begun within half of the start watch, also on a busy machine.
    timing: { verify_connect: '0.5s', start_watch: '30s', ...options.timing },
    settings: { backup_files: [{ name: 'exports', directory: files }], ...options.settings },
    ...(options.prepare ? { prepare: options.prepare } : {}),
    productionSettings: {
      methods: ['restore-snapshot', 'backup-file', 'upload'],
      bolt: { uri: 'bolt://127.0.0.1:1', password_variable: 'ORDERS_BOLT_PASSWORD' },
      checks: [],
      ...options.productionSettings,
    },
    async surround({ aura, directory }) {
      console = await startImportConsole({
        instances: aura.instances,
        passwords: { [PRODUCTION.id]: PASSWORD },
        ...(options.admin ? { publicUrl: STORAGE_URL, loadsUntilSeen: true } : {}),
      });
      proxy = options.admin && (await startConsoleProxy({ consoleUrl: console.url, directory }));
      const settings = new URLSearchParams({ console: console.url });
      for (const [name, value] of Object.entries(options.tool ?? {})) settings.set(name, String(value));
      return {
        ORDERS_BOLT_PASSWORD: options.password ?? PASSWORD,
        ...(proxy ? { JAVA_TOOL_OPTIONS: proxy.javaOptions } : { JAVA_OPTS: settings.toString() }),
        PATH: process.env.PATH ?? '',
        ...(options.hasTool === false ? {} : { NEO4J_ADMIN: options.admin?.tool[0] ?? standInTool(directory) }),
      };
    },
  });
  if (!console) throw new Error('the console was not started');
  const consoleNow = console;
  return {
    ...journey,
    console: consoleNow,
    proxy,
    files,
    async end() {
      await journey.end();
      await proxy?.close();
      await consoleNow.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
}

/** Opens the form, for production unless another is named, and chooses a way from a file. */
export async function chooseFileMethod(
  journey: Pick<World, 'slack'>,
  method: 'backup-file' | 'upload',
  alias: string = PRODUCTION.alias,
): Promise<void> {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.slash('/restore', alias, CHANNELS.approvals.id);
  await until('the form', () => formOf(journey).includes('restore points in'));
  // A worker looks at its tool and files first: until then none is offered, and whoever looks again sees it.
  const deadline = performance.now() + LOOKED_WITHIN_MS;
  while (!formOf(journey).includes(FIELD.fileSha256)) {
    if (performance.now() > deadline) throw new Error(`the form asks for no file: ${formOf(journey)}`);
    await rita.choose(ACTION.chooseMethod, method);
    await sleep(200);
  }
}

/** Fills in everything else and sends the form; true when a card came of it. */
export async function sendFileForm(journey: World, savedAt: Date): Promise<{ channel: string; ts: string }> {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await fillRest(journey, savedAt);
  const before = cards(journey).length;
  await rita.submit();
  expect(rita.modal()?.errors).toBeUndefined();
  const card = await until('the card', () => cards(journey)[before]);
  return { channel: card.channel, ts: card.ts };
}

export async function fillRest(journey: Pick<World, 'slack'>, savedAt: Date): Promise<void> {
  const rita = journey.slack.as(PEOPLE.requester.id);
  await rita.choose(ACTION.chooseSavedAt, Math.floor(savedAt.getTime() / 1000));
  await rita.choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => formOf(journey).includes('Keep in mind'));
  rita.type(FIELD.reasonText, 'The migration lost half of the customers.');
  await sayWhyOther(rita);
}

/** Requests an upload of the file that a worker offers. */
export async function requestUpload(journey: Journey, savedAt = new Date(Date.now() - 86_400_000)) {
  await chooseFileMethod(journey, 'upload');
  const rita = journey.slack.as(PEOPLE.requester.id);
  await until('the file', () => formOf(journey).includes(FILE));
  await rita.choose(ACTION.chooseFile, offeredId(journey));
  return sendFileForm(journey, savedAt);
}

export function offeredId(journey: Journey): string {
  const [, id] = /"text":"orders\.dump"[^{}]*\},"value":"([0-9a-f]{20})"/.exec(formOf(journey)) ?? [];
  if (id === undefined) throw new Error(`the form does not offer ${FILE}`);
  return id;
}

export function formOf(journey: Pick<World, 'slack'>): string {
  return JSON.stringify(journey.slack.as(PEOPLE.requester.id).modal()?.view ?? {});
}
