import { createHmac } from 'node:crypto';
import { Pool } from 'undici';
import { FIELD } from '../messages/action-ids.ts';
import { approvalForm } from '../messages/approval-form.ts';
import type { Restore } from '../src/restore/restore.ts';
import { APPROVER_ID, TEAM_ID } from './people.ts';
import { APPROVER } from './restores.ts';

/** A click as Slack sends it over HTTP. */
export interface SignedClick {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The approver sends the approval form of this restore. Good for five minutes: Slack's signatures carry their time. */
export function approvalOf(restore: Restore, signingSecret: string): SignedClick {
  const payload = {
    type: 'view_submission',
    team: { id: TEAM_ID, domain: 'bench' },
    user: { id: APPROVER_ID, username: 'anton', name: 'anton', team_id: TEAM_ID },
    api_app_id: 'A1',
    token: 'simulated',
    trigger_id: '1.1',
    is_enterprise_install: false,
    enterprise: null,
    response_urls: [],
    view: {
      ...approvalForm(restore, restore.since, APPROVER),
      id: 'V1',
      team_id: TEAM_ID,
      hash: 'h',
      root_view_id: 'V1',
      previous_view_id: null,
      app_id: 'A1',
      bot_id: 'B1',
      state: {
        values: {
          [FIELD.restoreWord]: { word: { type: 'plain_text_input', value: 'RESTORE' } },
          [FIELD.instanceName]: { name: { type: 'plain_text_input', value: restore.plan.instance.alias } },
        },
      },
    },
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${signature}`,
    },
  };
}

/** How long each click took to be acknowledged, in milliseconds, and how many were in a second. */
export interface Fired {
  readonly latencies: readonly number[];
  readonly perSecond: number;
}

/**
 * Sends all clicks, this many at once over as many kept connections, the next as soon as one is acknowledged. Rejects
 * when one is not accepted: an acknowledgement with words in it is a refusal.
 */
export async function fire(port: number, clicks: readonly SignedClick[], atOnce: number): Promise<Fired> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: atOnce, pipelining: 1 });
  const latencies: number[] = [];
  let next = 0;
  async function clickOnAndOn(): Promise<void> {
    for (let click = clicks[next++]; click; click = clicks[next++]) {
      const begun = performance.now();
      const { statusCode, body } = await pool.request({
        path: '/slack/events',
        method: 'POST',
        headers: click.headers,
        body: click.body,
      });
      const words = await body.text();
      latencies.push(performance.now() - begun);
      if (statusCode !== 200 || words !== '') throw new Error(`a click was not accepted: ${statusCode} ${words}`);
    }
  }
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, clickOnAndOn));
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  return { latencies, perSecond: clicks.length / seconds };
}
