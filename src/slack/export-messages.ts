import { exportOutcome } from '../../messages/exports/outcome.ts';
import { exportReminder } from '../../messages/exports/reminder.ts';
import type { ExportKeeper } from '../exports/export-keeper.ts';
import type { ExportId } from '../restore/exports/export-task.ts';
import { owedExportMessages } from '../restore/exports/owed.ts';
import { createOwedPoster, type OwedPosterParts } from './owed-poster.ts';

/** Says what an export owes, each message once. May be repeated at will, and by any number of workers. */
export type PostExportMessages = (id: ExportId) => Promise<void>;

export function createExportMessages({
  exports,
  ...parts
}: OwedPosterParts & { readonly exports: Pick<ExportKeeper, 'find' | 'said'> }): PostExportMessages {
  return createOwedPoster({
    ...parts,
    called: 'export',
    records: exports,
    owedBy: owedExportMessages,
    compose: (task, { kind }, reader) =>
      kind === 'reminder' ? exportReminder(task, reader) : exportOutcome(task, reader),
  });
}
