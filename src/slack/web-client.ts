import { LogLevel, WebClient } from '@slack/web-api';

/** How long one call to Slack may take, in milliseconds. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * A Slack client that never retries and never waits out a rate limit inside a call: the bot's own work is looked at
 * again, and a hidden retry of a post whose answer was lost would say everything twice.
 */
export function createSlackClient(token: string, apiUrl: string, timeoutMs = CALL_TIMEOUT_MS): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logLevel: LogLevel.ERROR,
  });
}
