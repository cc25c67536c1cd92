import type { Logger } from 'pino';
import type { Delegation } from '../restore/delegation.ts';
import type { PersonId } from '../restore/names.ts';
import type { PersonFacts, StandIn } from '../restore/person-facts.ts';
import type { Directory, Membership } from './directory.ts';

/**
 * A directory that also tells, with every decision, whose places a person holds, each owner read afresh by the same rule. A place
 * whose delegation cannot be read is not held: that takes rights away and never gives any.
 */
export function createDirectoryWithDelegations(parts: {
  readonly directory: Directory;
  readonly heldBy: (person: PersonId) => Promise<readonly Delegation[]>;
  readonly log: Logger;
}): Directory {
  const { directory, log } = parts;

  async function delegationsTo(id: PersonId): Promise<readonly Delegation[]> {
    return parts.heldBy(id).catch((error: unknown) => {
      log.warn({ err: error, person: id }, 'delegations could not be read: none counts');
      return [];
    });
  }

  async function readEach(ids: readonly PersonId[], rule: Membership): Promise<readonly PersonFacts[]> {
    const held = await Promise.all(ids.map(delegationsTo));
    const owners = [...new Set(held.flat().map(({ from }) => from))].filter((id) => !ids.includes(id));
    const people = await directory.readEachForDecision([...ids, ...owners], rule);
    const known = new Map(people.map((person) => [person.id, person]));
    return ids.map((id, index) => withPlaces(known.get(id) ?? { kind: 'unreadable', id }, held[index] ?? [], known));
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

function withPlaces(
  person: PersonFacts,
  held: readonly Delegation[],
  known: ReadonlyMap<PersonId, PersonFacts>,
): PersonFacts {
  if (person.kind === 'unreadable' || held.length === 0) return person;
  const standsInFor = held.map(({ id, from, endsAt }): StandIn => {
    return { delegation: id, until: endsAt, delegator: known.get(from) ?? { kind: 'unreadable', id: from } };
  });
  return { ...person, standsInFor };
}
