import { describe, expect, it } from 'vitest';
import { rulesFor, rulesOpen } from '../../src/restore/escalation.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, BYSTANDER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';
import {
  ASKED,
  asked,
  ESCALATION,
  EVERYBODY,
  LEAD,
  LEADS,
  OFFICE,
  ON_CALL,
  TERMS,
  told,
  untilThen,
  WEEK,
} from './reminding.ts';

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
