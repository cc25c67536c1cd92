import type { Unchecked } from '../../src/restore/approvable.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { followedBy, makeRestore, NOW } from './make-restore.ts';
import { DRAFT, POLICY } from './message-facts.ts';
import { makePerson } from './people.ts';

const UNCHECKED: readonly Unchecked[] = [
  { why: 'no-answer' },
  { why: 'no-answer', schedules: ['plan-1'] },
  { why: 'on-call-unknown', schedules: ['plan-1'] },
  { why: 'too-many' },
];

/** Requests of which it was not known whether enough people can approve them, and what a later look found. */
export function uncheckedRestores(): readonly (readonly [name: string, restore: Restore])[] {
  const approval = oneApprover({ users: ['U1'], groups: [] });
  const asked = UNCHECKED.map((unchecked) =>
    makeRestore('awaiting-approval', { policy: { ...POLICY, approval }, draft: { ...DRAFT, unchecked } }),
  );
  const [first = makeRestore('awaiting-approval')] = asked;
  const found = (people: readonly string[]) =>
    followedBy(first, {
      type: 'reminded',
      at: addMinutes(NOW, 2),
      asked: { people: people.map((id) => makePerson(id)), isWhole: true },
    });
  return [
    ...asked.map((restore, index) => [`asked for without being checked (${index})`, restore] as const),
    ['found to have too few approvers', found([])],
    ['found to have enough approvers', found(['U1'])],
  ];
}
