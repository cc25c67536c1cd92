import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadConfig, loadPolicy } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { readCheck } from '../../src/graph/check-definition.ts';

/** Files in the same directory, by name. */
type FilesBeside = Readonly<Record<string, string>>;

/** All that the environment must hold. */
export const ENVIRONMENT = {
  SLACK_BOT_TOKEN: 'xoxb-secret-1',
  SLACK_APP_TOKEN: 'xapp-secret-2',
  AURA_CLIENT_ID: 'id',
  AURA_CLIENT_SECRET: 'secret-3',
};

/** The configuration that a file of this text gives, in this environment. */
export function configOf(yaml: string, env: Readonly<Record<string, string>> = {}, beside: FilesBeside = {}) {
  return loadConfig({ ...ENVIRONMENT, CONFIG_FILE: writtenDown(yaml, beside), ...env }, readCheck);
}

/** The rules alone, which need no more environment than the file. */
export function policyOf(yaml: string) {
  return loadPolicy({ CONFIG_FILE: writtenDown(yaml) }, readCheck);
}

/** What is wrong with what is loaded so, as `where: what`; nothing when it loads. */
export function problemsIn(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

/** The shortest file there is. */
export const DOZEN = `
instances:
  orders:
    aura_id: "a1b2c3d4"
    environment: production
    approvers: { users: [U1, U2] }
    approvals_channel: C1
    contact: the owners
`;

/** A file with one production instance, to which more is said at its place and after it. */
export function ordersFile(instance: string, more = ''): string {
  return `
instances:
  orders:
    aura_id: "a1b2c3d4"
    environment: production
    approvals_channel: C1
    contact: the owners
    ${instance}
${more}
`;
}

function writtenDown(yaml: string, beside: FilesBeside = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'rb-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'restore-bot.yaml');
  writeFileSync(file, yaml);
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
  return file;
}
