import { describe, expect, it } from 'vitest';
import { agreementLookAt, openAgainAt } from '../../src/restore/agreement-look.ts';
import type { ClosedStart } from '../../src/restore/closed-start.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { knownDrift } from '../../src/restore/known-drift.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';

const later = (minutes: number) => addMinutes(NOW, minutes);
/** Asked for with 15 minutes of notice before the start. */
const asked = (): Restore => makeRestore('awaiting-approval');
const drift = { type: 'drifted', step: 'look-at-agreement', why: 'It was seen.', at: later(15) } as const;
const closedUntil = (...minutes: readonly number[]): ClosedStart => ({
  startAt: later(30),
  closed: { by: 'freezes', names: ['Audit'] },
  nextPossible: minutes.map(later),
});
/** A quarter of an hour after the request the start was seen to be closed until these moments. */
const closed = (...minutes: readonly number[]) =>
  followedBy(asked(), { ...drift, reason: 'outside-window', closed: closedUntil(...minutes) });
const rulesOnly = { type: 'agreement-looked', at: later(30), isRulesOnly: true } as const;

describe('a start that is not possible now', () => {
  it('is looked at anew once a vote would lead to a possible one, the notice lead before that', () => {
    expect(agreementLookAt(closed(40, 90))).toBe(later(25));
    expect(openAgainAt(closed(40, 90))).toBe(later(25));
  });

  it('is looked at after the usual while where that comes first, or where no start is possible', () => {
    expect(agreementLookAt(closed(600))).toBe(later(30));
    expect(agreementLookAt(closed())).toBe(later(30));
    expect(openAgainAt(closed())).toBeUndefined();
  });

  it('opens again by what was seen just now, where that is told', () => {
    expect(openAgainAt(asked(), closedUntil(40))).toBe(later(25));
    expect(openAgainAt(asked())).toBeUndefined();
  });
});

describe('a look that had no answer from Aura', () => {
  it('ends what the calendar alone had against the start, and counts as no look at the instance', () => {
    const open = followedBy(closed(600), rulesOnly);
    expect(knownDrift(open)).toBeUndefined();
    expect(open.agreementLook).toEqual(closed(600).agreementLook);
    expect(open.history.at(-1)?.facts).toEqual({ words: 'only the calendar and the rules were read' });
  });

  it('ends what the rules alone had against the plan', () => {
    const forbidden = followedBy(asked(), { ...drift, reason: 'no-longer-allowed' });
    expect(knownDrift(followedBy(forbidden, rulesOnly))).toBeUndefined();
  });

  it('says nothing of what Aura alone can tell, nor where nothing was against the start', () => {
    const gone = followedBy(asked(), { ...drift, reason: 'instance-not-running' });
    for (const restore of [gone, asked()])
      expect(transition(restore, rulesOnly)).toMatchObject({ kind: 'refused', refusal: { reason: 'stale' } });
  });
});
