import { describe, expect, it } from 'vitest';
import { dueStep } from '../../src/restore/due-step.ts';
import type { Holidays } from '../../src/restore/holidays.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import { reminderLookAt } from '../../src/restore/reminder-times.ts';
import { firstAtWork } from '../../src/restore/reminders.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, BYSTANDER, makePerson, REQUESTER } from '../support/people.ts';
import { ASKED, asked, EVERYBODY, OFFICE, sentIn, told, untilThen, WEEK } from './reminding.ts';

describe('who has not answered', () => {
  it('is reminded after ever longer waits: one who may decide, not the requester, guests, bots or strangers', () => {
    expect(told(untilThen(asked(), EVERYBODY, WEEK))).toEqual([
      '10 U0ANTON+U0GRETA',
      '30 U0ANTON+U0GRETA',
      '120 U0ANTON+U0GRETA',
    ]);
  });

  it('and votes, or says that they are looking, is left alone', () => {
    const approval = {
      denialsNeeded: 2,
      rules: [{ name: 'owners', needed: 2, users: [APPROVER.id], groups: [APPROVERS_GROUP] }],
    };
    const start = asked({}, { approval });
    const voted = followedBy(start, { ...exampleEvent('approved', start), at: addMinutes(ASKED, 1) });
    expect(told(untilThen(voted, EVERYBODY, WEEK))).toEqual(['10 U0GRETA', '30 U0GRETA', '120 U0GRETA']);
    const denied = followedBy(start, { ...exampleEvent('denied', start), at: addMinutes(ASKED, 1) });
    expect(told(untilThen(denied, EVERYBODY, WEEK))).toEqual(['10 U0GRETA', '30 U0GRETA', '120 U0GRETA']);
    const looked = followedBy(start, { ...exampleEvent('looking', start), at: addMinutes(ASKED, 5) });
    expect(told(untilThen(looked, EVERYBODY, WEEK)).slice(0, 3)).toEqual(['10 U0GRETA', '15 U0ANTON', '30 U0GRETA']);
  });

  it('and is needed by no rule that is still open is left alone', () => {
    const approval = {
      denialsNeeded: 1,
      rules: [
        { name: 'owners', needed: 1, users: [APPROVER.id], groups: [APPROVERS_GROUP] },
        { name: 'service', needed: 1, users: [BYSTANDER.id], groups: [] },
      ],
    };
    const start = asked({}, { approval });
    const voted = followedBy(start, { ...exampleEvent('approved', start), at: addMinutes(ASKED, 1) });
    expect(told(untilThen(voted, EVERYBODY, WEEK))[0]).toBe(`10 ${BYSTANDER.id}`);
  });

  it('takes a vote back and is reminded again', () => {
    const approval = {
      denialsNeeded: 1,
      rules: [{ name: 'owners', needed: 2, users: [APPROVER.id], groups: [APPROVERS_GROUP] }],
    };
    const start = asked({ afterMinutes: [10] }, { approval });
    const voted = followedBy(start, { ...exampleEvent('approved', start), at: addMinutes(ASKED, 1) });
    const reminded = untilThen(voted, EVERYBODY, WEEK);
    const back = followedBy(reminded, { type: 'vote-taken-back', at: addMinutes(ASKED, 60), person: APPROVER });
    expect(told(untilThen(back, EVERYBODY, WEEK))).toEqual(['10 U0GRETA', '60 U0ANTON']);
  });

  it('is reminded anew from the start when the plan was edited or the world drifted', () => {
    const start = untilThen(asked(), [APPROVER], addMinutes(ASKED, 40));
    const editedAt = addMinutes(ASKED, 50);
    const edited = followedBy(start, { ...exampleEvent('edited', start), at: editedAt });
    expect(told(untilThen(edited, [APPROVER], WEEK))).toEqual(['60 U0ANTON', '80 U0ANTON', '170 U0ANTON']);
    const keys = owedMessages(untilThen(edited, [APPROVER], addMinutes(ASKED, 61))).map(({ key }) => key);
    expect(keys).toContain('reminder:1:1');
    expect(keys.some((key) => key.startsWith('reminder:0'))).toBe(false);
  });

  it('is not reminded by a request of an earlier release, or when nothing is configured', () => {
    const { reminders: _, ...terms } = asked().terms;
    expect(reminderLookAt({ ...asked(), terms })).toBeUndefined();
    expect(reminderLookAt(asked({ afterMinutes: [] }))).toBeUndefined();
    expect(dueStep(asked({ afterMinutes: [] }))?.step).toBe('look-at-agreement');
  });
});

describe('a reminder', () => {
  it('is owed once, in the card’s thread, to those who are still missing, and to nobody after the decision', () => {
    const reminded = untilThen(asked(), EVERYBODY, addMinutes(ASKED, 10));
    const owed = owedMessages(reminded).filter(({ kind }) => kind === 'reminder');
    expect(owed).toEqual([{ key: 'reminder:0:1', kind: 'reminder', to: 'C0APPROVALS', reminder: 1 }]);
    const posted = followedBy(reminded, { ...exampleEvent('message-settled', reminded), key: 'reminder:0:1' });
    expect(owedMessages(posted)).toEqual([]);
    const approved = followedBy(reminded, exampleEvent('approved', reminded));
    expect(owedMessages(approved).map(({ kind }) => kind)).not.toContain('reminder');
    expect(dueStep(approved)?.step).toBe('preflight');
  });

  it('that Slack did not take in time is not said beside the next one', () => {
    const reminded = untilThen(asked(), EVERYBODY, addMinutes(ASKED, 30));
    expect(owedMessages(reminded).map(({ key }) => key)).toEqual(['reminder:0:2']);
  });

  it('never waits for anybody’s working hours longer than the request is open', () => {
    const restore = asked({ workingHours: OFFICE }, { requestExpiryMinutes: 60 });
    const late = { ...restore, request: { ...restore.request, requestedAt: '2026-11-20T16:29:00.000Z' } };
    const expiresAt = '2026-11-20T17:29:00.000Z';
    const open: Restore = { ...late, state: { status: 'awaiting-approval', expiresAt, votes: [] } };
    const berlin = makePerson(APPROVER.id, { zone: 'Europe/Berlin' });
    const after = untilThen(open, [berlin], WEEK);
    expect(sentIn(after)).toEqual([]);
    expect((reminderLookAt(after) ?? expiresAt) >= expiresAt).toBe(true);
    const looked = { ...after, agreementLook: { round: 0, at: addMinutes(expiresAt, -10) } };
    expect(dueStep(looked)).toEqual({ step: 'expire-request', at: expiresAt });
  });

  it('is not given at the very moment at which the request expires', () => {
    const restore = asked();
    if (restore.state.status !== 'awaiting-approval') throw new Error('not open');
    const { expiresAt } = restore.state;
    const asking = (at: Instant) =>
      transition(restore, { type: 'reminded', at, asked: { people: EVERYBODY, isWhole: true } });
    expect(asking(expiresAt)).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
    expect(asking(addMinutes(expiresAt, -1)).kind).toBe('changed');
  });

  it('is put to the next working moment of each one, in their own zone and over holidays', () => {
    const berlin = makePerson('U0B', { zone: 'Europe/Berlin' });
    const tokyo = makePerson('U0T', { zone: 'Asia/Tokyo' });
    const approval = { denialsNeeded: 1, rules: [{ name: 'all', needed: 1, users: ['U0B', 'U0T'], groups: [] }] };
    const start = asked({ afterMinutes: [10], workingHours: OFFICE }, { approval });
    const monday: Holidays = {
      calendar: 'x',
      zone: 'Asia/Tokyo',
      effect: 'closed',
      fileHash: 'h',
      between: () => [{ name: 'Labour Thanksgiving Day', firstDate: '2026-11-23', endDate: '2026-11-24' }],
    };
    const times = (restore: Restore) => sentIn(restore).map(({ at, to }) => `${at} ${to.join('+')}`);
    expect(times(untilThen(start, [berlin, tokyo], WEEK))).toEqual([
      '2026-11-20T09:10:00.000Z U0B',
      '2026-11-23T00:00:00.000Z U0T',
    ]);
    expect(times(untilThen(start, [tokyo], WEEK, { holidays: [monday] }))).toEqual(['2026-11-24T00:00:00.000Z U0T']);
  });
});

describe('a nudge', () => {
  const nudge = (
    restore: Restore,
    minutes: number,
    people: readonly PersonFacts[] = EVERYBODY,
    by: PersonFacts = REQUESTER,
  ) =>
    transition(restore, {
      type: 'nudged',
      at: addMinutes(ASKED, minutes),
      person: by,
      asked: { people, isWhole: true },
    });
  const nudged = (restore: Restore, minutes: number): Restore => {
    const outcome = nudge(restore, minutes);
    if (outcome.kind !== 'changed') throw new Error('refused');
    return outcome.restore;
  };

  it('asks all who are missing at once, and the next reminder counts from it', () => {
    const restore = nudged(asked(), 5);
    expect(told(untilThen(restore, EVERYBODY, addMinutes(ASKED, 20)))).toEqual([
      '5 nudge U0ANTON+U0GRETA',
      '15 U0ANTON+U0GRETA',
    ]);
    expect(restore.history.at(-1)).toMatchObject({
      event: 'nudged',
      by: REQUESTER.id,
      facts: { nudge: 'U0ANTON, U0GRETA', words: 'nudge to 2' },
    });
  });

  it.each([
    ['an approver', APPROVER, 'not-the-requester'],
    ['a bystander', BYSTANDER, 'not-the-requester'],
    ['somebody Slack does not know', { kind: 'unreadable', id: REQUESTER.id } as const, 'identity-unreadable'],
  ])('by %s changes nothing', (_, by, reason) => {
    expect(nudge(asked(), 5, EVERYBODY, by)).toMatchObject({ kind: 'refused', refusal: { reason } });
  });

  it('comes at most every so often and so many times in a round', () => {
    const once = nudged(asked(), 5);
    expect(nudge(once, 19)).toMatchObject({ refusal: { reason: 'nudged-lately', until: addMinutes(ASKED, 20) } });
    const thrice = nudged(nudged(once, 20), 35);
    expect(nudge(thrice, 600)).toMatchObject({ refusal: { reason: 'nudged-enough', most: 3 } });
    const edited = followedBy(thrice, { ...exampleEvent('edited', thrice), at: addMinutes(ASKED, 40) });
    expect(nudge(edited, 41).kind).toBe('changed');
  });

  it('wakes nobody, and says when the first is at work', () => {
    const tokyo = makePerson(APPROVER.id, { zone: 'Asia/Tokyo' });
    const restore = asked({ workingHours: OFFICE });
    expect(nudge(restore, 5, [tokyo])).toMatchObject({
      refusal: { reason: 'nobody-to-nudge', from: '2026-11-23T00:00:00.000Z' },
    });
    expect(nudge(asked({ workingHours: OFFICE }, {}, true), 5, [tokyo]).kind).toBe('changed');
  });

  it('is past once it was decided or has expired', () => {
    const approved = followedBy(asked(), { ...exampleEvent('approved', asked()), at: addMinutes(ASKED, 1) });
    expect(nudge(approved, 5)).toMatchObject({ refusal: { reason: 'already-past' } });
    expect(nudge(asked(), 7 * 24 * 60)).toMatchObject({ refusal: { reason: 'request-expired' } });
  });
});

describe('the form’s warning', () => {
  it('knows when the first of those who are asked is at work', () => {
    const people = [makePerson('U1', { zone: 'Asia/Tokyo' }), makePerson('U2', { zone: 'America/New_York' })];
    expect(firstAtWork(people, OFFICE, [], '2026-11-20T10:00:00.000Z')).toBe('2026-11-20T14:00:00.000Z');
    expect(firstAtWork(people, undefined, [], ASKED)).toBe(ASKED);
    expect(firstAtWork([], OFFICE, [], ASKED)).toBeUndefined();
  });
});
