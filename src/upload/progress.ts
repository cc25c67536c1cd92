import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './whole-file.ts';

/** How an upload ended, in words of the tool and of ours. */
const end = z.strictObject({
  exitCode: z.int().exactOptional(),
  /** A `ToolFailureKind`, a `FileProblem`, or `done`; open, since a newer supervisor may know more. */
  kind: z.string(),
  said: z.string().exactOptional(),
  effect: z.enum(['none', 'possible', 'loaded']),
});

const progress = z.object({
  attemptId: z.string(),
  phase: z.enum(['checking', 'authenticating', 'uploading', 'importing', 'done', 'failed']),
  /** Of `uploading` and `importing`. */
  percent: z.number().exactOptional(),
  /** How many times the whole command was run. */
  runs: z.int().min(0),
  startedAt: z.iso.datetime(),
  /** When the tool last said anything. */
  heardAt: z.iso.datetime(),
  /** Written every few seconds while the supervisor lives, by the clock of its host. */
  beatAt: z.iso.datetime(),
  end: end.exactOptional(),
});

/** Where an upload stands, as its supervisor wrote it last. */
export type UploadProgress = Readonly<z.infer<typeof progress>>;
export type UploadEnd = Readonly<z.infer<typeof end>>;

const FILE = 'progress.json';

/** Whole or not at all: a reader never sees half of it. */
export async function writeProgress(directory: string, value: UploadProgress): Promise<void> {
  await writeWhole(join(directory, FILE), `${JSON.stringify(value)}\n`);
}

/** Undefined when there is none yet. Throws for one that cannot be understood. */
export async function readProgress(directory: string): Promise<UploadProgress | undefined> {
  try {
    return progress.parse(JSON.parse(await readFile(join(directory, FILE), 'utf8')));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** True for an error that says that a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
