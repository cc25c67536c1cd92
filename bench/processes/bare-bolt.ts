import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { VIEW } from '../../messages/action-ids.ts';
import { APPROVERS_GROUP } from '../people.ts';
import { serve } from './serve.ts';

/** A bare Bolt app that acknowledges a submission at once, or after asking Slack what the bot must ask. */
await serve<{
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly asksSlack: boolean;
}>(async ({ apiUrl, botToken, signingSecret, asksSlack }) => {
  const app = new App({
    token: botToken,
    receiver: new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR }),
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
  });
  app.view(VIEW.approvalForm, async ({ ack, body, client }) => {
    if (asksSlack) {
      await Promise.all([
        client.users.info({ user: body.user.id }),
        client.usergroups.users.list({ usergroup: APPROVERS_GROUP }),
      ]);
    }
    await ack();
  });
  const server = await app.start(0);
  const address = 'address' in server ? server.address() : undefined;
  return { facts: { port: typeof address === 'object' && address ? address.port : 0 } };
});
