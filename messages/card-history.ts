import type { KnownBlock } from '@slack/types';
import type { HistoryEntry, Restore } from '../src/restore/restore.ts';
import { context, mention, quoted } from './slack-text.ts';

const MOST_ENTRIES = 10;
/** Each look at Aura that saw something new is in the history; on the card they would drown the rest. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'step-observed',
  'message-settled',
  'running-seen',
  'safety-snapshot-intended',
]);

/** The latest of what happened, oldest first, refused attempts included. */
export function historyBlock({ history }: Restore): KnownBlock {
  const entries = history.filter(({ event }) => !LEFT_OUT.has(event));
  const shown = entries.slice(-MOST_ENTRIES).map(entryLine);
  const earlier = entries.length - shown.length;
  return context([`*History*${earlier > 0 ? ` (${earlier} earlier entries not shown)` : ''}`, ...shown].join('\n'));
}

/** `03:04:05 UTC attempt-refused by @rita: own-request` */
export function entryLine({ at, event, by, facts }: HistoryEntry): string {
  const said = facts.reason ?? facts.why ?? facts.words ?? facts.validation;
  const what = facts.attempt ? `${facts.attempt} refused` : event;
  return `${at.slice(11, 19)} UTC ${what}${by ? ` by ${mention.person(by)}` : ''}${said === undefined ? '' : `: ${quoted(String(said), 100)}`}`;
}
