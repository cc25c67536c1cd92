import { changeSentences } from '../messages/policy/change-words.ts';
import { openRedis } from '../src/commands/open-redis.ts';
import { hashPolicy, shortHash } from '../src/restore/policy/hash.ts';
import { comparePolicies } from '../src/restore/policy/policy-change.ts';
import type { Policy } from '../src/restore/policy.ts';
import { createPolicyStore } from '../src/store/policy-store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** In what a file differs from the rules in force, in sentences for a terminal; or that nobody knows, when Redis does not say. Only reads. */
export async function differencesFromInForce(file: Policy, env: Environment): Promise<readonly string[]> {
  try {
    const { redis, close } = await openRedis(env);
    try {
      const stored = await createPolicyStore(redis).load();
      if (!stored) return ['No rules are recorded yet: this file is in force from the first start on.'];
      const { record } = stored;
      const open = record.proposals.filter(({ state }) => state.status === 'open').length;
      const at = new Date().toISOString();
      const { changes } = comparePolicies(record, file, at);
      return [
        `In force is policy ${shortHash(hashPolicy(record.inForce))} since ${record.inForceSince}; ${open} looser rules wait for agreement.`,
        changes.length === 0
          ? 'This file is what is in force.'
          : 'When the bot is started with this file ("waits" means until those who are bound by the rule have agreed in Slack):',
        ...changes.flatMap((change) => changeSentences(change, at)).map((line) => `  ${plain(line)}`),
      ];
    } finally {
      await close();
    }
  } catch (error) {
    return [`In what this file differs from the rules in force is not known: ${wordsOf(error)}.`];
  }
}

/** Slack's markup as a terminal shows it. */
function plain(line: string): string {
  return line
    .replaceAll(/<!subteam\^(\w+)>/g, 'group $1')
    .replaceAll(/<[@#](\w+)>/g, '$1')
    .replaceAll(/&lt;/g, '<')
    .replaceAll(/&gt;/g, '>')
    .replaceAll(/&amp;/g, '&');
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
