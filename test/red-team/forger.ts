import { createHmac, randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import type { Restore } from '../../src/restore/restore.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import type { Journey } from '../support/journey.ts';

type Json = Readonly<Record<string, unknown>>;

/** A request as it went over the wire, so that it can be sent again. */
export interface Sent {
  readonly status: number;
  readonly words: string;
  readonly again: () => Promise<Sent>;
}

export interface Forger {
  /** Sends a payload as Slack would, or as somebody would who is not Slack. */
  send(payload: Json, how?: { readonly secret?: string; readonly ageSeconds?: number }): Promise<Sent>;
  /** The sending of a form by a person, whether or not it was ever opened for them. */
  submission(
    by: string,
    view: ModalView,
    more?: { readonly values?: Readonly<Record<string, string>>; readonly payload?: Json },
  ): Json;
  /** The click of a button that carries this value. */
  click(by: string, actionId: string, value: string, more?: Json): Json;
  record(id: string): Promise<Restore>;
  end(): void;
}

/** Somebody who can talk to the bot's HTTP endpoint and knows what payloads look like. */
export async function createForger({ bot, slack, redis }: Journey): Promise<Forger> {
  const connection = connectForClicks(redis.target);
  await connection.connect();
  const store = createRestoreStore(connection);
  const url = `http://127.0.0.1:${bot.port}/slack/events`;
  const { team } = slack.workspace;

  async function post(body: string, headers: Record<string, string>): Promise<Sent> {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
    return { status: response.status, words: await response.text(), again: () => post(body, headers) };
  }

  const common = (by: string) => ({
    team: { id: team.id, domain: team.domain },
    user: { id: by, username: by, name: by, team_id: team.id },
    api_app_id: slack.app.appId,
    token: 'simulated',
    trigger_id: randomUUID(),
    is_enterprise_install: false,
    enterprise: null,
  });

  return {
    send(payload, { secret = slack.signingSecret, ageSeconds = 0 } = {}) {
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
      const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
      return post(body, {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
      });
    },
    submission(by, view, { values = {}, payload = {} } = {}) {
      const state = Object.fromEntries(
        Object.entries(values).map(([block, value]) => [block, { field: { type: 'plain_text_input', value } }]),
      );
      return {
        type: 'view_submission',
        ...common(by),
        response_urls: [],
        view: {
          ...view,
          id: 'V1',
          team_id: team.id,
          hash: 'h',
          root_view_id: 'V1',
          previous_view_id: null,
          app_id: slack.app.appId,
          bot_id: slack.app.botId,
          state: { values: state },
        },
        ...payload,
      };
    },
    click: (by, actionId, value, more = {}) => ({
      type: 'block_actions',
      ...common(by),
      container: { type: 'message', message_ts: '1.1', channel_id: 'C0APPROVALS', is_ephemeral: false },
      channel: { id: 'C0APPROVALS', name: 'restore-approvals' },
      state: { values: {} },
      response_url: `${slack.url}/nowhere`,
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.1' }],
      ...more,
    }),
    async record(id) {
      const loaded = await store.load(id);
      if (!loaded) throw new Error(`there is no record of ${id}`);
      return loaded.restore;
    },
    end: () => connection.disconnect(),
  };
}
