import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANY_NAME, asTheToolFindsIt } from './as-the-tool-finds-it.ts';
import type { UploadAttempt } from './attempt.ts';
import { type ArchiveProblem, fileProblem, lookAtArchive, stampOf } from './file-check.ts';
import { type UploadEnd, type UploadProgress, writeProgress } from './progress.ts';
import { createTail, startTool } from './run-tool.ts';
import { toolFailure } from './tool-failure.ts';
import { afterLines, type ToolState } from './tool-output.ts';

const INFO_LIMIT_MS = 600_000;
const TIME_IS_OVER = 'the time for the upload was over';
const FILE_CHANGED = 'the file was changed after its checksum was read';

/**
 * Carries one upload through: looks at the file, runs the tool, writes down how far it is. The whole command is run once
 * more when it certainly changed nothing and may succeed; never otherwise. Resolves when it has written the end.
 */
export async function supervise(parts: {
  readonly directory: string;
  readonly attempt: UploadAttempt;
  /** The surroundings of the tool, with the password. */
  readonly env: Record<string, string>;
}): Promise<UploadEnd> {
  const { directory, attempt, env } = parts;
  const instant = () => new Date().toISOString();
  const startedAt = instant();
  let shown: UploadProgress = {
    attemptId: attempt.attemptId,
    phase: 'checking',
    runs: 0,
    startedAt,
    heardAt: startedAt,
    beatAt: startedAt,
  };
  // One write at a time: an older one must never end up on top of a newer one.
  let writing: Promise<unknown> = Promise.resolve();
  const show = (change: Partial<UploadProgress>) => {
    const { percent: _, ...kept } = shown;
    shown = { ...('phase' in change ? kept : shown), ...change, beatAt: instant() };
    const value = shown;
    const written = writing.then(() => writeProgress(directory, value));
    writing = written.catch(() => undefined);
    return written;
  };
  const beating = setInterval(() => {
    show({}).catch(() => undefined);
  }, attempt.beatMs);

  async function finish(end: UploadEnd): Promise<UploadEnd> {
    clearInterval(beating);
    await show({ phase: end.kind === 'done' ? 'done' : 'failed', end });
    return end;
  }

  let checkedStamp: string | undefined;
  const isChanged = async () => (await stampOf(attempt.file.path).catch(() => undefined)) !== checkedStamp;

  async function runOnce(source: Source): Promise<UploadEnd | 'again'> {
    if (await isChanged()) return { kind: 'file-changed', effect: 'none' };
    if (Date.now() > attempt.sentBefore) return { kind: 'stopped', effect: 'none', said: TIME_IS_OVER };
    const runs = shown.runs + 1;
    await show({ phase: 'authenticating', runs, heardAt: instant() });
    const outputFile = join(directory, `output-${runs}.log`);
    const command = [...attempt.tool, ...uploadArgs(attempt, source)];
    const run = startTool(command, { env, outputFile, endBefore: attempt.sentBefore });
    const tail = createTail(outputFile);
    let lines: readonly string[] = [];
    let heardMs = Date.now();
    let stoppedFor: string | undefined;
    for (;;) {
      const wasOver = run.hasEnded();
      const news = await tail();
      if (news.grew) heardMs = Date.now();
      lines = [...lines, ...news.lines];
      const state = afterLines(lines);
      if (news.grew) await show({ ...shownOf(state), heardAt: new Date(heardMs).toISOString() });
      if (wasOver) break;
      stoppedFor ??= reasonToStop(state, heardMs, attempt);
      // What is with Aura is not read any more.
      if (!state.mayHaveBegun && (await isChanged())) stoppedFor ??= FILE_CHANGED;
      if (stoppedFor) run.stop();
      await Promise.race([run.ended, sleep(attempt.beatMs)]);
    }
    const exitCode = await run.ended;
    if (exitCode === undefined && Date.now() >= attempt.sentBefore) stoppedFor ??= TIME_IS_OVER;
    const withCode = exitCode === undefined ? {} : { exitCode };
    if (exitCode === 0 && afterLines(lines).phase === 'done') return { ...withCode, kind: 'done', effect: 'loaded' };
    const failure = toolFailure(lines, stoppedFor ? undefined : exitCode);
    if (!stoppedFor && failure.mayRunAgain && runs === 1 && Date.now() < attempt.sentBefore) return 'again';
    const said = stoppedFor ?? failure.said;
    return { ...withCode, kind: failure.kind, effect: failure.effect, ...(said ? { said } : {}) };
  }

  await show({});
  const late = new AbortController();
  const limit = setTimeout(() => late.abort(), Math.max(0, attempt.sentBefore - Date.now()));
  try {
    checkedStamp = await stampOf(attempt.file.path).catch(() => undefined);
    const problem = await fileProblem(attempt.file, late.signal);
    if (problem) return await finish({ kind: problem, effect: 'none' });
    const source = await sourceFor({ directory, attempt, env });
    if (typeof source === 'string') return await finish({ kind: source, effect: 'none' });
    const first = await runOnce(source);
    if (first !== 'again') return await finish(first);
    await sleep(attempt.retryAfterMs);
    const second = await runOnce(source);
    return await finish(second === 'again' ? { kind: 'unreachable', effect: 'none' } : second);
  } catch (error) {
    if (late.signal.aborted)
      return await finish({ kind: 'stopped', effect: 'none', said: 'it took too long to read the file' });
    if (shown.runs > 0) throw error;
    return await finish({ kind: 'unknown', effect: 'none', said: error instanceof Error ? error.message : 'unknown' });
  } finally {
    clearTimeout(limit);
    clearInterval(beating);
  }
}

interface Source {
  readonly directory: string;
  readonly database: string;
}

/** A folder with nothing but the file, under the name that the tool looks for, and the name of the database to ask for. */
async function sourceFor({
  directory,
  attempt,
  env,
}: Parameters<typeof supervise>[0]): Promise<Source | ArchiveProblem> {
  const { file, tool } = attempt;
  const folder = join(directory, 'file');
  await mkdir(folder, { mode: 0o700 });
  await symlink(file.path, join(folder, asTheToolFindsIt(file)));
  if (file.kind === 'tar') return { directory: folder, database: ANY_NAME };
  const options = { env, outputFile: join(directory, 'info.log'), limitMs: INFO_LIMIT_MS };
  const info = await lookAtArchive(tool, folder, options);
  return typeof info === 'string' ? info : { directory: folder, database: info.database ?? ANY_NAME };
}

/**
 * Overwriting is what people agreed to: without it the tool refuses an instance that holds data. Only its long words name the
 * cause of a failure, and newer ones name nothing without them.
 */
function uploadArgs({ toUri }: UploadAttempt, { directory, database }: Source): readonly string[] {
  return [
    'database',
    'upload',
    database,
    `--from-path=${directory}`,
    `--to-uri=${toUri}`,
    '--overwrite-destination=true',
    '--verbose',
  ];
}

function shownOf({ phase, percent }: ToolState): Partial<UploadProgress> {
  const named = phase === 'done' ? 'importing' : phase;
  return percent === undefined ? { phase: named } : { phase: named, percent };
}

/** While Aura loads, the tool has little to say and is no longer needed: only silence before that is a hang. */
function reasonToStop(state: ToolState, heardMs: number, attempt: UploadAttempt): string | undefined {
  const nowMs = Date.now();
  if (nowMs - heardMs > attempt.silenceMs) return `it said nothing for ${minutes(attempt.silenceMs)}`;
  if (!state.mayHaveBegun && nowMs > attempt.sentBefore) return TIME_IS_OVER;
  return undefined;
}

function minutes(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} seconds` : `${Math.round(ms / 60_000)} minutes`;
}
