import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { OneTimePassword } from '../../src/aura/one-time-password.ts';
import { createPasswords } from '../../src/new-instances/passwords.ts';
import { madeInstance } from '../support/made.ts';

const made = madeInstance();

function passwordsIn(directory: string) {
  return createPasswords({ directory, tell: async () => false, log: pino({ level: 'silent' }) });
}

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rb-passwords-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

it('a password in a directory is found by another process, readable by the bot alone, until its instance is gone', async () => {
  const directory = emptyDirectory();
  expect(await passwordsIn(directory).handOver(made, new OneTimePassword('hunter2'))).toBe('handed-over');
  const file = join(directory, `${made.name}.password`);
  expect(readFileSync(file, 'utf8')).toBe('hunter2\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = passwordsIn(directory);
  expect((await other.of(made))?.reveal()).toBe('hunter2');
  await other.forget(made);
  expect(existsSync(file)).toBe(false);
  expect(await other.of(made)).toBeUndefined();
});

it('a file that was left empty by a process that died over it is no password', async () => {
  const directory = emptyDirectory();
  writeFileSync(join(directory, `${made.name}.password`), '');
  expect(await passwordsIn(directory).of(made)).toBeUndefined();
});
