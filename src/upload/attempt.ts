import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FILE_KINDS } from '../restore/plan.ts';
import { writeWhole } from './whole-file.ts';

const attempt = z.strictObject({
  attemptId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  /** The command and its first arguments: `/opt/neo4j/bin/neo4j-admin`. */
  tool: z.array(z.string()).min(1).readonly(),
  /** The address of the instance, such as `neo4j+s://a1b2c3d4.databases.neo4j.io`. */
  toUri: z.string(),
  user: z.string(),
  file: z.strictObject({
    path: z.string(),
    name: z.string(),
    kind: z.enum(FILE_KINDS),
    sizeBytes: z.int().min(0),
    /** Hex, small letters: what people agreed to. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  /** Without a word from the tool for so long it is stopped. */
  silenceMs: z.number().positive(),
  /** A blip gets so long to pass before the command is run once more. */
  retryAfterMs: z.number().min(0),
  /** How often the supervisor looks and says that it lives. */
  beatMs: z.number().positive(),
  /** The file must be with Aura by then (epoch ms): the tool is ended then, also when its supervisor is gone; nothing begins after it. */
  sentBefore: z.number(),
  /** The supervisor must have begun by then (epoch ms), or it does nothing. */
  beginBefore: z.number(),
});

/** One upload of one file to one instance, as the supervisor is told. The password never stands here. */
export type UploadAttempt = Readonly<z.infer<typeof attempt>>;

const FILE = 'attempt.json';

/** Whole or not at all; to be called once, by whoever made the directory. */
export async function writeAttempt(directory: string, value: UploadAttempt): Promise<void> {
  await writeWhole(join(directory, FILE), JSON.stringify(attempt.parse(value)));
}

/** Throws for one that is not there or cannot be understood. */
export async function readAttempt(directory: string): Promise<UploadAttempt> {
  return attempt.parse(JSON.parse(await readFile(join(directory, FILE), 'utf8')));
}
