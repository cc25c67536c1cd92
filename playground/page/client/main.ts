import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import type { SideAct, SidePanelView } from '../side-panel.ts';
import { drawBlocks } from './blocks.ts';
import { drawChannels } from './channels.ts';
import { drawClock } from './clock.ts';
import { drawConversation, forgetConversation } from './conversation.ts';
import { el } from './dom.ts';
import { drawGuide } from './guide.ts';
import { focusFirst, keepFocus } from './keep-focus.ts';
import { createModal } from './modal.ts';
import { createNews } from './news.ts';
import { drawPeople } from './people.ts';
import { drawSide } from './side.ts';

/** What the page shows: who acts, and where they look. */
let me = new URLSearchParams(location.search).get('as') ?? 'U0RITA';
let place = 'C0APPROVALS';
let pane: 'chat' | 'home' | 'try' | 'aura' = 'chat';
let view: PersonaView | undefined;
let side: SidePanelView | undefined;
let drawnHome = '';

const news = createNews();
const asideSaid = el('p', { class: 'said', role: 'status', id: 'side-said' });
const troubleLine = el('div', { class: 'trouble', role: 'status', id: 'trouble' });
const said = el('div', { class: 'unseen', role: 'status', id: 'said' });
const who = el('div', { class: 'who', id: 'who', role: 'region', 'aria-label': 'Act as' });
const channelList = el('nav', { class: 'channels', id: 'channels', 'aria-label': 'Channels' });
const conversation = el('div', {
  class: 'conversation',
  id: 'conversation',
  tabindex: '0',
  role: 'region',
  'aria-label': 'Conversation',
});
const clock = el('div', { class: 'clock', id: 'clock', role: 'group', 'aria-label': 'The clock' });
const guide = el('section', { class: 'guide', id: 'guide', 'aria-label': 'Try this' });
const sidePane = el('section', { class: 'aura', id: 'aura', 'aria-label': 'The simulated Aura' });
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
    {
      type: 'button',
      class: 'button',
      id: 'shortcut',
      click: () => void act({ type: 'shortcut', callbackId: 'rb_request_restore' }),
    },
    '⚡ Request a restore',
  ),
);
const middle = el('main', { class: 'middle' }, troubleLine, conversation, composerForm, said);
const aside = el(
  'div',
  { class: 'side', role: 'complementary', 'aria-label': 'The playground', tabindex: '0' },
  asideSaid,
  guide,
  sidePane,
);
const modal = createModal({ act, leave: () => focusFirst([`as-${me}`]) });

let lastAct: Promise<unknown> = Promise.resolve();

/** Acts of a person arrive in the order that they were done. */
function act(wanted: PersonaAct): Promise<{ options?: unknown }> {
  const as = me;
  if (wanted.type === 'suggest') return send(as, wanted);
  const sent = lastAct.then(() => send(as, wanted));
  lastAct = sent.catch(() => undefined);
  return sent;
}

async function send(as: string, wanted: PersonaAct): Promise<{ options?: unknown }> {
  const response = await fetch('/persona', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as, act: wanted }),
  });
  const answer = (await response.json()) as { trouble?: string; error?: string; options?: unknown };
  troubleLine.textContent = answer.trouble ?? answer.error ?? '';
  return answer;
}

async function actAside(wanted: SideAct): Promise<void> {
  const response = await fetch('/side', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  const { said } = (await response.json()) as { said?: string };
  asideSaid.textContent = said ?? 'The playground could not do that.';
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
  forgetConversation();
  if (place.startsWith('D')) place = 'C0APPROVALS';
  if (pane === 'home') void act({ type: 'open-home' });
  void refresh();
}

function draw(): void {
  if (!view) return;
  const shown = view;
  document.body.dataset.pane = pane;
  // On a phone it is all there is on the screen.
  aside.setAttribute('role', aside.offsetParent !== null && middle.offsetParent === null ? 'main' : 'complementary');
  drawPeople(who, shown, become);
  if (pane === 'chat') news.markRead(shown, place);
  drawChannels(
    channelList,
    shown,
    { place, isHome: pane === 'home', unread: (channel) => news.unread(shown, channel) },
    (to) => (to === 'home' ? go('home') : go('chat', to.channel)),
  );
  if (pane === 'home') drawHome(shown);
  else drawConversation(conversation, shown, place, act);
  composerForm.hidden = pane === 'home';
  if (side) {
    drawClock(clock, side.clock, actAside);
    drawGuide(guide, side.guide);
    drawSide(sidePane, side, actAside);
  }
  for (const button of tabs.querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button.dataset.pane === pane));
  const whatIsNew = news.since(shown);
  if (whatIsNew) said.textContent = whatIsNew;
  modal.draw(shown);
}

function go(to: typeof pane, channel = place): void {
  pane = to;
  place = channel;
  asideSaid.textContent = '';
  forgetConversation();
  drawnHome = '';
  if (to === 'home') void act({ type: 'open-home' });
  draw();
}

function drawHome(shown: PersonaView): void {
  const blocks = shown.home?.blocks;
  const key = JSON.stringify([shown.me.id, blocks]);
  if (key === drawnHome) return;
  drawnHome = key;
  keepFocus(conversation, () =>
    conversation.replaceChildren(
      el('h2', {}, 'Restore Bot'),
      ...(blocks ? drawBlocks(blocks, { view: shown, place: { home: true }, act }) : [el('p', {}, 'Opening…')]),
    ),
  );
}

function skip(label: string, id: string): Node {
  return el('button', { type: 'button', class: 'button skip', click: () => focusFirst([id]) }, label);
}

tabs.append(
  ...(['chat', 'home', 'try', 'aura'] as const).map((name) =>
    el(
      'button',
      { type: 'button', 'data-pane': name, click: () => go(name) },
      { chat: 'Chat', home: 'Home', try: 'Try this', aura: 'Aura' }[name],
    ),
  ),
);
document
  .getElementById('page')
  ?.append(
    el(
      'header',
      { class: 'top' },
      skip('Skip to the conversation', 'conversation'),
      skip('Skip to the message field', 'composer'),
      el('h1', {}, 'Restore Bot playground'),
      clock,
    ),
    el('div', { class: 'left' }, who, channelList),
    middle,
    aside,
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
