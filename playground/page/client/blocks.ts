import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import { el } from './dom.ts';
import { mrkdwn } from './mrkdwn.ts';

type Json = Readonly<Record<string, unknown>>;
type Place = Extract<PersonaAct, { type: 'click' }>['place'];

/** What a drawn block may do. */
export interface Drawing {
  readonly view: PersonaView;
  readonly place: Place;
  readonly act: (act: PersonaAct) => Promise<{ options?: unknown }>;
  /** State of a form, by block and action id. */
  readonly values?: Json;
  readonly errors?: Readonly<Record<string, string>>;
}

export function drawBlocks(blocks: unknown, drawing: Drawing): Node[] {
  return list(blocks).map((block) => drawBlock(block, drawing));
}

function drawBlock(block: Json, drawing: Drawing): Node {
  switch (block.type) {
    case 'header':
      return el('h3', {}, textOf(block.text));
    case 'divider':
      return el('hr');
    case 'section':
      return el('div', { class: 'section' }, textNode(block.text, drawing.view));
    case 'context':
      return el(
        'div',
        { class: 'context' },
        ...list(block.elements).map((part) => el('div', {}, textNode(part, drawing.view))),
      );
    case 'actions':
      return el('div', { class: 'actions' }, ...list(block.elements).map((part) => drawButton(part, drawing)));
    case 'rich_text':
      return el('div', { class: 'section' }, ...list(block.elements).map((part) => richText(part)));
    case 'input':
      return drawInput(block, drawing);
    default:
      return el('p', { class: 'trouble' }, `This page cannot draw a block of type ${String(block.type)}.`);
  }
}

function textNode(value: unknown, view: PersonaView): Node {
  const text = json(value);
  return text.type === 'mrkdwn' ? mrkdwn(String(text.text), view) : document.createTextNode(textOf(text));
}

function richText(part: Json): Node {
  const words = list(part.elements).map((element) => {
    const text = String(element.text ?? '');
    return json(element.style).bold === true ? el('strong', {}, text) : text;
  });
  return part.type === 'rich_text_quote' ? el('blockquote', {}, ...words) : el('div', {}, ...words);
}

function drawButton(button: Json, drawing: Drawing): Node {
  const style = typeof button.style === 'string' ? ` ${button.style}` : '';
  return el(
    'button',
    {
      type: 'button',
      class: `button${style}`,
      click: async (event) => {
        const { currentTarget } = event;
        if (currentTarget instanceof HTMLButtonElement) currentTarget.disabled = true;
        await drawing.act({ type: 'click', place: drawing.place, actionId: String(button.action_id) });
        if (currentTarget instanceof HTMLButtonElement) currentTarget.disabled = false;
      },
    },
    textOf(button.text),
  );
}

function drawInput(block: Json, drawing: Drawing): Node {
  const blockId = String(block.block_id);
  const id = `field-${blockId}`;
  const error = drawing.errors?.[blockId];
  const hint = block.hint === undefined ? undefined : textOf(block.hint);
  const notes = [...(hint ? [`${id}-hint`] : []), ...(error ? [`${id}-error`] : [])].join(' ');
  const isRequired = block.optional !== true;
  const label = `${textOf(block.label)}${isRequired ? '' : ' (optional)'}`;
  const described = { ...(notes ? { 'aria-describedby': notes } : {}), ...(error ? { 'aria-invalid': 'true' } : {}) };
  const element = json(block.element);
  const isRadio = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const control = drawControl(element, blockId, id, label, described, drawing);
  return el(
    'div',
    { class: 'field' },
    isRadio ? undefined : el('label', { for: id }, label),
    control,
    hint ? el('div', { class: 'hint', id: `${id}-hint` }, hint) : undefined,
    error ? el('div', { class: 'trouble', id: `${id}-error`, role: 'alert' }, error) : undefined,
  );
}

function drawControl(
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
        drawing.act({ type: 'choose', actionId, value }),
      );
    case 'external_select':
      return loadingSelect(id, described, chosen, actionId, element, drawing);
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
              change: () => void drawing.act({ type: 'choose', actionId, value: String(option.value) }),
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
              change: () => void drawing.act({ type: 'choose', actionId, value: String(option.value) }),
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
              void drawing.act({ type: 'choose', actionId, value: target.value });
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
      const input = el('input', {
        id,
        ...described,
        type: 'datetime-local',
        change: (event) => {
          const { target } = event;
          if (target instanceof HTMLInputElement && target.value) {
            void drawing.act({ type: 'choose', actionId, value: Math.floor(new Date(target.value).getTime() / 1000) });
          }
        },
      });
      if (typeof seconds === 'number') {
        const local = new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60_000);
        input.value = local.toISOString().slice(0, 16);
      }
      return input;
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
      change: (event) => {
        const { target } = event;
        if (target instanceof HTMLSelectElement && target.value !== '') choose(target.value);
      },
    },
    el('option', { value: '', selected: chosen.value === undefined }, textOf(element.placeholder) || 'Choose…'),
    ...groups.flatMap(({ label, options }) =>
      label ? [el('optgroup', { label }, ...options.map(optionOf))] : options.map(optionOf),
    ),
  );
}

/** A menu whose choices the bot is asked for when it is opened or searched. */
function loadingSelect(
  id: string,
  described: Record<string, string>,
  chosen: Json,
  actionId: string,
  element: Json,
  drawing: Drawing,
): Node {
  const holder = el('div', { class: 'loading-select' });
  async function load(query: string): Promise<void> {
    const { options } = await drawing.act({ type: 'suggest', actionId, query });
    const groups = list(options).map((group) => ({ label: textOf(group.label), options: list(group.options) }));
    const isMissing =
      chosen.value !== undefined &&
      !groups.some((group) => group.options.some((option) => option.value === chosen.value));
    const all = isMissing ? [{ label: 'Chosen', options: [chosen] }, ...groups] : groups;
    const menu = select(id, described, all, chosen, element, (value) =>
      drawing.act({ type: 'choose', actionId, value }),
    );
    const hadFocus = document.activeElement === holder.querySelector('select');
    holder.querySelector('select')?.replaceWith(menu);
    if (hadFocus) menu.focus();
  }
  holder.append(
    select(
      id,
      described,
      chosen.value === undefined ? [] : [{ label: undefined, options: [chosen] }],
      chosen,
      element,
      () => undefined,
    ),
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

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(json) : [];
}

function json(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function textOf(value: unknown): string {
  const text = json(value).text;
  return typeof text === 'string' ? text : '';
}
