import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { nextLookMs, quietMs, runningMayBeTheEnd } from '../../src/restore/watch.ts';
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

describe('the next look', () => {
  it.each([
    [0, 15_000],
    [150_000, 15_000],
    [300_000, 30_000],
    [600_000, 60_000],
    [86_400_000, 60_000],
  ])('after %i ms of waiting comes in %i ms', (waitedMs, expected) => {
    expect(nextLookMs(waitedMs, 15_000)).toBe(expected);
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
