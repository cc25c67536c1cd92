import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Config } from './config.ts';
import type { Problem } from './problem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentSettings {
  readonly slack: Config['slack'];
  readonly aura: Omit<Config['aura'], 'requestsPerMinute'>;
  readonly onCall: { readonly pagerDutyUrl: string; readonly opsgenieUrl: string };
  readonly redisUrl: string | undefined;
  readonly configFile: string;
  readonly dataDir: string;
  /** The program `neo4j-admin`; absent: this host has none. */
  readonly neo4jAdmin: string | undefined;
  readonly port: number;
  readonly role: Config['role'];
  readonly logLevel: string;
  /** Reads a further secret by its variable's name, or its `_FILE`. */
  readonly secret: (name: string) => string | undefined;
}

const PLACEHOLDER = '';

/** Where the services are, unless the environment says otherwise. */
export const USUAL_ADDRESS = {
  slack: 'https://slack.com/api/',
  aura: 'https://api.neo4j.io',
  pagerDuty: 'https://api.pagerduty.com',
  opsgenie: 'https://api.opsgenie.com',
} as const;

/** Reads the variables of the bot. Adds to `problems` what is missing or malformed and goes on, so that all are told at once. */
export function readEnvironment(env: Environment, problems: Problem[]): EnvironmentSettings {
  function secret(name: string): string | undefined {
    const value = env[name]?.trim() ? env[name] : undefined;
    const file = env[`${name}_FILE`];
    if (value && file) problems.push({ where: name, what: `both ${name} and ${name}_FILE are set; set one` });
    if (value) return value;
    if (!file) return undefined;
    try {
      const held = readFileSync(file, 'utf8').trim();
      if (held === '') problems.push({ where: `${name}_FILE`, what: 'names a file that is empty' });
      return held;
    } catch {
      problems.push({ where: `${name}_FILE`, what: 'names a file that cannot be read' });
      return PLACEHOLDER;
    }
  }
  /** It may hold a password, so it is a secret, and its value is never told. */
  function redisUrl(): string | undefined {
    const value = secret('REDIS_URL');
    if (value && !(URL.canParse(value) && ['redis:', 'rediss:'].includes(new URL(value).protocol))) {
      problems.push({ where: 'REDIS_URL', what: 'must be a redis:// or rediss:// URL' });
    }
    return value;
  }
  function required(name: string, hint: string): string {
    const value = secret(name);
    if (value === undefined) problems.push({ where: name, what: `is not set. ${hint}` });
    return value ?? PLACEHOLDER;
  }
  function one<T>(name: string, schema: z.ZodType<T>, fallback: T, hint: string): T {
    const value = env[name];
    if (value === undefined || value === '') return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push({ where: name, what: `must be ${hint}` });
    return fallback;
  }
  /** Plain HTTP would show tokens to everybody on the way; only a simulator on this machine may use it. */
  function url(name: string, fallback: string): string {
    const value = env[name] || fallback;
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    const isLoopback = parsed !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname);
    if (!parsed || (parsed.protocol !== 'https:' && !isLoopback)) {
      problems.push({ where: name, what: 'must be an https:// URL (http:// only to this machine)' });
    }
    return value;
  }

  const appToken = secret('SLACK_APP_TOKEN');
  return {
    slack: {
      botToken: required(
        'SLACK_BOT_TOKEN',
        'It begins with xoxb- and stands under "OAuth & Permissions" of the Slack app',
      ),
      apiUrl: url('SLACK_API_URL', USUAL_ADDRESS.slack),
      transport: appToken
        ? { kind: 'socket', appToken }
        : {
            kind: 'http',
            signingSecret: required('SLACK_SIGNING_SECRET', 'Set it for HTTP, or SLACK_APP_TOKEN for Socket Mode'),
          },
    },
    aura: {
      apiUrl: url('AURA_API_URL', USUAL_ADDRESS.aura),
      clientId: required('AURA_CLIENT_ID', 'Create API credentials in the Aura console'),
      clientSecret: required('AURA_CLIENT_SECRET', 'It was shown once, when the API credentials were created'),
    },
    onCall: {
      pagerDutyUrl: url('PAGERDUTY_API_URL', USUAL_ADDRESS.pagerDuty),
      opsgenieUrl: url('OPSGENIE_API_URL', USUAL_ADDRESS.opsgenie),
    },
    redisUrl: redisUrl(),
    configFile: env.CONFIG_FILE || 'restore-bot.yaml',
    dataDir: env.DATA_DIR || '.data',
    neo4jAdmin: env.NEO4J_ADMIN?.trim() || undefined,
    port: one('PORT', z.coerce.number().int().min(0).max(65535), 3000, 'a port number'),
    role: one('ROLE', z.enum(['all', 'slack', 'worker']), 'all', 'all, slack or worker'),
    logLevel: one(
      'LOG_LEVEL',
      z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
      'info',
      'a pino level such as info',
    ),
    secret,
  };
}
