import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/restore/calendar.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { hashPlan } from '../../src/restore/plan.ts';
import { sendingRefusal } from '../../src/restore/sending.ts';
import { executionExpiryOf } from '../../src/restore/start-time.ts';
import { transition } from '../../src/restore/transition.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { overriding } from '../support/overriding.ts';
import { pointOf } from '../support/points.ts';

const ready = makeRestore('ready-to-restore');
const { approval } = ready.state;
const { takenAt } = pointOf(ready.plan);
/** An agreement under which no loss is too much. */
const ANY_LOSS = { ...approval, agreedLossMinutes: 1_000_000 };
const expiry = executionExpiryOf(ready, approval.at);

describe('what was agreed to', () => {
  const at = addMinutes(approval.at, 1);
  const otherPlan = { ...ready.plan, instance: { ...ready.plan.instance, auraId: 'ffffffff' } };
  const [vote] = approval.votes;

  it('is the very plan on record, by everybody whom it takes', () => {
    expect(sendingRefusal(ready, approval, { at })).toBeUndefined();
  });

  it.each([
    ['the plan is another', { ...ready, plan: otherPlan }, approval],
    ['plan and hash are others', { ...ready, plan: otherPlan, planHash: hashPlan(otherPlan) }, approval],
    ['the hash is another', { ...ready, planHash: hashPlan(otherPlan) }, approval],
    ['the agreement is to another', ready, { ...approval, planHash: hashPlan(otherPlan) }],
  ])('is not this when %s', (_, restore, agreed) => {
    const why = 'The plan on record is not the one that was agreed to.';
    expect(sendingRefusal(restore, agreed, { at })).toEqual({ reason: 'not-as-agreed', why });
  });

  it.each([
    ['a vote is missing', []],
    ['the vote is for another plan', vote ? [{ ...vote, planHash: hashPlan(otherPlan) }] : []],
    [
      'the vote depends on what nobody accepted',
      vote ? [{ ...vote, proviso: { condition: 'After the import.' } }] : [],
    ],
    ['the vote says no', vote ? [{ ...vote, kind: 'deny' as const }] : []],
  ])('is not complete when %s', (_, votes) => {
    const why = 'The votes on record do not fill the rules of this plan.';
    expect(sendingRefusal(ready, { ...approval, votes }, { at })).toEqual({ reason: 'not-as-agreed', why });
  });

  it('counts at the intent too', () => {
    const intended = { type: 'restore-intended', at, attemptId: 'a1' } as const;
    expect(transition(ready, intended).kind).toBe('changed');
    expect(transition({ ...ready, plan: otherPlan }, intended).kind).not.toBe('changed');
    expect(
      transition({ ...ready, state: { ...ready.state, approval: { ...approval, votes: [] } } }, intended).kind,
    ).not.toBe('changed');
  });
});

describe('the data loss at the last second', () => {
  const { agreedLossMinutes } = approval;
  const bound = ready.plan.lossBoundMinutes;
  const losing = (minutes: number) => ({ at: addMinutes(takenAt, minutes) });

  it('may be as much as was agreed to and the bound more, and not a minute beyond that', () => {
    const early = { ...ready, terms: { ...ready.terms, executionExpiryMinutes: 10_000 } };
    expect(sendingRefusal(early, approval, losing(agreedLossMinutes + bound))).toBeUndefined();
    expect(sendingRefusal(early, approval, losing(agreedLossMinutes + bound + 1))).toEqual({
      reason: 'loss-grew',
      why: `${agreedLossMinutes} minutes of data loss were agreed to; it would now be ${agreedLossMinutes + bound + 1}, more than the allowed ${bound} minutes beyond.`,
    });
  });

  it('is judged by a bound that became tighter since', () => {
    const tighter = { ...ready, terms: { ...ready.terms, lossBoundMinutes: 0 } };
    expect(sendingRefusal(tighter, approval, losing(agreedLossMinutes))).toBeUndefined();
    expect(sendingRefusal(tighter, approval, losing(agreedLossMinutes + 1))).toMatchObject({ reason: 'loss-grew' });
  });
});

describe('the last moment', () => {
  it('is before the execution expiry', () => {
    expect(sendingRefusal(ready, ANY_LOSS, { at: new Date(Date.parse(expiry) - 1).toISOString() })).toBeUndefined();
    expect(sendingRefusal(ready, ANY_LOSS, { at: expiry })).toEqual({
      reason: 'too-late',
      why: `The restore call could be sent until ${expiry.slice(0, 16).replace('T', ' ')} UTC and was not ready by then.`,
    });
  });

  it('is in a window that is open, or in a freeze that the plan overrides', () => {
    const at = addMinutes(approval.at, 16);
    const freeze = { name: 'Stocktaking', from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) };
    const frozen: Calendar = { windows: [], freezes: [freeze] };
    const agreed = overriding(ready, 'Stocktaking');
    expect(sendingRefusal(ready, ANY_LOSS, { at })).toBeUndefined();
    expect(sendingRefusal(ready, ANY_LOSS, { at, calendar: { windows: [], freezes: [] } })).toBeUndefined();
    expect(sendingRefusal(ready, ANY_LOSS, { at, calendar: frozen })).toEqual({
      reason: 'outside-window',
      why: expect.stringContaining('Stocktaking'),
      closed: {
        startAt: at,
        closed: { by: 'freezes', names: ['Stocktaking'], until: freeze.to },
        nextPossible: [freeze.to],
      },
    });
    const { votes, planHash } = agreed.state.approval;
    expect(sendingRefusal(agreed, { ...ANY_LOSS, planHash, votes }, { at, calendar: frozen })).toBeUndefined();
  });
});
