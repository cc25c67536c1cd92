import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { OnCall } from '../on-call/on-call.ts';
import { instantOf } from '../restore/instant.ts';
import { onCallWords } from '../restore/on-call.ts';
import type { PersonFacts } from '../restore/person-facts.ts';
import type { InstancePolicy } from '../restore/policy.ts';
import { namedByAny } from '../restore/rules-needed.ts';
import type { PeopleRule } from '../restore/terms.ts';
import { troubleOf } from '../slack/slack-errors.ts';
import { factsOf, type Home, readSlackUser } from '../slack/slack-user.ts';
import type { Names } from './names.ts';
import { otherApprovals } from './new-instance-sentences.ts';

/** Who the people of a configuration are today. */
export interface Look {
  readonly people: readonly PersonFacts[];
  readonly names: Names;
  /** What could not be found out, in words. People behind a gap are not among `people`. */
  readonly gaps: readonly string[];
  /** What is not known of on-call schedules, in words; the bot then goes by the people and groups that are named. */
  readonly doubts: readonly string[];
}

const groupsAnswer = z.array(
  z.object({ id: z.string(), handle: z.string().optional(), users: z.array(z.string()).default([]) }),
);

/** Slack allows about a hundred such reads in a minute. */
const READ_AT_ONCE = 8;
const MOST_TRIES = 4;
const LONGEST_WAIT_MS = 60_000;

/** Everybody whom an instance's rules name, in whatever part: who may ask, who must agree, who may override a freeze. */
export function peopleOf(instance: InstancePolicy): PeopleRule {
  const { requesters, approval, overrideApprovers } = instance;
  const others = otherApprovals(instance).flatMap((other) => other.approval.rules);
  return namedByAny([
    ...approval.rules,
    ...others,
    ...[requesters, overrideApprovers].filter((rule) => rule !== undefined),
  ]);
}

/**
 * Asks Slack for the members of groups and what everybody is, and the on-call services who is on. Only reads, waits when Slack
 * asks for it, never rejects, and may be repeated.
 */
export async function lookAtPeople(
  rule: PeopleRule,
  parts: { readonly client: WebClient; readonly home: Home; readonly onCall: OnCall; readonly now?: () => number },
): Promise<Look> {
  const { client, home, onCall } = parts;
  const atMs = (parts.now ?? Date.now)();
  const groups = await membersOf(client, rule.groups);
  const schedules = await Promise.all(
    (rule.onCall ?? []).map(async (alias) => ({ alias, answer: await onCall.whoIsOn(alias, instantOf(atMs)) })),
  );
  const ids = [
    ...new Set([
      ...rule.users,
      ...groups.found.flatMap(({ users }) => users),
      ...schedules.flatMap(({ answer }) => (answer.kind === 'known' ? answer.people : [])),
    ]),
  ];
  const names = new Map(groups.found.map(({ id, handle }) => [id, `@${handle ?? id}`]));
  const gaps = [...groups.gaps];
  const people: PersonFacts[] = [];
  for (let read = 0; read < ids.length; read += READ_AT_ONCE) {
    const batch = ids.slice(read, read + READ_AT_ONCE);
    const accounts = await Promise.all(batch.map((id) => patiently(() => readSlackUser(client, id))));
    for (const [index, id] of batch.entries()) {
      const account = accounts[index];
      if (!account || 'gap' in account) {
        gaps.push(`who ${id} is (${account?.gap ?? 'no answer'})`);
        continue;
      }
      if (account.found.real_name) names.set(id, account.found.real_name);
      const memberOf = groups.found.filter(({ users }) => users.includes(id)).map((group) => group.id);
      const on = schedules.filter(({ answer }) => answer.kind === 'known' && answer.people.includes(id));
      people.push({ ...factsOf(id, account.found, home, memberOf), onCall: on.map(({ alias }) => alias) });
    }
  }
  const doubts = schedules.flatMap(({ alias, answer }) => doubtOf(alias, answer));
  return { people, names, gaps, doubts };
}

async function membersOf(client: WebClient, wanted: readonly string[]) {
  if (wanted.length === 0) return { found: [], gaps: [] };
  const answer = await patiently(async () => {
    const { usergroups } = await client.usergroups.list({ include_users: true });
    return groupsAnswer.parse(usergroups);
  });
  if ('gap' in answer) return { found: [], gaps: [`who is in ${wanted.join(', ')} (${answer.gap})`] };
  const found = answer.found.filter(({ id }) => wanted.includes(id));
  const missing = wanted.filter((id) => !found.some((group) => group.id === id));
  return { found, gaps: missing.map((id) => `who is in ${id} (no such user group, or it is disabled)`) };
}

function doubtOf(alias: string, answer: Awaited<ReturnType<OnCall['whoIsOn']>>): readonly string[] {
  if (answer.kind === 'unknown') return [onCallWords([{ alias, ...answer }])];
  if (answer.unmatched > 0) return [`${answer.unmatched} on call in ${alias} have no Slack account that is known`];
  return answer.people.length > 0 ? [] : [`nobody is on call in ${alias}`];
}

type Answer<T> = { readonly found: T } | { readonly gap: string };

/** Asks again when Slack says for how long to wait. */
async function patiently<T>(read: () => Promise<T>): Promise<Answer<T>> {
  for (let tries = 1; ; tries++) {
    try {
      return { found: await read() };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused') return { gap: trouble.code };
      if (trouble.kind === 'unclear' || tries === MOST_TRIES) return { gap: 'Slack did not say' };
      await sleep(Math.min(trouble.retryAfterMs, LONGEST_WAIT_MS));
    }
  }
}

/** What would be asked with a Slack token, for somebody who has none at hand. */
export function wouldLookAt({ users, groups, onCall = [] }: PeopleRule): string {
  return [
    ...(groups.length > 0 ? [`who is in ${groups.join(', ')}`] : []),
    ...(users.length > 0 ? [`whether each of ${users.join(', ')} is an active full member`] : []),
    ...(onCall.length > 0 ? [`who is on call in ${onCall.join(', ')}`] : []),
  ].join('; ');
}
