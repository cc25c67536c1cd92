import type { SideAct, SidePanelView } from '../side-panel.ts';
import { el } from './dom.ts';
import { keepFocus } from './keep-focus.ts';

let drawn = '';

/** The other side: what Aura and the database are really doing, whatever the bot says. */
export function drawSide(pane: HTMLElement, view: SidePanelView, act: (act: SideAct) => Promise<void>): void {
  const { clock: _clock, guide: _guide, ...aura } = view;
  const key = JSON.stringify(aura);
  if (key === drawn) return;
  drawn = key;
  const unfolded = new Set([...pane.querySelectorAll('details[open]')].map(({ id }) => id));
  keepFocus(pane, () => pane.replaceChildren(...panelOf(view, unfolded, act)));
}

function panelOf(
  view: SidePanelView,
  unfolded: ReadonlySet<string>,
  act: (act: SideAct) => Promise<void>,
): readonly HTMLElement[] {
  const [first, others] = [view.instances.slice(0, 1), view.instances.slice(1)];
  const drawInstance = (instance: SidePanelView['instances'][number]) =>
    el(
      'section',
      { class: 'instance' },
      el('h3', {}, `${instance.alias} · ${instance.environment}`),
      el('p', {}, 'Status: ', el('strong', {}, instance.status), instance.isReal ? ' · a real Neo4j' : ''),
      instance.data.length > 0
        ? el(
            'dl',
            {},
            ...instance.data.flatMap(({ label, value, isWrong }) => [
              el('dt', {}, label),
              el('dd', isWrong ? { class: 'wrong' } : {}, isWrong ? `${value} ⚠ damaged` : value),
            ]),
          )
        : undefined,
      el(
        'details',
        { id: `snapshots-${instance.id}`, open: unfolded.has(`snapshots-${instance.id}`) },
        el('summary', { id: `snapshots-of-${instance.id}` }, `Snapshots (newest ${instance.snapshots.length})`),
        el(
          'ul',
          {},
          ...instance.snapshots.map(({ takenAt, profile, status }) =>
            el('li', {}, `${takenAt.slice(0, 16).replace('T', ' ')} UTC, ${profile}, ${status}`),
          ),
        ),
      ),
    );
  return [
    el('h2', {}, 'Simulated Aura'),
    el('p', {}, `Restore calls so far: ${view.restoreCalls}`),
    ...first.map(drawInstance),
    el('h3', {}, 'Damage production'),
    ...view.scenes.map(({ id, label }) =>
      el(
        'button',
        {
          type: 'button',
          class: 'button danger',
          id: `scene-${id}`,
          click: () => void act({ type: 'ruin', scene: id }),
        },
        label,
      ),
    ),
    el('h3', {}, 'Past the bot'),
    ...view.consoleActs.map(({ id, label }) =>
      el(
        'button',
        {
          type: 'button',
          class: 'button danger',
          id: `console-${id}`,
          click: () => void act({ type: 'console', id }),
        },
        label,
      ),
    ),
    ...others.map(drawInstance),
    el('h3', {}, 'What goes wrong next'),
    ...view.faults.map(({ id, label, isOn }) =>
      el(
        'button',
        {
          type: 'button',
          class: 'button fault',
          id: `fault-${id}`,
          'aria-pressed': String(isOn),
          click: () => void act({ type: 'fault', id }),
        },
        isOn ? `On: ${label}` : label,
      ),
    ),
    el(
      'button',
      { type: 'button', class: 'button', id: 'clear-faults', click: () => void act({ type: 'clear-faults' }) },
      'Nothing goes wrong',
    ),
  ];
}
