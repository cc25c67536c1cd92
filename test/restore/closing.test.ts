import { describe, expect, it } from 'vitest';
import { approvalForm } from '../../messages/approval-form.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import type { Calendar } from '../../src/restore/calendar.ts';
import { closingOf, startLimitOf } from '../../src/restore/closing.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { ENGLISH_READER } from '../../src/restore/language.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { closedRefusal } from '../../src/restore/sending.ts';
import { followedBy, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER } from '../support/people.ts';

const minute = (count: number) => addMinutes(NOW, count);
const openUntil = (to: number): Calendar => ({ windows: [{ from: minute(-600), to: minute(to) }], freezes: [] });
const windowOf = (from: number, to: number): Calendar => ({
  windows: [{ from: minute(from), to: minute(to) }],
  freezes: [],
});
const freezeFrom = (from: number, name = 'Audit'): Calendar => ({
  windows: [],
  freezes: [{ name, from: minute(from), to: minute(6_000) }],
});
/** Asked for an hour at most, with 15 minutes of notice and 30 after the start time: the last start is within 105 minutes. */
const asked = makeRestore('awaiting-approval');
/** Agreed to a minute later: it starts 15 minutes after that, within 30. */
const approved = makeRestore('approved');
const planned = (minutes: number): Restore => ({
  ...asked,
  plan: { ...asked.plan, start: { kind: 'at', at: minute(minutes) } },
});

const frozenNow: Calendar = { windows: [], freezes: [{ name: 'Audit', from: minute(-60), to: minute(600) }] };

describe('when the calendar closes on a start', () => {
  it.each<readonly [string, Restore, Calendar, number, number | undefined]>([
    ['a window before the last answer could lead to a start', asked, openUntil(104), 0, 104],
    ['a window at the moment from which on nothing would start any more', asked, openUntil(105), 0, undefined],
    ['a window that a start after the notice lead just reaches', asked, openUntil(16), 0, 16],
    ['a window that it does not reach any more', asked, openUntil(16), 1, undefined],
    ['a window around a planned start', planned(300), openUntil(310), 0, 310],
    ['a window long after a planned start', planned(300), openUntil(330), 0, undefined],
    ['a window while the start is waited for', approved, openUntil(40), 2, 40],
    ['a window while a start is held up', approved, openUntil(40), 30, 40],
    ['a window that opens only after the start', asked, windowOf(30, 60), 0, undefined],
    ['a window that opened before a start that is to come', approved, windowOf(10, 40), 2, 40],
    ['a window that has closed on a start that is held up', approved, openUntil(18), 20, undefined],
    ['no window', asked, { windows: [], freezes: [] }, 0, undefined],
    ['a window, of one that has begun', makeRestore('taking-baseline'), openUntil(40), 2, undefined],
  ])('%s', (_, restore, calendar, now, closes) => {
    const closing = closes === undefined ? undefined : { at: minute(closes), freezes: [] };
    expect(closingOf(restore, calendar, minute(now))).toEqual(closing);
  });

  it('names the freeze that begins, unless the plan overrides it', () => {
    expect(closingOf(asked, freezeFrom(60), NOW)).toEqual({ at: minute(60), freezes: ['Audit'] });
    const freezeOverride = { freezes: ['Audit'], reason: 'The shop is down.' };
    const overriding = { ...asked, plan: { ...asked.plan, freezeOverride } };
    expect(closingOf(overriding, freezeFrom(60), NOW)).toBeUndefined();
    const both = { windows: [], freezes: [...freezeFrom(60).freezes, ...freezeFrom(60, 'Move').freezes] };
    expect(closingOf(overriding, both, NOW)).toEqual({ at: minute(60), freezes: ['Move'] });
  });
});

describe('who decides about a start that the calendar closes on', () => {
  const shown = (restore: Restore, calendar: Calendar, language: 'en' | 'de' = 'en') => {
    const closing = startLimitOf(restore, calendar, minute(2));
    return [
      restoreCard(restore, minute(2), { language }, closing).blocks,
      approvalForm(restore, minute(2), APPROVER, { language }, closing).blocks,
    ].map((blocks) => JSON.stringify(blocks));
  };

  it('reads on the card and in the form until when it must start', () => {
    for (const words of shown(asked, openUntil(60)))
      expect(words).toMatch(
        /The window closes <!date[^<]*\(2026-11-21 04:04 UTC\), in 58 min:\* the start must come before/,
      );
    for (const words of shown(asked, freezeFrom(60, 'R&D audit'), 'de'))
      expect(words).toMatch(/Eine Sperrzeit beginnt <!date[^<]*\* \(R&amp;D audit\): Der Start muss vorher kommen/);
  });

  it('reads it also while the start is waited for, and nothing where nothing closes', () => {
    expect(shown(approved, openUntil(40))[0]).toContain('The window closes');
    for (const words of shown(asked, openUntil(6_000))) expect(words).not.toContain('The window closes');
  });

  it('reads that it is closed now, also before a look has noted it, and when it is possible', () => {
    for (const words of shown(asked, frozenNow)) {
      expect(words).toMatch(
        /A start is not possible now:\* it would come <!date[^<]*\(2026-11-21 03:21 UTC\), in 15 min\. Restores are frozen until/,
      );
      expect(words).toMatch(/Next possible start: <!date[^<]*\(2026-11-21 13:04 UTC\)/);
      expect(words).toContain('An approver may agree to a later start, which the requester must accept.');
    }
    for (const words of shown(asked, frozenNow, 'de'))
      expect(words).toContain('Solange das so ist, kann niemand diesen Start freigeben. Wer freigeben darf');
    const [waiting] = shown(approved, frozenNow);
    expect(waiting).toContain('A start is not possible now');
    expect(waiting).not.toContain('An approver may agree');
  });

  it('reads in the form that only a yes to a later start counts, and not that something begins', () => {
    const closing = startLimitOf(asked, frozenNow, minute(2));
    const form = approvalForm(asked, minute(2), APPROVER, ENGLISH_READER, closing);
    const words = JSON.stringify(form.blocks);
    expect(words).toContain('Your agreement counts only with a later start');
    expect(words).not.toContain('With your agreement the bot');
    expect(form.submit?.text).toBe('Agree');
  });

  it('reads it once where it was noted, and in the form all the same', () => {
    const found = closedRefusal(asked, frozenNow, minute(16));
    if (!found) throw new Error('it should be closed');
    const event = { type: 'drifted', step: 'look-at-agreement', ...found, at: minute(1) } as const;
    const [onCard, inForm] = shown(followedBy(asked, event), frozenNow);
    expect(onCard).toContain('A start is not possible as planned.');
    expect(onCard).not.toContain('A start is not possible now');
    expect(inForm).toContain('A start is not possible now');
  });

  it('reads of no later start that might be agreed to where nothing can be', () => {
    const event = { type: 'drifted', step: 'look-at-agreement', reason: 'snapshot-not-found', at: minute(1) } as const;
    const [onCard] = shown(followedBy(asked, { ...event, why: 'It is gone.' }), frozenNow);
    expect(onCard).toContain('A start is not possible now');
    expect(onCard).not.toContain('An approver may agree');
  });
});
