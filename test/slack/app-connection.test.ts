import { describe, expect, it, type TestContext } from 'vitest';
import { requestRestore } from '../../playground/story.ts';
import { startJourney } from '../support/journey.ts';
import { until } from '../support/until.ts';

async function openJourney({ onTestFinished }: TestContext) {
  const journey = await startJourney();
  onTestFinished(() => journey.end());
  const slackIs = async () => {
    const response = await fetch(`http://127.0.0.1:${journey.bot.port}/readyz`);
    const { problems } = (await response.json()) as { problems: Record<string, string> };
    return { status: response.status, slack: problems.slack };
  };
  return { journey, slackIs };
}

describe.concurrent('the connection that clicks come by', { timeout: 60_000 }, () => {
  it('that Slack refuses to open again is told to the operator, tried again, and works when Slack allows it', async (context) => {
    const { journey, slackIs } = await openJourney(context);
    await until('the connection', () => journey.slack.socketCount() === 1);
    expect(await slackIs()).toEqual({ status: 200, slack: undefined });
    journey.slack.faults.add({ kind: 'error', method: 'apps.connections.open', error: 'invalid_auth', times: 1_000 });
    journey.slack.dropSockets();
    await until('the bot to say so', async () => (await slackIs()).status === 503);
    expect((await slackIs()).slack).toMatch(/refuses to open the connection.*\(invalid_auth\): check SLACK_APP_TOKEN/);
    journey.slack.faults.clear();
    await until('the connection', () => journey.slack.socketCount() === 1);
    await until('the bot to be ready', async () => (await slackIs()).status === 200);
    await requestRestore(journey);
  });
});
