import { type OnCallLook, schedulesOn } from '../restore/on-call.ts';
import type { PersonId } from '../restore/restore.ts';
import type { Directory } from '../slack/directory.ts';
import type { OnCall } from './on-call.ts';

/** A directory that also tells, with every decision, whether the person is on the schedules that the rule names. */
export function createDirectoryWithOnCall(parts: {
  readonly directory: Directory;
  readonly onCall: OnCall;
  readonly now?: () => number;
}): Directory {
  const { directory, onCall } = parts;
  const now = parts.now ?? Date.now;

  async function look(id: PersonId, alias: string): Promise<OnCallLook> {
    const answer = await onCall.whoIsOn(alias, new Date(now()).toISOString());
    if (answer.kind === 'unknown') return { alias, ...answer };
    const { people, ...known } = answer;
    return { alias, ...known, isOn: people.includes(id) };
  }

  return {
    ...directory,
    async readForDecision(id, rule) {
      const [person, looks] = await Promise.all([
        directory.readForDecision(id, rule),
        Promise.all((rule.onCall ?? []).map((alias) => look(id, alias))),
      ]);
      if (person.kind === 'unreadable' || looks.length === 0) return person;
      return { ...person, onCall: schedulesOn(looks), onCallLooks: looks };
    },
  };
}
