import type { App } from '@slack/bolt';
import { z } from 'zod';
import { trouble } from '../messages/trouble.ts';
import type { Desk } from './desk.ts';

/** Where Slack says what workspace something comes from: actions and forms name a team, commands and events its id. */
const origin = z.object({
  team: z.object({ id: z.string() }).nullish(),
  team_id: z.string().nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  enterprise_id: z.string().nullish(),
});

/** Lets nothing through that comes from another workspace than the one the bot's token is for: its people are not ours. */
export function registerWorkspaceGuard(app: App, { home, log }: Pick<Desk, 'home' | 'log'>): void {
  app.use(async ({ body, next, ...given }) => {
    const from = origin.safeParse(body).data;
    const teamId = from?.team?.id ?? from?.team_id ?? undefined;
    const enterpriseId = from?.enterprise?.id ?? from?.enterprise_id ?? undefined;
    const isOurs = teamId === home.teamId || (enterpriseId !== undefined && enterpriseId === home.enterpriseId);
    if (isOurs) return next();
    log.warn({ teamId, enterpriseId }, 'something came from another workspace and was not let through');
    if ('ack' in given && typeof given.ack === 'function') await given.ack();
    if ('respond' in given && typeof given.respond === 'function') {
      await given.respond({ text: trouble('other-workspace').text, response_type: 'ephemeral' });
    }
  });
}
