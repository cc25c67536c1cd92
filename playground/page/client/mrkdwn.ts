import type { PersonaView } from '../persona-protocol.ts';
import { el } from './dom.ts';

/** Slack's markup as nodes: mentions, dates in the reader's zone, links, bold, italic, strike and code. */
export function mrkdwn(text: string, view: PersonaView): Node {
  const fragment = document.createDocumentFragment();
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (index > 0) fragment.append(el('br'));
    fragment.append(...inline(line, view));
  }
  return fragment;
}

const PART = /<([^>]+)>|`([^`]+)`|\*([^*\n]+)\*|(?<![\w])_([^_\n]+)_(?![\w])|~([^~\n]+)~/;

function inline(text: string, view: PersonaView): Node[] {
  const match = PART.exec(text);
  if (!match) return text === '' ? [] : [document.createTextNode(unescaped(text))];
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const [, angle, code, bold, italic, strike] = match;
  const node =
    angle !== undefined
      ? reference(angle, view)
      : code !== undefined
        ? el('code', {}, unescaped(code))
        : bold !== undefined
          ? el('strong', {}, ...inline(bold, view))
          : italic !== undefined
            ? el('em', {}, ...inline(italic, view))
            : el('s', {}, ...inline(strike ?? '', view));
  return [...inline(before, view), node, ...inline(after, view)];
}

function reference(inner: string, view: PersonaView): Node {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return el('span', { class: 'mention' }, `@${nameOf(target.slice(1), view)}`);
  if (target.startsWith('#'))
    return el(
      'span',
      { class: 'mention' },
      `#${view.channels.find(({ id }) => id === target.slice(1))?.name ?? 'channel'}`,
    );
  if (target.startsWith('!subteam^')) {
    const id = target.slice('!subteam^'.length);
    return el('span', { class: 'mention' }, `@${view.groups.find((group) => group.id === id)?.handle ?? 'group'}`);
  }
  const date = /^!date\^(\d+)\^(.*)/.exec(target);
  if (date) {
    const seconds = Number(date[1]);
    const ago = date[2]?.includes('{ago}') ? `, ${agoOf(seconds, view)}` : '';
    return el('time', {}, `${dateIn(seconds, view)}${ago}`);
  }
  if (/^https?:\/\//.test(target))
    return el('a', { href: target, rel: 'noreferrer', target: '_blank' }, unescaped(label ?? target));
  return document.createTextNode(`<${inner}>`);
}

/** A moment in the reader's zone and language, with today and yesterday by name. */
export function dateIn(seconds: number, { me, nowMs }: Pick<PersonaView, 'me' | 'nowMs'>): string {
  const { tz: timeZone, locale = 'en-GB' } = me;
  const [today, yesterday] = locale.startsWith('de') ? ['heute', 'gestern'] : ['today', 'yesterday'];
  const date = new Date(seconds * 1000);
  const day = (of: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(of);
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(date);
  if (day(date) === day(new Date(nowMs))) return `${today} ${time}`;
  if (day(date) === day(new Date(nowMs - 86_400_000))) return `${yesterday} ${time}`;
  return `${new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' }).format(date)} ${time}`;
}

/** `3 hours ago` */
function agoOf(seconds: number, { me, nowMs }: Pick<PersonaView, 'me' | 'nowMs'>): string {
  const minutes = Math.round((nowMs / 1000 - seconds) / 60);
  const words = new Intl.RelativeTimeFormat(me.locale ?? 'en-GB', { numeric: 'always' });
  if (minutes < 60) return words.format(-minutes, 'minute');
  return minutes < 2880
    ? words.format(-Math.round(minutes / 60), 'hour')
    : words.format(-Math.round(minutes / 1440), 'day');
}

export function nameOf(id: string, view: PersonaView): string {
  return view.users.find((user) => user.id === id)?.realName ?? 'Restore Bot';
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
