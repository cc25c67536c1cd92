import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import type { SideAct, SidePanelView } from '../side-panel.ts';
import { drawBlocks } from './blocks.ts';
import { el } from './dom.ts';
import { createModal } from './modal.ts';
import { dateIn, mrkdwn, nameOf } from './mrkdwn.ts';
import { drawSide } from './side.ts';

/** What the page shows: who acts, and where they look. */
const PERSONAS = ['U0RITA', 'U0ANTON', 'U0AYUMI', 'U0SAM', 'U0GUS'];
let me = new URLSearchParams(location.search).get('as') ?? 'U0RITA';
let place = 'C0APPROVALS';
let pane: 'chat' | 'home' | 'aura' = 'chat';
let view: PersonaView | undefined;
let side: SidePanelView | undefined;

const troubleLine = el('div', { class: 'trouble', role: 'status', id: 'trouble' });
const who = el('div', { class: 'who', role: 'group', 'aria-label': 'Act as' });
const channelList = el('nav', { class: 'channels', 'aria-label': 'Channels' });
const conversation = el('div', {
  class: 'conversation',
  id: 'conversation',
  tabindex: '0',
  role: 'region',
  'aria-label': 'Conversation',
});
const sidePane = el('aside', { class: 'side', 'aria-label': 'The simulated Aura' });
const tabs = el('nav', { class: 'tabs', 'aria-label': 'Parts of the page' });
const composer = el('input', {
  type: 'text',
  id: 'composer',
  autocomplete: 'off',
  placeholder: 'Type /restore, or a message',
  'aria-label': 'Message or command',
});
const composerForm = el(
  'form',
  {
    class: 'composer',
    submit: (event) => {
      event.preventDefault();
      const text = composer.value.trim();
      composer.value = '';
      if (text) void act({ type: 'say', channel: place, text });
    },
  },
  composer,
  el('button', { type: 'submit', class: 'button' }, 'Send'),
  el(
    'button',
    { type: 'button', class: 'button', click: () => void act({ type: 'shortcut', callbackId: 'rb_request_restore' }) },
    '⚡ Request a restore',
  ),
);
const modal = createModal(act);

async function act(wanted: PersonaAct): Promise<{ options?: unknown }> {
  const response = await fetch('/persona', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: me, act: wanted }),
  });
  const answer = (await response.json()) as { trouble?: string; error?: string; options?: unknown };
  troubleLine.textContent = answer.trouble ?? answer.error ?? '';
  return answer;
}

async function actAside(wanted: SideAct): Promise<void> {
  await fetch('/side', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  await refresh();
}

async function refresh(): Promise<void> {
  const asked = me;
  const [persona, panel] = await Promise.all([fetch(`/persona?as=${asked}`), fetch('/side')]);
  if (asked !== me) return;
  view = (await persona.json()) as PersonaView;
  side = (await panel.json()) as SidePanelView;
  draw();
}

function become(id: string): void {
  me = id;
  history.replaceState(null, '', `?as=${id}`);
  modal.forget();
  void refresh();
}

function draw(): void {
  if (!view) return;
  const shown = view;
  document.body.dataset.pane = pane;
  who.replaceChildren(
    ...PERSONAS.map((id) => {
      const user = shown.users.find((one) => one.id === id);
      return el(
        'button',
        { type: 'button', class: 'persona', 'aria-pressed': String(id === me), click: () => become(id) },
        el('span', { class: 'name' }, user?.realName ?? id),
        el('span', { class: 'role' }, user?.role ?? ''),
      );
    }),
  );
  channelList.replaceChildren(
    ...shown.channels.map((channel) =>
      el(
        'button',
        {
          type: 'button',
          'aria-current': String(pane !== 'home' && channel.id === place),
          click: () => go('chat', channel.id),
        },
        channel.directWith ? `✉ ${channel.name}` : `# ${channel.name}`,
      ),
    ),
    el(
      'button',
      { type: 'button', 'aria-current': String(pane === 'home'), click: () => go('home') },
      '⌂ Restore Bot home',
    ),
  );
  if (pane === 'home') drawHome(shown);
  else drawConversation(shown);
  composerForm.hidden = pane === 'home';
  if (side) drawSide(sidePane, side, actAside);
  for (const button of tabs.querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button.dataset.pane === pane));
  modal.draw(shown);
}

function go(to: typeof pane, channel = place): void {
  pane = to;
  place = channel;
  if (to === 'home') void act({ type: 'open-home' });
  draw();
}

function drawHome(shown: PersonaView): void {
  const blocks = shown.home?.blocks;
  conversation.replaceChildren(
    el('h2', {}, 'Restore Bot'),
    ...(blocks ? drawBlocks(blocks, { view: shown, place: { home: true }, act }) : [el('p', {}, 'Opening…')]),
  );
}

let drawnMessages = '';

function drawConversation(shown: PersonaView): void {
  const messages = shown.messages.filter(({ channel }) => channel === place);
  const channel = shown.channels.find(({ id }) => id === place);
  const key = JSON.stringify([me, place, messages, shown.channels.length]);
  if (key === drawnMessages) return;
  drawnMessages = key;
  const wasAtEnd = conversation.scrollHeight - conversation.scrollTop - conversation.clientHeight < 120;
  const log = el('div', { role: 'log', 'aria-label': 'Messages' });
  const openThreads = new Set([...conversation.querySelectorAll('details.thread[open]')].map((thread) => thread.id));
  for (const message of messages.filter(({ threadTs }) => threadTs === undefined)) {
    const replies = messages.filter(({ threadTs }) => threadTs === message.ts);
    log.append(
      drawMessage(message, shown, message.onlyFor ? undefined : drawThread(message, replies, shown, openThreads)),
    );
  }
  conversation.replaceChildren(
    el('h2', {}, channel?.directWith ? 'Restore Bot, direct message' : `#${channel?.name ?? ''}`),
    messages.length === 0 ? welcome(shown) : log,
  );
  if (wasAtEnd) conversation.scrollTop = conversation.scrollHeight;
}

function drawMessage(message: PersonaView['messages'][number], shown: PersonaView, thread?: Node): Node {
  return el(
    'article',
    { class: message.onlyFor ? 'message ephemeral' : 'message' },
    el(
      'div',
      { class: 'byline' },
      el('strong', {}, nameOf(message.user, shown)),
      ' ',
      el('time', {}, dateIn(Number(message.ts), shown.me.tz)),
      message.isEdited ? ' (edited)' : '',
    ),
    message.onlyFor ? el('div', { class: 'hint' }, 'Only visible to you') : undefined,
    ...(message.blocks.length > 0
      ? drawBlocks(message.blocks, { view: shown, place: { channel: message.channel, ts: message.ts }, act })
      : [el('div', { class: 'section' }, mrkdwn(message.text, shown))]),
    thread,
  );
}

/** The answers to a message, and a field for another. */
function drawThread(
  message: PersonaView['messages'][number],
  replies: PersonaView['messages'],
  shown: PersonaView,
  open: ReadonlySet<string>,
): Node {
  const id = `thread-${message.ts}`;
  const field = el('input', { type: 'text', 'aria-label': 'Reply in the thread', autocomplete: 'off' });
  return el(
    'details',
    { class: 'thread', id, open: open.has(id) },
    el(
      'summary',
      {},
      replies.length === 0 ? 'Thread' : `Thread: ${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`,
    ),
    ...replies.map((reply) => drawMessage(reply, shown)),
    el(
      'form',
      {
        class: 'reply',
        submit: (event) => {
          event.preventDefault();
          if (field.value.trim())
            void act({ type: 'say', channel: message.channel, text: field.value.trim(), threadTs: message.ts });
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
      'Damage the data in the panel of the simulated Aura, then type /restore or press ⚡. Approve as somebody else: the names are at the top.',
    ),
  );
}

tabs.append(
  ...(['chat', 'home', 'aura'] as const).map((name) =>
    el(
      'button',
      { type: 'button', 'data-pane': name, click: () => go(name) },
      { chat: 'Chat', home: 'Home', aura: 'Aura' }[name],
    ),
  ),
);
document
  .getElementById('page')
  ?.append(
    el('header', { class: 'top' }, el('h1', {}, 'Restore Bot playground'), who),
    channelList,
    el('main', { class: 'middle' }, troubleLine, conversation, composerForm),
    sidePane,
    tabs,
    modal.element,
  );

const changes = new EventSource('/changes');
changes.addEventListener('message', () => void refresh());
changes.addEventListener('error', () => {
  troubleLine.textContent = 'The connection to the playground is lost; trying again.';
});
changes.addEventListener('open', () => {
  troubleLine.textContent = '';
  void refresh();
});
// Ages and statuses move although nobody does anything.
setInterval(() => void refresh().catch(() => undefined), 2000);
