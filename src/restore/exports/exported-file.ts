import type { Instant, PersonId } from '../names.ts';
import type { PlannedFile } from '../plan.ts';

/** A file that somebody exported from Aura and recorded: what other ways to restore may offer. */
export interface ExportedFile {
  /** The export it was recorded for: `E-7`. */
  readonly exportId: string;
  readonly instance: { readonly alias: string; readonly auraId: string };
  /** Its name, size, kind and checksum, as a plan names a file. */
  readonly file: PlannedFile & { readonly sha256: string };
  /** When its data was saved. */
  readonly takenAt: Instant;
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
