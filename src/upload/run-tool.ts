import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A run of the tool whose output goes straight to a file, so that nothing is lost when we are. */
export interface ToolRun {
  /** Resolves when it has ended: its exit code, or undefined when it was killed, ran out of time or `timeout` is not there. */
  readonly ended: Promise<number | undefined>;
  readonly hasEnded: () => boolean;
  /** Ends it and all it started: kindly first, then surely. */
  readonly stop: () => void;
}

const KILL_AFTER_MS = 5_000;
const TIMEOUT = 'timeout';

/** Whether this host has the `timeout` of the GNU coreutils, without which no tool is started. */
export async function hasTimeout(env: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await promisify(execFile)(TIMEOUT, timeoutArgs(60_000, ['true']), { env: { ...env } });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts it with standard input closed: a tool that would ask for a password fails instead of waiting. At `endBefore` (epoch ms)
 * `timeout`, its parent, ends it and all it started, also when nobody is left to call `stop`.
 */
export function startTool(
  command: readonly string[],
  options: { readonly env: Record<string, string>; readonly outputFile: string; readonly endBefore: number },
): ToolRun {
  const output = openSync(options.outputFile, 'a', 0o600);
  const child = spawn(TIMEOUT, timeoutArgs(options.endBefore - Date.now(), command), {
    stdio: ['ignore', output, output],
    env: options.env,
    detached: true,
  });
  closeSync(output);
  let isOver = false;
  let kill: NodeJS.Timeout | undefined;
  const ended = new Promise<number | undefined>((resolve) => {
    const end = (code: number | undefined) => {
      isOver = true;
      clearTimeout(kill);
      resolve(code);
    };
    child.once('error', () => end(undefined));
    child.once('exit', (code) => end(code ?? undefined));
  });
  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // It has just ended by itself.
    }
  };
  return {
    ended,
    hasEnded: () => isOver,
    stop() {
      signal('SIGTERM');
      kill ??= setTimeout(() => signal('SIGKILL'), KILL_AFTER_MS);
    },
  };
}

/** Not kindly: what goes on for another moment may have Aura load the file in it. A limit of 0 would be none. */
function timeoutArgs(limitMs: number, command: readonly string[]): readonly string[] {
  const seconds = Math.max(limitMs, 1) / 1000;
  return ['--signal=KILL', seconds.toFixed(3), ...command];
}

/** Reads what was added to a growing text file since the last time, in whole lines. */
export function createTail(path: string): () => Promise<{ readonly lines: readonly string[]; readonly grew: boolean }> {
  let position = 0;
  let rest = '';
  return async () => {
    const file = await open(path, 'r').catch(() => undefined);
    if (!file) return { lines: [], grew: false };
    try {
      const { size } = await file.stat();
      if (size <= position) return { lines: [], grew: false };
      const added = Buffer.alloc(size - position);
      const { bytesRead } = await file.read(added, 0, added.length, position);
      position += bytesRead;
      const parts = (rest + added.subarray(0, bytesRead).toString('utf8')).split(/\r?\n/);
      rest = parts.pop() ?? '';
      return { lines: parts, grew: bytesRead > 0 };
    } finally {
      await file.close();
    }
  };
}
