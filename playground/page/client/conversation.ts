import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import { drawBlocks } from './blocks.ts';
import { el } from './dom.ts';
import { keepFocus } from './keep-focus.ts';
import { dateIn, mrkdwn, nameOf } from './mrkdwn.ts';

type Message = PersonaView['messages'][number];
type Act = (act: PersonaAct) => Promise<{ options?: unknown }>;

/** Nearer to the end than this, somebody follows what is being said. */
const FOLLOWS_WITHIN_PX = 120;

let drawn = '';
let lastNewest = '';

/** What one person sees in a channel. Replies that are being written, open threads, the focus and the place are kept. */
export function drawConversation(part: HTMLElement, shown: PersonaView, place: string, act: Act): void {
  const messages = shown.messages.filter(({ channel }) => channel === place);
  const channel = shown.channels.find(({ id }) => id === place);
  const minute = Math.floor(shown.nowMs / 60_000);
  const key = JSON.stringify([shown.me.id, place, messages, shown.channels.length, minute]);
  if (key === drawn) return;
  drawn = key;
  const top = part.scrollTop;
  const wasFollowing = top > placeToFollow(part) - FOLLOWS_WITHIN_PX;
  const openThreads = new Set([...part.querySelectorAll('details.thread[open]')].map(({ id }) => id));
  const drafts = new Map(
    [...part.querySelectorAll<HTMLInputElement>('.reply input')].map(({ id, value }) => [id, value]),
  );
  const tops = messages.filter(({ threadTs, isAnnounced }) => threadTs === undefined || isAnnounced);
  keepFocus(part, () =>
    part.replaceChildren(
      el('h2', {}, channel?.directWith ? 'Restore Bot, direct message' : `#${channel?.name ?? ''}`),
      ...(messages.length === 0 ? [welcome(shown)] : []),
      ...tops.map((message) => drawMessage(message, { shown, act, thread: threadOf(message) })),
    ),
  );
  const newest = `${place} ${tops.at(-1)?.ts}`;
  const hasNew = newest !== lastNewest;
  lastNewest = newest;
  // Whoever has gone on in a long message stays where they are while it changes.
  if (wasFollowing) part.scrollTop = hasNew ? placeToFollow(part) : Math.max(top, placeToFollow(part));

  function threadOf(message: Message): Node | undefined {
    if (message.onlyFor || message.threadTs) return undefined;
    const replies = messages.filter(({ threadTs }) => threadTs === message.ts);
    return drawThread(message, { replies, shown, act, openThreads, drafts });
  }
}

/** Where the newest message is seen: its end is, or its beginning when it is longer than the screen. */
function placeToFollow(part: HTMLElement): number {
  const end = part.scrollHeight - part.clientHeight;
  const last = part.lastElementChild;
  if (!last) return end;
  const start = part.scrollTop + last.getBoundingClientRect().top - part.getBoundingClientRect().top;
  return Math.min(end, start);
}

/** Makes the next drawing happen although nothing changed. */
export function forgetConversation(): void {
  drawn = '';
}

function drawMessage(
  message: Message,
  {
    shown,
    act,
    thread,
    isInThread = false,
  }: {
    readonly shown: PersonaView;
    readonly act: Act;
    readonly thread?: Node | undefined;
    readonly isInThread?: boolean;
  },
): Node {
  const isAnnounced = message.threadTs !== undefined && !isInThread;
  return el(
    'article',
    {
      class: message.onlyFor ? 'message ephemeral' : 'message',
      id: `message-${message.channel}-${message.ts}${isAnnounced ? '-announced' : ''}`,
      'aria-label': `${nameOf(message.user, shown)}, ${dateIn(Number(message.ts), shown)}`,
    },
    el(
      'div',
      { class: 'byline' },
      el('strong', {}, nameOf(message.user, shown)),
      ' ',
      el('time', {}, dateIn(Number(message.ts), shown)),
      message.isEdited ? ' (edited)' : '',
    ),
    message.onlyFor ? el('div', { class: 'hint' }, 'Only visible to you') : undefined,
    isAnnounced ? el('div', { class: 'hint' }, 'Replied in a thread, and announced here') : undefined,
    ...(message.blocks.length > 0
      ? drawBlocks(message.blocks, { view: shown, place: { channel: message.channel, ts: message.ts }, act })
      : [el('div', { class: 'section' }, mrkdwn(message.text, shown))]),
    thread,
  );
}

/** The answers to a message, and a field for another. */
function drawThread(
  message: Message,
  {
    replies,
    shown,
    act,
    openThreads,
    drafts,
  }: {
    readonly replies: readonly Message[];
    readonly shown: PersonaView;
    readonly act: Act;
    readonly openThreads: ReadonlySet<string>;
    readonly drafts: ReadonlyMap<string, string>;
  },
): Node {
  const id = `thread-${message.ts}`;
  const field = el('input', {
    type: 'text',
    id: `${id}-reply`,
    'aria-label': 'Reply in the thread',
    autocomplete: 'off',
  });
  field.value = drafts.get(field.id) ?? '';
  return el(
    'details',
    { class: 'thread', id, open: openThreads.has(id) },
    el(
      'summary',
      { id: `${id}-summary` },
      replies.length === 0 ? 'Thread' : `Thread: ${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`,
    ),
    ...replies.map((reply) => drawMessage(reply, { shown, act, isInThread: true })),
    el(
      'form',
      {
        class: 'reply',
        submit: (event) => {
          event.preventDefault();
          const text = field.value.trim();
          field.value = '';
          if (text) void act({ type: 'say', channel: message.channel, text, threadTs: message.ts });
        },
      },
      field,
      el('button', { type: 'submit', class: 'button' }, 'Reply'),
    ),
  );
}

function welcome(shown: PersonaView): Node {
  return el(
    'div',
    { class: 'welcome' },
    el('p', {}, `You are ${shown.me.realName} (${shown.me.role ?? ''}). Nothing was said here yet.`),
    el(
      'p',
      {},
      'Damage the data in the panel of the simulated Aura, then type /restore or press ⚡. Approve as somebody else: choose a name. "Try this" has more.',
    ),
  );
}
