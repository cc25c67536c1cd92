import { describe, expect, it } from 'vitest';
import { restoreCard } from '../../messages/restore-card.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { lateBeginning } from '../../src/restore/lateness.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, makeRestore } from '../support/make-restore.ts';

const approved = makeRestore('approved');
const { startAt } = approved.state;
const later = (minutes: number) => addMinutes(startAt, minutes);

function begun(minutes: number, from: Restore = approved): Restore {
  const at = later(minutes);
  return followedBy(from, { type: 'preflight-passed', at, preflight: { at, lossMinutes: 200 } });
}
const seenAt = (minutes: number, words: string) =>
  followedBy(approved, { ...exampleEvent('step-observed', approved), at: later(minutes), words });

describe('a restore that began later than planned', () => {
  it('is one from more than a minute on', () => {
    expect(lateBeginning(begun(0))).toBeUndefined();
    expect(lateBeginning(begun(1))).toBeUndefined();
    expect(lateBeginning(begun(4))).toEqual({ plannedAt: startAt, begunAt: later(4) });
  });

  it('says what was seen last to hold it up, and nothing from before its planned start', () => {
    expect(lateBeginning(begun(4, seenAt(2, 'Aura was busy.')))).toMatchObject({ heldUpBy: 'Aura was busy.' });
    expect(lateBeginning(begun(4, seenAt(-2, 'Aura was busy.')))).not.toHaveProperty('heldUpBy');
  });

  it('is not one before it began, nor when it was said to start late', () => {
    expect(lateBeginning(approved)).toBeUndefined();
    expect(lateBeginning(begun(9, afterEvents(approved, ['start-late'])))).toBeUndefined();
  });

  it('stands on the card with both times and why, and a punctual one says nothing of it', () => {
    const card = (restore: Restore) => JSON.stringify(restoreCard(restore, later(10)));
    expect(card(begun(4, seenAt(2, 'Aura was busy.')))).toMatch(/Began later than planned.*Aura was busy\./);
    expect(card(begun(4))).toContain('the bot was not running');
    expect(card(begun(0))).not.toContain('Began later');
  });
});
