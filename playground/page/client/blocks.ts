import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import { drawControl } from './controls.ts';
import { el } from './dom.ts';
import { type Json, json, list, textOf } from './json.ts';
import { mrkdwn } from './mrkdwn.ts';

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
      return el(
        'div',
        { class: 'section' },
        textNode(block.text, drawing.view),
        json(block.accessory).type === 'button' ? drawButton(json(block.accessory), drawing) : undefined,
      );
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

/** One of Slack's text objects as nodes. */
export function textNode(value: unknown, view: PersonaView): Node {
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
  const name = button.accessibility_label;
  return el(
    'button',
    {
      type: 'button',
      class: `button${style}`,
      id: `${placeId(drawing.place)}-${String(button.action_id)}`,
      ...(typeof name === 'string' && name.includes(textOf(button.text)) ? { 'aria-label': name } : {}),
      // Not disabled meanwhile: that would take the focus away from whoever uses the keyboard.
      click: async ({ currentTarget }) => {
        if (!(currentTarget instanceof HTMLElement) || currentTarget.ariaBusy === 'true') return;
        currentTarget.ariaBusy = 'true';
        await drawing.act({ type: 'click', place: drawing.place, actionId: String(button.action_id) });
        currentTarget.ariaBusy = 'false';
      },
    },
    textOf(button.text),
  );
}

function placeId(place: Place): string {
  if ('channel' in place) return `in-${place.channel}-${place.ts}`;
  return 'modal' in place ? 'in-form' : 'in-home';
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
