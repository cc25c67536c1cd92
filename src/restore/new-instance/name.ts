import type { RestoreId } from '../names.ts';

/** Names one instance that the bot makes: `R-17` for the new instance of that restore, `R-17-P2` for its second preview. */
export type MadeId = string;

/** Aura's limit. */
export const LONGEST_NAME = 30;
const MARK = '[a-z2-9]{8}';
const SCHEME = new RegExp(`^rb-(R-\\d+)(-P\\d+)?-(${MARK})$`);

export function newInstanceId(restoreId: RestoreId): MadeId {
  return restoreId;
}

export function previewId(restoreId: RestoreId, number: number): MadeId {
  return `${restoreId}-P${number}`;
}

/**
 * The name by which a made instance is found again when the answer to its creation was lost. The mark belongs to one set of
 * records, so that a bot never takes another bot's instance for its own.
 */
export function nameOfMade(id: MadeId, mark: string): string {
  return `rb-${id}-${mark}`;
}

/** What a name says; undefined when no bot gave it. */
export function readName(
  name: string,
): { readonly id: MadeId; readonly restoreId: RestoreId; readonly mark: string } | undefined {
  const [, restoreId, preview = '', mark] = SCHEME.exec(name) ?? [];
  return restoreId && mark ? { id: `${restoreId}${preview}`, restoreId, mark } : undefined;
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A new mark from eight random bytes. */
export function markFrom(bytes: Uint8Array): string {
  return [...bytes.slice(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
