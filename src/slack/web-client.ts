import { LogLevel, WebClient } from '@slack/web-api';

/** How long one call to Slack may take, in milliseconds. */
const CALL_TIMEOUT_MS = 5_000;

/**
 * How the connection that clicks come by is opened again. Slack's own client gives up for good when its retries are
 * used up, and leaves a bot that nobody can reach any more; so they are never used up: after 1, 2, 4, 8 s, then every 16 s.
 */
export const OPEN_CONNECTION_AGAIN = {
  retryConfig: { forever: true, retries: 5, factor: 2, minTimeout: 1_000 },
  timeout: CALL_TIMEOUT_MS,
};

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
