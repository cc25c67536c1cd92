import type { Json } from './workspace.ts';

/** A rule of Block Kit that a payload breaks, with where, as Slack reports it. */
export interface Violation {
  readonly message: string;
  readonly pointer: string;
}

type Check = (value: Json, pointer: string, out: Violation[]) => void;

/**
 * Slack's limits (docs.slack.dev/reference/block-kit), for the blocks and elements the bot uses. Anything else is
 * refused, so that a new kind of block comes with its limits.
 */
export function validateMessage(message: { readonly text?: unknown; readonly blocks?: unknown }): readonly Violation[] {
  const out: Violation[] = [];
  if (typeof message.text !== 'string' || message.text.length === 0)
    out.push({ message: 'text is required', pointer: '/text' });
  else if (message.text.length > 4000) out.push({ message: 'must be less than 4001 characters', pointer: '/text' });
  blocksAt(message.blocks ?? [], '/blocks', 50, MESSAGE_BLOCKS, out);
  const total = textLength(message.blocks);
  if (total > 12_000) out.push({ message: `all text together is ${total} characters`, pointer: '/blocks' });
  return out;
}

export function validateView(view: Json): readonly Violation[] {
  const out: Violation[] = [];
  const isHome = view.type === 'home';
  if (!isHome && view.type !== 'modal') out.push({ message: 'must be modal or home', pointer: '/view/type' });
  if (!isHome) plainText(view.title, '/view/title', 24, out);
  if (view.submit !== undefined) plainText(view.submit, '/view/submit', 24, out);
  if (view.close !== undefined) plainText(view.close, '/view/close', 24, out);
  const blocks = blocksAt(view.blocks, '/view/blocks', 100, VIEW_BLOCKS, out);
  const hasInput = blocks.some((block) => block.type === 'input');
  if (!isHome && hasInput && view.submit === undefined)
    out.push({ message: 'submit is required with input blocks', pointer: '/view/submit' });
  const metadata = view.private_metadata;
  if (typeof metadata === 'string' && metadata.length > 3000)
    out.push({ message: 'must be less than 3001 characters', pointer: '/view/private_metadata' });
  if (JSON.stringify(view).length > 250_000) out.push({ message: 'view is too large', pointer: '/view' });
  return out;
}

const MESSAGE_BLOCKS: ReadonlySet<string> = new Set([
  'header',
  'section',
  'context',
  'divider',
  'actions',
  'rich_text',
]);
const VIEW_BLOCKS: ReadonlySet<string> = new Set([...MESSAGE_BLOCKS, 'input']);

function blocksAt(
  value: unknown,
  pointer: string,
  most: number,
  allowed: ReadonlySet<string>,
  out: Violation[],
): readonly Json[] {
  const blocks = list(value, pointer, most, out);
  const ids = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const at = `${pointer}/${index}`;
    const type = String(block.type);
    if (!allowed.has(type)) {
      out.push({ message: `unsupported type: ${type}`, pointer: at });
      continue;
    }
    const id = block.block_id;
    if (id !== undefined) {
      if (typeof id !== 'string' || id.length === 0 || id.length > 255)
        out.push({ message: 'must be 1 to 255 characters', pointer: `${at}/block_id` });
      if (ids.has(id)) out.push({ message: `duplicate block_id ${String(id)}`, pointer: `${at}/block_id` });
      ids.add(id);
    }
    BLOCKS[type]?.(block, at, out);
  }
  return blocks;
}

const BLOCKS: Readonly<Record<string, Check>> = {
  header: (block, at, out) => plainText(block.text, `${at}/text`, 150, out),
  divider: () => undefined,
  section(block, at, out) {
    if (block.text === undefined && block.fields === undefined)
      out.push({ message: 'text or fields is required', pointer: at });
    if (block.text !== undefined) textObject(block.text, `${at}/text`, 3000, out);
    if (block.fields !== undefined) {
      for (const [index, field] of list(block.fields, `${at}/fields`, 10, out).entries())
        textObject(field, `${at}/fields/${index}`, 2000, out);
    }
    if (block.accessory !== undefined) element(block.accessory, `${at}/accessory`, out);
  },
  context(block, at, out) {
    for (const [index, part] of list(block.elements, `${at}/elements`, 10, out).entries())
      textObject(part, `${at}/elements/${index}`, 3000, out);
  },
  actions(block, at, out) {
    for (const [index, part] of list(block.elements, `${at}/elements`, 25, out).entries())
      element(part, `${at}/elements/${index}`, out);
  },
  input(block, at, out) {
    plainText(block.label, `${at}/label`, 2000, out);
    if (block.hint !== undefined) plainText(block.hint, `${at}/hint`, 2000, out);
    element(block.element, `${at}/element`, out);
  },
  rich_text(block, at, out) {
    list(block.elements, `${at}/elements`, 1000, out);
    if (textLength(block) > 3000) out.push({ message: 'must be less than 3001 characters', pointer: at });
  },
};

function element(value: unknown, at: string, out: Violation[]): void {
  if (!isJson(value)) {
    out.push({ message: 'must be an element', pointer: at });
    return;
  }
  const check = ELEMENTS[String(value.type)];
  if (!check) {
    out.push({ message: `unsupported type: ${String(value.type)}`, pointer: at });
    return;
  }
  const id = value.action_id;
  if (typeof id !== 'string' || id.length === 0 || id.length > 255)
    out.push({ message: 'must be 1 to 255 characters', pointer: `${at}/action_id` });
  if (value.placeholder !== undefined) plainText(value.placeholder, `${at}/placeholder`, 150, out);
  check(value, at, out);
}

const ELEMENTS: Readonly<Record<string, Check>> = {
  button(value, at, out) {
    plainText(value.text, `${at}/text`, 75, out);
    shorterThan(value.value, `${at}/value`, 2000, out);
    shorterThan(value.accessibility_label, `${at}/accessibility_label`, 75, out);
    if (value.style !== undefined && value.style !== 'primary' && value.style !== 'danger')
      out.push({ message: 'must be primary or danger', pointer: `${at}/style` });
  },
  static_select(value, at, out) {
    if (value.option_groups === undefined) options(value.options, `${at}/options`, 100, out);
    else optionGroups(value.option_groups, `${at}/option_groups`, out);
    if (value.initial_option !== undefined) options([value.initial_option], `${at}/initial_option`, 1, out);
  },
  external_select(value, at, out) {
    if (value.initial_option !== undefined) options([value.initial_option], `${at}/initial_option`, 1, out);
  },
  radio_buttons: (value, at, out) => options(value.options, `${at}/options`, 10, out),
  checkboxes: (value, at, out) => options(value.options, `${at}/options`, 10, out),
  overflow: (value, at, out) => options(value.options, `${at}/options`, 5, out),
  plain_text_input(value, at, out) {
    const most = value.max_length;
    if (most !== undefined && (typeof most !== 'number' || most < 1 || most > 3000))
      out.push({ message: 'must be 1 to 3000', pointer: `${at}/max_length` });
  },
  users_select(value, at, out) {
    if (value.initial_user !== undefined && typeof value.initial_user !== 'string')
      out.push({ message: 'must be a user id', pointer: `${at}/initial_user` });
  },
  datetimepicker(value, at, out) {
    const initial = value.initial_date_time;
    if (initial !== undefined && (typeof initial !== 'number' || String(initial).length !== 10))
      out.push({ message: 'must be 10 digits', pointer: `${at}/initial_date_time` });
  },
};

/** The answer to a menu that loads its choices is bound by the same limits. */
export function validateOptionGroups(value: unknown): readonly Violation[] {
  const out: Violation[] = [];
  optionGroups(value, '/option_groups', out);
  return out;
}

function optionGroups(value: unknown, at: string, out: Violation[]): void {
  for (const [index, group] of list(value, at, 100, out).entries()) {
    plainText(group.label, `${at}/${index}/label`, 75, out);
    options(group.options, `${at}/${index}/options`, 100, out);
  }
}

function options(value: unknown, at: string, most: number, out: Violation[]): void {
  for (const [index, one] of list(value, at, most, out, 1).entries()) {
    textObject(one.text, `${at}/${index}/text`, 75, out);
    if (one.description !== undefined) textObject(one.description, `${at}/${index}/description`, 75, out);
    if (typeof one.value !== 'string' || one.value.length === 0)
      out.push({ message: 'value is required', pointer: `${at}/${index}/value` });
    shorterThan(one.value, `${at}/${index}/value`, 75, out);
  }
}

function list(value: unknown, at: string, most: number, out: Violation[], least = 0): readonly Json[] {
  if (!Array.isArray(value)) {
    out.push({ message: 'must be an array', pointer: at });
    return [];
  }
  if (value.length > most) out.push({ message: `no more than ${most} items allowed`, pointer: at });
  if (value.length < least) out.push({ message: `no less than ${least} items allowed`, pointer: at });
  return value.filter(isJson);
}

function plainText(value: unknown, at: string, most: number, out: Violation[]): void {
  if (!isJson(value) || value.type !== 'plain_text') out.push({ message: 'must be plain_text', pointer: at });
  else textObject(value, at, most, out);
}

function textObject(value: unknown, at: string, most: number, out: Violation[]): void {
  const text = isJson(value) ? value.text : undefined;
  if (typeof text !== 'string' || text.length === 0)
    out.push({ message: 'must be more than 0 characters', pointer: `${at}/text` });
  else if (text.length > most) out.push({ message: `must be less than ${most + 1} characters`, pointer: `${at}/text` });
}

function shorterThan(value: unknown, at: string, most: number, out: Violation[]): void {
  if (typeof value === 'string' && value.length > most)
    out.push({ message: `must be less than ${most + 1} characters`, pointer: at });
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + textLength(part), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : textLength(part)),
    0,
  );
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
