/** Where Aura keeps an instance; a poll of it takes its turn under this name. */
export function instancePath(auraId: string): string {
  return `/instances/${encodeURIComponent(auraId)}`;
}
