import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAttempt, type UploadAttempt, writeAttempt } from './attempt.ts';
import { isMissing, readProgress, type UploadProgress } from './progress.ts';
import { afterLines } from './tool-output.ts';
import { writeWhole } from './whole-file.ts';

/** What this host knows of an upload. */
export type UploadLook =
  /** Another host may have begun it; this one has no trace of it. */
  | { readonly kind: 'not-here' }
  /** Announced or claimed here; its supervisor has not said anything yet, and may still begin. */
  | { readonly kind: 'beginning' }
  /** Announced or claimed here, and nothing ever began nor will. */
  | { readonly kind: 'never-began' }
  | { readonly kind: 'under-way'; readonly progress: UploadProgress }
  /** Its supervisor is gone without having said the end. */
  | { readonly kind: 'abandoned'; readonly progress: UploadProgress; readonly mayHaveBegun: boolean }
  | {
      readonly kind: 'ended';
      readonly progress: UploadProgress & { readonly end: NonNullable<UploadProgress['end']> };
    };

/** Uploads of this host: started at most once each, and looked at by whoever comes later. */
export interface UploadRunner {
  /**
   * Says on this host that an attempt is about to be started, and until when it can be (epoch ms): where the process dies before that,
   * a look knows that it never began. To be called before anybody can know of the attempt. Rejects when the disk refuses.
   */
  announce(attemptId: string, beginBefore: number): Promise<void>;
  /**
   * Starts it beside the bot and returns; it goes on when the bot ends. `already-claimed` when this attempt was started
   * here before, whatever became of it. The password goes to it by its surroundings only. Rejects, with nothing started,
   * when the disk refuses.
   */
  start(attempt: UploadAttempt, password: string): Promise<'started' | 'already-claimed'>;
  /** Looks only. Rejects when the disk refuses. */
  look(attemptId: string): Promise<UploadLook>;
}

/** A supervisor that has not said for so many beats that it lives does not. */
const BEATS = 15;
const SLACK_MS = 10_000;

export function createUploadRunner(parts: {
  /** Where attempts are kept, for ever: the folder of an attempt is the claim on it, and beside it lies its announcement. */
  readonly directory: string;
  /** The variables that the tool is started with, besides user and password. */
  readonly surroundings: Readonly<Record<string, string>>;
  readonly nowMs?: () => number;
}): UploadRunner {
  const nowMs = parts.nowMs ?? Date.now;
  const directoryOf = (attemptId: string) => join(parts.directory, attemptId.replaceAll(/[^A-Za-z0-9-]/g, '_'));

  const announcementOf = (attemptId: string) => `${directoryOf(attemptId)}.announced`;

  /** Of one that was not claimed. */
  async function announced(attemptId: string): Promise<UploadLook> {
    const text = await readFile(announcementOf(attemptId), 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (text === undefined) return { kind: 'not-here' };
    return { kind: nowMs() > Number(text) + SLACK_MS ? 'never-began' : 'beginning' };
  }

  return {
    async announce(attemptId, beginBefore) {
      await mkdir(parts.directory, { recursive: true, mode: 0o700 });
      await writeWhole(announcementOf(attemptId), String(beginBefore));
    },

    async start(attempt, password) {
      const directory = directoryOf(attempt.attemptId);
      await mkdir(parts.directory, { recursive: true, mode: 0o700 });
      try {
        await mkdir(directory, { mode: 0o700 });
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'already-claimed';
        throw error;
      }
      await writeAttempt(directory, attempt);
      const child = spawn(process.execPath, [...supervisorArgs(), directory], {
        detached: true,
        stdio: 'ignore',
        env: { ...parts.surroundings, NEO4J_USERNAME: attempt.user, NEO4J_PASSWORD: password },
      });
      await once(child, 'spawn');
      child.unref();
      return 'started';
    },

    async look(attemptId) {
      const directory = directoryOf(attemptId);
      const progress = await readProgress(directory);
      if (progress) {
        const { end } = progress;
        if (end) return { kind: 'ended', progress: { ...progress, end } };
        const { beatMs } = await readAttempt(directory);
        const quietMs = nowMs() - Date.parse(progress.beatAt);
        if (quietMs <= BEATS * beatMs + SLACK_MS) return { kind: 'under-way', progress };
        return { kind: 'abandoned', progress, mayHaveBegun: await mayHaveBegun(directory, progress.runs) };
      }
      if (!(await exists(directory))) return announced(attemptId);
      // An earlier release could leave half of it when it was killed; no supervisor begins without the whole.
      const attempt = await readAttempt(directory).catch((error: unknown) => {
        if (isMissing(error) || error instanceof SyntaxError) return undefined;
        throw error;
      });
      const isOver = attempt
        ? nowMs() > attempt.beginBefore + SLACK_MS
        : await isOlderThan(directory, SLACK_MS, nowMs());
      return { kind: isOver ? 'never-began' : 'beginning' };
    },
  };
}

/** The same program as TypeScript from the source, or as JavaScript from the build. */
function supervisorArgs(): readonly string[] {
  const own = fileURLToPath(import.meta.url);
  const supervisor = join(dirname(own), `supervisor${extname(own)}`);
  return extname(own) === '.ts' ? ['--import', 'tsx', supervisor] : [supervisor];
}

/** By what the tool wrote itself, which goes on without the supervisor. */
async function mayHaveBegun(directory: string, runs: number): Promise<boolean> {
  if (runs === 0) return false;
  try {
    const output = await readFile(join(directory, `output-${runs}.log`), 'utf8');
    return afterLines(output.split(/\r?\n/)).mayHaveBegun;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
}

async function isOlderThan(path: string, ageMs: number, nowMs: number): Promise<boolean> {
  return nowMs - (await stat(path)).mtimeMs > ageMs;
}
