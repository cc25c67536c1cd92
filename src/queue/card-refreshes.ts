import type { RestoreId } from '../restore/names.ts';
import { startRepeating } from './repeat.ts';

/** Slack takes some 50 edits a minute of a whole workspace; what really changed on cards comes first. */
const REFRESH_EVERY_MS = 2_000;

/**
 * Lets cards of which nothing changed be drawn again, one every two seconds and those first that wait longest, so that
 * ages on them go on. However often one is asked for, it waits once. Nothing is lost by losing what waits.
 */
export function createCardRefreshes(
  ensureCard: (id: RestoreId) => Promise<void>,
  onFailure: (error: unknown) => void,
): { ask(id: RestoreId): void; stop(): Promise<void> } {
  const waiting = new Set<RestoreId>();

  async function refreshFirst(): Promise<void> {
    const [first] = waiting;
    if (first === undefined) return;
    waiting.delete(first);
    await ensureCard(first);
  }

  const repeating = startRepeating(refreshFirst, REFRESH_EVERY_MS, onFailure);
  return {
    ask: (id) => void waiting.add(id),
    stop: repeating.stop,
  };
}
