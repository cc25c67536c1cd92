import { bytesOfSize, CONSOLE_FILE_BYTES } from './gigabytes.ts';
import type { Instant } from './names.ts';
import { FILE_KINDS, type FileKind, type PlannedExport, type PlannedFile } from './plan.ts';
import type { Terms } from './terms.ts';

/** By the ending of its name; undefined for what is none of them. */
export function fileKindOf(name: string): FileKind | undefined {
  return FILE_KINDS.find((kind) => name.length > kind.length + 1 && name.endsWith(`.${kind}`));
}

/** Why a file cannot be restored from in this way into this instance. */
export type FileObstacle =
  | { readonly kind: 'wrong-kind'; readonly wanted: readonly FileKind[] }
  | { readonly kind: 'empty' }
  /** More than the Aura console takes: `neo4j-admin` has no such limit. */
  | { readonly kind: 'above-console-limit'; readonly limitBytes: number }
  | { readonly kind: 'above-storage'; readonly storageBytes: number }
  | { readonly kind: 'saved-in-the-future' }
  /** Nobody has read the whole file yet. */
  | { readonly kind: 'no-checksum-yet' }
  | { readonly kind: 'no-sha256' }
  | { readonly kind: 'another-checksum' };

const DATABASE_KINDS: readonly FileKind[] = ['backup', 'dump'];
const SCIENCE_KINDS: readonly FileKind[] = ['tar'];
const ALL_KINDS: readonly FileKind[] = FILE_KINDS;

/** What Aura takes by its type of instance: AuraDS archives are `.tar`, AuraDB takes backups and dumps. */
export function kindsTakenBy(instanceType: string | undefined): readonly FileKind[] {
  if (instanceType === undefined) return ALL_KINDS;
  if (instanceType.endsWith('-ds')) return SCIENCE_KINDS;
  return instanceType.endsWith('-db') || instanceType === 'business-critical' ? DATABASE_KINDS : ALL_KINDS;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** A file that was chosen, and when its data was saved. */
export interface ChosenFile {
  readonly method: 'backup-file' | 'upload';
  readonly file: PlannedFile;
  readonly savedAt: Instant;
  /** The checksum that the requester gave for a file that the bot can read itself. */
  readonly expectedSha256?: string;
  /** The record of the export that the file came of. */
  readonly exported?: PlannedExport;
}

/**
 * The first thing that speaks against the file, as far as it can be known without Aura. The limit itself is allowed. The data
 * inside an archive is larger than the archive, so one that is larger than the storage certainly does not fit.
 */
export function fileObstacle(
  { method, file, savedAt, expectedSha256 }: ChosenFile,
  target: {
    readonly type?: string;
    /** As Aura says it: `16GB`. */
    readonly storage?: string;
    /** What the console takes; absent: four gigabytes. */
    readonly consoleFileBytes?: number;
    readonly now: Instant;
  },
): FileObstacle | undefined {
  const wanted = kindsTakenBy(target.type);
  const limitBytes = target.consoleFileBytes ?? CONSOLE_FILE_BYTES;
  const storageBytes = target.storage === undefined ? undefined : bytesOfSize(target.storage);
  const { kind, sizeBytes, sha256 } = file;
  if (!wanted.includes(kind)) return { kind: 'wrong-kind', wanted };
  if (sizeBytes <= 0) return { kind: 'empty' };
  if (method === 'backup-file' && sizeBytes > limitBytes) return { kind: 'above-console-limit', limitBytes };
  if (storageBytes !== undefined && sizeBytes > storageBytes) return { kind: 'above-storage', storageBytes };
  if (savedAt > target.now) return { kind: 'saved-in-the-future' };
  if (method === 'upload' && sha256 === undefined) return { kind: 'no-checksum-yet' };
  if ([sha256, expectedSha256].some((one) => one !== undefined && !SHA256.test(one))) return { kind: 'no-sha256' };
  return expectedSha256 !== undefined && expectedSha256 !== sha256 ? { kind: 'another-checksum' } : undefined;
}

/** A file that a worker with `neo4j-admin` could upload now. */
export interface OfferedFile {
  /** Says nothing, and changes with the file. */
  readonly id: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** The configured directory, by its name. */
  readonly directory: string;
  /** When it was last written: its data is no newer. */
  readonly changedAt: Instant;
  /** Absent while the file is still being read. */
  readonly sha256?: string;
}

/** Who begins a load by hand later than this after the safety snapshot was asked for is told to take another one first. */
export const SAFETY_SNAPSHOT_FRESH_MINUTES = 15;

/** How long a file may take until Aura loads it, unless the operator set another time. */
export const FILE_LOAD_MINUTES = 120;

/** The same for one restore, from the moment everything is prepared, in milliseconds. */
export function fileLoadMsOf({ terms }: { readonly terms: Pick<Terms, 'fileLoadMinutes'> }): number {
  return (terms.fileLoadMinutes ?? FILE_LOAD_MINUTES) * 60_000;
}

/** A SHA-256 as people paste it: in small letters, without space around it. */
export function asSha256(typed: string): string {
  return typed.trim().toLowerCase();
}
