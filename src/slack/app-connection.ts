import type { Logger } from 'pino';
import { z } from 'zod';
import { OPEN_CONNECTION_AGAIN } from './web-client.ts';

/** The part of Slack's Socket Mode client that tells how the connection is. */
interface ConnectionEvents {
  on(event: 'connected' | 'close', listener: () => void): unknown;
}

/** The Socket Mode connection that clicks come by: how it is opened, and how it is. */
export interface AppConnection {
  /** For Slack's own client. */
  readonly clientOptions: typeof OPEN_CONNECTION_AGAIN & { readonly slackApiUrl: string; readonly fetch: typeof fetch };
  watch(client: ConnectionEvents): void;
  /** Why people cannot reach the bot, in words for the operator; undefined while they can. */
  problem(): string | undefined;
}

const opened = z.object({ ok: z.literal(true), url: z.string() });
const refused = z.object({ ok: z.literal(false), error: z.string() });

/** Slack closes connections now and then, and the client opens the next one within seconds. */
const ROUTINE_MS = 15_000;

/**
 * Slack's own client gives up for good, without a word to anybody, when Slack refuses to open a connection; a token that was
 * revoked and restored, or a moment of nonsense from Slack, would leave the bot deaf. So once it was connected every refusal is
 * handed to it as a failed request, which it repeats; and what Slack said stands in the log once and in `problem`.
 */
export function createAppConnection(parts: {
  readonly slackApiUrl: string;
  readonly log: Logger;
  readonly now?: () => number;
}): AppConnection {
  const now = parts.now ?? Date.now;
  let hasConnected = false;
  let closedAtMs: number | undefined;
  let refusal: string | undefined;

  async function openAgain(...request: Parameters<typeof fetch>): Promise<Response> {
    const response = await fetch(...request);
    if (!hasConnected) return response;
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    if (opened.safeParse(answer).success) return response;
    const code = refused.safeParse(answer).data?.error ?? `HTTP ${response.status}`;
    if (refusal !== code) parts.log.error({ code }, 'Slack refuses to open the connection that clicks come by');
    refusal = code;
    throw new Error(`Slack refuses to open the connection: ${code}`);
  }

  return {
    clientOptions: { ...OPEN_CONNECTION_AGAIN, slackApiUrl: parts.slackApiUrl, fetch: openAgain },
    watch(client) {
      client.on('connected', () => {
        hasConnected = true;
        closedAtMs = undefined;
        refusal = undefined;
      });
      client.on('close', () => {
        closedAtMs ??= now();
      });
    },
    problem() {
      if (refusal !== undefined) {
        return `Slack refuses to open the connection that clicks come by (${refusal}): check SLACK_APP_TOKEN and that Socket Mode is on; the bot keeps trying`;
      }
      const forMs = closedAtMs === undefined ? 0 : now() - closedAtMs;
      return forMs > ROUTINE_MS
        ? `the connection that clicks come by has been down for ${Math.round(forMs / 1000)} seconds; the bot keeps opening it again`
        : undefined;
    },
  };
}
