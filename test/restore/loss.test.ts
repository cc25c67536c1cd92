import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { dataLossMinutes, lossOutgrewAgreement, plannedLossMinutes } from '../../src/restore/loss.ts';
import { makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';

describe('data loss', () => {
  it('is the time from the snapshot to the restore', () => {
    expect(dataLossMinutes(TAKEN_AT, NOW)).toBe(180);
    expect(dataLossMinutes(TAKEN_AT, instantOf(Date.parse(TAKEN_AT) + 30_000))).toBe(0.5);
  });

  it('does not care about the change of clocks', () => {
    expect(dataLossMinutes('2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z')).toBe(60);
  });

  it('is never negative: a clock that runs behind counts as no loss', () => {
    expect(dataLossMinutes(NOW, TAKEN_AT)).toBe(0);
  });
});

describe('the loss a plan would mean', () => {
  it('is counted to now when the restore starts once confirmed', () => {
    expect(plannedLossMinutes(makeRestore('awaiting-approval'), NOW)).toBe(180);
  });

  it('is counted to the planned start while that is ahead, and to now when it has passed', () => {
    const planned = makeRestore('awaiting-approval', { draft: { start: { kind: 'at', at: addMinutes(NOW, 60) } } });
    expect(plannedLossMinutes(planned, NOW)).toBe(240);
    expect(plannedLossMinutes(planned, addMinutes(NOW, 90))).toBe(270);
  });
});

describe('the bound that was agreed to', () => {
  const [agreed, bound] = [195, 10];

  it('still holds at the bound itself, and no longer a millisecond beyond', () => {
    const atBound = dataLossMinutes(TAKEN_AT, addMinutes(TAKEN_AT, agreed + bound));
    const beyond = dataLossMinutes(TAKEN_AT, instantOf(Date.parse(addMinutes(TAKEN_AT, agreed + bound)) + 1));
    expect(lossOutgrewAgreement(agreed, bound, atBound)).toBe(false);
    expect(lossOutgrewAgreement(agreed, bound, beyond)).toBe(true);
  });

  it('may be nothing at all', () => {
    expect(lossOutgrewAgreement(agreed, 0, agreed)).toBe(false);
    expect(lossOutgrewAgreement(agreed, 0, agreed + 0.001)).toBe(true);
  });
});
