import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { APPROVERS_GROUP, PEOPLE } from './people.ts';
import { PRODUCTION, type World } from './world.ts';

/** What changes in the demo besides what people do in Slack: the rules file of the operator, and how somebody uses Slack. */
export interface Changes {
  readonly offered: readonly { readonly id: string; readonly label: string }[];
  /** Does it; returns in words what came of it. */
  make(id: string): Promise<string>;
}

const LOOSER = 'looser-rules';
const LANGUAGE = 'language';

const rulesFile = z.looseObject({ instances: z.record(z.string(), z.looseObject({})) });

/** `restart` starts the bot again, as the operator does after a change to the file. */
export function createChanges({ slack, env }: Pick<World, 'slack' | 'env'>, restart: () => Promise<void>): Changes {
  const { requester, stakeholder } = PEOPLE;
  const file = env.CONFIG_FILE ?? '';

  async function loosen(): Promise<string> {
    const rules = rulesFile.parse(parse(readFileSync(file, 'utf8')));
    const instance = rules.instances[PRODUCTION.alias];
    const approvers = { groups: [APPROVERS_GROUP], users: [stakeholder.id], escalates_to: ['fallback'] };
    writeFileSync(
      file,
      stringify({ ...rules, instances: { ...rules.instances, [PRODUCTION.alias]: { ...instance, approvers } } }),
    );
    await restart();
    return `The file now names ${stakeholder.realName} as an approver of ${PRODUCTION.alias}, and the bot was started with it.`;
  }

  function changeLanguage(): string {
    const isGerman = slack.workspace.users.find(({ id }) => id === requester.id)?.locale === 'de-DE';
    slack.setUser(requester.id, { locale: isGerman ? 'en-GB' : 'de-DE' });
    return `${requester.realName} uses Slack in ${isGerman ? 'English' : 'German'} now. The bot sees it within ten minutes.`;
  }

  return {
    offered: [
      { id: LOOSER, label: `Let ${stakeholder.realName} approve ${PRODUCTION.alias}` },
      { id: LANGUAGE, label: 'Rita changes the language of Slack' },
    ],
    async make(id) {
      if (id === LOOSER) return loosen();
      return id === LANGUAGE ? changeLanguage() : 'There is no such change.';
    },
  };
}
