import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A process of the bench that answers questions. */
export interface Child<Facts> {
  readonly pid: number;
  /** What it said when it was ready. */
  readonly facts: Facts;
  /** Asks it something; rejects with its error's words. */
  ask<Answer>(question: string, argument?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

const START_DEADLINE_MS = 180_000;

/** The project's folder: what is measured is its compiled code below `dist`. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** Starts `dist/bench/processes/<name>.js`, waits until it is ready, and takes it along when this process ends. */
export async function startChild<Facts>(name: string, settings: unknown, logFile = '/dev/null'): Promise<Child<Facts>> {
  const log = openSync(logFile, 'a');
  const child = fork(`${PROJECT}dist/bench/processes/${name}.js`, [JSON.stringify(settings)], {
    stdio: ['ignore', log, 'inherit', 'ipc'],
    execArgv: [],
    env: { PATH: process.env.PATH ?? '' },
  });
  closeSync(log);
  const takeAlong = () => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  child.once('exit', () => process.off('exit', takeAlong));
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  let lastId = 0;
  function reply(id: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`${name} ended`));
      child.once('exit', onExit);
      waiting.set(id, (arrived) => {
        waiting.delete(id);
        child.off('exit', onExit);
        if (arrived.error === undefined) resolve(arrived);
        else reject(new Error(`${name}: ${arrived.error}`));
      });
    });
  }
  const ready = await reply(lastId);
  return {
    pid: child.pid ?? 0,
    facts: ready.answer as Facts,
    async ask<Answer>(question: string, argument?: unknown) {
      const id = ++lastId;
      const replied = reply(id);
      child.send({ id, question, argument });
      return (await replied).answer as Answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** A program that says on its output when it runs. */
export interface Program {
  readonly pid: number;
  readonly port: number;
  /** From its start until it answered, in milliseconds. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** Starts a compiled program with these variables and waits until its readiness address answers with 200. */
export async function startProgram(
  file: string,
  env: Readonly<Record<string, string>>,
  port: number,
  logFile: string,
): Promise<Program> {
  const log = openSync(logFile, 'a');
  const begun = performance.now();
  const child = spawn(process.execPath, [`${PROJECT}${file}`], {
    stdio: ['ignore', log, 'inherit'],
    env: { PATH: process.env.PATH ?? '', ...env, PORT: String(port) },
  });
  closeSync(log);
  const takeAlong = () => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  child.once('exit', () => process.off('exit', takeAlong));
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${file} ended at once: ${readFileSync(logFile, 'utf8').slice(-500)}`);
    if (performance.now() - begun > START_DEADLINE_MS) throw new Error(`${file} did not start in time`);
    await sleep(2);
  }
  return {
    pid: child.pid ?? 0,
    port,
    readyMs: performance.now() - begun,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(forced);
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}
