import type { PersonaView } from '../persona-protocol.ts';
import { el } from './dom.ts';
import { keepFocus } from './keep-focus.ts';

let drawn = '';
let shownAs = '';

/** Everybody one can act as: what they are in the story, what time it is where they are, and what language they read. */
export function drawPeople(list: HTMLElement, view: PersonaView, become: (id: string) => void): void {
  const people = view.users.filter(({ role }) => role !== undefined);
  const faces = people.map((user) => ({ ...user, time: timeIn(user.tz, view.nowMs) }));
  const key = JSON.stringify([view.me.id, faces]);
  if (key === drawn) return;
  drawn = key;
  keepFocus(list, () =>
    list.replaceChildren(
      ...faces.map(({ id, realName, role, tz, locale, time }) =>
        el(
          'button',
          {
            type: 'button',
            class: 'persona',
            id: `as-${id}`,
            'aria-pressed': String(id === view.me.id),
            click: () => become(id),
          },
          el('span', { class: 'name' }, realName),
          el('span', { class: 'role' }, role ?? ''),
          el(
            'span',
            { class: 'role' },
            `${time} in ${tz.split('/').at(-1)?.replaceAll('_', ' ')}${locale?.startsWith('de') ? ', reads German' : ''}`,
          ),
        ),
      ),
    ),
  );
  if (shownAs !== view.me.id)
    list.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  shownAs = view.me.id;
}

function timeIn(zone: string, nowMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
    .format(new Date(nowMs))
    .replace(',', '');
}
