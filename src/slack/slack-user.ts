import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PersonId } from '../restore/names.ts';
import type { PersonFacts } from '../restore/person-facts.ts';

const user = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_app_user: z.boolean().optional(),
  is_workflow_bot: z.boolean().optional(),
  is_connector_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_invited_user: z.boolean().optional(),
  tz: z.string().optional(),
  locale: z.string().optional(),
  real_name: z.string().optional(),
  enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
});
export type SlackUser = z.infer<typeof user>;

const userIds = z.array(z.string());

/** The workspace the bot lives in, and its organisation when there is one: everybody else is an outsider. */
export interface Home {
  readonly teamId: string;
  readonly enterpriseId?: string;
}

/** One account as Slack has it now, with the language it is used in. Rejects when Slack does not say. */
export async function readSlackUser(client: WebClient, id: PersonId): Promise<SlackUser> {
  const answer = await client.users.info({ user: id, include_locale: true });
  return user.parse(answer.user);
}

/** Who is in a user group now. Rejects when Slack does not say. */
export async function readMembers(client: WebClient, group: string): Promise<readonly PersonId[]> {
  const answer = await client.usergroups.users.list({ usergroup: group });
  return userIds.parse(answer.users);
}

/** What the rules look at, of an account that is in these of the asked groups. */
export function factsOf(
  id: PersonId,
  found: SlackUser,
  home: Home,
  groups: readonly string[],
): Extract<PersonFacts, { kind: 'known' }> {
  const isSameOrganisation =
    home.enterpriseId !== undefined && found.enterprise_user?.enterprise_id === home.enterpriseId;
  return {
    kind: 'known',
    id,
    isActive: found.deleted !== true && found.is_invited_user !== true,
    isBot: [found.is_bot, found.is_app_user, found.is_workflow_bot, found.is_connector_bot].includes(true),
    isGuest: found.is_restricted === true || found.is_ultra_restricted === true,
    isExternal: found.is_stranger === true || (found.team_id !== home.teamId && !isSameOrganisation),
    groups,
    ...(found.tz ? { zone: found.tz } : {}),
  };
}
