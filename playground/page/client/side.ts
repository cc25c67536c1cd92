import type { SideAct, SidePanelView } from '../side-panel.ts';
import { el } from './dom.ts';
import { keepFocus } from './keep-focus.ts';
import { actButton, callsPart, changesPart, filesPart, instancePart, pricesPart, type Side } from './side-parts.ts';

let drawn = '';

/** The other side: what Aura and the database are really doing, whatever the bot says. */
export function drawSide(pane: HTMLElement, view: SidePanelView, act: (act: SideAct) => Promise<void>): void {
  const { clock: _clock, guide: _guide, ...aura } = view;
  const key = JSON.stringify(aura);
  if (key === drawn) return;
  drawn = key;
  const unfolded = new Set([...pane.querySelectorAll('details[open]')].map(({ id }) => id));
  keepFocus(pane, () => pane.replaceChildren(...panelOf(view, { act, unfolded })));
}

function panelOf(view: SidePanelView, side: Side): readonly HTMLElement[] {
  const [first, others] = [view.instances.slice(0, 1), view.instances.slice(1)];
  return [
    el('h2', {}, 'Simulated Aura'),
    callsPart(view.changingCalls),
    ...first.map((instance) => instancePart(instance, side)),
    el('h3', {}, 'Damage production'),
    ...view.scenes.map(({ id, label }) =>
      actButton(side, { id: `scene-${id}`, label, look: 'danger' }, { type: 'ruin', scene: id }),
    ),
    ...others.map((instance) => instancePart(instance, side)),
    ...(view.files ? [filesPart(view.files, side)] : []),
    ...(view.prices ? [pricesPart(view.prices)] : []),
    ...(view.changes ? [changesPart(view.changes, side)] : []),
    el('h3', {}, 'What goes wrong next'),
    ...view.faults.map(({ id, label, isOn }) =>
      actButton(
        side,
        { id: `fault-${id}`, label: isOn ? `On: ${label}` : label, look: 'fault', isOn },
        { type: 'fault', id },
      ),
    ),
    actButton(side, { id: 'clear-faults', label: 'Nothing goes wrong', look: '' }, { type: 'clear-faults' }),
  ];
}
