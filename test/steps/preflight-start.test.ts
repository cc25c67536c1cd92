import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/restore/calendar.ts';
import type { ClockDifference } from '../../src/restore/clock-difference.ts';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { createPreflight } from '../../src/steps/preflight.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore } from '../support/make-restore.ts';
import { overriding } from '../support/overriding.ts';
import { makeFakeAura, reporting } from './fake-aura.ts';
import { lapsesAt, late, look, saidLate, startAt, TIMING, told, untold } from './preflight-look.ts';
import { eventOf, runStep, wordsOf } from './step-run.ts';

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
    const frozen = freeze(startAt, addMinutes(startAt, 60));
    expect(eventOf(await look({}, startAt, overriding(told, 'Black Friday'), frozen))?.type).toBe('preflight-passed');
    expect(eventOf(await look({}, startAt, overriding(told, 'Christmas'), frozen))).toMatchObject({
      reason: 'outside-window',
    });
  });

  it('goes on when the freeze is over', async () => {
    const run = await look({}, startAt, told, freeze(addMinutes(startAt, -60), startAt));
    expect(eventOf(run)?.type).toBe('preflight-passed');
  });
});
