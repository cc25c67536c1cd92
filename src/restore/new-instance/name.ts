import type { RestoreId } from '../names.ts';

/** Names one instance that the bot makes: that of the restore `R-17` is `R-17`. */
export type MadeId = string;

/** Aura's limit. */
export const LONGEST_NAME = 30;
const MARK = '[a-z2-9]{8}';
const SCHEME = new RegExp(`^rb-(R-\\d+)-(${MARK})$`);

export function newInstanceId(restoreId: RestoreId): MadeId {
  return restoreId;
}

/**
 * The name by which a made instance is found again when the answer to its creation was lost. The mark belongs to one set of
 * records, so that a bot never takes another bot's instance for its own.
 */
export function nameOfMade(id: MadeId, mark: string): string {
  return `rb-${id}-${mark}`;
}

/** What a name says; undefined when no bot gave it. */
export function readName(name: string): { readonly id: MadeId; readonly mark: string } | undefined {
  const [, id, mark] = SCHEME.exec(name) ?? [];
  return id && mark ? { id, mark } : undefined;
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A new mark from eight random bytes. */
export function markFrom(bytes: Uint8Array): string {
  return [...bytes.slice(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
