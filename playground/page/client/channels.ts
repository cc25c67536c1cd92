import type { PersonaView } from '../persona-protocol.ts';
import { el } from './dom.ts';
import { keepFocus } from './keep-focus.ts';

let drawn = '';

/** The channels of a person with what is unread in each, and the bot's home. */
export function drawChannels(
  list: HTMLElement,
  view: PersonaView,
  {
    place,
    isHome,
    unread,
  }: { readonly place: string; readonly isHome: boolean; readonly unread: (id: string) => number },
  go: (to: { readonly channel: string } | 'home') => void,
): void {
  const entries = view.channels.map(({ id, name, directWith }) => ({
    id,
    label: directWith ? '✉ Restore Bot' : `# ${name}`,
    isCurrent: !isHome && id === place,
    news: unread(id),
  }));
  const key = JSON.stringify([entries, isHome]);
  if (key === drawn) return;
  drawn = key;
  keepFocus(list, () =>
    list.replaceChildren(
      ...entries.map(({ id, label, isCurrent, news }) =>
        el(
          'button',
          {
            type: 'button',
            id: `channel-${id}`,
            'aria-current': String(isCurrent),
            click: () => go({ channel: id }),
          },
          label,
          news > 0 ? el('span', { class: 'news' }, ` ${news} new`) : undefined,
        ),
      ),
      el(
        'button',
        { type: 'button', id: 'channel-home', 'aria-current': String(isHome), click: () => go('home') },
        '⌂ Restore Bot home',
      ),
    ),
  );
}
