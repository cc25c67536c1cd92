import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/restore/calendar.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { knownDrift } from '../../src/restore/known-drift.ts';
import { closedRefusal } from '../../src/restore/sending.ts';
import { startTimeOf } from '../../src/restore/start-time.ts';
import { transition } from '../../src/restore/transition.ts';
import { createLookAtAgreement } from '../../src/steps/look-at-agreement.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, type RestoreIn } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER } from '../support/people.ts';
import { type AuraAnswers, makeFakeAura, RESTORE_POINT, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep } from './step-run.ts';

const MINUTE_MS = 60_000;
const asked = makeRestore('awaiting-approval', {
  policy: {
    approval: {
      rules: [{ name: 'approvers', users: [APPROVER.id, GROUP_APPROVER.id], groups: [], needed: 2 }],
      denialsNeeded: 1,
    },
    reminders: { afterMinutes: [10], nudges: { everyMinutes: 15, most: 3 }, escalation: [] },
  },
});
const voted = inStatus(
  followedBy(asked, { ...exampleEvent('approved', asked), at: addMinutes(NOW, 1) }),
  'awaiting-approval',
);
const minute = (count: number) => addMinutes(NOW, count);

async function look(
  answers: Partial<AuraAnswers> = {},
  now = minute(2),
  restore: RestoreIn<'awaiting-approval'> = voted,
  { calendar, forbidden }: { readonly calendar?: Calendar; readonly forbidden?: string } = {},
) {
  const { aura, calls } = makeFakeAura(answers);
  const reminded: string[] = [];
  const step = createLookAtAgreement({
    methods: createMethods({ aura, timing: { pollMs: POLL_MS, startWatchMs: MINUTE_MS } }),
    calendarOf: () => calendar,
    forbiddenNow: async () => forbidden,
    remind: (context) => {
      reminded.push(context.now);
      return Promise.resolve({ kind: 'not-yet', afterMs: MINUTE_MS });
    },
  });
  return { ...(await runStep(step, restore, now)), calls, reminded };
}

describe('the look at what people vote about', () => {
  it('is kept when all is as it was, and comes back for whatever is due first', async () => {
    const run = await look();
    expect(run.saved).toEqual([{ type: 'agreement-looked' }]);
    expect(run.calls).toEqual(['read instance a1b2c3d4', 'read snapshot snapshot-1']);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 8 * MINUTE_MS });
  });

  it.each([
    ['a snapshot that is gone', { snapshot: refusal('not-found-snapshot') }],
    ['a snapshot that cannot be used', { snapshot: { ...RESTORE_POINT, status: 'Failed' } }],
    ['an instance that is paused', { instance: reporting('paused') }],
    ['an instance of another size', { instance: { ...RUNNING, memory: '16GB' } }],
    ['a restore by somebody else', { instance: reporting('restoring') }],
    ['an instance that is being deleted', { instance: reporting('destroying') }],
    ['an instance that Aura does not know any more', { instance: refusal('not-found-instance') }],
  ])('asks people anew because of %s', async (_, answers) => {
    expect(eventOf(await look(answers))).toMatchObject({ type: 'drifted', step: 'look-at-agreement' });
  });

  it.each<readonly [string, Partial<AuraAnswers>]>([
    ['is busy', { instance: reporting('updating') }],
    ...TROUBLES.map(([name, trouble]) => [name, { instance: trouble }] as const),
  ])('ends nothing, says nothing and keeps nothing when the instance or Aura %s', async (_, answers) => {
    const run = await look(answers);
    expect([run.outcome.kind, run.saved]).toEqual(['not-yet', []]);
  });

  it('keeps no reminder and no expiry waiting while Aura does not answer', async () => {
    const trouble = TROUBLES[0]?.[1] ?? RUNNING;
    const run = await look({ instance: trouble }, minute(10));
    expect(run.reminded).toEqual([minute(10)]);
    expect(eventOf(await look({ instance: trouble }, voted.state.expiresAt))).toEqual({ type: 'request-expired' });
  });

  it('asks people anew when more would be lost than the first of them was shown, beyond the bound', async () => {
    const { takenAt } = voted.plan.restorePoint;
    const shown = voted.state.votes[0]?.lossMinutes ?? 0;
    const bound = addMinutes(takenAt, shown + voted.plan.lossBoundMinutes);
    expect((await look({}, bound)).saved).toEqual([{ type: 'agreement-looked' }]);
    expect(eventOf(await look({}, addMinutes(bound, 1)))).toMatchObject({ type: 'drifted', reason: 'loss-grew' });
  });

  it('asks Aura nothing before its time, and in time also where nobody has voted', async () => {
    expect((await look({}, minute(10), asked)).calls).toEqual([]);
    expect((await look({}, minute(15), asked)).saved).toEqual([{ type: 'agreement-looked' }]);
    const seen = inStatus(followedBy(voted, { type: 'agreement-looked', at: minute(2) }), 'awaiting-approval');
    const run = await look({}, minute(16), seen);
    expect([run.calls, run.reminded.length]).toEqual([[], 1]);
  });
});

describe('the look at what is asked while nobody has voted', () => {
  const plain = makeRestore('awaiting-approval');
  const gone = { snapshot: refusal('not-found-snapshot') };

  it('notes a snapshot that is gone, once, and keeps looking', async () => {
    const run = await look(gone, minute(15), plain);
    expect(run.saved).toMatchObject([{ type: 'drifted', step: 'look-at-agreement', reason: 'snapshot-not-found' }]);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 15 * MINUTE_MS });
    const drift = {
      ...exampleEvent('drifted', plain),
      step: 'look-at-agreement',
      reason: 'snapshot-not-found',
    } as const;
    const { seen: _, ...unseen } = drift;
    const noted = inStatus(followedBy(plain, { ...unseen, at: minute(15) }), 'awaiting-approval');
    const again = await look(gone, minute(30), noted);
    expect([again.saved, again.outcome]).toEqual([[], { kind: 'not-yet', afterMs: 15 * MINUTE_MS }]);
    expect((await look({}, minute(30), noted)).saved).toEqual([{ type: 'agreement-looked' }]);
  });

  it('notes that the instance is gone, which no start can mend', async () => {
    const run = await look({ instance: refusal('not-found-instance') }, minute(15), plain);
    expect(run.saved).toMatchObject([{ type: 'drifted', step: 'look-at-agreement', reason: 'instance-not-found' }]);
  });

  it('asks about the instance as it is now when that was changed', async () => {
    const run = await look({ instance: { ...RUNNING, memory: '16GB' } }, minute(15), plain);
    expect(eventOf(run)).toMatchObject({ type: 'drifted', reason: 'instance-changed', seen: { memory: '16GB' } });
  });
});

describe('the look at the rules while people are asked', () => {
  const plain = makeRestore('awaiting-approval');
  const forbidden = 'The rules of the instance do not allow this way any more.';

  it('lapses the votes when they do not allow it any more, and asks Aura nothing', async () => {
    const run = await look({}, minute(2), voted, { forbidden });
    expect(eventOf(run)).toEqual({
      type: 'drifted',
      step: 'look-at-agreement',
      reason: 'no-longer-allowed',
      why: forbidden,
    });
    expect(run.calls).toEqual([]);
  });

  it('notes it once where nobody has voted, and when they allow it again', async () => {
    const [event] = (await look({}, minute(15), plain, { forbidden })).saved;
    if (event?.type !== 'drifted') throw new Error(`${event?.type} was saved`);
    expect(event).toMatchObject({ reason: 'no-longer-allowed', why: forbidden });
    const noted = inStatus(followedBy(plain, { ...event, at: minute(15) }), 'awaiting-approval');
    expect((await look({}, minute(30), noted, { forbidden })).saved).toEqual([]);
    expect((await look({}, minute(30), noted)).saved).toEqual([{ type: 'agreement-looked' }]);
    const trouble = TROUBLES[0]?.[1] ?? RUNNING;
    const away = await look({ instance: trouble }, minute(30), noted);
    expect(away.saved).toEqual([{ type: 'agreement-looked', isRulesOnly: true }]);
    const over = { type: 'agreement-looked', isRulesOnly: true, at: minute(30) } as const;
    expect(knownDrift(followedBy(noted, over))).toBeUndefined();
    expect((await look({ instance: trouble }, minute(30), noted, { forbidden })).saved).toEqual([]);
  });
});

describe('the look at the calendar while people are asked', () => {
  const plain = makeRestore('awaiting-approval');
  const lead = plain.terms.noticeLeadMinutes;
  const frozen = (from: number, to: number, name = 'Audit'): Calendar => ({
    windows: [],
    freezes: [{ name, from: minute(from), to: minute(to) }],
  });
  const notedBy = (calendar: Calendar, at: string) => {
    const found = closedRefusal(plain, calendar, startTimeOf(plain, at));
    if (!found) throw new Error('it should be closed');
    const { why, closed } = found;
    const event = { type: 'drifted', step: 'look-at-agreement', reason: 'outside-window', why, closed, at } as const;
    return inStatus(followedBy(plain, event), 'awaiting-approval');
  };

  it('lapses the votes when a start is not possible any more', async () => {
    const run = await look({}, minute(2), voted, { calendar: frozen(0, 600) });
    expect(eventOf(run)).toMatchObject({
      type: 'drifted',
      step: 'look-at-agreement',
      reason: 'outside-window',
      closed: { closed: { by: 'freezes', names: ['Audit'], until: minute(600) }, nextPossible: [minute(600)] },
    });
  });

  it('keeps a yes that waits for a later start, and lapses it where that is closed as well', async () => {
    const event = { ...exampleEvent('approved', plain), at: minute(1), proviso: { notBefore: minute(300) } };
    const waiting = inStatus(followedBy(plain, event), 'awaiting-approval');
    const kept = await look({}, minute(2), waiting, { calendar: frozen(0, 300) });
    expect([kept.outcome.kind, kept.saved]).toMatchObject(['not-yet', [{ reason: 'outside-window' }]]);
    expect(eventOf(await look({}, minute(2), waiting, { calendar: frozen(0, 301) }))).toMatchObject({
      reason: 'outside-window',
    });
  });

  it('notes it once where nobody has voted, and anew when the freeze ends at another time', async () => {
    expect((await look({}, minute(15), plain, { calendar: frozen(0, 600) })).saved).toMatchObject([
      { reason: 'outside-window' },
    ]);
    const noted = notedBy(frozen(0, 600), minute(15));
    expect((await look({}, minute(30), noted, { calendar: frozen(0, 600) })).saved).toEqual([]);
    expect((await look({}, minute(30), noted, { calendar: frozen(0, 700) })).saved).toMatchObject([
      { closed: { nextPossible: [minute(700)] } },
    ]);
  });

  it('comes back when a vote leads to a possible start again, and keeps that', async () => {
    const open = 45 + lead;
    const noted = notedBy(frozen(0, open), minute(15));
    const run = await look({}, minute(35), noted, { calendar: frozen(0, open) });
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 10 * MINUTE_MS });
    expect((await look({}, minute(45), noted, { calendar: frozen(0, open) })).saved).toEqual([
      { type: 'agreement-looked' },
    ]);
  });

  it('keeps that also while Aura does not answer, and only that', async () => {
    const open = 20 + lead;
    const noted = notedBy(frozen(0, open), minute(15));
    const trouble = TROUBLES[0]?.[1] ?? RUNNING;
    const before = await look({ instance: trouble }, minute(19), noted, { calendar: frozen(0, open) });
    expect([before.calls, before.saved]).toEqual([[], []]);
    const run = await look({ instance: trouble }, minute(20), noted, { calendar: frozen(0, open) });
    expect(run.saved).toEqual([{ type: 'agreement-looked', isRulesOnly: true }]);
    const event = { type: 'agreement-looked', isRulesOnly: true, at: minute(20) } as const;
    const over = inStatus(followedBy(noted, event), 'awaiting-approval');
    expect([knownDrift(over), over.agreementLook]).toEqual([undefined, noted.agreementLook]);
    expect(transition(over, { ...event, at: minute(45) })).toMatchObject({ refusal: { reason: 'stale' } });
    expect((await look({ instance: trouble }, minute(35), over, { calendar: frozen(0, open) })).saved).toEqual([]);
  });

  it('judges the planned start, and not the moment of the look', async () => {
    const planned = (at: string) => ({ ...plain, plan: { ...plain.plan, start: { kind: 'at', at } } }) as typeof plain;
    expect((await look({}, minute(15), planned(minute(600)), { calendar: frozen(0, 600) })).saved).toEqual([
      { type: 'agreement-looked' },
    ]);
    expect((await look({}, minute(15), planned(minute(599)), { calendar: frozen(300, 600) })).saved).toMatchObject([
      { closed: { startAt: minute(599) } },
    ]);
  });

  it('leaves a plan alone that overrides the freeze', async () => {
    const freezeOverride = { freezes: ['Audit'], reason: 'The shop is down.' };
    const overriding = { ...plain, plan: { ...plain.plan, freezeOverride } };
    expect((await look({}, minute(15), overriding, { calendar: frozen(0, 600) })).saved).toEqual([
      { type: 'agreement-looked' },
    ]);
    expect((await look({}, minute(15), overriding, { calendar: frozen(0, 600, 'Other') })).saved).toMatchObject([
      { reason: 'outside-window' },
    ]);
  });

  it('is read also while Aura does not answer, and says first what is gone', async () => {
    const trouble = TROUBLES[0]?.[1] ?? RUNNING;
    expect((await look({ instance: trouble }, minute(15), plain, { calendar: frozen(0, 600) })).saved).toMatchObject([
      { reason: 'outside-window' },
    ]);
    const gone = { snapshot: refusal('not-found-snapshot') };
    expect((await look(gone, minute(15), plain, { calendar: frozen(0, 600) })).saved).toMatchObject([
      { reason: 'snapshot-not-found' },
    ]);
  });
});
