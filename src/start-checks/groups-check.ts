import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { troubleOf } from '../slack/slack-errors.ts';
import type { Finding, StartCheck } from './finding.ts';
import { type Named, placesWords } from './named.ts';

const groups = z.array(z.object({ id: z.string(), users: z.array(z.string()).default([]) }));

/**
 * Each user group that is named: there, enabled and not empty. All in one call, and not the one that clicks
 * use, because Slack allows few of either in a minute.
 */
export function createGroupsCheck(parts: { readonly client: WebClient; readonly groups: () => Named }): StartCheck {
  const { client } = parts;
  const fault = (words: string): Finding => ({ about: 'groups', weight: 'fault', words });

  return {
    about: 'groups',
    async find() {
      const named = parts.groups();
      if (named.size === 0) return [];
      try {
        const answer = await client.usergroups.list({ include_users: true });
        const sizes = new Map(groups.parse(answer.usergroups).map(({ id, users }) => [id, users.length]));
        return [...named].flatMap(([id, places]) => {
          const which = `Slack user group ${id} (${placesWords(places)})`;
          const size = sizes.get(id);
          if (size === undefined) {
            return [fault(`${which} is not there or is disabled: enable it in Slack, or correct the id.`)];
          }
          return size > 0 ? [] : [fault(`${which} has no members: add people to it in Slack, or name another group.`)];
        });
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble.kind !== 'refused')
          return [fault('Slack could not be asked about user groups; it is asked again.')];
        return [
          fault(`Slack does not let the bot look at user groups (${trouble.code}): see the scopes in manifest.yml.`),
        ];
      }
    },
  };
}
