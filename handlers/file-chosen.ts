import { DESCRIBED_FILE, FIELD } from '../messages/action-ids.ts';
import { asPlanned } from '../messages/form-file.ts';
import type { RestoreFormModel } from '../messages/form-model.ts';
import type { Words } from '../messages/words/words.ts';
import { asSha256, type ChosenFile, fileKindOf } from '../src/restore/backup-file.ts';
import { chosenByHand, chosenForUpload, exportOfOffered } from '../src/restore/exports/exported-file.ts';
import { bytesOfSize } from '../src/restore/gigabytes.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Instant } from '../src/restore/names.ts';
import type { Method } from '../src/restore/plan.ts';
import type { Desk } from './desk.ts';
import type { FormValues } from './slack-input.ts';

/** What stands in the form of a file, or where it leaves something open and what to say there. */
export type FileRead =
  | { readonly kind: 'chosen'; readonly chosen: ChosenFile }
  | { readonly kind: 'gap'; readonly field: string; readonly words: (words: Words) => string };

/** Whether a method restores from a file. */
export function isFromFile(method: Method): method is ChosenFile['method'] {
  return method === 'backup-file' || method === 'upload';
}

/** When the data of the file was saved, as far as it was said. */
export function savedAtIn(values: FormValues): Instant | undefined {
  const seconds = values.time(FIELD.fileSavedAt);
  return seconds === undefined ? undefined : instantOf(seconds * 1000);
}

/** Where the file is chosen, or named. */
export function fileField(method: Method, alias: string, values: Pick<FormValues, 'has'>): string {
  if (method === 'upload') return `${FIELD.file}:${alias}`;
  return values.has(FIELD.fileName) ? FIELD.fileName : exportedField(alias);
}

/** Where one of the recorded exports of an instance is chosen for an upload by hand. */
export function exportedField(alias: string): string {
  return `${FIELD.exported}:${alias}`;
}

/** What a form shows of files: what is offered, and what was chosen of it. Rejects when the store cannot be reached. */
export async function filesShown(
  desk: Pick<Desk, 'files' | 'exports'>,
  chosen: {
    readonly alias: string;
    readonly method: Method;
    readonly fileId?: string | undefined;
    readonly exportId?: string | undefined;
    readonly savedAt?: Instant | undefined;
  },
): Promise<Pick<RestoreFormModel, 'offered' | 'file' | 'exports' | 'exported' | 'savedAt'>> {
  const { method, fileId, exportId, savedAt } = chosen;
  if (!isFromFile(method)) return {};
  const exports = await desk.exports.listExportedFiles(chosen.alias);
  if (method === 'backup-file') {
    if (exportId === DESCRIBED_FILE) return { exports, exported: 'described', savedAt };
    const exported = exports.find((one) => one.exportId === exportId);
    return { exports, exported, savedAt: exported?.takenAt ?? savedAt };
  }
  const offered = await desk.files.offered();
  const file = offered.find(({ id }) => id === fileId);
  const exported = file && exportOfOffered(exports, file);
  return { exports, offered, file, exported, savedAt: exported?.takenAt ?? savedAt };
}

/** Reads the file of a sent form. A file that a worker uploads is known by what workers offer, never by what the form says of it. */
export async function readFile(
  desk: Pick<Desk, 'files' | 'exports'>,
  {
    method,
    alias,
    values,
  }: { readonly method: ChosenFile['method']; readonly alias: string; readonly values: FormValues },
): Promise<FileRead> {
  const savedAt = savedAtIn(values);
  const typed = values.text(FIELD.fileSha256);
  const sha256 = typed === undefined ? undefined : asSha256(typed);
  const field = fileField(method, alias, values);
  if (method === 'upload') {
    const id = values.choice(field);
    if (id === undefined) return gap(field, ({ files }) => files.gap.file);
    const offered = (await desk.files.offered()).find((one) => one.id === id);
    if (!offered) return gap(field, ({ files }) => files.obstacle.notOffered);
    if (!values.has(FIELD.fileSavedAt)) {
      // The form showed what was recorded of it, and asked for nothing more.
      const exported = exportOfOffered(await desk.exports.listExportedFiles(alias), offered);
      if (!exported) return gap(field, ({ files }) => files.exported.notRecorded);
      return { kind: 'chosen', chosen: chosenForUpload(exported, asPlanned(offered)) };
    }
    if (!savedAt) return gap(FIELD.fileSavedAt, ({ files }) => files.gap.savedAt);
    const expected = sha256 === undefined ? {} : { expectedSha256: sha256 };
    return { kind: 'chosen', chosen: { method, file: asPlanned(offered), savedAt, ...expected } };
  }
  if (values.has(exportedField(alias))) {
    const id = values.choice(exportedField(alias));
    if (id === undefined) return gap(field, ({ files }) => files.gap.file);
    if (id !== DESCRIBED_FILE) {
      const exported = (await desk.exports.listExportedFiles(alias)).find(({ exportId }) => exportId === id);
      if (!exported) return gap(field, ({ files }) => files.exported.notRecorded);
      return { kind: 'chosen', chosen: chosenByHand(exported) };
    }
  }
  const name = values.text(FIELD.fileName) ?? '';
  const kind = fileKindOf(name);
  if (!kind) return gap(field, ({ files }) => files.gap.name);
  const sizeBytes = bytesOfSize(values.text(FIELD.fileSize) ?? '');
  if (sizeBytes === undefined) return gap(FIELD.fileSize, ({ files }) => files.gap.size);
  if (!savedAt) return gap(FIELD.fileSavedAt, ({ files }) => files.gap.savedAt);
  const file = { name, kind, sizeBytes, ...(sha256 === undefined ? {} : { sha256 }) };
  return { kind: 'chosen', chosen: { method, file, savedAt } };
}

function gap(field: string, words: (words: Words) => string): FileRead {
  return { kind: 'gap', field, words };
}
