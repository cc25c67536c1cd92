import type { WebClient } from '@slack/web-api';
import type { Unchecked } from '../restore/approvable.ts';
import type { PersonId } from '../restore/names.ts';
import type { AskedLook, PersonFacts } from '../restore/person-facts.ts';
import { namedByAny } from '../restore/rules-needed.ts';
import type { PeopleRule } from '../restore/terms.ts';
import { factsOf, type Home, readMembers, readSlackUser } from './slack-user.ts';

/** Who could approve, according to Slack some minutes ago at most. For planning ahead: decisions read people afresh. */
export interface Candidates {
  /** Everybody a rule names, with the members of its groups and who is on call. Undefined when that was not said in time. */
  namedBy(rule: PeopleRule): Promise<readonly PersonId[] | undefined>;
  /**
   * What Slack says of the people whom the rules name, read until `areEnough` says so. Unchecked when that was not said
   * in time, or those read were not enough and others are too many to read or not known to be on call: then nothing is
   * known.
   */
  read(
    rules: readonly PeopleRule[],
    areEnough: (people: readonly PersonFacts[]) => boolean,
  ): Promise<{ readonly candidates: readonly PersonFacts[] } | { readonly unchecked: Unchecked }>;
  /**
   * Those whom a rule names, as far as they can be read: the people named one by one and on call first, then the groups,
   * the smallest first. Undefined when Slack did not say who they are in time.
   */
  look(rule: PeopleRule): Promise<AskedLook | undefined>;
}

/** A form that was submitted must be answered within three seconds, and Aura needs some of them. */
const DEADLINE_MS = 1_500;
const LIFETIME_MS = 3 * 60_000;
/** Slack allows about a hundred such reads in a minute, for everything the bot does. */
const MOST_READ = 40;
const READ_AT_ONCE = 8;

export function createCandidates(parts: {
  readonly client: WebClient;
  readonly home: Home;
  /** How long somebody waits for an answer; a form's time when left out. */
  readonly deadlineMs?: number;
  /** Who is on a schedule now; undefined while nobody knows. */
  readonly onCallNow: (alias: string) => Promise<readonly PersonId[] | undefined>;
  readonly now?: () => number;
}): Candidates {
  const { client, home } = parts;
  const now = parts.now ?? Date.now;
  const inTime = <T>(read: () => Promise<T>) => within(parts.deadlineMs ?? DEADLINE_MS, read);
  const members = remembering(now, (group: string) => readMembers(client, group));
  const users = remembering(now, (id: PersonId) => readSlackUser(client, id));

  async function membersOf(rules: readonly PeopleRule[]): Promise<People> {
    const { users: ids, groups, onCall = [] } = namedByAny(rules);
    const [byGroup, bySchedule] = await Promise.all([
      Promise.all(groups.map(async (group) => [group, await members(group)] as const)),
      Promise.all(onCall.map(async (alias) => [alias, await parts.onCallNow(alias)] as const)),
    ]);
    const known = [...byGroup, ...bySchedule].flatMap(([, people]) => people ?? []);
    const isWhole = bySchedule.every(([, people]) => people !== undefined);
    return { ids: [...new Set([...ids, ...known])], named: ids, byGroup, bySchedule, isWhole };
  }

  async function factsAbout(id: PersonId, { byGroup, bySchedule }: Pick<People, 'byGroup' | 'bySchedule'>) {
    const onCall = naming(bySchedule, id);
    const user = await users(id);
    return { ...factsOf(id, user, home, naming(byGroup, id)), ...(onCall.length > 0 ? { onCall } : {}) };
  }

  return {
    namedBy: (rule) =>
      inTime(async () => {
        const { ids, isWhole } = await membersOf([rule]);
        return isWhole ? ids : undefined;
      }),

    read: async (rules, areEnough) => {
      const read = await inTime(async () => {
        const { ids, isWhole, ...named } = await membersOf(rules);
        const people: PersonFacts[] = [];
        for (let read = 0; read < Math.min(ids.length, MOST_READ); read += READ_AT_ONCE) {
          const batch = ids.slice(read, Math.min(read + READ_AT_ONCE, MOST_READ));
          people.push(...(await Promise.all(batch.map((id) => factsAbout(id, named)))));
          if (areEnough(people)) return { candidates: people };
        }
        if (!isWhole) return { unchecked: { why: 'on-call-unknown' as const, ...unknownOf(named) } };
        return ids.length <= MOST_READ ? { candidates: people } : { unchecked: { why: 'too-many' as const } };
      });
      const { onCall: schedules = [] } = namedByAny(rules);
      return read ?? { unchecked: { why: 'no-answer', ...(schedules.length > 0 ? { schedules } : {}) } };
    },

    look: (rule) =>
      inTime(async () => {
        const found = await membersOf([rule]);
        const all = fewestFirst(found);
        const ids = all.slice(0, MOST_READ);
        const people: PersonFacts[] = [];
        for (let read = 0; read < ids.length; read += READ_AT_ONCE) {
          const batch = ids.slice(read, read + READ_AT_ONCE);
          people.push(...(await Promise.all(batch.map((id) => factsAbout(id, found)))));
        }
        const { schedules: unknownSchedules } = unknownOf(found);
        return {
          people,
          isWhole: found.isWhole,
          ...(all.length > ids.length ? { isCut: true as const } : {}),
          ...(unknownSchedules ? { unknownSchedules } : {}),
        };
      }),
  };
}

type Named = readonly (readonly [string, readonly PersonId[] | undefined])[];

/** Whom rules name: all that is known of them, and whether that is everybody. */
interface People {
  readonly ids: readonly PersonId[];
  /** Those whom the rules name one by one. */
  readonly named: readonly PersonId[];
  readonly byGroup: Named;
  readonly bySchedule: Named;
  readonly isWhole: boolean;
}

/** The schedules of which nobody knows who is on them. */
function unknownOf({ bySchedule }: Pick<People, 'bySchedule'>): { readonly schedules?: readonly string[] } {
  const schedules = bySchedule.flatMap(([alias, known]) => (known ? [] : [alias]));
  return schedules.length > 0 ? { schedules } : {};
}

/** Everybody once. A large group must not crowd out the few who are named otherwise. */
function fewestFirst({ named, byGroup, bySchedule }: People): readonly PersonId[] {
  const groups = byGroup.map(([, people]) => people ?? []).sort((one, other) => one.length - other.length);
  return [...new Set([...named, ...bySchedule.flatMap(([, people]) => people ?? []), ...groups.flat()])];
}

function naming(named: Named, id: PersonId): readonly string[] {
  return named.filter(([, people]) => people?.includes(id)).map(([name]) => name);
}

async function within<T>(deadlineMs: number, read: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineMs);
  });
  const found = await Promise.race([read().catch(() => undefined), deadline]);
  clearTimeout(timer);
  return found;
}

/** Asks once for each key while the answer is fresh; an answer that failed is not kept. */
function remembering<T>(now: () => number, read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, { readonly answer: Promise<T>; readonly until: number }>();
  return async (key) => {
    const kept = known.get(key);
    if (kept && kept.until > now()) return kept.answer;
    const answer = read(key);
    known.set(key, { answer, until: now() + LIFETIME_MS });
    answer.catch(() => known.delete(key));
    return answer;
  };
}
