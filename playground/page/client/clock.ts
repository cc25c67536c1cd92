import type { SideAct, SidePanelView } from '../side-panel.ts';
import { el } from './dom.ts';
import { keepFocus } from './keep-focus.ts';

let drawn = '';

/** The playground's time, and the buttons that move it forward. */
export function drawClock(
  part: HTMLElement,
  clock: SidePanelView['clock'],
  act: (act: SideAct) => Promise<void>,
): void {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(clock.nowMs));
  const ahead = clock.aheadMs > 0 ? `, ${span(clock.aheadMs)} ahead of your clock` : '';
  const key = JSON.stringify([shown, ahead, clock.moves]);
  if (key === drawn) return;
  drawn = key;
  keepFocus(part, () =>
    part.replaceChildren(
      el('span', { class: 'now' }, 'Time here: ', el('strong', {}, `${shown} UTC`), ahead),
      ...(clock.moves ?? []).map(({ id, label }) =>
        el(
          'button',
          {
            type: 'button',
            class: 'button move',
            id: `move-${id}`,
            'aria-label': `Move the clock: ${label}`,
            click: async ({ currentTarget }) => {
              if (!(currentTarget instanceof HTMLElement) || currentTarget.ariaBusy === 'true') return;
              currentTarget.ariaBusy = 'true';
              await act({ type: 'move-clock', id });
              currentTarget.ariaBusy = 'false';
            },
          },
          label,
        ),
      ),
    ),
  );
}

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [days && `${days} d`, hours && `${hours} h`, minutes % 60 && `${minutes % 60} min`];
  return parts.filter(Boolean).join(' ');
}
