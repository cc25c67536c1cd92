import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { troubleOf } from './slack-errors.ts';

/** Who the bot is in Slack. */
export interface Identity {
  readonly botName: string;
  readonly botUserId?: string;
  readonly botId?: string;
  readonly teamId: string;
  readonly enterpriseId?: string;
}

/** Slack answered that the token is no good; asking again will not help. */
export class TokenRefusedError extends Error {
  override readonly name = 'TokenRefusedError';
  readonly code: string;
  constructor(code: string) {
    super(`Slack refuses the token: ${code}`);
    this.code = code;
  }
}

const AGAIN_MS = 2_000;

/** Asks once. Undefined when Slack cannot be reached now; rejects with `TokenRefusedError` when it says no. */
export async function identityNow(client: WebClient): Promise<Identity | undefined> {
  try {
    const { user, user_id, bot_id, team_id, enterprise_id } = await client.auth.test();
    return {
      botName: user ?? 'restore-bot',
      ...(user_id ? { botUserId: user_id } : {}),
      ...(bot_id ? { botId: bot_id } : {}),
      teamId: team_id ?? '',
      ...(enterprise_id ? { enterpriseId: enterprise_id } : {}),
    };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind === 'refused') throw new TokenRefusedError(trouble.code);
    return undefined;
  }
}

/** Asks until Slack answers. Rejects when it says no, or when `signal` ends the waiting. */
export async function identityAtLast(client: WebClient, log: Logger, signal?: AbortSignal): Promise<Identity> {
  log.warn('Slack cannot be reached; restores under way go on, and people are listened to as soon as it answers');
  for (;;) {
    await sleep(AGAIN_MS, undefined, signal ? { signal } : {});
    const identity = await identityNow(client);
    if (identity) return identity;
  }
}
