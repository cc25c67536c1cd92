import { isJson } from './block-kit-rules.ts';
import { PersonaError } from './persona-error.ts';
import type { Json, SimView } from './workspace.ts';

/** What the person typed and chose, with each untouched field as it was drawn. */
export function valuesOf(view: SimView): Json {
  const values: Record<string, Json> = {};
  for (const { block, element } of elementsOf(view.view.blocks)) {
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    values[blockId] = { ...values[blockId], [actionId]: view.values[blockId]?.[actionId] ?? initialState(element) };
  }
  return values;
}

function initialState(element: Json): Json {
  const type = element.type;
  switch (type) {
    case 'plain_text_input':
      return { type, value: element.initial_value ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    default:
      return { type, selected_option: element.initial_option ?? null };
  }
}

/** The blocks that must be filled in and are not. */
export function emptyFields(view: SimView): readonly string[] {
  const values = valuesOf(view);
  return elementsOf(view.view.blocks).flatMap(({ block, element }) => {
    if (block.type !== 'input' || block.optional === true) return [];
    const state = values[String(block.block_id)];
    const field = isJson(state) ? state[String(element.action_id)] : undefined;
    const value = isJson(field)
      ? (field.value ??
        field.selected_option ??
        field.selected_options ??
        field.selected_date_time ??
        field.selected_user)
      : undefined;
    return value === null || value === undefined ? [String(block.block_id)] : [];
  });
}

/** Everything in these blocks that a person can use, with the block it stands in. */
export function elementsOf(blocks: unknown): readonly { readonly block: Json; readonly element: Json }[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.filter(isJson).flatMap((block) => {
    const many = Array.isArray(block.elements) && block.type === 'actions' ? block.elements.filter(isJson) : [];
    const one = [block.element, block.accessory].filter(isJson);
    return [...many, ...one].map((element) => ({ block, element }));
  });
}

/** The boxes that are ticked after one was clicked, in the order they stand. */
export function toggled(element: Json, state: unknown, value: string | number): readonly Json[] {
  const options = Array.isArray(element.options) ? element.options.filter(isJson) : [];
  const before = isJson(state) ? state.selected_options : element.initial_options;
  const ticked = Array.isArray(before) ? before.filter(isJson).map((option) => option.value) : [];
  if (!options.some((option) => option.value === value)) throw new PersonaError(`there is no box ${value}`);
  return options.filter((option) => ticked.includes(option.value) !== (option.value === value));
}

/** What Slack says of a choice. Rejects when the menu does not have it. */
export async function chosenValue(
  element: Json,
  value: string | number,
  load: (actionId: string, query: string) => Promise<readonly Json[]>,
): Promise<Json> {
  if (element.type === 'datetimepicker') return { selected_date_time: Number(value) };
  if (element.type === 'users_select') return { selected_user: String(value) };
  const groups = element.type === 'external_select' ? await load(String(element.action_id), '') : element.option_groups;
  const own = Array.isArray(element.options) ? element.options : [];
  const grouped = Array.isArray(groups)
    ? groups.filter(isJson).flatMap((group) => (Array.isArray(group.options) ? group.options : []))
    : [];
  const option = [...own, ...grouped].filter(isJson).find((candidate) => candidate.value === value);
  if (!option) throw new PersonaError(`the menu has no choice ${value}`);
  return { selected_option: option };
}
