import { describe, expect, it } from 'vitest';
import type { Holidays } from '../../src/restore/holidays.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { AskedLook, PersonFacts } from '../../src/restore/person-facts.ts';
import type { Reminder } from '../../src/restore/reminded.ts';
import { firstAtWork, nudgeMayComeFrom, peopleToNudge, remindedAt } from '../../src/restore/reminders.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalRule, ReminderTerms } from '../../src/restore/terms.ts';
import { followedBy, makeRestore } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER, makePerson } from '../support/people.ts';

/** A Friday, nine o'clock in London. */
const ASKED = '2026-11-20T09:00:00.000Z';
const later = (minutes: number) => addMinutes(ASKED, minutes);
const OFFICE = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' } as const;
const LEADS = 'S0LEADS';
const LEAD = makePerson('U0LENA', { groups: [LEADS] });
const FALLBACK = { stage: 'fallback', afterMinutes: 20, users: [], groups: [LEADS] } as const;
const ON_CALL = { stage: 'on-call', afterMinutes: 40, users: [], groups: [], onCall: ['databases'] } as const;

function asked(terms: Partial<ReminderTerms> = {}, rules?: readonly ApprovalRule[]): Restore {
  const reminders = { afterMinutes: [10, 30], nudges: { everyMinutes: 15, most: 3 }, escalation: [], ...terms };
  const approval = rules ? { approval: { denialsNeeded: 1, rules } } : {};
  return makeRestore('awaiting-approval', {
    requestedAt: ASKED,
    policy: { requestExpiryMinutes: 600, reminders, ...approval },
  });
}
const look = (people: readonly PersonFacts[], facts: Partial<AskedLook> = {}): AskedLook => ({
  people,
  isWhole: true,
  ...facts,
});
const rule = (name: string, person: PersonFacts): ApprovalRule => ({ name, needed: 1, users: [person.id], groups: [] });
const lookedOnce = (restore: Restore, people: readonly PersonFacts[], minutes: number): Restore => ({
  ...restore,
  reminded: remindedAt(restore, look(people), later(minutes)),
});
/** The record after looks at these moments. */
function lookedAt(restore: Restore, people: readonly PersonFacts[], ...minutes: readonly number[]): Restore {
  return minutes.reduce((one, after) => lookedOnce(one, people, after), restore);
}
const reminder = (minutes: number, ...to: readonly PersonFacts[]): Reminder => ({
  kind: 'reminder',
  at: later(minutes),
  to: to.map(({ id }) => id),
});

/** Nobody is ever at work. */
const CLOSED: Holidays = {
  calendar: 'x',
  zone: 'UTC',
  effect: 'closed',
  fileHash: 'h',
  between: () => [{ name: 'Closed', firstDate: '2020-01-01', endDate: '2040-01-01' }],
};

describe('the next look', () => {
  it('is when the next one is due, and there is none when nothing is to come', () => {
    const once = lookedAt(asked(), [APPROVER], 10);
    expect(once.reminded).toStrictEqual({ round: 0, sent: [reminder(10, APPROVER)], lookAt: later(30) });
    const twice = lookedAt(once, [APPROVER], 30);
    expect(twice.reminded).toStrictEqual({ round: 0, sent: [reminder(10, APPROVER), reminder(30, APPROVER)] });
  });

  it('is five minutes later when not everybody could be looked up', () => {
    expect(remindedAt(asked({ afterMinutes: [] }), look([], { isWhole: false }), later(10)).lookAt).toBe(later(15));
    expect(remindedAt(asked(), look([APPROVER], { isWhole: false }), later(8)).lookAt).toBe(later(10));
  });

  it('is at the first of all that is due', () => {
    const restore = asked({ afterMinutes: [30], escalation: [FALLBACK, ON_CALL] });
    expect(lookedAt(restore, [APPROVER, LEAD], 1).reminded?.lookAt).toBe(later(20));
    expect(lookedAt(restore, [APPROVER, LEAD], 1, 20).reminded?.lookAt).toBe(later(30));
    expect(lookedAt(restore, [APPROVER, LEAD], 1, 20, 30).reminded?.lookAt).toBe(later(40));
  });

  it('never comes for those who are never at work', () => {
    const restore = asked({ workingHours: OFFICE, escalation: [FALLBACK] });
    expect(remindedAt(restore, look([APPROVER, LEAD], { holidays: [CLOSED] }), later(20))).toStrictEqual({
      round: 0,
      sent: [{ kind: 'fallback', at: later(20), to: [] }],
    });
  });

  it('is none for a record of an earlier release, which keeps what was sent', () => {
    const { reminders: _, ...terms } = asked().terms;
    const sent = [reminder(3, APPROVER)];
    const old = { ...asked(), terms };
    expect(remindedAt({ ...old, reminded: { round: 0, sent } }, look([APPROVER]), later(10))).toStrictEqual({
      round: 0,
      sent,
    });
    expect(remindedAt(old, look([APPROVER]), later(10))).toStrictEqual({ round: 0, sent: [] });
  });
});

describe('who is asked', () => {
  it('is everybody whom any open rule names', () => {
    const restore = asked({}, [rule('owners', APPROVER), rule('service', GROUP_APPROVER)]);
    expect(lookedAt(restore, [APPROVER, GROUP_APPROVER], 10).reminded?.sent).toEqual([
      reminder(10, APPROVER, GROUP_APPROVER),
    ]);
  });

  it('is each human once, by the account that was found first', () => {
    const second = makePerson('U0ANTON2', { groups: [APPROVERS_GROUP] });
    const restore = asked();
    const linked = { ...restore, terms: { ...restore.terms, samePeople: [[APPROVER.id, second.id]] } };
    expect(lookedAt(linked, [second, APPROVER], 10).reminded?.sent).toEqual([reminder(10, second)]);
    expect(lookedAt(linked, [second, APPROVER], 10, 30).reminded?.sent).toHaveLength(2);
    expect(lookedAt(restore, [second, APPROVER], 10).reminded?.sent).toEqual([reminder(10, second, APPROVER)]);
  });

  it('is at work by UTC when Slack does not say their zone', () => {
    const restore = asked({ workingHours: OFFICE, afterMinutes: [8 * 60 - 1, 1000] });
    expect(lookedAt(restore, [APPROVER], 479).reminded).toMatchObject({
      sent: [reminder(479, APPROVER)],
      lookAt: '2026-11-23T09:00:00.000Z',
    });
  });
});

describe('a stage', () => {
  const both = makePerson('U0BETA', { groups: [LEADS, APPROVERS_GROUP], onCall: ['databases'] });

  it('is told its people although they were reminded, or told at another stage', () => {
    const restore = asked({ afterMinutes: [10], escalation: [FALLBACK, ON_CALL] });
    expect(lookedAt(restore, [both], 10, 20, 40).reminded?.sent).toEqual([
      reminder(10, both),
      { ...reminder(20, both), kind: 'fallback' },
      { ...reminder(40, both), kind: 'on-call' },
    ]);
  });

  it('has its time on record although its people are away and others were asked before', () => {
    const restore = asked({ afterMinutes: [10], escalation: [FALLBACK] });
    expect(lookedAt(restore, [APPROVER], 10, 20).reminded?.sent).toEqual([
      reminder(10, APPROVER),
      { kind: 'fallback', at: later(20), to: [] },
    ]);
    expect(lookedAt(restore, [APPROVER], 10, 20, 21).reminded?.sent).toHaveLength(2);
  });
});

describe('a schedule that could not be read', () => {
  const restore = () => asked({ afterMinutes: [], escalation: [{ ...FALLBACK, afterMinutes: 40 }, ON_CALL] });
  const sentWith = (unknownSchedules?: readonly string[]) =>
    remindedAt(restore(), look([LEAD], unknownSchedules ? { unknownSchedules } : {}), later(40)).sent;

  it('is on record with the stage that names it, and with no other', () => {
    expect(sentWith(['days', 'databases'])).toStrictEqual([
      { kind: 'fallback', at: later(40), to: [LEAD.id] },
      { kind: 'on-call', at: later(40), to: [], unknown: ['databases'] },
    ]);
  });

  it('is not on record where all that the stage names were read', () => {
    for (const unknown of [undefined, [], ['days']])
      expect(sentWith(unknown)[1]).toStrictEqual({ kind: 'on-call', at: later(40), to: [] });
  });
});

describe('a nudge', () => {
  const restore = () => asked();
  const looking = () => followedBy(restore(), { type: 'looking', at: later(5), person: APPROVER });

  it('leaves alone who says that they are looking, until they do no longer', () => {
    expect(peopleToNudge(looking(), look([APPROVER, GROUP_APPROVER]), later(14))).toEqual([GROUP_APPROVER.id]);
    expect(nudgeMayComeFrom(looking(), look([APPROVER]), later(14))).toBe(later(15));
    expect(peopleToNudge(looking(), look([APPROVER]), later(15))).toEqual([APPROVER.id]);
    expect(nudgeMayComeFrom(looking(), look([APPROVER]), later(16))).toBe(later(16));
  });

  it('may come from when the first of them is at work, whoever that is', () => {
    const office = asked({ workingHours: OFFICE }, [rule('owners', APPROVER), rule('service', GROUP_APPROVER)]);
    const tokyo = { ...APPROVER, zone: 'Asia/Tokyo' };
    const newYork = { ...GROUP_APPROVER, zone: 'America/New_York' };
    for (const people of [
      [tokyo, newYork],
      [newYork, tokyo],
    ])
      expect(nudgeMayComeFrom(office, look(people), later(10))).toBe('2026-11-20T14:00:00.000Z');
    expect(nudgeMayComeFrom(office, look([tokyo], { holidays: [CLOSED] }), later(10))).toBeUndefined();
  });
});

describe('the first who is at work', () => {
  const unreadable: PersonFacts = { kind: 'unreadable', id: APPROVER.id };

  it.each<[string, readonly PersonFacts[], ReminderTerms['workingHours'], readonly Holidays[], string | undefined]>([
    ['is nobody of nobody', [], undefined, [], undefined],
    ['is anybody when there are no hours', [APPROVER], undefined, [], ASKED],
    ['is at work by UTC when no zone is known', [APPROVER], OFFICE, [], ASKED],
    ['is not who could not be looked up', [unreadable], OFFICE, [], undefined],
    ['never comes when every day is a holiday', [APPROVER], OFFICE, [CLOSED], undefined],
  ])('%s', (_, people, hours, holidays, at) => {
    expect(firstAtWork(people, hours, holidays, ASKED)).toBe(at);
  });
});
