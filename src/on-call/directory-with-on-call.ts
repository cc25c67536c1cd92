import type { PersonId } from '../restore/names.ts';
import { type OnCallLook, schedulesOn } from '../restore/on-call.ts';
import type { PersonFacts } from '../restore/person-facts.ts';
import type { Directory, Membership } from '../slack/directory.ts';
import type { OnCall } from './on-call.ts';

/** A directory that also tells, with every decision, whether the person is on the schedules that the rule names. */
export function createDirectoryWithOnCall(parts: {
  readonly directory: Directory;
  readonly onCall: OnCall;
  readonly now?: () => number;
}): Directory {
  const { directory, onCall } = parts;
  const now = parts.now ?? Date.now;

  async function look(alias: string): Promise<(id: PersonId) => OnCallLook> {
    const answer = await onCall.whoIsOn(alias, new Date(now()).toISOString());
    if (answer.kind === 'unknown') return () => ({ alias, ...answer });
    const { people, ...known } = answer;
    return (id) => ({ alias, ...known, isOn: people.includes(id) });
  }

  async function readEach(ids: readonly PersonId[], rule: Membership): Promise<readonly PersonFacts[]> {
    const [people, looks] = await Promise.all([
      directory.readEachForDecision(ids, rule),
      Promise.all((rule.onCall ?? []).map(look)),
    ]);
    return people.map((person) =>
      withLooks(
        person,
        looks.map((lookFor) => lookFor(person.id)),
      ),
    );
  }

  return {
    ...directory,
    readEachForDecision: readEach,
    async readForDecision(id, rule) {
      const [person] = await readEach([id], rule);
      return person ?? { kind: 'unreadable', id };
    },
  };
}

function withLooks(person: PersonFacts, looks: readonly OnCallLook[]): PersonFacts {
  if (person.kind === 'unreadable' || looks.length === 0) return person;
  return { ...person, onCall: schedulesOn(looks), onCallLooks: looks };
}

/** Who is on a schedule now, for planning ahead. Undefined while nobody knows. */
export function peopleOnCall(
  onCall: OnCall,
  now: () => number = Date.now,
): (alias: string) => Promise<readonly PersonId[] | undefined> {
  return async (alias) => {
    const answer = await onCall.whoIsOn(alias, new Date(now()).toISOString());
    return answer.kind === 'known' ? answer.people : undefined;
  };
}
