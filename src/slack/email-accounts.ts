import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PersonId } from '../restore/names.ts';
import { troubleOf } from './slack-errors.ts';

/**
 * The Slack account with this e-mail address; undefined when there is none. Rejects when Slack does not say. Needs the
 * scope `users:read.email`: https://docs.slack.dev/reference/methods/users.lookupByEmail
 */
export function createEmailAccounts(client: WebClient): (email: string) => Promise<PersonId | undefined> {
  return async (email) => {
    try {
      const answer = await client.users.lookupByEmail({ email });
      return z.object({ id: z.string() }).parse(answer.user).id;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && trouble.code === 'users_not_found') return undefined;
      throw error;
    }
  };
}
