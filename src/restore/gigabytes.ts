/** Everywhere in this project a GB is 1024³ bytes, as Neo4j counts, and a GiB is the same. */
const GIGABYTE = 2 ** 30;

/** Aura's own limit for files in the console, as its documents name it: 4 GB. */
export const CONSOLE_FILE_BYTES = 4 * GIGABYTE;

/** `8GB` as 8. Undefined when it is not said in this form. */
export function gigabytesOf(memory: string | undefined): number | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)\s*GB$/i.exec(memory?.trim() ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

const SIZE = /^(\d+(?:[.,]\d+)?)\s*(?:([KMGT])i?)?B$/i;
const NAMES = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes of a size as Aura and people write it: `8GB`, `4 GB`, `3,5 GiB`. Undefined for anything else. */
export function bytesOfSize(text: string): number | undefined {
  const [, number, letter = ''] = SIZE.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const power = (NAMES as readonly string[]).indexOf(`${letter.toUpperCase()}B`);
  return Math.round(Number(number.replace(',', '.')) * 1024 ** power);
}

/** The number and the unit in which people read so many bytes; the number has one decimal below 100. */
export function sizeOf(bytes: number): { readonly number: number; readonly unit: (typeof NAMES)[number] } {
  const power = bytes < 1 ? 0 : Math.min(NAMES.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return {
    number: power === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1)),
    unit: NAMES[power] ?? 'B',
  };
}
