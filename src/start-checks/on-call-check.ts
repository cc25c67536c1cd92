import type { OnCall } from '../on-call/on-call.ts';
import { onCallWords } from '../restore/on-call.ts';
import type { Finding, StartCheck } from './finding.ts';

/** Each on-call schedule of the configuration: it can be read, somebody is on it, and they have Slack accounts. */
export function createOnCallCheck(parts: {
  readonly onCall: OnCall;
  readonly aliases: Iterable<string>;
  readonly now?: () => number;
}): StartCheck {
  const now = parts.now ?? Date.now;

  async function findIn(alias: string): Promise<readonly Finding[]> {
    const answer = await parts.onCall.whoIsOn(alias, new Date(now()).toISOString());
    const finding = (weight: Finding['weight'], words: string): Finding => ({
      about: 'on-call',
      weight,
      words,
      key: `${alias}: ${answer.kind === 'unknown' ? answer.why : weight}`,
    });
    if (answer.kind === 'unknown') {
      const words = onCallWords([{ alias, ...answer }]);
      return [finding('fault', `${words}: see docs/connect-on-call.md.`)];
    }
    const { provider, schedule } = answer.source;
    const which = `${alias}, ${provider} schedule ${schedule}`;
    if (answer.unmatched > 0) {
      const count = answer.unmatched;
      return [finding('doubt', `${count} on call have no Slack account (${which}): name them under on_call.people.`)];
    }
    if (answer.people.length > 0) return [];
    const hint = provider === 'PagerDuty' ? '; PagerDuty tells only of schedules that an escalation policy uses' : '';
    return [finding('doubt', `Nobody is on call (${which})${hint}.`)];
  }

  return {
    about: 'on-call',
    find: async () => (await Promise.all([...parts.aliases].map(findIn))).flat(),
  };
}
