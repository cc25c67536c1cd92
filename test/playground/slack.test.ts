import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyText } from 'node:stream/consumers';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANNELS, GROUPS, PEOPLE } from '../../playground/people.ts';
import { validateMessage, validateView } from '../../playground/slack/block-kit-rules.ts';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import { until } from '../support/until.ts';

let slack: SlackSimulator;
beforeEach(async () => {
  slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T1', name: 'T', domain: 't' },
      users: Object.values(PEOPLE),
      channels: [...Object.values(CHANNELS), { id: 'C0FAR', name: 'far', botIsMember: false }],
      groups: [...GROUPS],
    },
    scopes: ['chat:write', 'users:read', 'im:write', 'channels:history'],
  });
});
afterEach(() => slack.close());

const client = (token = slack.app.botToken) => createSlackClient(token, slack.apiUrl, 2_000);
const channel = CHANNELS.orders.id;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof WebAPIPlatformError ? String(error.data.error) : String(error)),
  );

describe('the Slack simulator', () => {
  it('refuses to serve anything but loopback', async () => {
    await expect(startSlackSimulator({ workspace: slack.workspace, scopes: [], host: '0.0.0.0' })).rejects.toThrow(
      'loopback only',
    );
  });

  it('posts, edits and finds messages with their metadata', async () => {
    const metadata = { event_type: 'e', event_payload: { key: 'k' } };
    const { ts = '' } = await client().chat.postMessage({ channel, text: 'one', metadata });
    await client().chat.update({ channel, ts, text: 'two' });
    const { messages } = await client().conversations.history({ channel, include_all_metadata: true });
    expect(messages).toMatchObject([{ ts, text: 'two', metadata }]);
  });

  it('tells what a thread answers however old it is, and gives a long channel page by page', async () => {
    const { ts = '' } = await client().chat.postMessage({ channel, text: 'old' });
    const oldest = String(Date.now() / 1000 + 60);
    expect((await client().conversations.replies({ channel, ts, oldest })).messages).toMatchObject([{ ts }]);
    await client().chat.postMessage({ channel, text: 'new' });
    const first = await client().conversations.history({ channel, limit: 1 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client().conversations.history({ channel, limit: 1, cursor });
    expect([first, second].map(({ messages }) => messages?.[0]?.text)).toEqual(['new', 'old']);
    expect(second.response_metadata?.next_cursor).toBeUndefined();
  });

  it.each([
    ['an unknown channel', () => client().chat.postMessage({ channel: 'C0NOWHERE', text: 'x' }), 'channel_not_found'],
    ['a channel the bot is not in', () => client().chat.postMessage({ channel: 'C0FAR', text: 'x' }), 'not_in_channel'],
    ['somebody else’s token', () => client('xoxb-other').chat.postMessage({ channel, text: 'x' }), 'invalid_auth'],
    ['a scope that was not given', () => client().usergroups.users.list({ usergroup: 'S1' }), 'missing_scope'],
    ['a method there is none of', () => client().apiCall('chat.shout'), 'unknown_method'],
    [
      'a made-up trigger',
      () =>
        client().views.open({
          trigger_id: '1.2',
          view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
        }),
      'invalid_trigger_id',
    ],
    [
      'a message that is not there',
      () => client().chat.update({ channel, ts: '1.000001', text: 'x' }),
      'message_not_found',
    ],
    [
      'a message that breaks a rule',
      () =>
        client().chat.postMessage({
          channel,
          text: 'x',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: 'h'.repeat(151) } }],
        }),
      'invalid_blocks',
    ],
  ])('refuses %s as Slack does', async (_, call, code) => {
    expect(await codeOf(call())).toBe(code);
  });

  it('can limit the rate, lose an answer, and be away', async () => {
    slack.faults.add({ kind: 'rate-limit', method: 'chat.postMessage', retryAfterSeconds: 7, times: 1 });
    const limited = await client()
      .chat.postMessage({ channel, text: 'x' })
      .catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(WebAPIRateLimitedError);
    expect(limited).toMatchObject({ retryAfter: 7 });
    slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
    expect(await codeOf(client().chat.postMessage({ channel, text: 'said' }))).not.toBe('ok');
    expect(slack.messages(channel).map(({ text }) => text)).toEqual(['said']);
    slack.faults.add({ kind: 'away', times: 1 });
    expect(await codeOf(client().chat.postMessage({ channel, text: 'not said' }))).not.toBe('ok');
    expect(slack.messages(channel)).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('can fail to answer as it should %s it acted', async (when) => {
    const say = () => codeOf(client().chat.postMessage({ channel, text: 'x' }));
    const method = 'chat.postMessage';
    slack.faults.add({ kind: 'status', status: 502, method, when, times: 1 });
    expect(await say()).toContain('502');
    slack.faults.add({ kind: 'nonsense', as: 'a page', method, when, times: 1 });
    expect(await say()).toContain('<html>');
    slack.faults.add({ kind: 'hang', method, when, times: 1 });
    expect(await say()).toContain('timeout');
    expect(slack.messages(channel)).toHaveLength(when === 'after' ? 3 : 0);
  });

  it('can deliver once more what was answered, at once or later', async ({ onTestFinished }) => {
    const { seen, url, close } = await startListener();
    onTestFinished(close);
    slack.setEventsUrl(url);
    const person = slack.as(PEOPLE.requester.id);
    slack.faults.add({ kind: 'redeliver', times: 1 });
    await person.slash('/restore', 'at once', channel);
    slack.faults.add({ kind: 'redeliver', afterMs: 300, times: 1 });
    await person.slash('/restore', 'later', channel);
    await person.slash('/restore', 'meanwhile', channel);
    await until('the second delivery', () => seen.length === 5);
    expect(seen).toEqual(['at once', 'at once', 'later', 'meanwhile', 'later']);
  });

  it('shows a command that nobody answers as an error after three seconds', async () => {
    const delivered = await slack.as(PEOPLE.requester.id).slash('/restore', '', channel);
    expect(delivered.isAcknowledged).toBe(false);
  });
});

/** An app that acknowledges everything, with what was typed after its commands. */
async function startListener() {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    seen.push(new URLSearchParams(await bodyText(request)).get('text') ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

describe('its rules for blocks', () => {
  const text = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
  const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
  const button = (facts: object = {}) => ({ type: 'button', action_id: 'a', text: plain(5), ...facts });
  const many = (count: number, one: object) => Array.from({ length: count }, () => one);

  it.each([
    ['51 blocks', many(51, { type: 'divider' })],
    ['a block it does not know', [{ type: 'nonsense' }]],
    ['a section without text', [{ type: 'section' }]],
    ['a section of 3,001 characters', [{ type: 'section', text: text(3001) }]],
    ['11 context elements', [{ type: 'context', elements: many(11, text(1)) }]],
    ['26 buttons', [{ type: 'actions', elements: many(26, button()) }]],
    ['a button of 76 characters', [{ type: 'actions', elements: [button({ text: plain(76) })] }]],
    ['a button without an action id', [{ type: 'actions', elements: [{ ...button(), action_id: '' }] }]],
    ['a style that is none', [{ type: 'actions', elements: [button({ style: 'loud' })] }]],
    ['two blocks of one id', many(2, { type: 'divider', block_id: 'same' })],
    ['markup in a header', [{ type: 'header', text: text(5) }]],
    [
      'an input in a message',
      [{ type: 'input', label: plain(5), element: { type: 'plain_text_input', action_id: 'a' } }],
    ],
    ['more than 12,000 characters in all', many(5, { type: 'section', text: text(2900) })],
  ])('refuse %s', (_, blocks) => {
    expect(validateMessage({ text: 'x', blocks })).not.toEqual([]);
  });

  it('refuse a message without plain text', () => {
    expect(validateMessage({ blocks: [] })).toEqual([{ message: 'text is required', pointer: '/text' }]);
  });

  const input = (element: object) => ({
    type: 'input',
    block_id: 'b',
    label: plain(5),
    element: { action_id: 'a', ...element },
  });
  const modal = (facts: object) => ({ type: 'modal', title: plain(5), submit: plain(5), blocks: [], ...facts });
  const option = { text: plain(5), value: 'v' };

  it.each([
    ['a title of 25 characters', modal({ title: plain(25) })],
    [
      'an input without a submit button',
      { type: 'modal', title: plain(5), blocks: [input({ type: 'plain_text_input' })] },
    ],
    ['101 options', modal({ blocks: [input({ type: 'static_select', options: many(101, option) })] })],
    ['no options', modal({ blocks: [input({ type: 'static_select', options: [] })] })],
    [
      'an option of 76 characters',
      modal({ blocks: [input({ type: 'static_select', options: [{ ...option, text: plain(76) }] })] }),
    ],
    ['11 radio buttons', modal({ blocks: [input({ type: 'radio_buttons', options: many(11, option) })] })],
    ['metadata of 3,001 characters', modal({ private_metadata: 'x'.repeat(3001) })],
  ])('refuse %s in a form', (_, view) => {
    expect(validateView(view)).not.toEqual([]);
  });
});
