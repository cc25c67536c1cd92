/** What files Aura takes: a full backup, a dump, an archive of AuraDS. */
export const BACKUP_FILE_TYPES = ['backup', 'dump', 'tar'] as const;
export type BackupFileType = (typeof BACKUP_FILE_TYPES)[number];

/** By the ending of its name; undefined for what is none of them. */
export function backupFileTypeOf(name: string): BackupFileType | undefined {
  return BACKUP_FILE_TYPES.find((type) => name.length > type.length + 1 && name.endsWith(`.${type}`));
}

/** A file to restore from, with only what the rules look at. */
export interface BackupFileFacts {
  readonly name: string;
  readonly type: BackupFileType;
  readonly sizeBytes: number;
  /** Hex SHA-256 as it was read; absent while nobody has. */
  readonly sha256?: string;
}

/** Why a file cannot be restored from in this way into this instance. */
export type BackupFileRefusal =
  | { readonly kind: 'wrong-type'; readonly wanted: readonly BackupFileType[] }
  | { readonly kind: 'empty' }
  /** More than the Aura console takes: `neo4j-admin` has no such limit. */
  | { readonly kind: 'above-console-limit'; readonly limitBytes: number }
  | { readonly kind: 'above-storage'; readonly storageBytes: number }
  | { readonly kind: 'another-checksum' };

/** What cannot be known beforehand and is said instead. */
export type BackupFileCaution = 'old-version-only' | 'size-of-data-unknown' | 'unknown-tier' | 'checksum-not-read';

const DATABASE_TYPES: readonly BackupFileType[] = ['backup', 'dump'];
const SCIENCE_TYPES: readonly BackupFileType[] = ['tar'];
const ALL_TYPES: readonly BackupFileType[] = BACKUP_FILE_TYPES;

/** What Aura takes by its type of instance: AuraDS archives are `.tar`, AuraDB takes backups and dumps. */
export function typesTakenBy(instanceType: string | undefined): readonly BackupFileType[] {
  if (instanceType === undefined) return ALL_TYPES;
  if (instanceType.endsWith('-ds')) return SCIENCE_TYPES;
  return instanceType.endsWith('-db') || instanceType === 'business-critical' ? DATABASE_TYPES : ALL_TYPES;
}

/**
 * Everything that speaks against the file, as far as it can be known without Aura. The limit itself is allowed. The data
 * inside an archive is larger than the archive, so one that is larger than the storage certainly does not fit.
 */
export function backupFileRefusals(
  file: BackupFileFacts,
  target: {
    readonly way: 'console' | 'upload';
    readonly instanceType?: string;
    readonly storageBytes?: number;
    readonly consoleLimitBytes: number;
    /** What the requester gave, in any letters. */
    readonly expectedSha256?: string;
  },
): readonly BackupFileRefusal[] {
  const wanted = typesTakenBy(target.instanceType);
  const { storageBytes, consoleLimitBytes: limitBytes } = target;
  const isAnother =
    target.expectedSha256 !== undefined &&
    file.sha256 !== undefined &&
    target.expectedSha256.trim().toLowerCase() !== file.sha256;
  return [
    ...(wanted.includes(file.type) ? [] : [{ kind: 'wrong-type', wanted } as const]),
    ...(file.sizeBytes > 0 ? [] : [{ kind: 'empty' } as const]),
    ...(target.way === 'console' && file.sizeBytes > limitBytes
      ? [{ kind: 'above-console-limit', limitBytes } as const]
      : []),
    ...(storageBytes !== undefined && file.sizeBytes > storageBytes
      ? [{ kind: 'above-storage', storageBytes } as const]
      : []),
    ...(isAnother ? [{ kind: 'another-checksum' } as const] : []),
  ];
}

/** What is true of the file and may go wrong later. */
export function backupFileCautions(
  file: BackupFileFacts,
  target: { readonly instanceType?: string },
): readonly BackupFileCaution[] {
  return [
    ...(file.type === 'dump' ? ['old-version-only' as const] : []),
    'size-of-data-unknown' as const,
    ...(typesTakenBy(target.instanceType) === ALL_TYPES ? ['unknown-tier' as const] : []),
    ...(file.sha256 === undefined ? ['checksum-not-read' as const] : []),
  ];
}

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB)$/i;
const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };

/** Bytes of a size as Aura and people write it: `8GB`, `4 GB`, `3.5GB`; a GB is 1024³, as Neo4j counts. Undefined for anything else. */
export function bytesOfSize(text: string): number | undefined {
  const [, number, unit] = SIZE.exec(text.trim()) ?? [];
  return number && unit ? Math.round(Number(number) * (UNITS[unit.toUpperCase()] ?? 1)) : undefined;
}
