import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { isEscalation, remindersOwed } from '../../src/restore/owed-reminders.ts';
import type { Reminder } from '../../src/restore/reminded.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, LINKED_ACCOUNT, makePerson, REQUESTER } from '../support/people.ts';

const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const OLGAS_SECOND = 'U0OLGA2';

const reminder = (minutes: number, to: readonly string[], kind: Reminder['kind'] = 'reminder'): Reminder => ({
  kind,
  at: addMinutes(NOW, minutes),
  to,
});
/** Asked of two, and reminded so far by these. */
function reminded(...sent: readonly Reminder[]): Restore {
  const rules = [{ name: 'owners', users: [APPROVER.id, GROUP_APPROVER.id], groups: ['S0OWNERS'], needed: 2 }];
  const asked: Restore = makeRestore('awaiting-approval', { policy: { approval: { rules, denialsNeeded: 2 } } });
  const samePeople = [...(asked.terms.samePeople ?? []), [OLGA.id, OLGAS_SECOND]];
  return { ...asked, terms: { ...asked.terms, samePeople }, reminded: { round: 0, sent } };
}
const owed = (restore: Restore) => remindersOwed(restore).map(({ key, number, to }) => [key, number, ...to]);

describe('a reminder', () => {
  it('is for all whom it was meant for, and numbered within its round', () => {
    const first = reminder(10, [APPROVER.id, GROUP_APPROVER.id]);
    const second = reminder(20, [OLGA.id], 'fallback');
    expect(remindersOwed(reminded(first, second))).toEqual([
      { key: 'reminder:0:1', number: 1, reminder: first, to: [APPROVER.id, GROUP_APPROVER.id] },
      { key: 'reminder:0:2', number: 2, reminder: second, to: [OLGA.id] },
    ]);
  });

  it('is no longer for whom a later one is for, under any of their accounts', () => {
    const to = [APPROVER.id, OLGA.id, GROUP_APPROVER.id];
    expect(owed(reminded(reminder(10, to), reminder(20, [APPROVER.id, OLGAS_SECOND])))).toEqual([
      ['reminder:0:1', 1, GROUP_APPROVER.id],
      ['reminder:0:2', 2, APPROVER.id, OLGAS_SECOND],
    ]);
  });

  it('is not owed when a later one is for all of its people, and the later keeps its number', () => {
    const to = [APPROVER.id, GROUP_APPROVER.id];
    expect(owed(reminded(reminder(10, to), reminder(20, to), reminder(30, to)))).toEqual([['reminder:0:3', 3, ...to]]);
  });

  it('is not owed when nobody of its people was at work', () => {
    expect(owed(reminded(reminder(10, [], 'fallback')))).toEqual([]);
  });

  it('is no longer for who has answered with a yes or a no, under any of their accounts', () => {
    const before = reminded(reminder(10, [APPROVER.id, OLGAS_SECOND, GROUP_APPROVER.id]));
    const agreed = followedBy(before, { ...exampleEvent('approved', before), person: OLGA });
    expect(owed(agreed)).toEqual([['reminder:0:1', 1, APPROVER.id, GROUP_APPROVER.id]]);
    const denied = followedBy(agreed, { ...exampleEvent('denied', agreed), person: APPROVER });
    expect(owed(denied)).toEqual([['reminder:0:1', 1, GROUP_APPROVER.id]]);
  });

  it('is for nobody once it is decided, and for nobody by an earlier round', () => {
    const before = reminded(reminder(10, [APPROVER.id]));
    expect(owed(afterEvents(before, ['withdrawn']))).toEqual([]);
    const edited = afterEvents(before, ['edited']);
    expect(owed(edited)).toEqual([]);
    const again = { ...edited, reminded: { round: 1, sent: [reminder(30, [APPROVER.id])] } };
    expect(owed(again)).toEqual([['reminder:1:1', 1, APPROVER.id]]);
  });

  it('that nobody was sent is not owed', () => {
    expect(remindersOwed(makeRestore('awaiting-approval'))).toEqual([]);
  });
});

it.each<[Reminder['kind'], boolean]>([
  ['reminder', false],
  ['nudge', false],
  ['fallback', true],
  ['on-call', true],
])('a %s tells people who may never have seen the card: %s', (kind, tells) => {
  expect(isEscalation(reminder(10, [REQUESTER.id, LINKED_ACCOUNT.id], kind))).toBe(tells);
});
