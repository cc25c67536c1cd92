import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueStep } from '../../src/restore/due-step.ts';
import { rulesFor, rulesOpen } from '../../src/restore/escalation.ts';
import type { PersonFacts } from '../../src/restore/event.ts';
import type { Holidays } from '../../src/restore/holidays.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { areSamePerson } from '../../src/restore/person.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { Reminder } from '../../src/restore/reminded.ts';
import { firstAtWork } from '../../src/restore/reminders.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { remindedNow } from '../../src/restore/round.ts';
import type { ReminderTerms } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { isWorkingTime } from '../../src/restore/working-hours.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeDraft, makeRestore, SAME_PEOPLE } from '../support/make-restore.ts';
import {
  APPROVER,
  APPROVERS_GROUP,
  BOT,
  BYSTANDER,
  DEACTIVATED,
  GROUP_APPROVER,
  GUEST,
  LINKED_ACCOUNT,
  makePerson,
  OUTSIDER,
  REQUESTER,
} from '../support/people.ts';

/** A Friday morning in Berlin. */
const ASKED: Instant = '2026-11-20T09:00:00.000Z';
const OFFICE = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' } as const;
const TERMS: ReminderTerms = {
  afterMinutes: [10, 30, 120],
  nudges: { everyMinutes: 15, most: 3 },
  escalation: [],
};
const LEADS = 'S0LEADS';
const LEAD = makePerson('U0LENA', { groups: [LEADS] });
const ON_CALL = makePerson('U0OLGA', { onCall: ['databases'] });
const ESCALATION: ReminderTerms['escalation'] = [
  { stage: 'fallback', afterMinutes: 60, users: [], groups: [LEADS] },
  { stage: 'on-call', afterMinutes: 90, users: [], groups: [], onCall: ['databases'] },
];
const EVERYBODY = [APPROVER, GROUP_APPROVER, REQUESTER, LINKED_ACCOUNT, BYSTANDER, GUEST, BOT, OUTSIDER, DEACTIVATED];

function asked(terms: Partial<ReminderTerms> = {}, policy: Partial<InstancePolicy> = {}, isUrgent = false): Restore {
  return makeRestore('awaiting-approval', {
    requestedAt: ASKED,
    draft: { ...makeDraft(), isUrgent },
    policy: { requestExpiryMinutes: 7 * 24 * 60, reminders: { ...TERMS, ...terms }, ...policy },
  });
}

/** Looks whenever the record says so, until a moment, with these people found; `happens` may change the record before a look. */
function untilThen(
  from: Restore,
  people: readonly PersonFacts[],
  end: Instant,
  more: { readonly holidays?: readonly Holidays[]; readonly happens?: (restore: Restore, at: Instant) => Restore } = {},
): Restore {
  let restore = from;
  for (let looks = 0; looks < 500; looks++) {
    const due = dueStep(restore);
    if (due?.step !== 'remind' || due.at > end) return restore;
    if (more.happens) restore = more.happens(restore, due.at);
    const look = { people, isWhole: true, ...(more.holidays ? { holidays: more.holidays } : {}) };
    const outcome = transition(restore, { type: 'reminded', at: due.at, asked: look });
    if (outcome.kind !== 'changed') return restore;
    restore = outcome.restore;
  }
  throw new Error('it is looked again and again');
}

const sentIn = (restore: Restore) => remindedNow(restore)?.sent ?? [];
/** Minutes after people were asked, and whom: `10 U0ANTON`. */
const told = (restore: Restore) =>
  sentIn(restore).map(
    ({ kind, at, to }) =>
      `${(Date.parse(at) - Date.parse(ASKED)) / 60_000} ${kind === 'reminder' ? '' : `${kind} `}${to.join('+')}`,
  );
const WEEK = addMinutes(ASKED, 7 * 24 * 60);

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
    expect(dueStep({ ...asked(), terms })?.step).toBe('expire-request');
    expect(dueStep(asked({ afterMinutes: [] }))?.step).toBe('expire-request');
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
    expect(dueStep(after)).toEqual({ step: 'expire-request', at: expiresAt });
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

describe('an escalation', () => {
  const approval = (escalatesTo: ('fallback' | 'on-call')[]) => ({
    denialsNeeded: 1,
    rules: [{ name: 'owners', needed: 2, users: [APPROVER.id], groups: [APPROVERS_GROUP], escalatesTo }],
  });
  const people = [...EVERYBODY, LEAD, ON_CALL];
  const escalating = (escalatesTo: ('fallback' | 'on-call')[], urgent = false) =>
    asked(
      { afterMinutes: [], escalation: ESCALATION, ...(urgent ? { workingHours: OFFICE } : {}) },
      { approval: approval(escalatesTo) },
      urgent,
    );

  it('tells the fallback group and then whoever is on call, each directly and in the thread', () => {
    const done = untilThen(escalating([]), people, WEEK);
    expect(told(done)).toEqual(['60 fallback U0LENA', '90 on-call U0OLGA']);
    expect(owedMessages(done).map(({ key, kind, to }) => [key, kind, to])).toEqual([
      ['reminder:0:1:U0LENA', 'escalated', 'U0LENA'],
      ['reminder:0:2:U0OLGA', 'escalated', 'U0OLGA'],
      ['reminder:0:1', 'reminder', 'C0APPROVALS'],
      ['reminder:0:2', 'reminder', 'C0APPROVALS'],
    ]);
  });

  const yes = (restore: Restore, person: PersonFacts, at: Instant) =>
    transition(restore, { type: 'approved', at, person, planHash: restore.planHash });

  it('lets its people agree only where the rule says so, and only once they were told', () => {
    const late = addMinutes(ASKED, 61);
    for (const restore of [escalating([]), escalating(['on-call'])]) {
      const outcome = yes(untilThen(restore, people, addMinutes(ASKED, 60)), LEAD, late);
      expect(outcome).toMatchObject({ refusal: { reason: 'not-an-approver' } });
    }
    expect(yes(escalating(['fallback']), LEAD, addMinutes(ASKED, 59))).toMatchObject({ kind: 'refused' });
    const escalated = untilThen(escalating(['fallback']), people, addMinutes(ASKED, 60));
    const outcome = yes(escalated, LEAD, late);
    expect(outcome).toMatchObject({
      kind: 'changed',
      restore: { state: { status: 'awaiting-approval', votes: [{ countsFor: ['owners'] }] } },
    });
  });

  it('is said to let its people agree for the rules that name its stage, and for no others', () => {
    const rules = [
      { name: 'owners', needed: 1, users: [APPROVER.id], groups: [], escalatesTo: ['fallback', 'on-call'] as const },
      { name: 'service', needed: 1, users: [BYSTANDER.id], groups: [], escalatesTo: ['on-call'] as const },
      { name: 'release', needed: 1, users: [GROUP_APPROVER.id], groups: [] },
    ];
    const restore = asked({ escalation: ESCALATION }, { approval: { denialsNeeded: 1, rules } });
    expect(rulesFor('fallback', restore).map(({ name }) => name)).toEqual(['owners']);
    expect(rulesFor('on-call', restore).map(({ name }) => name)).toEqual(['owners', 'service']);
    const { reminders: _, ...terms } = restore.terms;
    expect(rulesOpen({ ...restore, terms })).toEqual(rules);
    const open = rulesOpen(untilThen(restore, people, addMinutes(ASKED, 60)));
    expect(open.map(({ groups, users }) => [...users, ...groups])).toEqual([
      [APPROVER.id, LEADS],
      [BYSTANDER.id],
      [GROUP_APPROVER.id],
    ]);
  });

  it('needs as many different people as before, and never counts the requester', () => {
    const escalated = untilThen(escalating(['fallback', 'on-call']), people, WEEK);
    const rita = { ...REQUESTER, groups: [LEADS], onCall: ['databases'] };
    expect(yes(escalated, rita, addMinutes(ASKED, 100))).toMatchObject({ refusal: { reason: 'own-request' } });
    const first = yes(escalated, LEAD, addMinutes(ASKED, 100));
    if (first.kind !== 'changed') throw new Error('refused');
    expect(yes(first.restore, LEAD, addMinutes(ASKED, 101))).toMatchObject({ refusal: { reason: 'already-voted' } });
    expect(yes(first.restore, ON_CALL, addMinutes(ASKED, 102))).toMatchObject({
      restore: { state: { status: 'approved' } },
    });
  });

  it('ends with its round: after an edit its people cannot agree until they are told again', () => {
    const escalated = untilThen(escalating(['fallback']), people, addMinutes(ASKED, 60));
    const edited = followedBy(escalated, { ...exampleEvent('edited', escalated), at: addMinutes(ASKED, 70) });
    expect(yes(edited, LEAD, addMinutes(ASKED, 71))).toMatchObject({ refusal: { reason: 'not-an-approver' } });
    const again = untilThen(edited, people, addMinutes(ASKED, 130));
    expect(yes(again, LEAD, addMinutes(ASKED, 131)).kind).toBe('changed');
  });

  it('counts from its time on although all of its people are away, and tells each when they are at work', () => {
    const lead = { ...LEAD, zone: 'America/New_York' };
    const restore = { ...escalating(['fallback']) };
    const terms = {
      ...restore.terms,
      reminders: { ...TERMS, afterMinutes: [], workingHours: OFFICE, escalation: ESCALATION.slice(0, 1) },
    };
    const done = untilThen({ ...restore, terms }, [lead], WEEK);
    expect(told(done)).toEqual(['60 fallback ', '300 fallback U0LENA']);
    expect(told(untilThen(escalating(['fallback'], true), [lead], addMinutes(ASKED, 60)))).toEqual([
      '60 fallback U0LENA',
    ]);
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

describe('whatever the terms, the zones and the moment', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
  const person = fc.record({ id: fc.constantFrom('U1', 'U2', 'U3', REQUESTER.id, LINKED_ACCOUNT.id), zone });
  const waits = fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { maxLength: 4 }).map((list) => {
    let sum = 0;
    return list
      .toSorted((one, other) => one - other)
      .map((wait) => {
        sum += wait;
        return sum;
      });
  });
  const moment = fc
    .date({ min: new Date('2026-03-27T00:00:00Z'), max: new Date('2026-11-20T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString());
  /** Around the changes of clocks, where the hours are hardest to tell. */
  const clockChange = fc
    .tuple(
      fc.constantFrom('2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z', '2026-11-01T06:00:00.000Z'),
      fc.integer({ min: -2000, max: 2000 }),
    )
    .map(([at, minutes]) => addMinutes(at, minutes));
  const ESCALATED = makePerson('U3', { groups: [LEADS] });

  const story = fc.record({
    people: fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 1 }),
    afterMinutes: waits,
    requestedAt: fc.oneof(moment, clockChange),
    isUrgent: fc.boolean(),
    voteAfter: fc.nat(900),
  });

  it('nobody is reminded who answered, asked for it, or is away, nor sooner than the terms say', () => {
    fc.assert(
      fc.property(story, ({ people, afterMinutes, requestedAt, isUrgent, voteAfter }) => {
        const facts = people.map(({ id, zone }) =>
          makePerson(id, { zone, ...(id === 'U3' ? { groups: [LEADS] } : {}) }),
        );
        const rule = { name: 'all', needed: 2, users: ['U1', 'U2', REQUESTER.id, LINKED_ACCOUNT.id], groups: [] };
        const restore = makeRestore('awaiting-approval', {
          requestedAt,
          draft: { isUrgent },
          policy: {
            requestExpiryMinutes: 6 * 24 * 60,
            approval: { denialsNeeded: 1, rules: [{ ...rule, escalatesTo: ['fallback'] }] },
            reminders: { ...TERMS, afterMinutes, workingHours: OFFICE, escalation: ESCALATION.slice(0, 1) },
          },
        });
        const votedAt = addMinutes(requestedAt, voteAfter);
        const voter = makePerson('U1');
        const done = untilThen(restore, facts, addMinutes(requestedAt, 10 * 24 * 60), {
          happens: (before, at) => {
            if (at < votedAt || before.state.status !== 'awaiting-approval' || before.state.votes.length > 0)
              return before;
            return followedBy(before, { type: 'approved', at, person: voter, planHash: before.planHash });
          },
        });
        const sent = sentIn(done);
        const zoneOf = new Map(people.map(({ id, zone }) => [id, zone]));
        for (const { to, at, kind } of sent) {
          for (const id of to) {
            expect(areSamePerson(id, REQUESTER.id, SAME_PEOPLE)).toBe(false);
            if (!isUrgent) expect(isWorkingTime(zoneOf.get(id) ?? 'UTC', at, OFFICE)).toBe(true);
            if (id === 'U1' && kind === 'reminder') expect(at < votedAt || !hasVoted(done, 'U1', at)).toBe(true);
            if (id === ESCALATED.id && kind === 'reminder') expect(toldBefore(sent, id, at)).toBe(true);
          }
        }
        for (const id of ['U1', 'U2']) {
          const times = sent.filter(({ kind, to }) => kind === 'reminder' && to.includes(id)).map(({ at }) => at);
          const gaps = [requestedAt, ...times].slice(0, -1).map((at, index) => minutes(at, times[index] ?? at));
          const least = afterMinutes.map((after, index) => after - (afterMinutes[index - 1] ?? 0));
          for (const [index, gap] of gaps.entries())
            expect(gap).toBeGreaterThanOrEqual(least[index] ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('an escalation never lets fewer people decide, nor others than those who were named or told', () => {
    const ids = ['U1', 'U2', 'U3', 'U4', REQUESTER.id, LINKED_ACCOUNT.id] as const;
    const groupsOf: Readonly<Record<string, readonly string[]>> = {
      U1: ['S1'],
      U2: ['S1', LEADS],
      U3: [LEADS],
      U4: ['S2'],
      [REQUESTER.id]: ['S1', 'S2', LEADS],
      [LINKED_ACCOUNT.id]: ['S1', LEADS],
    };
    const facts = (id: string) => makePerson(id, { groups: groupsOf[id] ?? [] });
    const act = fc.record({ id: fc.constantFrom(...ids), afterMinutes: fc.nat(20) });
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.constantFrom('fallback' as const, 'on-call' as const), { maxLength: 2 }),
        (acts, needed, escalatesTo) => {
          const rules = [
            { name: 'owners', needed, users: [], groups: ['S1'], escalatesTo },
            { name: 'service', needed: 1, users: [], groups: ['S2'] },
          ];
          const reminders = { ...TERMS, escalation: ESCALATION };
          let restore: Restore = asked(reminders, { approval: { denialsNeeded: 1, rules } });
          let at = addMinutes(ASKED, 30);
          for (const { id, afterMinutes } of acts) {
            at = addMinutes(at, afterMinutes);
            restore = untilThen(restore, ids.map(facts), at);
            const { planHash } = restore;
            const wasTold = sentIn(restore).some(({ kind }) => kind === 'fallback');
            const outcome = transition(restore, { type: 'approved', at, person: facts(id), planHash });
            if (outcome.kind !== 'changed') continue;
            const isNamed = groupsOf[id]?.some((group) => group !== LEADS);
            expect(isNamed || (wasTold && escalatesTo.includes('fallback'))).toBe(true);
            restore = outcome.restore;
          }
          if (restore.state.status !== 'approved') return;
          const voters = new Set(restore.state.approval.votes.map(({ by }) => by));
          expect(voters.size).toBeGreaterThanOrEqual(needed + 1);
          expect(voters.has(REQUESTER.id) || voters.has(LINKED_ACCOUNT.id)).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  function minutes(from: Instant, to: Instant): number {
    return (Date.parse(to) - Date.parse(from)) / 60_000;
  }

  function hasVoted(restore: Restore, id: string, at: Instant): boolean {
    return (
      restore.state.status === 'awaiting-approval' &&
      restore.state.votes.some((vote) => vote.by === id && vote.at <= at)
    );
  }

  function toldBefore(sent: readonly Reminder[], id: string, at: Instant): boolean {
    return sent.some((one) => one.kind === 'fallback' && one.to.includes(id) && one.at < at);
  }
});
