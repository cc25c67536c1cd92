import type { Drawing } from './blocks.ts';
import { textNode } from './blocks.ts';
import { el } from './dom.ts';
import { type Json, json, list, textOf } from './json.ts';
import { timeInput } from './time-input.ts';

/** The control of an input block. What the person does with it is told to the bot as Slack would. */
export function drawControl(
  element: Json,
  blockId: string,
  id: string,
  label: string,
  described: Record<string, string>,
  drawing: Drawing,
): Node {
  const actionId = String(element.action_id);
  const state = json(json(drawing.values?.[blockId])[actionId]);
  const chosen = json(state.selected_option ?? element.initial_option);
  switch (element.type) {
    case 'plain_text_input': {
      const attributes = {
        id,
        ...described,
        maxlength: element.max_length === undefined ? undefined : String(element.max_length),
        autocomplete: 'off',
        input: (event: Event) => {
          const { target } = event;
          if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
            void drawing.act({ type: 'type', blockId, text: target.value });
        },
      };
      const value = String(state.value ?? '');
      if (element.multiline === true) {
        const area = el('textarea', { ...attributes, rows: '3' });
        area.value = value;
        return area;
      }
      const input = el('input', { ...attributes, type: 'text' });
      input.value = value;
      return input;
    }
    case 'static_select':
      return select(id, described, groupsOf(element), chosen, element, (value) =>
        drawing.act({ type: 'choose', actionId, blockId, value }),
      );
    case 'external_select':
      return loadingSelect({ id, described, chosen, element, actionId, blockId }, drawing);
    case 'radio_buttons':
      return el(
        'fieldset',
        {},
        el('legend', {}, label),
        ...list(element.options).map((option, index) =>
          el(
            'label',
            { class: 'radio' },
            el('input', {
              type: 'radio',
              name: id,
              id: `${id}-${index}`,
              checked: option.value === chosen.value,
              change: () => void drawing.act({ type: 'choose', actionId, blockId, value: String(option.value) }),
            }),
            textOf(option.text),
          ),
        ),
      );
    case 'checkboxes': {
      const ticked = list(state.selected_options ?? element.initial_options).map((option) => option.value);
      return el(
        'fieldset',
        {},
        el('legend', {}, label),
        ...list(element.options).map((option, index) =>
          el(
            'label',
            { class: 'radio' },
            el('input', {
              type: 'checkbox',
              id: `${id}-${index}`,
              checked: ticked.includes(option.value),
              change: () => void drawing.act({ type: 'choose', actionId, blockId, value: String(option.value) }),
            }),
            textNode(option.text, drawing.view),
          ),
        ),
      );
    }
    case 'users_select': {
      const chosen = state.selected_user ?? element.initial_user;
      return el(
        'select',
        {
          id,
          ...described,
          change: (event) => {
            const { target } = event;
            if (target instanceof HTMLSelectElement && target.value)
              void drawing.act({ type: 'choose', actionId, blockId, value: target.value });
          },
        },
        el('option', { value: '' }, 'Choose a person'),
        ...drawing.view.users.map((user) =>
          el('option', { value: user.id, selected: user.id === chosen }, user.realName),
        ),
      );
    }
    case 'datetimepicker': {
      const seconds = state.selected_date_time ?? element.initial_date_time;
      return timeInput({ id, described, seconds, zone: drawing.view.me.tz }, (value) =>
        drawing.act({ type: 'choose', actionId, blockId, value }),
      );
    }
    default:
      return el('p', { class: 'trouble' }, `This page cannot draw ${String(element.type)}.`);
  }
}

interface Group {
  readonly label: string | undefined;
  readonly options: readonly Json[];
}

function groupsOf(source: Json): readonly Group[] {
  const groups = list(source.option_groups);
  if (groups.length > 0) return groups.map((group) => ({ label: textOf(group.label), options: list(group.options) }));
  return [{ label: undefined, options: list(source.options) }];
}

function select(
  id: string,
  described: Record<string, string>,
  groups: readonly Group[],
  chosen: Json,
  element: Json,
  choose: (value: string) => unknown,
): HTMLSelectElement {
  const optionOf = (option: Json) => {
    const description = option.description === undefined ? '' : ` — ${textOf(option.description)}`;
    return el(
      'option',
      { value: String(option.value), selected: option.value === chosen.value },
      `${textOf(option.text)}${description}`,
    );
  };
  return el(
    'select',
    {
      id,
      ...described,
      ...whenSettled((target) => {
        if (target instanceof HTMLSelectElement && target.value !== '') choose(target.value);
      }),
    },
    el('option', { value: '', selected: chosen.value === undefined }, textOf(element.placeholder) || 'Choose…'),
    ...groups.flatMap(({ label, options }) =>
      label ? [el('optgroup', { label }, ...options.map(optionOf))] : options.map(optionOf),
    ),
  );
}

/** The choices that the bot gave last, by field: a menu that is drawn again has them at once, for whoever uses the arrows. */
const lastChoices = new Map<string, readonly Group[]>();

/** A menu whose choices the bot is asked for when it is opened or searched. */
function loadingSelect(
  field: {
    readonly id: string;
    readonly described: Record<string, string>;
    readonly chosen: Json;
    readonly element: Json;
    readonly actionId: string;
    readonly blockId: string;
  },
  drawing: Drawing,
): Node {
  const { id, described, chosen, element, actionId, blockId } = field;
  const holder = el('div', { class: 'loading-select' });
  const menuOf = (groups: readonly Group[]) =>
    select(id, described, withChosen(groups, chosen), chosen, element, (value) =>
      drawing.act({ type: 'choose', actionId, blockId, value }),
    );
  async function load(query: string): Promise<void> {
    const { options } = await drawing.act({ type: 'suggest', actionId, query });
    const groups = list(options).map((group) => ({ label: textOf(group.label), options: list(group.options) }));
    if (JSON.stringify(groups) === JSON.stringify(lastChoices.get(id))) return;
    lastChoices.set(id, groups);
    const before = holder.querySelector('select');
    const hadFocus = document.activeElement === before;
    const menu = menuOf(groups);
    before?.replaceWith(menu);
    if (hadFocus) menu.focus();
  }
  holder.append(
    menuOf(lastChoices.get(id) ?? []),
    el('input', {
      type: 'search',
      id: `${id}-search`,
      placeholder: 'Search by date or hour',
      'aria-label': 'Search restore points',
      input: (event) => {
        const { target } = event;
        if (target instanceof HTMLInputElement) void load(target.value);
      },
    }),
  );
  void load('');
  return holder;
}

function withChosen(groups: readonly Group[], chosen: Json): readonly Group[] {
  const isThere = groups.some(({ options }) => options.some(({ value }) => value === chosen.value));
  return chosen.value === undefined || isThere ? groups : [{ label: 'Chosen', options: [chosen] }, ...groups];
}

/** Arrow keys pass over choices: only the one that somebody stays at is told, or the one they leave. */
const SETTLED_AFTER_MS = 350;

function whenSettled(tell: (target: EventTarget | null) => void) {
  let timer: number | undefined;
  let isChanged = false;
  const now = (target: EventTarget | null) => {
    clearTimeout(timer);
    if (!isChanged) return;
    isChanged = false;
    tell(target);
  };
  return {
    change: ({ target }: Event) => {
      isChanged = true;
      clearTimeout(timer);
      timer = window.setTimeout(() => now(target), SETTLED_AFTER_MS);
    },
    blur: ({ target }: Event) => now(target),
  };
}
