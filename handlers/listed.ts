import type { Listed } from '../messages/restore-list.ts';
import { UnreadableRecordError } from '../src/coordinator.ts';
import type { RestoreId } from '../src/restore/names.ts';
import type { Desk } from './desk.ts';

export interface AllListed {
  readonly restores: readonly Listed[];
  /** Those whose records cannot be read: named, so that nobody takes them for gone. */
  readonly unreadable: readonly RestoreId[];
}

/** The records behind ids, each with the way to its card; ids without a record are left out. */
export async function listed(desk: Desk, ids: readonly RestoreId[]): Promise<AllListed> {
  const unreadable: RestoreId[] = [];
  const found = await Promise.all(
    ids.map(async (id): Promise<readonly Listed[]> => {
      const [loaded, link] = await Promise.all([
        desk.coordinator.find(id).catch((error: unknown) => {
          if (!(error instanceof UnreadableRecordError)) throw error;
          desk.log.error({ err: error, restoreId: id }, 'record cannot be read');
          unreadable.push(id);
          return undefined;
        }),
        desk.lists.linkTo(id),
      ]);
      return loaded ? [{ restore: loaded.restore, link }] : [];
    }),
  );
  return { restores: found.flat(), unreadable };
}
