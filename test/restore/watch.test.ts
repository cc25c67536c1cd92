import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { expectedEnd, quietMs, runningMayBeTheEnd, type Took } from '../../src/restore/watch.ts';
import { afterEvents, inStatus, makeRestore } from '../support/make-restore.ts';

const restoring = makeRestore('restoring');
const afterMs = (ms: number) => instantOf(Date.parse(restoring.state.startedAt) + ms);

describe('a running that follows an accepted restore', () => {
  it('is not taken for the end in the first 90 seconds: Aura may only be slow to begin', () => {
    expect(runningMayBeTheEnd(restoring.state, afterMs(0), 90_000)).toBe(false);
    expect(runningMayBeTheEnd(restoring.state, afterMs(89_999), 90_000)).toBe(false);
  });

  it('may be the end after 90 seconds, because a short restore can be missed', () => {
    expect(runningMayBeTheEnd(restoring.state, afterMs(90_000), 90_000)).toBe(true);
  });

  it('may be the end at once when the instance was seen to leave it', () => {
    const left = inStatus(afterEvents(restoring, ['start-seen']), 'restoring');
    expect(runningMayBeTheEnd(left.state, left.since, 90_000)).toBe(true);
  });
});

const MINUTE = 60_000;
const took = (minutes: number, unsureMinutes = 0): Took => ({ ms: minutes * MINUTE, unsureMs: unsureMinutes * MINUTE });
const inMinutes = (earlier: readonly Took[]) => {
  const end = expectedEnd(earlier);
  return end && [end.fromMs / MINUTE, end.toMs / MINUTE].map((minutes) => Math.round(minutes * 10) / 10);
};

describe('the expected end', () => {
  it.each<readonly [string, readonly Took[], readonly number[] | undefined]>([
    ['is unknown when nothing is', [], undefined],
    ['is around the one there was', [took(10)], [8.7, 11.3]],
    ['is closer when several agree', [took(10), took(10), took(10), took(10)], [9, 11]],
    ['is wider when they differ', [took(6), took(14)], [4, 16]],
    ['goes by those seen closely more than by those seen late', [took(10), took(14, 6)], [8.6, 11.7]],
  ])('%s', (_, earlier, expected) => {
    expect(inMinutes(earlier)).toEqual(expected);
  });

  const anyTook = fc.record({
    ms: fc.integer({ min: 0, max: 86_400_000 }),
    unsureMs: fc.integer({ min: 0, max: 3_600_000 }),
  });

  it('begins no earlier than the start, and neither before the shortest nor after the longest of them all', () => {
    fc.assert(
      fc.property(fc.array(anyTook, { minLength: 1, maxLength: 20 }), (earlier) => {
        const end = expectedEnd(earlier);
        const all = earlier.map(({ ms }) => ms);
        expect(end?.fromMs).toBeGreaterThanOrEqual(0);
        expect(end?.fromMs).toBeLessThanOrEqual(Math.max(...all));
        expect(end?.toMs).toBeGreaterThanOrEqual(Math.min(...all));
      }),
    );
  });
});

describe('quiet', () => {
  it('lasts since the state was entered', () => {
    expect(quietMs(restoring, addMinutes(restoring.since, 7))).toBe(7 * 60_000);
  });

  it('begins anew with every new sight', () => {
    const observed = afterEvents(restoring, ['step-observed']);
    expect(quietMs(observed, addMinutes(restoring.since, 7))).toBe(6 * 60_000);
  });
});
