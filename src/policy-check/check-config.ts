import { pino } from 'pino';
import type { Config } from '../config/config.ts';
import { loadConfig, loadPolicy } from '../config/load-config.ts';
import { ConfigError } from '../config/problem.ts';
import { readCheck } from '../graph/check-definition.ts';
import { createOnCallFrom } from '../on-call/from-config.ts';
import { instantOf } from '../restore/instant.ts';
import type { InstancePolicy, Policy } from '../restore/policy.ts';
import { namedByAny } from '../restore/rules-needed.ts';
import { createEmailAccounts } from '../slack/email-accounts.ts';
import { identityNow } from '../slack/identity.ts';
import { createSlackClient } from '../slack/web-client.ts';
import { type Look, lookAtPeople, peopleOf, wouldLookAt } from './look-at-people.ts';
import type { Names } from './names.ts';
import { possibleToday } from './possible-today.ts';
import { neverStarts, policySentences } from './sentences.ts';

/** What the configuration means, line by line, and everything that is wrong with it or with the people it names. */
export interface CheckedConfig {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
  /** Absent when it could not be read. */
  readonly policy?: Policy;
}

/** Whether people were looked at, and if not, why. */
type Looked = { readonly kind: 'seen'; readonly look: Look } | { readonly kind: 'not-seen'; readonly why: string };

const NO_NAMES: Names = new Map();
const NO_TOKEN = 'this environment holds no Slack token';

/**
 * Reads the configuration of this environment and, when a Slack token is there, looks at the people it names. Without one the
 * file alone is judged and no other secret is needed. Only reads, and never rejects.
 */
export async function checkConfig(
  env: Readonly<Record<string, string | undefined>>,
  now: () => number = Date.now,
): Promise<CheckedConfig> {
  try {
    const hasToken = Boolean(env.SLACK_BOT_TOKEN?.trim() || env.SLACK_BOT_TOKEN_FILE);
    if (!hasToken) {
      const policy = loadPolicy(env, readCheck);
      return report(policy, { kind: 'not-seen', why: NO_TOKEN }, now());
    }
    const config = loadConfig(env, readCheck);
    const looked = await lookFor(config, now).catch((error: unknown): Looked => {
      return { kind: 'not-seen', why: error instanceof Error ? error.message : 'Slack did not answer' };
    });
    const checked = report(config.policy, looked, now());
    if (looked.kind === 'seen') return checked;
    return { ...checked, problems: [...checked.problems, `Nobody could be looked up: ${looked.why}.`] };
  } catch (error) {
    const words = error instanceof ConfigError ? error.message : 'The configuration could not be read.';
    return { lines: [], problems: [words] };
  }
}

async function lookFor(config: Config, now: () => number): Promise<Looked> {
  const client = createSlackClient(config.slack.botToken, config.slack.apiUrl);
  const home = await identityNow(client);
  if (!home) return { kind: 'not-seen', why: 'Slack did not answer' };
  const accountOf = createEmailAccounts(client);
  const onCall = createOnCallFrom(config.onCall, { accountOf, log: pino({ level: 'silent' }) });
  const everybody = namedByAny(config.policy.instances.map(peopleOf));
  return { kind: 'seen', look: await lookAtPeople(everybody, { client, home, onCall, now }) };
}

function report(policy: Policy, looked: Looked, nowMs: number): CheckedConfig {
  const now = instantOf(nowMs);
  const names = looked.kind === 'seen' ? looked.look.names : NO_NAMES;
  const checked = policy.instances.map((instance) => {
    const { alias, environment, auraId, calendar } = instance;
    const today = peopleToday(instance, policy, looked);
    const never = neverStarts(calendar, now) ? ['it can never start in the next three years'] : [];
    const sentences = [...policySentences(instance, policy, { now, names }), ...today.sentences];
    return {
      lines: [`${alias} (${environment}, Aura id ${auraId})`, ...sentences.map((sentence) => `  ${sentence}`)],
      problems: [...never, ...today.problems].map((problem) => `${alias}: ${problem}.`),
    };
  });
  const { gaps, doubts } = looked.kind === 'seen' ? looked.look : { gaps: [], doubts: [] };
  const problems = [...gaps.map((gap) => `Slack did not tell ${gap}.`), ...checked.flatMap((one) => one.problems)];
  return {
    lines: [
      ...checked.flatMap(({ lines }) => lines),
      ...doubts.map((doubt) => `On call: ${doubt}.`),
      problems.length > 0
        ? 'The configuration is well-formed, but see the problems below.'
        : 'The configuration is well-formed.',
    ],
    problems,
    policy,
  };
}

function peopleToday(instance: InstancePolicy, policy: Policy, looked: Looked) {
  if (looked.kind === 'seen') return possibleToday(instance, looked.look.people, policy.samePeople, looked.look.names);
  const words = `whether a request could be approved today was not looked up, because ${looked.why}; looked at would be ${wouldLookAt(peopleOf(instance))}`;
  return { sentences: [words], problems: [] };
}
