import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalText } from '../../messages/refusal.ts';
import type { Proviso } from '../../src/restore/agreement.ts';
import { type Calendar, startRefusal } from '../../src/restore/calendar.ts';
import { WEEKDAYS } from '../../src/restore/calendar-times.ts';
import type { PersonEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { driftCourse, knownDrift } from '../../src/restore/known-drift.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { FreezeOverride, PlannedStart } from '../../src/restore/plan.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { closedRefusal } from '../../src/restore/sending.ts';
import { startTimeOf } from '../../src/restore/start-time.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const minute = (count: number) => addMinutes(NOW, count);
const frozen = (from: number, to: number, name = 'Audit'): Calendar => ({
  windows: [],
  freezes: [{ name, from: minute(from), to: minute(to) }],
});
const openUntil = (to: number): Calendar => ({ windows: [{ from: minute(-600), to: minute(to) }], freezes: [] });
const twoNeeded = {
  rules: [{ name: 'approvers', users: [APPROVER.id, GROUP_APPROVER.id], groups: [], needed: 2 }],
  denialsNeeded: 1,
};
const OVERRIDE: FreezeOverride = { freezes: ['Audit'], reason: 'The shop is down.' };

/** Asked for with 15 minutes of notice before the start. */
function asked(facts: {
  readonly start?: PlannedStart;
  readonly freezeOverride?: FreezeOverride;
  readonly mayOverride?: boolean;
  readonly isByTwo?: boolean;
}): Restore {
  const { start, freezeOverride, mayOverride, isByTwo } = facts;
  const plain = makeRestore('awaiting-approval', {
    policy: {
      ...(isByTwo ? { approval: twoNeeded } : {}),
      ...(mayOverride ? { overrideApprovers: { users: ['U9'], groups: [] } } : {}),
    },
  });
  const plan = { ...plain.plan, ...(start ? { start } : {}), ...(freezeOverride ? { freezeOverride } : {}) };
  return { ...plain, plan };
}

function yes(
  restore: Restore,
  at: Instant,
  more: { readonly calendar?: Calendar; readonly proviso?: Proviso; readonly person?: PersonFacts },
): PersonEvent {
  return { ...exampleEvent('approved', restore), at, ...more };
}

const planned = (minutes: number): PlannedStart => ({ kind: 'at', at: minute(minutes) });

describe('an agreement to a start', () => {
  it.each<readonly [string, Restore, number, Calendar, Proviso | undefined]>([
    ['as soon as possible, in a freeze that was added', asked({}), 1, frozen(0, 600), undefined],
    [
      'as soon as possible, which the notice lead moves past the end of the window',
      asked({}),
      10,
      openUntil(25),
      undefined,
    ],
    ['as soon as possible, of one of two who are needed', asked({ isByTwo: true }), 1, frozen(0, 600), undefined],
    ['planned for a freeze that was added', asked({ start: planned(300) }), 1, frozen(299, 301), undefined],
    [
      'planned for a moment that the notice lead moves into a freeze',
      asked({ start: planned(20) }),
      30,
      frozen(45, 46),
      undefined,
    ],
    [
      'in a freeze that is not the overridden one',
      asked({ freezeOverride: OVERRIDE }),
      1,
      frozen(0, 600, 'Move'),
      undefined,
    ],
    ['after a later start that is asked for', asked({}), 1, frozen(290, 310), { notBefore: minute(300) }],
  ])('%s is refused, with the next possible times', (_, restore, at, calendar, proviso) => {
    const startAt = proviso?.notBefore ?? startTimeOf(restore, minute(at));
    const outcome = transition(restore, yes(restore, minute(at), { calendar, ...(proviso ? { proviso } : {}) }));
    const [next] = startRefusal(calendar, startAt, restore.plan.freezeOverride?.freezes)?.nextPossible ?? [];
    expect(outcome).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'start-closed', startAt, nextPossible: next === undefined ? [] : [next] },
    });
  });

  it.each<readonly [string, Restore, number, Calendar | undefined, Proviso | undefined]>([
    ['just before the window closes', asked({}), 9, openUntil(25), undefined],
    ['in a freeze that the plan overrides', asked({ freezeOverride: OVERRIDE }), 1, frozen(0, 600), undefined],
    ['planned for after the freeze', asked({ start: planned(600) }), 1, frozen(0, 600), undefined],
    ['with a later start that is possible', asked({}), 1, frozen(0, 300), { notBefore: minute(300) }],
    ['without a calendar', asked({}), 1, undefined, undefined],
  ])('%s counts', (_, restore, at, calendar, proviso) => {
    const event = yes(restore, minute(at), { ...(calendar ? { calendar } : {}), ...(proviso ? { proviso } : {}) });
    expect(transition(restore, event).kind).toBe('changed');
  });

  it('is refused last: who may not agree hears that', () => {
    const restore = asked({});
    const event = yes(restore, minute(1), { calendar: frozen(0, 600), person: REQUESTER });
    expect(transition(restore, event)).toMatchObject({ refusal: { reason: 'own-request' } });
  });

  it('can be answered with a no', () => {
    const restore = asked({});
    expect(transition(restore, { ...exampleEvent('denied', restore), at: minute(1) }).kind).toBe('changed');
  });

  it('says whether an override would help', () => {
    const refusalOf = (restore: Restore, calendar: Calendar) =>
      transition(restore, yes(restore, minute(1), { calendar }));
    const both = { ...openUntil(2), freezes: frozen(0, 600).freezes };
    expect(refusalOf(asked({ mayOverride: true }), frozen(0, 600))).toMatchObject({ refusal: { mayOverride: true } });
    for (const [restore, calendar] of [
      [asked({}), frozen(0, 600)],
      [asked({ mayOverride: true }), both],
    ] as const)
      expect(refusalOf(restore, calendar)).not.toMatchObject({ refusal: { mayOverride: true } });
  });

  it('counts by the acceptance of its condition only if its start is possible then', () => {
    const restore = asked({});
    const voted = followedBy(restore, yes(restore, minute(1), { proviso: { condition: 'Pause the import.' } }));
    const accept = (at: number): PersonEvent => ({
      type: 'proviso-accepted',
      person: REQUESTER,
      of: APPROVER.id,
      votedAt: minute(1),
      calendar: openUntil(25),
      at: minute(at),
    });
    expect(transition(voted, accept(9)).kind).toBe('changed');
    expect(transition(voted, accept(10))).toMatchObject({ refusal: { reason: 'start-closed', startAt: minute(25) } });
  });

  it('never leads to a start that the calendar forbids, and is never refused where it would not', () => {
    const weekly = fc.record({
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      from: fc.constantFrom('00:00', '02:30', '04:00', '22:00'),
      to: fc.constantFrom('03:00', '03:20', '06:00', '23:00'),
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
    });
    const span = fc.tuple(fc.integer({ min: -60, max: 200 }), fc.integer({ min: 1, max: 200 }));
    const freeze = fc.record({ name: fc.constantFrom('Audit', 'Move'), span });
    const calendarOf = fc.record({
      windows: fc.array(weekly, { maxLength: 2 }),
      freezes: fc.array(freeze, { maxLength: 3 }),
    });
    const start = fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined });
    fc.assert(
      fc.property(
        calendarOf,
        start,
        fc.integer({ min: 0, max: 59 }),
        fc.boolean(),
        (drawn, at, votedAt, isOverriding) => {
          const freezes = drawn.freezes.map(({ name, span: [from, minutes] }) => ({
            name,
            from: minute(from),
            to: minute(from + minutes),
          }));
          const calendar: Calendar = { windows: drawn.windows, freezes };
          const restore = asked({
            ...(at === undefined ? {} : { start: planned(at) }),
            ...(isOverriding ? { freezeOverride: OVERRIDE } : {}),
          });
          const outcome = transition(restore, yes(restore, minute(votedAt), { calendar }));
          const overridden = isOverriding ? OVERRIDE.freezes : [];
          if (outcome.kind === 'changed') {
            const { state } = outcome.restore;
            const startAt = state.status === 'approved' ? state.startAt : startTimeOf(restore, minute(votedAt));
            expect(startRefusal(calendar, startAt, overridden)).toBeUndefined();
          } else {
            expect(startRefusal(calendar, startTimeOf(restore, minute(votedAt)), overridden)).toBeDefined();
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('who hears that the start is not possible', () => {
  const said = (language: 'en' | 'de') => {
    const restore = asked({ mayOverride: true });
    const outcome = transition(restore, yes(restore, minute(1), { calendar: frozen(0, 600) }));
    return outcome.kind === 'refused'
      ? refusalText(outcome.refusal, { reader: { language, zone: 'Europe/Berlin' } }).text
      : '';
  };

  it('hears why, when it is possible and what can be done, in their zone', () => {
    expect(said('en')).toBe(
      'Nothing was agreed to: it would start 21 Nov 04:20 (03:20 UTC), and that is not possible. Restores are frozen until 21 Nov 14:04 (13:04 UTC): Audit. Next possible start: 21 Nov 14:04 (13:04 UTC). An approver may agree to a later start, which the requester must accept. The requester can also choose another start with "Edit…", ask there for an override of the freeze, or withdraw it.',
    );
  });

  it('hears it in German, with nothing of the English words', () => {
    expect(said('de')).toBe(
      'Nichts wurde vereinbart: Der Start wäre 21. Nov. 04:20 (03:20 UTC), und das ist nicht möglich. Wiederherstellungen sind gesperrt bis 21. Nov. 14:04 (13:04 UTC): Audit. Nächster möglicher Start: 21. Nov. 14:04 (13:04 UTC). Wer freigeben darf, kann einem späteren Start zustimmen, den die anfragende Person annehmen muss. Die anfragende Person kann auch mit „Ändern…“ einen anderen Start wählen, dort um eine Ausnahme von der Sperrzeit bitten oder die Anfrage zurückziehen.',
    );
  });
});

describe('a yes with a later start, when the look finds the planned one closed', () => {
  const freeze = frozen(0, 300);
  const looked = (restore: Restore, at: number, calendar: Calendar) => {
    const found = closedRefusal(restore, calendar, startTimeOf(restore, minute(at)));
    if (!found) throw new Error('it should be closed');
    return transition(restore, { type: 'drifted', step: 'look-at-agreement', ...found, calendar, at: minute(at) });
  };
  const waiting = (by: PersonFacts = APPROVER, restore: Restore = asked({ isByTwo: true })) =>
    followedBy(restore, yes(restore, minute(1), { calendar: freeze, proviso: { notBefore: minute(300) }, person: by }));
  const accept = { type: 'proviso-accepted', person: REQUESTER, of: APPROVER.id, votedAt: minute(1) } as const;

  it('stands, and leads to the later start once the requester accepts it', () => {
    const voted = waiting(APPROVER, asked({}));
    const noted = looked(voted, 2, freeze);
    if (noted.kind !== 'changed') throw new Error('it should be noted');
    expect(noted.restore.state).toEqual(voted.state);
    expect(knownDrift(noted.restore)).toMatchObject({ reason: 'outside-window' });
    expect(looked(noted.restore, 17, freeze)).toMatchObject({ refusal: { reason: 'stale' } });
    const outcome = transition(noted.restore, { ...accept, calendar: freeze, at: minute(20) });
    expect(outcome).toMatchObject({
      kind: 'changed',
      restore: {
        state: { status: 'approved', startAt: minute(300) },
        plan: { start: { kind: 'at', at: minute(300) } },
      },
    });
  });

  it('stands also when the freeze is said to end at another time that is before it', () => {
    const noted = looked(waiting(), 2, freeze);
    if (noted.kind !== 'changed') throw new Error('it should be noted');
    const again = looked(noted.restore, 17, frozen(0, 200));
    expect(again).toMatchObject({ kind: 'changed', restore: { state: { votes: [{ by: APPROVER.id }] } } });
  });

  const open: Calendar = { windows: [], freezes: [] };
  const plain = () =>
    followedBy(asked({ isByTwo: true }), yes(asked({ isByTwo: true }), minute(1), { calendar: open }));
  it.each<readonly [string, () => Restore, Calendar]>([
    ['of one who asked for no later start', plain, freeze],
    ['of one of two who did not ask for it', () => waiting(GROUP_APPROVER, plain()), freeze],
    ['whose later start is closed as well', () => waiting(), frozen(0, 301)],
    [
      'on a condition alone',
      () => followedBy(asked({}), yes(asked({}), minute(1), { proviso: { condition: 'Pause.' } })),
      freeze,
    ],
  ])('lapses where it is one %s', (_, voted, calendar) => {
    expect(looked(voted(), 2, calendar)).toMatchObject({
      kind: 'changed',
      restore: { state: { status: 'awaiting-approval', votes: [] }, drift: { round: 1, reason: 'outside-window' } },
    });
  });

  it('lapses where something else drifts, and where nobody knows when a start is possible', () => {
    const drifted = { type: 'drifted', step: 'look-at-agreement', at: minute(2) } as const;
    const gone = { ...drifted, reason: 'snapshot-not-found', why: 'It is gone.', calendar: freeze } as const;
    expect(driftCourse(waiting(), gone)).toBe('asks-anew');
    const found = closedRefusal(waiting(), freeze, minute(17));
    if (!found) throw new Error('it should be closed');
    expect(driftCourse(waiting(), { ...drifted, ...found, calendar: freeze })).toBe('noted');
    expect(driftCourse(waiting(), { ...drifted, ...found })).toBe('asks-anew');
  });
});
