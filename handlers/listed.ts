import type { Listed } from '../messages/restore-list.ts';
import type { RestoreId } from '../src/restore/restore.ts';
import type { Desk } from './desk.ts';

/** The records behind ids, each with the way to its card; ids without a record are left out. */
export async function listed(desk: Desk, ids: readonly RestoreId[]): Promise<readonly Listed[]> {
  const found = await Promise.all(
    ids.map(async (id): Promise<readonly Listed[]> => {
      const [loaded, link] = await Promise.all([desk.coordinator.find(id), desk.lists.linkTo(id)]);
      return loaded ? [{ restore: loaded.restore, link }] : [];
    }),
  );
  return found.flat();
}
