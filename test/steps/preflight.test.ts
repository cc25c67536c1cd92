import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/restore/calendar.ts';
import type { ClockDifference } from '../../src/restore/clock-difference.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { createPreflight } from '../../src/steps/preflight.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, TAKEN_AT } from '../support/make-restore.ts';
import { type AuraAnswers, makeFakeAura, RESTORE_POINT, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep, wordsOf } from './step-run.ts';

const TIMING = { pollMs: POLL_MS, lateStartMs: 5 * 60_000, startWatchMs: 60_000 };
const untold = makeRestore('approved');
const told = inStatus(
  followedBy(
    untold,
    ...untold.plan.noticeChannels.map((channel) => ({
      ...exampleEvent('message-settled', untold),
      key: plannedKey(channel),
    })),
  ),
  'approved',
);
const { startAt, lapsesAt, approval } = told.state;
const late = inStatus(followedBy(told, exampleEvent('start-late', told)), 'approved');
const saidLate = inStatus(
  followedBy(late, { ...exampleEvent('message-settled', late), key: `starting-late:${late.request.requestedBy}` }),
  'approved',
);

function look(answers: Partial<AuraAnswers> = {}, now = startAt, restore = told, calendar?: Calendar) {
  const { aura, calls } = makeFakeAura(answers);
  const preflight = createPreflight({
    methods: createMethods({ aura, timing: TIMING }),
    calendarOf: () => calendar,
    timing: TIMING,
  });
  return runStep(preflight, restore, now).then((run) => ({ ...run, calls }));
}

describe('the preflight', () => {
  it('passes when all is as it was agreed to, with the data loss as it is now', async () => {
    expect(eventOf(await look())).toEqual({
      type: 'preflight-passed',
      preflight: { at: startAt, lossMinutes: 197, requestId: 'aura-read-1' },
    });
  });

  it('finds the approval lapsed at the instant it lapses, without asking Aura', async () => {
    const run = await look({}, lapsesAt);
    expect(eventOf(run)).toEqual({ type: 'approval-lapsed' });
    expect(run.calls).toEqual([]);
    expect(eventOf(await look({}, instantOf(Date.parse(lapsesAt) - 1)))?.type).not.toBe('approval-lapsed');
  });

  it.each(TROUBLES)('looks again after %s', async (_, trouble) => {
    expect(wordsOf(await look({ instance: trouble }))).toMatch(/Still trying/);
    expect(wordsOf(await look({ snapshot: trouble }))).toMatch(/Still trying/);
  });

  it('does not hide what nobody foresaw', async () => {
    await expect(look({ instance: new TypeError('a bug') })).rejects.toThrow('a bug');
  });
});

describe('the preflight and clocks that are too far apart', () => {
  it('waits, says so, and goes on when they are right again', async () => {
    const { aura, calls } = makeFakeAura();
    let apart: ClockDifference | undefined = { clock: 'redis', aheadMs: -40_000 };
    const preflight = createPreflight({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => undefined,
      timing: TIMING,
      clocks: { apart: () => apart, known: () => [] },
    });
    const held = await runStep(preflight, told, startAt);
    expect(wordsOf(held)).toMatch(/Held back: the bot's clock and Redis' are more than 30 seconds apart/);
    expect(calls).toEqual([]);
    apart = undefined;
    expect(eventOf(await runStep(preflight, told, startAt))?.type).toBe('preflight-passed');
  });
});

describe('the preflight and the stakeholders', () => {
  it('waits until they were told', async () => {
    const run = await look({}, startAt, untold);
    expect(wordsOf(run)).toMatch(/stakeholder/);
    expect(run.calls).toEqual([]);
  });

  it('finds out that they were told while it looked', async () => {
    const { outcome } = await look({}, startAt, untold);
    if (outcome.kind !== 'look-again') throw new Error('it should wait');
    expect(outcome.hasCome?.(untold)).toBe(false);
    expect(outcome.hasCome?.(told)).toBe(true);
  });

  it('waits for them no longer than two minutes when no lead is asked for', async () => {
    const atOnce = makeRestore('approved', { policy: { noticeLeadMinutes: 0 } });
    const patience = addMinutes(atOnce.state.startAt, 2);
    expect(wordsOf(await look({}, instantOf(Date.parse(patience) - 1), atOnce))).toMatch(/stakeholder/);
    expect(eventOf(await look({}, patience, atOnce))?.type).toBe('preflight-passed');
  });

  it('does not begin without the lead that is asked for: it waits for them until the approval lapses', async () => {
    expect(wordsOf(await look({}, instantOf(Date.parse(lapsesAt) - 1), untold))).toMatch(/stakeholder/);
    expect(eventOf(await look({}, lapsesAt, untold))).toEqual({ type: 'approval-lapsed' });
  });
});

describe('the preflight and a start that was missed', () => {
  const atGrace = addMinutes(startAt, 5);
  const beyondGrace = instantOf(Date.parse(atGrace) + 1);

  it('goes on without a word within the grace', async () => {
    const run = await look({}, atGrace);
    expect([eventOf(run)?.type, run.saved]).toEqual(['preflight-passed', []]);
  });

  it('says why it is late, and does not begin before that was said', async () => {
    const run = await look({}, beyondGrace);
    expect(run.saved).toEqual([{ type: 'start-late', why: expect.stringContaining('The bot was not running') }]);
    expect(run.outcome.kind).toBe('look-again');
    const said = late.lateStart?.at ?? '';
    expect(wordsOf(await look({}, said, late))).toMatch(/telling people first/);
    expect(eventOf(await look({}, said, saidLate))?.type).toBe('preflight-passed');
  });

  it('waits no longer than two minutes for it to be said', async () => {
    const patience = addMinutes(late.lateStart?.at ?? '', 2);
    expect(wordsOf(await look({}, instantOf(Date.parse(patience) - 1), late))).toMatch(/telling people first/);
    expect(eventOf(await look({}, patience, late))?.type).toBe('preflight-passed');
  });

  it('names what held it up, when something did after the planned start', async () => {
    const seen = { ...exampleEvent('step-observed', told), at: addMinutes(startAt, 1), words: 'Aura was busy.' };
    const held = inStatus(followedBy(told, seen), 'approved');
    expect((await look({}, beyondGrace, held)).saved).toEqual([
      { type: 'start-late', why: expect.stringContaining('Aura was busy.') },
    ]);
  });

  it('says once that it is late also while Aura is busy or the clocks are apart, and goes on waiting', async () => {
    const busy = { instance: reporting('updating') };
    const within = await look(busy, atGrace);
    expect([within.saved, within.outcome.kind]).toEqual([[], 'look-again']);
    expect((await look(busy, beyondGrace)).saved).toEqual([
      { type: 'start-late', why: expect.stringContaining('"updating"'), isHeldUp: true },
    ]);
    const { aura } = makeFakeAura();
    const held = createPreflight({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => undefined,
      timing: TIMING,
      clocks: { apart: () => ({ clock: 'redis', aheadMs: -40_000 }), known: () => [] },
    });
    expect((await runStep(held, told, beyondGrace)).saved).toMatchObject([{ type: 'start-late', isHeldUp: true }]);
    const again = await look(busy, addMinutes(beyondGrace, 1), late);
    expect([again.saved, wordsOf(again)]).toEqual([[], expect.stringContaining('updating')]);
  });

  it('is kept with the record that it was held up still', () => {
    const heldUp = followedBy(told, { ...exampleEvent('start-late', told), isHeldUp: true });
    expect(parseRestore(JSON.stringify(heldUp)).lateStart).toEqual(heldUp.lateStart);
    expect(heldUp.lateStart).toMatchObject({ isHeldUp: true, plannedAt: startAt });
  });

  it('checks everything first: what cannot start any more is not said to start late', async () => {
    const run = await look({ instance: reporting('paused') }, beyondGrace);
    expect([eventOf(run)?.type, run.saved]).toEqual(['drifted', []]);
    expect(eventOf(await look({}, lapsesAt, late))?.type).toBe('approval-lapsed');
  });
});

describe('the preflight and the calendar', () => {
  const freeze = (from: string, to: string): Calendar => ({
    windows: [],
    freezes: [{ name: 'Black Friday', from, to }],
  });

  it('has people asked anew when it would begin in a freeze, without asking Aura', async () => {
    const run = await look({}, startAt, told, freeze(startAt, addMinutes(startAt, 60)));
    expect(eventOf(run)).toMatchObject({
      type: 'drifted',
      step: 'preflight',
      reason: 'outside-window',
      closed: { startAt, nextPossible: [addMinutes(startAt, 60)] },
    });
    expect(run.calls).toEqual([]);
  });

  it('sees before the start what closes it, and nothing that is over by then', async () => {
    const before = addMinutes(startAt, -10);
    const coming = await look({}, before, told, freeze(addMinutes(startAt, -1), addMinutes(startAt, 60)));
    expect(eventOf(coming)).toMatchObject({ type: 'drifted', reason: 'outside-window', closed: { startAt } });
    expect(coming.calls).toEqual([]);
    const over = await look({}, before, told, freeze(addMinutes(startAt, -60), startAt));
    expect([over.outcome.kind, over.calls.length > 0]).toEqual(['not-yet', true]);
  });

  it('sees it while the stakeholders cannot be told until the window has closed', async () => {
    const open: Calendar = { windows: [{ from: addMinutes(startAt, -60), to: addMinutes(startAt, 10) }], freezes: [] };
    expect(wordsOf(await look({}, addMinutes(startAt, 9), untold, open))).toMatch(/stakeholder/);
    expect(eventOf(await look({}, addMinutes(startAt, 10), untold, open))).toMatchObject({ reason: 'outside-window' });
  });

  it('sees it while an objection holds the start beyond the end of its window', async () => {
    const held = inStatus(followedBy(told, exampleEvent('objected', told)), 'approved');
    const open: Calendar = { windows: [{ from: addMinutes(startAt, -60), to: addMinutes(startAt, 10) }], freezes: [] };
    expect((await look({}, addMinutes(startAt, 9), held, open)).outcome.kind).toBe('look-again');
    expect(eventOf(await look({}, addMinutes(startAt, 10), held, open))).toMatchObject({
      type: 'drifted',
      reason: 'outside-window',
      closed: { startAt: addMinutes(startAt, 10), nextPossible: [] },
    });
  });

  it('goes on in a freeze that the plan overrides, and in no other', async () => {
    const overriding = (name: string) => ({
      ...told,
      plan: { ...told.plan, freezeOverride: { freezes: [name], reason: 'The shop is down.' } },
    });
    const frozen = freeze(startAt, addMinutes(startAt, 60));
    expect(eventOf(await look({}, startAt, overriding('Black Friday'), frozen))?.type).toBe('preflight-passed');
    expect(eventOf(await look({}, startAt, overriding('Christmas'), frozen))).toMatchObject({
      reason: 'outside-window',
    });
  });

  it('goes on when the freeze is over', async () => {
    const run = await look({}, startAt, told, freeze(addMinutes(startAt, -60), startAt));
    expect(eventOf(run)?.type).toBe('preflight-passed');
  });
});

describe('the preflight and the instance', () => {
  it.each(['paused', 'suspended', 'loading failed', 'encryption key deleted'])(
    'has people asked anew when Aura reports it as %s',
    async (status) => {
      const event = eventOf(await look({ instance: reporting(status) }));
      expect(event).toMatchObject({ type: 'drifted', step: 'preflight', reason: 'instance-not-running' });
    },
  );

  it('ends the restore before its safety snapshot would take the place of the one to go back to', async () => {
    const { type: _, ...instance } = told.plan.instance;
    const untyped = { ...told, plan: { ...told.plan, instance } };
    expect(eventOf(await look({ instance: { ...RUNNING, type: 'free-db' } }, startAt, untyped))).toMatchObject({
      type: 'step-failed',
      reason: 'restore-refused',
      condition: 'unchanged',
      why: expect.stringContaining('only the latest snapshot'),
    });
  });

  it('ends the restore when the instance is being deleted', async () => {
    expect(eventOf(await look({ instance: reporting('destroying') }))).toMatchObject({
      type: 'step-failed',
      step: 'preflight',
      reason: 'instance-not-running',
      condition: 'unchanged',
    });
  });

  it.each(['restoring', 'overwriting', 'loading'])(
    'has people asked anew while somebody else puts data into it: it is %s',
    async (status) => {
      expect(eventOf(await look({ instance: reporting(status) }))).toMatchObject({
        type: 'drifted',
        reason: 'instance-not-running',
        why: expect.stringMatching(new RegExp(`"${status}".*somebody else.*console`)),
      });
    },
  );

  it.each(['updating', 'resuming', 'some word of tomorrow'])('waits while it is %s', async (status) => {
    const run = await look({ instance: reporting(status) });
    expect(run.outcome).toMatchObject({ kind: 'look-again', afterMs: POLL_MS, words: expect.stringContaining(status) });
  });

  it.each([
    ['type', { ...RUNNING, type: 'enterprise-db' }],
    ['memory', { ...RUNNING, memory: '16GB' }],
  ])(
    'has people asked anew, about the instance as it is, when its %s is another than in the plan',
    async (_, instance) => {
      const { type, memory } = instance;
      expect(eventOf(await look({ instance }))).toMatchObject({
        type: 'drifted',
        reason: 'instance-changed',
        seen: { type, memory },
      });
    },
  );

  it('is not called changed for what Aura does not say', async () => {
    const { type: _, memory: __, ...silent } = RUNNING;
    expect(eventOf(await look({ instance: silent }))?.type).toBe('preflight-passed');
  });

  it.each([
    ['not-found-instance', 'instance-not-found'],
    ['credentials', 'aura-credentials'],
    ['permission', 'aura-credentials'],
    ['payment', 'aura-refused'],
    ['unsupported', 'aura-refused'],
    ['not-now', 'aura-refused'],
    ['other', 'aura-refused'],
  ] as const)('a refusal that means %s ends the restore as %s, with Aura’s request id', async (meaning, reason) => {
    expect(eventOf(await look({ instance: refusal(meaning, 'aura-17') }))).toMatchObject({
      type: 'step-failed',
      reason,
      condition: 'unchanged',
      requestId: 'aura-17',
    });
  });

  it.each(['busy-retry-later', 'rate-limited'] as const)('a refusal that means %s is waited out', async (meaning) => {
    expect(wordsOf(await look({ instance: refusal(meaning) }))).toMatch(/Still trying/);
  });
});

describe('the preflight and the snapshot', () => {
  it.each(['Failed', 'InProgress', 'some word of tomorrow'])(
    'has people asked anew when it is %s now',
    async (status) => {
      expect(eventOf(await look({ snapshot: { ...RESTORE_POINT, status } }))).toMatchObject({
        type: 'drifted',
        reason: 'snapshot-not-usable',
      });
    },
  );

  it('has people asked anew when Aura no longer has it', async () => {
    expect(eventOf(await look({ snapshot: refusal('not-found-snapshot') }))).toMatchObject({
      type: 'drifted',
      reason: 'snapshot-not-found',
    });
  });

  it('has people asked anew when the snapshot now has another time than was agreed to', async () => {
    const snapshot = { ...RESTORE_POINT, takenAt: addMinutes(TAKEN_AT, -1) };
    expect(eventOf(await look({ snapshot }))).toMatchObject({ type: 'drifted', reason: 'snapshot-not-usable' });
  });
});

describe('the preflight and the data loss', () => {
  const bound = addMinutes(TAKEN_AT, approval.agreedLossMinutes + told.plan.lossBoundMinutes);

  it('goes on at the bound itself', async () => {
    expect(bound < lapsesAt).toBe(true);
    expect(eventOf(await look({}, bound, saidLate))?.type).toBe('preflight-passed');
  });

  it('has people asked anew a millisecond beyond the bound', async () => {
    const event = eventOf(await look({}, instantOf(Date.parse(bound) + 1)));
    expect(event).toMatchObject({ type: 'drifted', reason: 'loss-grew' });
  });
});

describe('the preflight while the start is waited for', () => {
  const beforeIt = addMinutes(startAt, -5);

  it('looks at Aura, and comes back at the start or in a quarter of an hour', async () => {
    const run = await look({}, beforeIt);
    expect(run.calls).toEqual(['read instance a1b2c3d4', 'read snapshot snapshot-1']);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 5 * 60_000 });
    const far = makeRestore('approved', { draft: { start: { kind: 'at', at: addMinutes(startAt, 600) } } });
    expect((await look({}, startAt, far)).outcome).toEqual({ kind: 'not-yet', afterMs: 15 * 60_000 });
  });

  it.each([
    ['a snapshot that is gone', { snapshot: refusal('not-found-snapshot') }],
    ['a snapshot that cannot be used', { snapshot: { ...RESTORE_POINT, status: 'Failed' } }],
    ['an instance that is paused', { instance: reporting('paused') }],
    ['an instance of another size', { instance: { ...RUNNING, memory: '16GB' } }],
  ])('asks people anew at once because of %s', async (_, answers) => {
    expect(eventOf(await look(answers, beforeIt))?.type).toBe('drifted');
  });

  it.each<readonly [string, Partial<AuraAnswers>]>([
    ['is busy', { instance: reporting('updating') }],
    ['is gone', { instance: reporting('destroying') }],
    ...TROUBLES.map(([name, trouble]) => [name, { instance: trouble }] as const),
  ])('ends nothing and says nothing yet when the instance or Aura %s', async (_, answers) => {
    expect((await look(answers, beforeIt)).outcome.kind).toBe('not-yet');
  });
});

it('a start that is waited for ends at once when Aura does not know the instance any more', async () => {
  const event = eventOf(await look({ instance: refusal('not-found-instance') }, addMinutes(startAt, -5)));
  expect(event).toMatchObject({ type: 'step-failed', reason: 'instance-not-found', condition: 'unchanged' });
});

describe('the project that owns the instance', () => {
  const planned = makeRestore('approved', {
    draft: { instance: { name: 'Orders', type: 'professional-db', memory: '8GB', projectId: 'project-1' } },
  });
  const seen = (projectId?: string) => ({ instance: { ...RUNNING, ...(projectId ? { projectId } : {}) } });
  const at = addMinutes(planned.state.startAt, -1);

  it('is part of what people agree to: another one asks them anew, with the plan that names it', async () => {
    const event = eventOf(await look(seen('project-2'), at, planned));
    expect(event).toMatchObject({ type: 'drifted', reason: 'instance-changed', seen: { projectId: 'project-2' } });
    if (event?.type !== 'drifted') throw new Error('it should have drifted');
    expect(followedBy(planned, { ...event, at }).plan.instance.projectId).toBe('project-2');
  });

  it('does not matter while Aura does not say it, or in a plan of an earlier release', async () => {
    expect((await look(seen(), at, planned)).outcome.kind).toBe('not-yet');
    expect(eventOf(await look(seen('project-2')))?.type).toBe('preflight-passed');
  });
});

describe('the preflight of a start that an objection holds', () => {
  const objected = inStatus(followedBy(told, exampleEvent('objected', told)), 'approved');

  it('looks whether all is still as agreed to, and keeps that it did', async () => {
    const run = await look({}, startAt, objected);
    expect(run.calls).toEqual(['read instance a1b2c3d4', 'read snapshot snapshot-1']);
    expect(run.saved).toEqual([{ type: 'agreement-looked' }]);
    expect(wordsOf(run)).toMatch(/Held by an objection/);
  });

  it('looks every quarter of an hour, and not each time it sees that nobody has answered', async () => {
    const seen = inStatus(followedBy(objected, { type: 'agreement-looked', at: startAt }), 'approved');
    expect((await look({}, addMinutes(startAt, 14), seen)).calls).toEqual([]);
    expect((await look({}, addMinutes(startAt, 15), seen)).calls).toHaveLength(2);
  });

  it('has people asked anew because of what drifted, and waits on while Aura does not answer', async () => {
    expect(eventOf(await look({ instance: reporting('paused') }, startAt, objected))?.type).toBe('drifted');
    for (const [, trouble] of TROUBLES)
      expect(wordsOf(await look({ instance: trouble }, startAt, objected))).toMatch(/Held by an objection/);
  });
});
