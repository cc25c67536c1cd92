import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { namedByAny } from '../src/restore/rules-needed.ts';
import { type Program, startProgram } from './child.ts';
import { freePort } from './redis.ts';
import { policyOf } from './restores.ts';

/** What the Slack simulator's process says of itself. */
export interface SlackFacts {
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
}

/** Starts the compiled bot, `dist/src/main.js`, as an operator would: with variables and a configuration file. */
export async function startBot(options: {
  readonly directory: string;
  readonly redisUrl: string;
  readonly slack: SlackFacts;
  readonly auraUrl: string;
  readonly role: 'all' | 'slack' | 'worker';
  readonly instances?: readonly string[];
  readonly requestsPerMinute?: number;
  readonly timing?: Readonly<Record<string, string>>;
}): Promise<Program> {
  mkdirSync(options.directory, { recursive: true });
  const configFile = join(options.directory, 'restore-bot.yaml');
  writeFileSync(configFile, stringify(configurationOf(options)));
  return startProgram(
    'dist/src/main.js',
    {
      SLACK_BOT_TOKEN: options.slack.botToken,
      SLACK_API_URL: options.slack.apiUrl,
      SLACK_SIGNING_SECRET: options.slack.signingSecret,
      AURA_API_URL: options.auraUrl,
      AURA_CLIENT_ID: 'demo-client',
      AURA_CLIENT_SECRET: 'demo-secret',
      REDIS_URL: options.redisUrl,
      CONFIG_FILE: configFile,
      DATA_DIR: options.directory,
      ROLE: options.role,
    },
    await freePort(),
    join(options.directory, `${options.role}.log`),
  );
}

function configurationOf(options: Parameters<typeof startBot>[0]): unknown {
  const instances = (options.instances ?? ['00000000']).map((auraId) => {
    const { alias, environment, approval, approvalsChannel, noticeChannels, contact } = policyOf(auraId);
    const settings = {
      approvers: { groups: namedByAny(approval.rules).groups },
      approvals_channel: approvalsChannel,
      contact,
    };
    return [alias, { aura_id: auraId, environment, notice_channels: noticeChannels, ...settings }] as const;
  });
  return {
    instances: Object.fromEntries(instances),
    aura: { requests_per_minute: options.requestsPerMinute ?? 100 },
    timing: options.timing ?? {},
  };
}
