import type { ChosenFile, OfferedFile } from '../backup-file.ts';
import type { Instant, PersonId } from '../names.ts';
import type { PlannedExport, PlannedFile } from '../plan.ts';

/** A file that somebody exported from Aura and recorded: what other ways to restore may offer. */
export interface ExportedFile {
  /** The export it was recorded for: `E-7`. */
  readonly exportId: string;
  readonly instance: { readonly alias: string; readonly auraId: string };
  /** Its name, size, kind and checksum, as a plan names a file. */
  readonly file: PlannedFile & { readonly sha256: string };
  /** When its data was saved. */
  readonly takenAt: Instant;
  /** The snapshot that was exported; absent when somebody recorded another time than that of the one they were asked for. */
  readonly snapshotId?: string;
  /** Where it is, in words. */
  readonly place: string;
  readonly keepUntil: Instant;
  readonly recordedBy: PersonId;
  readonly recordedAt: Instant;
}

/** The catalogue of exported files. Rejects when it cannot be reached. */
export interface ExportedFiles {
  /** Those of an instance that must still be there, the newest data first. */
  listExportedFiles(alias: string): Promise<readonly ExportedFile[]>;
}

/** The recorded export that a file of a catalogue is, by its checksum: names prove nothing. The newest record of several. */
export function exportOfOffered(
  exports: readonly ExportedFile[],
  { sha256 }: Pick<OfferedFile, 'sha256'>,
): ExportedFile | undefined {
  if (sha256 === undefined) return undefined;
  return exports
    .filter(({ file }) => file.sha256 === sha256)
    .reduce<ExportedFile | undefined>(
      (latest, one) => (latest && latest.recordedAt >= one.recordedAt ? latest : one),
      undefined,
    );
}

/** An exported file that a person uploads, chosen as it was recorded. */
export function chosenByHand(exported: ExportedFile): ChosenFile {
  const { file, takenAt } = exported;
  return { method: 'backup-file', file, savedAt: takenAt, exported: plannedExport(exported) };
}

/** An exported file that a worker has and uploads: it must have the checksum that was recorded. */
export function chosenForUpload(exported: ExportedFile, file: PlannedFile): ChosenFile {
  const { takenAt } = exported;
  const expectedSha256 = exported.file.sha256;
  return { method: 'upload', file, savedAt: takenAt, expectedSha256, exported: plannedExport(exported) };
}

function plannedExport({ exportId, instance, snapshotId, place, recordedBy }: ExportedFile): PlannedExport {
  return { exportId, instance, ...(snapshotId === undefined ? {} : { snapshotId }), place, recordedBy };
}
