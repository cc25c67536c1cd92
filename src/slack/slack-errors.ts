import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** What a failed call to Slack means for the caller. */
export type SlackTrouble =
  /** Slack said no and will say no again: the channel is gone, the bot is not in it, the message is malformed. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack did not take the call; it may be made again. */
  | { readonly kind: 'not-now'; readonly retryAfterMs: number }
  /** Nobody knows whether Slack acted. */
  | { readonly kind: 'unclear' };

const PASSING: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Slack's words for "that message is not there any more", or cannot be edited any more. */
export const GONE: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
]);

/** What a refusal's code is made of. */
const CODE = /^\w[\w.:-]{0,99}$/;

/**
 * Sorts what a `WebClient` call threw. Platform errors come as `WebAPIPlatformError` with Slack's own code in `data`; so does
 * all that is no answer of Slack's, with the text in the code's place: the page of something in between, or nothing.
 */
export function troubleOf(error: unknown): SlackTrouble {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'not-now', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) {
    const { ok, error: code = '' } = error.data;
    const isRefusal = ok === false && CODE.test(code) && !PASSING.has(code);
    return isRefusal ? { kind: 'refused', code } : { kind: 'unclear' };
  }
  if (error instanceof WebAPIHTTPError && error.statusCode === 429) return { kind: 'not-now', retryAfterMs: 30_000 };
  return { kind: 'unclear' };
}
