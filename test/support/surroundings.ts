import { onTestFinished } from 'vitest';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { type SlackSimulator, startSlackSimulator } from '../../playground/slack/simulator.ts';
import type { SimChannel, SimGroup } from '../../playground/slack/workspace.ts';
import type { RequestBudget } from '../../src/aura/budget.ts';
import { createAuraClient } from '../../src/aura/client.ts';
import { createClocks } from '../../src/clocks.ts';
import { SCOPES } from '../../src/slack/scopes.ts';
import { createSlackClient } from '../../src/slack/web-client.ts';
import type { Finding } from '../../src/start-checks/finding.ts';
import { accessTo } from './aura-access.ts';

export const words = (findings: readonly Finding[]) => findings.map((finding) => finding.words);
export const weights = (findings: readonly Finding[]) => findings.map(({ weight }) => weight);

/** A Slack as the test has it, until the test is over, and the bot's client for it. */
export async function slackWith(
  facts: {
    readonly scopes?: readonly string[];
    readonly channels?: SimChannel[];
    readonly groups?: SimGroup[];
    readonly token?: string;
  } = {},
) {
  const slack: SlackSimulator = await startSlackSimulator({
    workspace: {
      team: { id: 'T0', name: 'Harbour', domain: 'harbour' },
      users: [],
      channels: facts.channels ?? [],
      groups: facts.groups ?? [],
    },
    scopes: facts.scopes ?? SCOPES,
  });
  onTestFinished(() => slack.close());
  return { slack, client: createSlackClient(facts.token ?? slack.app.botToken, slack.apiUrl, 1_000) };
}

/** An Aura with one instance, until the test is over, and the bot's client for it. */
export async function auraWith(facts: { readonly clientSecret?: string; readonly budget?: RequestBudget } = {}) {
  const aura: AuraSimulator = await startAuraSimulator({ instances: [{ id: 'a1b2c3d4', name: 'Orders' }] });
  onTestFinished(() => aura.close());
  const clocks = createClocks({ lifetimeMs: 60_000 });
  const client = createAuraClient({
    ...accessTo(aura.url),
    ...facts,
    timeoutMs: 300,
    readDeadlineMs: 300,
    sawClock: clocks.saw,
  });
  return { aura, client, clocks };
}
