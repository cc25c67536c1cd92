import type { Logger } from 'pino';
import { type Coordinator, UnreadableRecordError } from '../coordinator.ts';
import type { RestoreId } from '../restore/names.ts';
import { previewWord } from '../restore/new-instance/seen-preview.ts';

/** Which restores there are, and whether they have changed. */
export interface LatelyChanged {
  open(): Promise<readonly RestoreId[]>;
  /** The latest that ended, at most so many. */
  ended(most: number): Promise<readonly RestoreId[]>;
  /** The version of each record; undefined where there is none. */
  versions(ids: readonly RestoreId[]): Promise<readonly (number | undefined)[]>;
}

/** Far more than can end between two looks. */
const ENDED_LATELY = 50;

/**
 * Tells each request how far the previews of its restore point have come: from the records alone, so that a death in between loses
 * nothing. Telling twice changes nothing. A record that has not changed is not read again.
 */
export function createFollowPreviews(parts: {
  readonly store: LatelyChanged;
  readonly coordinator: Pick<Coordinator, 'find' | 'apply'>;
  /** Whether anything may be previewed at all. */
  readonly mayPreview: () => boolean;
  readonly log: Logger;
}): () => Promise<void> {
  const { store, coordinator, log } = parts;
  let told: ReadonlyMap<RestoreId, number | undefined> = new Map();

  async function tell(id: RestoreId): Promise<void> {
    const loaded = await coordinator.find(id);
    const said = loaded && previewWord(loaded.restore);
    if (!said) return;
    const { by: preview, stage, snapshotId } = said.word;
    await coordinator.apply(
      said.of,
      stage.kind === 'counted'
        ? { type: 'preview-counted', preview, counted: { snapshotId, stage } }
        : { type: 'preview-seen', preview, snapshotId, stage },
    );
  }

  return async function followPreviews() {
    if (!parts.mayPreview()) return;
    const ids = [...new Set([...(await store.open()), ...(await store.ended(ENDED_LATELY))])];
    if (ids.length === 0) return;
    const versions = await store.versions(ids);
    const kept = new Map<RestoreId, number | undefined>();
    for (const [index, id] of ids.entries()) {
      const version = versions[index];
      if (told.has(id) && told.get(id) === version) {
        kept.set(id, version);
        continue;
      }
      const isTold = await tell(id).then(
        () => true,
        (error: unknown) => {
          const isUnreadable = error instanceof UnreadableRecordError;
          if (!isUnreadable) log.warn({ err: error, restoreId: id }, 'a preview will be told of later');
          return isUnreadable;
        },
      );
      if (isTold) kept.set(id, version);
    }
    told = kept;
  };
}
