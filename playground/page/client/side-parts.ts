import type { SideAct, SidePanelView } from '../side-panel.ts';
import { el } from './dom.ts';

/** What the parts of the panel share: how to act, and what was unfolded before they were drawn again. */
export interface Side {
  readonly act: (act: SideAct) => Promise<void>;
  readonly unfolded: ReadonlySet<string>;
}
type Instance = SidePanelView['instances'][number];

const SHOWN_OF_CHECKSUM = 12;

/** A button that does something to the other side. */
export function actButton(
  side: Side,
  button: {
    readonly id: string;
    readonly label: string;
    /** For a screen reader, where the label alone does not say what it is about. */
    readonly name?: string;
    readonly look: 'danger' | 'fault' | '';
    readonly isOn?: boolean;
  },
  act: SideAct,
): HTMLElement {
  const { id, label, name, look, isOn } = button;
  return el(
    'button',
    {
      type: 'button',
      class: `button ${look}`,
      id,
      'aria-label': name,
      'aria-pressed': isOn === undefined ? undefined : String(isOn),
      click: () => void side.act(act),
    },
    label,
  );
}

/** What was asked of Aura so far that changes an instance, by name. */
export function callsPart(calls: SidePanelView['changingCalls']): HTMLElement {
  return el(
    'section',
    { class: 'part', id: 'changing-calls' },
    el('h3', {}, 'Calls so far that change an instance'),
    el('dl', {}, ...calls.flatMap(({ label, count }) => [el('dt', {}, label), el('dd', {}, String(count))])),
  );
}

/** An instance as Aura has it, its data, its snapshots, and what somebody can do to it in the console. */
export function instancePart(instance: Instance, side: Side): HTMLElement {
  const { id, alias, environment, removeAt, status, isReal, data, snapshots, consoleActs } = instance;
  return el(
    'section',
    { class: 'instance' },
    el('h3', {}, `${alias} · ${removeAt ? 'made by the bot' : environment}`),
    removeAt !== undefined && el('p', {}, 'The bot removes it: ', el('strong', {}, utc(removeAt))),
    el('p', {}, 'Status: ', el('strong', {}, status), isReal ? ' · a real Neo4j' : ''),
    el(
      'dl',
      {},
      ...data.flatMap(({ label, value, isWrong }) => [
        el('dt', {}, label),
        el('dd', isWrong ? { class: 'wrong' } : {}, isWrong ? `${value} ⚠ damaged` : value),
      ]),
    ),
    unfolding(
      side,
      { id: `snapshots-${id}`, summary: `Snapshots (newest ${snapshots.length})` },
      el('ul', {}, ...snapshots.map((one) => el('li', {}, `${utc(one.takenAt)}, ${one.profile}, ${one.status}`))),
    ),
    consoleActs.length > 0 &&
      unfolding(
        side,
        { id: `console-${id}`, summary: 'Someone in the console…' },
        ...consoleActs.map((one) =>
          actButton(
            side,
            { id: `console-${id}-${one.id}`, label: one.label, look: one.isAsked ? '' : 'danger' },
            { type: 'console', instanceId: id, id: one.id },
          ),
        ),
      ),
  );
}

/** The files that a worker may upload. */
export function filesPart(files: NonNullable<SidePanelView['files']>, side: Side): HTMLElement {
  return el(
    'section',
    { class: 'part', id: 'files' },
    el('h3', {}, 'Files that a worker may upload'),
    el(
      'ul',
      { class: 'files' },
      ...files.map(({ name, sizeBytes, sha256 }) =>
        el(
          'li',
          {},
          el('strong', {}, name),
          el('br'),
          `${Math.ceil(sizeBytes / 1024)} kB · SHA-256 `,
          el('code', { title: sha256 }, `${sha256.slice(0, SHOWN_OF_CHECKSUM)}…`),
          actButton(
            side,
            { id: `damage-${name}`, label: 'Damage this file', name: `Damage this file: ${name}`, look: 'danger' },
            { type: 'damage-file', name },
          ),
        ),
      ),
    ),
    actButton(side, { id: 'put-file', label: 'Put another file there', look: '' }, { type: 'put-file' }),
  );
}

/** What the operator and people change besides what they do in Slack. */
export function changesPart(changes: NonNullable<SidePanelView['changes']>, side: Side): HTMLElement {
  return el(
    'section',
    { class: 'part', id: 'changes' },
    el('h3', {}, 'What changes besides'),
    ...changes.map(({ id, label }) => actButton(side, { id: `change-${id}`, label, look: '' }, { type: 'change', id })),
  );
}

/** What the operator told the bot that instances cost. */
export function pricesPart(prices: NonNullable<SidePanelView['prices']>): HTMLElement {
  return el(
    'section',
    { class: 'part', id: 'prices' },
    el('h3', {}, 'What a new instance costs'),
    el('dl', {}, ...prices.flatMap(({ size, price }) => [el('dt', {}, size), el('dd', {}, price)])),
  );
}

function utc(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

function unfolding(
  side: Side,
  part: { readonly id: string; readonly summary: string },
  ...children: readonly HTMLElement[]
): HTMLElement {
  return el(
    'details',
    { id: part.id, open: side.unfolded.has(part.id) },
    el('summary', { id: `${part.id}-summary` }, part.summary),
    ...children,
  );
}
