import type { WebClient } from '@slack/web-api';
import { createLine } from '../line.ts';
import type { PersonId } from '../restore/names.ts';
import type { PersonFacts } from '../restore/person-facts.ts';
import type { PeopleRule } from '../restore/terms.ts';
import type { Readers } from './readers.ts';
import { factsOf, type Home, readMembers, readSlackUser } from './slack-user.ts';

/** The parts of a rule that must be looked up for a person; users it names by id need no look. */
export type Membership = Pick<PeopleRule, 'groups' | 'onCall'>;

/** Who people are, according to Slack. */
export interface Directory {
  /**
   * Reads a person's status and membership afresh, for a decision. Never throws and never guesses: whatever cannot be
   * read within the deadline makes the person `unreadable`, and the rules then say no.
   */
  readForDecision(id: PersonId, rule: Membership): Promise<PersonFacts>;
  /** The same for several people at once, in their order. */
  readEachForDecision(ids: readonly PersonId[], rule: Membership): Promise<readonly PersonFacts[]>;
  /** In which language and zone the person reads; see `readers.ts`. */
  readerOf: Readers['readerOf'];
}

/** Slack gives a view submission three seconds; the store needs some of them. */
const DECISION_DEADLINE_MS = 1_800;

export function createDirectory(parts: {
  readonly client: WebClient;
  readonly home: Home;
  readonly readers: Readers;
}): Directory {
  const { client, home, readers } = parts;

  /** Whoever asks while a group is being read waits for the next read, which answers all of them and is fresh for each. */
  const readGroup = createLine<undefined, ReadonlySet<PersonId>>(async (group, waiting) => {
    const members = new Set(await readMembers(client, group));
    return waiting.map(() => members);
  }, Number.POSITIVE_INFINITY);

  /** Each group's members, asked for once however many people are looked up. */
  function membersOf(groups: readonly string[]) {
    return Promise.all(groups.map(async (group) => ({ group, members: await readGroup(group, undefined) })));
  }

  async function read(id: PersonId, memberships: ReturnType<typeof membersOf>): Promise<PersonFacts> {
    const [found, groups] = await Promise.all([readSlackUser(client, id), memberships]);
    readers.saw(found);
    return factsOf(
      id,
      found,
      home,
      groups.filter(({ members }) => members.has(id)).map(({ group }) => group),
    );
  }

  async function readEach(ids: readonly PersonId[], { groups }: Membership): Promise<readonly PersonFacts[]> {
    const memberships = membersOf(groups);
    return Promise.all(ids.map((id) => inTime(id, read(id, memberships))));
  }

  return {
    readEachForDecision: readEach,
    async readForDecision(id, rule) {
      const [facts] = await readEach([id], rule);
      return facts ?? { kind: 'unreadable', id };
    },

    readerOf: readers.readerOf,
  };
}

async function inTime(id: PersonId, reading: Promise<PersonFacts>): Promise<PersonFacts> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<PersonFacts>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'unreadable', id }), DECISION_DEADLINE_MS);
  });
  const facts = await Promise.race([reading.catch((): PersonFacts => ({ kind: 'unreadable', id })), deadline]);
  clearTimeout(timer);
  return facts;
}
