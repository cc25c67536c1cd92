import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import { areSamePerson } from '../../src/restore/person.ts';
import type { Reminder } from '../../src/restore/reminded.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { isWorkingTime } from '../../src/restore/working-hours.ts';
import { followedBy, makeRestore, SAME_PEOPLE } from '../support/make-restore.ts';
import { LINKED_ACCOUNT, makePerson, REQUESTER } from '../support/people.ts';
import { ASKED, asked, ESCALATION, LEADS, OFFICE, sentIn, TERMS, untilThen } from './reminding.ts';

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
