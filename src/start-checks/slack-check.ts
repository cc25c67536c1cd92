import type { WebClient } from '@slack/web-api';
import { SCOPES } from '../slack/scopes.ts';
import { troubleOf } from '../slack/slack-errors.ts';
import type { Finding, StartCheck } from './finding.ts';

/** The bot's token, and whether it carries the scopes that the manifest asks for. */
export function createSlackCheck(client: WebClient): StartCheck {
  return {
    about: 'slack',
    async find() {
      const answer = await client.auth.test().catch((error: unknown) => slackRefusal(error));
      if ('words' in answer) return [answer];
      const granted = answer.response_metadata?.scopes;
      if (!granted) return [];
      const missing = SCOPES.filter((scope) => !granted.includes(scope));
      if (missing.length === 0) return [];
      return [
        {
          about: 'slack',
          weight: 'fault',
          words: `The Slack token lacks the scopes ${missing.join(', ')}: add them under "OAuth & Permissions" of the Slack app (manifest.yml lists all), and reinstall the app.`,
        },
      ];
    },
  };
}

/** What to do when Slack does not accept the token. */
export function tokenRefusedWords(code: string): string {
  return `Slack does not accept the bot's token (${code}): take the Bot User OAuth Token from "OAuth & Permissions" of the Slack app, set SLACK_BOT_TOKEN to it, and start the bot again.`;
}

function slackRefusal(error: unknown): Finding {
  const trouble = troubleOf(error);
  return trouble.kind === 'refused'
    ? { about: 'slack', weight: 'stops-decisions', words: tokenRefusedWords(trouble.code) }
    : { about: 'slack', weight: 'fault', words: SLACK_AWAY };
}

const SLACK_AWAY =
  'Slack could not be asked: see whether this machine reaches slack.com, and status.slack.com. What is owed is said later.';
