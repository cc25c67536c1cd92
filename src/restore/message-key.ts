/** Key of the notice before a restore; it is told again after the restore was put off. */
export function plannedKey(channel: string, timesPutOff = 0): string {
  return ofStart(`planned:${channel}`, timesPutOff);
}

/** The key of what is said of a start: each start that was put off has its own. */
export function ofStart(key: string, timesPutOff: number): string {
  return timesPutOff === 0 ? key : `${key}:${timesPutOff}`;
}

/** Key of the notice that a start comes late. */
export function lateKey(channel: string, timesPutOff: number): string {
  return ofStart(`late:${channel}`, timesPutOff);
}

/** Key of the notice that a start was put off, for the time that this is, counted from 1. */
export function putOffKey(channel: string, time: number): string {
  return `put-off:${channel}:${time}`;
}

/** Key of the notice after a restore. */
export function outcomeKey(channel: string): string {
  return `outcome:${channel}`;
}

/** Key of the head message of a place. In a record it stands, with the start, only where nothing else told of that start. */
export function headKey(place: string, timesPutOff = 0): string {
  return ofStart(`head:${place}`, timesPutOff);
}

/** Whom a message told of a start, by its key; undefined when it told nobody of one. */
export function toldOfStart(key: string): { readonly by: 'head' | 'planned'; readonly place: string } | undefined {
  const [, kind, place] = /^(head|planned):([^:]+)(?::\d+)?$/.exec(key) ?? [];
  return (kind === 'head' || kind === 'planned') && place ? { by: kind, place } : undefined;
}
