import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PersonFacts } from '../restore/event.ts';
import type { PeopleRule, PersonId } from '../restore/restore.ts';

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
  enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
});

/** The parts of a rule that must be looked up for a person; users it names by id need no look. */
export type Membership = Pick<PeopleRule, 'groups' | 'onCall'>;

/** Who people are, according to Slack. */
export interface Directory {
  /**
   * Reads a person's status and membership afresh, for a decision. Never throws and never guesses: whatever cannot be
   * read within the deadline makes the person `unreadable`, and the rules then say no.
   */
  readForDecision(id: PersonId, rule: Membership): Promise<PersonFacts>;
  /** The person's time zone for display; may be minutes old, undefined when Slack does not say. */
  zoneOf(id: PersonId): Promise<string | undefined>;
}

/** Slack gives a view submission three seconds; the store needs some of them. */
const DECISION_DEADLINE_MS = 1_800;
const ZONE_LIFETIME_MS = 10 * 60_000;

export function createDirectory(parts: {
  readonly client: WebClient;
  /** The workspace the bot lives in, and its organisation when there is one: everybody else is an outsider. */
  readonly home: { readonly teamId: string; readonly enterpriseId?: string };
  readonly now?: () => number;
}): Directory {
  const { client, home } = parts;
  const now = parts.now ?? Date.now;
  const zones = new Map<PersonId, { readonly zone: string | undefined; readonly until: number }>();

  async function readUser(id: PersonId): Promise<z.infer<typeof user>> {
    const answer = await client.users.info({ user: id });
    return user.parse(answer.user);
  }

  async function isMember(id: PersonId, group: string): Promise<boolean> {
    const answer = await client.usergroups.users.list({ usergroup: group });
    return z.array(z.string()).parse(answer.users).includes(id);
  }

  async function read(id: PersonId, groups: readonly string[]): Promise<PersonFacts> {
    const [found, memberships] = await Promise.all([
      readUser(id),
      Promise.all(groups.map(async (group) => ({ group, isMember: await isMember(id, group) }))),
    ]);
    const isSameOrganisation =
      home.enterpriseId !== undefined && found.enterprise_user?.enterprise_id === home.enterpriseId;
    return {
      kind: 'known',
      id,
      isActive: found.deleted !== true && found.is_invited_user !== true,
      isBot: [found.is_bot, found.is_app_user, found.is_workflow_bot, found.is_connector_bot].includes(true),
      isGuest: found.is_restricted === true || found.is_ultra_restricted === true,
      isExternal: found.is_stranger === true || (found.team_id !== home.teamId && !isSameOrganisation),
      groups: memberships.filter((membership) => membership.isMember).map(({ group }) => group),
      ...(found.tz ? { zone: found.tz } : {}),
    };
  }

  return {
    async readForDecision(id, { groups }) {
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<PersonFacts>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'unreadable', id }), DECISION_DEADLINE_MS);
      });
      const reading = read(id, groups).catch((): PersonFacts => ({ kind: 'unreadable', id }));
      const facts = await Promise.race([reading, deadline]);
      clearTimeout(timer);
      return facts;
    },

    async zoneOf(id) {
      const known = zones.get(id);
      if (known && known.until > now()) return known.zone;
      const zone = await readUser(id)
        .then((found) => found.tz)
        .catch(() => known?.zone);
      zones.set(id, { zone, until: now() + ZONE_LIFETIME_MS });
      return zone;
    },
  };
}
