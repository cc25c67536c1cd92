import { TZDate } from '@date-fns/tz';
import type { KnownBlock, PlainTextOption, RichTextBlock } from '@slack/types';
import { format } from 'date-fns/format';
import type { Environment, Instant } from '../src/restore/names.ts';
import { isPerson } from '../src/restore/stakeholders.ts';
import { LIMIT } from './slack-limits.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** A message as every function in this folder returns it: blocks to look at, and the same in plain words. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/**
 * Text without what a reader cannot see: marks that turn the direction of writing, zero-width and control characters. With
 * them a name can look like another, or the words after it can be shown in another order. Lines and tabs stay.
 */
export function legible(text: string): string {
  return text.replaceAll(/(?![\n\t]|\uFE0F)(?:\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point})/gu, '');
}

/** Escapes text that a person, Aura or Neo4j wrote. These three are all that Slack's mrkdwn knows. */
export function escaped(text: string): string {
  return legible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Cuts to at most `length` characters (as Slack counts them, UTF-16 units) without splitting one, and shows the cut. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length - 1));
  const last = cut.charCodeAt(cut.length - 1);
  const isSplit = last >= 0xd800 && last <= 0xdbff;
  return `${isSplit ? cut.slice(0, -1) : cut}…`;
}

/** Keeps whole lines while they fit and says that there was more: cutting inside a line could cut a mention or a date in half. */
export function fitted(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept: string[] = [];
  let used = 0;
  for (const line of text.split('\n')) {
    if (used + line.length + 3 > length) break;
    kept.push(line);
    used += line.length + 1;
  }
  return kept.length > 0 ? [...kept, '…'].join('\n') : truncate(text, length);
}

/** Untrusted text for mrkdwn: cut first, so that no entity is cut in half. */
export function quoted(text: string, length: number): string {
  return escaped(truncate(legible(text).replaceAll(/\s+/g, ' ').trim(), length));
}

export const mention = {
  person: (id: string) => `<@${id}>`,
  group: (id: string) => `<!subteam^${id}>`,
  channel: (id: string) => `<#${id}>`,
  /** A channel, or a person who is told directly. */
  place: (id: string) => (isPerson(id) ? `<@${id}>` : `<#${id}>`),
};

/** `2026-11-21 03:04 UTC` */
export function utc(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** A moment in the reader's own zone, as Slack knows it, with UTC beside it. For mrkdwn only. */
export function moment(at: Instant): string {
  return dated(at, '{date_short_pretty} {time}');
}

/** The same for a moment that has passed when it is said, with how long ago that is whenever it is read. */
export function past(at: Instant): string {
  return dated(at, '{date_short_pretty} {time}, {ago}');
}

/** A moment still to come, with how long that is from `now`. For what is drawn again as time passes. */
export function coming(at: Instant, now: Instant, words: Words): string {
  const minutes = (Date.parse(at) - Date.parse(now)) / 60_000;
  return minutes > 0 ? `${moment(at)}, ${words.basics.inTimeOf(duration(minutes, words))}` : moment(at);
}

/**
 * The same for what is posted once and never drawn again: how long it is from the message, whose own time Slack shows, so that it
 * stays true whenever it is read. `now`: when it is posted.
 */
export function ahead(at: Instant, now: Instant, words: Words): string {
  const minutes = (Date.parse(at) - Date.parse(now)) / 60_000;
  return minutes > 0 ? `${moment(at)}, ${words.basics.afterThis(duration(minutes, words))}` : moment(at);
}

function dated(at: Instant, tokens: string): string {
  const unix = Math.floor(Date.parse(at) / 1000);
  return `<!date^${unix}^${tokens}|${utc(at)}> (${utc(at)})`;
}

/** A moment for places where Slack's dates do not work: in the given zone, with UTC beside it when they differ. */
export function momentIn(at: Instant, zone: string | undefined, { basics }: Words = ENGLISH): string {
  if (!zone) return utc(at);
  const local = format(new TZDate(Date.parse(at), zone), basics.dayAndTime, { locale: basics.locale });
  return `${local} (${at.slice(11, 16)} UTC)`;
}

/** `2 h 5 min`, `3 d 4 h`, `less than a minute`. */
export function duration(minutes: number, { basics }: Words = ENGLISH): string {
  const { units } = basics;
  const whole = Math.floor(minutes);
  if (whole < 1) return basics.lessThanAMinute;
  const days = Math.floor(whole / 1440);
  const hours = Math.floor((whole % 1440) / 60);
  const rest = whole % 60;
  const inHours = hours > 0 ? `${hours} ${units.hours}` : '';
  if (days > 0) return joined(`${days} ${units.days(days)}`, inHours);
  return joined(inHours, rest > 0 ? `${rest} ${units.minutes}` : '');
}

/** `12 s`, `2 min 5 s`, then as `duration`. */
export function elapsed(ms: number, words: Words = ENGLISH): string {
  const { units } = words.basics;
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds >= 600) return duration(seconds / 60, words);
  const rest = seconds % 60 > 0 || seconds === 0 ? `${seconds % 60} ${units.seconds}` : '';
  return joined(seconds < 60 ? '' : `${Math.floor(seconds / 60)} ${units.minutes}`, rest);
}

function joined(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' ');
}

/** `PRODUCTION`, with a mark after the word. */
export function environmentLabel(environment: Environment, { basics }: Words = ENGLISH): string {
  return basics.environment[environment];
}

export function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: truncate(legible(text), LIMIT.header), emoji: true } };
}

/** A section of mrkdwn. `verbatim` keeps Slack from linking or mentioning what merely looks like it. */
export function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: fitted(text, LIMIT.section), verbatim: true } };
}

export function context(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: fitted(text, LIMIT.context), verbatim: true }] };
}

export function divider(): KnownBlock {
  return { type: 'divider' };
}

/** Somebody's own words, never parsed by Slack. */
export function ownWords(label: string, text: string, length: number): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: label, style: { bold: true } }] },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: truncate(legible(text), length) }] },
    ],
  };
}

export function option(text: string, value: string, description?: string): PlainTextOption {
  return {
    text: { type: 'plain_text', text: truncate(legible(text), LIMIT.optionText), emoji: true },
    value,
    ...(description
      ? { description: { type: 'plain_text', text: truncate(legible(description), LIMIT.optionText), emoji: true } }
      : {}),
  };
}
