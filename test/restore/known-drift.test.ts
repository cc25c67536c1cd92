import { describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { type ClosedStart, isSameClosing } from '../../src/restore/closed-start.ts';
import { approvalRefusal } from '../../src/restore/confirmation.ts';
import { DRIFT_REASONS, type DriftReason } from '../../src/restore/failure.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { driftInNextRound, knownDrift } from '../../src/restore/known-drift.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { roundOf } from '../../src/restore/round.ts';
import { transition } from '../../src/restore/transition.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const later = (minutes: number) => addMinutes(NOW, minutes);
const asked = () => makeRestore('awaiting-approval');
const drift = (restore: Restore, reason: DriftReason, minutes = 15) => {
  const { seen: _, ...event } = exampleEvent('drifted', restore);
  return transition(restore, { ...event, step: 'look-at-agreement', reason, at: later(minutes) });
};
const drifted = (reason: DriftReason, restore: Restore = asked(), minutes = 15): Restore => {
  const outcome = drift(restore, reason, minutes);
  if (outcome.kind !== 'changed') throw new Error('it should be noted');
  return outcome.restore;
};
const yes = (restore: Restore) => ({ ...exampleEvent('approved', restore), at: later(20) });
const owed = (restore: Restore) => owedMessages(restore).map(({ key }) => key);
const card = (restore: Restore) => JSON.stringify(restoreCard(restore, later(20)));

describe('what drifted while nobody has voted', () => {
  it('lapses nothing and begins no round; the requester and the card say it', () => {
    const after = drifted('snapshot-not-found');
    expect(inStatus(after, 'awaiting-approval').state).toEqual(asked().state);
    expect([roundOf(after), after.turn, after.planHash]).toEqual([0, asked().turn, asked().planHash]);
    expect(knownDrift(after)).toMatchObject({ reason: 'snapshot-not-found', at: later(15) });
    expect(owed(after)).toEqual([`drift-noted:${later(15)}:${REQUESTER.id}`]);
    expect(card(after)).toContain('The restore point is gone.');
    expect(card(after)).toContain('can choose another restore point with');
    expect(card(after)).toContain('seen to be no longer as planned');
  });

  it.each<DriftReason>(['instance-not-found', 'snapshot-not-found', 'snapshot-not-usable'])(
    'cannot be agreed to when it is a %s, which the card does not offer; it can be denied',
    (reason) => {
      const after = drifted(reason);
      const what = reason === 'instance-not-found' ? 'instance' : 'restore-point';
      const refusal = { reason: 'plan-gone', what, at: later(15) };
      expect(transition(after, yes(after))).toMatchObject({ kind: 'refused', refusal });
      expect(approvalRefusal(after, APPROVER, later(20))).toMatchObject(refusal);
      expect(card(after)).not.toContain(`"${ACTION.approve}"`);
      expect(card(after)).toContain(`"${ACTION.deny}"`);
      expect(transition(after, { ...exampleEvent('denied', after), at: later(20) }).kind).toBe('changed');
    },
  );

  it('is not offered for agreement where the rules forbid it, but judged by them at each vote', () => {
    const after = drifted('no-longer-allowed');
    expect(card(after)).toContain('The rules do not allow this any more.');
    expect(card(after)).toContain('can withdraw it and ask anew');
    expect(card(after)).not.toContain(`"${ACTION.approve}"`);
    expect(card(after)).toContain(`"${ACTION.deny}"`);
    expect(owed(after)).toEqual([`drift-noted:${later(15)}:${REQUESTER.id}`]);
    expect(approvalRefusal(after, APPROVER, later(20))).toBeUndefined();
    const forbidden = { what: 'method', method: 'restore-snapshot' } as const;
    expect(transition(after, { ...yes(after), forbidden })).toMatchObject({
      refusal: { reason: 'no-longer-allowed', forbidden },
    });
    expect(transition(after, yes(after)).kind).toBe('changed');
  });

  it('has no other restore point to choose when the instance is gone', () => {
    expect(card(drifted('instance-not-found'))).toContain('can withdraw it and ask anew');
    expect(card(drifted('instance-not-found'))).not.toContain('another restore point');
  });

  it('can be agreed to when the instance only does not run now, which may be over by the start', () => {
    const after = drifted('instance-not-running');
    expect(card(after)).toContain('It can be approved all the same');
    expect(transition(after, yes(after)).kind).toBe('changed');
  });

  it('is noted once, however often it is seen, and another thing anew', () => {
    const after = drifted('instance-not-running');
    expect(drift(after, 'instance-not-running', 30)).toMatchObject({ refusal: { reason: 'stale' } });
    expect(knownDrift(drifted('snapshot-not-found', after, 30))).toMatchObject({ reason: 'snapshot-not-found' });
  });

  it('is over when all was seen to be as planned, which the requester hears', () => {
    const over = followedBy(drifted('snapshot-not-found'), { type: 'agreement-looked', at: later(30) });
    expect(knownDrift(over)).toBeUndefined();
    expect(owed(over)).toEqual([`drift-over:${later(30)}:${REQUESTER.id}`]);
    expect(card(over)).not.toContain('The restore point is gone.');
    expect(transition(over, { ...yes(over), at: later(31) }).kind).toBe('changed');
  });

  it('says nothing of the plan after an edit', () => {
    const after = drifted('snapshot-not-found');
    const edited = followedBy(after, { ...exampleEvent('edited', after), at: later(18) });
    expect(knownDrift(edited)).toBeUndefined();
    expect(transition(edited, { ...yes(edited), round: 1 }).kind).toBe('changed');
  });

  it('asks about the instance as it is now when the plan can name it, and tells the requester', () => {
    const event = { ...exampleEvent('drifted', asked()), step: 'look-at-agreement', at: later(15) } as const;
    const after = followedBy(asked(), event);
    expect([roundOf(after), after.plan.instance.memory]).toEqual([1, '16GB']);
    expect(owed(after)).toEqual([`asked-anew:1:${REQUESTER.id}`]);
    expect(knownDrift(after)).toBeUndefined();
    expect(card(after)).toContain('What was asked for is no longer so');
    expect(transition(after, { ...yes(asked()), round: 0 })).toMatchObject({ refusal: { reason: 'plan-changed' } });
  });

  it('is read from the store as it was written', () => {
    const after = drifted('snapshot-not-found');
    const over = followedBy(after, { type: 'agreement-looked', at: later(30) });
    for (const restore of [after, over]) expect(parseRestore(JSON.stringify(restore))).toEqual(restore);
  });
});

describe('what votes lapsed by', () => {
  it('is known in the next round when a new agreement would not mend it, and is said once', () => {
    const approved = makeRestore('approved');
    const { seen: _, ...event } = exampleEvent('drifted', approved);
    const after = followedBy(approved, { ...event, reason: 'snapshot-not-found' });
    expect(knownDrift(after)).toMatchObject({ round: 1, reason: 'snapshot-not-found' });
    expect(owed(after).filter((key) => key.startsWith('drift'))).toEqual([]);
    expect(transition(after, { ...exampleEvent('approved', after), round: 1 })).toMatchObject({
      refusal: { reason: 'plan-gone' },
    });
  });

  it('is not when a new agreement is about things as they are', () => {
    const approved = makeRestore('approved');
    const { seen: _, ...event } = exampleEvent('drifted', approved);
    for (const reason of ['loss-grew', 'restored-elsewhere', 'rules-tightened'] as const)
      expect(knownDrift(followedBy(approved, { ...event, reason }))).toBeUndefined();
  });
});

describe('what a new round of people still knows of a drift', () => {
  const lasting: readonly DriftReason[] = [
    'no-longer-allowed',
    'instance-not-found',
    'snapshot-not-found',
    'snapshot-not-usable',
    'instance-not-running',
    'outside-window',
  ];

  it.each(DRIFT_REASONS)('%s: only what a new agreement does not mend', (reason) => {
    const facts = { at: later(15), reason, why: 'It was seen so.' };
    const drift = { round: roundOf(asked()) + 1, ...facts };
    expect(driftInNextRound(asked(), facts)).toEqual(lasting.includes(reason) ? { drift } : {});
  });

  it('nothing, where the plan can name the instance as it is now', () => {
    const seen = { type: 'professional-db', memory: '16GB' };
    const facts = { at: later(15), reason: 'snapshot-not-found' as const, why: 'It was seen so.', seen };
    expect(driftInNextRound(asked(), facts)).toEqual({});
  });
});

describe('a start that the calendar closes', () => {
  const closed = {
    startAt: later(30),
    closed: { by: 'freezes', names: ['R&D audit'], until: later(600) },
    nextPossible: [later(600), later(1_500)],
  } as const;
  const facts = { reason: 'outside-window', why: 'Restores are frozen: R&D audit.', closed } as const;
  const closing = (
    restore: Restore,
    more: Omit<Partial<typeof closed>, 'nextPossible'> & {
      readonly mayOverride?: true;
      readonly nextPossible?: readonly string[];
    } = {},
  ) => {
    const { seen: _, ...event } = exampleEvent('drifted', restore);
    const step = restore.state.status === 'awaiting-approval' ? 'look-at-agreement' : event.step;
    return followedBy(restore, { ...event, ...facts, step, at: later(15), closed: { ...closed, ...more } });
  };

  /** Without the history, which quotes the record. */
  const germanCard = (restore: Restore) =>
    JSON.stringify(restoreCard(restore, later(20), { language: 'de' }).blocks.slice(0, -1));

  it('is said on the card with the next possible times; an approver may agree to a later start there', () => {
    const after = closing(asked());
    const text = card(after);
    expect(text).toContain('A start is not possible as planned.');
    expect(text).toMatch(/frozen until <!date[^<]*\(2026-11-21 13:04 UTC\), in 9 h 40 min: R&amp;D audit\./);
    expect(text).toMatch(/Next possible start: <!date[^<]*\(2026-11-21 13:04 UTC\), in 9 h 40 min, or <!date/);
    expect(text).toContain('An approver may agree to a later start, which the requester must accept.');
    expect(text).toContain(`"${ACTION.approve}"`);
    expect(text).toContain(`"${ACTION.deny}"`);
    expect(text).not.toContain('override');
    expect(card(closing(asked(), { nextPossible: [] }))).not.toContain(`"${ACTION.approve}"`);
    expect(card(closing(asked(), { nextPossible: [] }))).not.toContain('An approver may');
    expect(card(closing(asked(), { mayOverride: true }))).toContain('ask there for an override of the freeze');
    expect(owed(after)).toEqual([`drift-noted:${later(15)}:${REQUESTER.id}`]);
  });

  it('is said in German by its facts, and not by the English words of the record', () => {
    const text = germanCard(closing(asked()));
    expect(text).toContain('Ein Start ist so, wie geplant, nicht möglich.');
    expect(text).toContain('Wiederherstellungen sind gesperrt bis <!date');
    expect(text).toContain('Nächster möglicher Start: <!date');
    expect(text).not.toContain('Restores are frozen');
  });

  it('is over when a start was seen to be possible again, or by an edit', () => {
    const after = closing(asked());
    const over = followedBy(after, { type: 'agreement-looked', at: later(30) });
    expect(card(over)).toContain(`"${ACTION.approve}"`);
    expect(owed(over)).toEqual([`drift-over:${later(30)}:${REQUESTER.id}`]);
    const edited = followedBy(after, { ...exampleEvent('edited', after), at: later(18) });
    expect(card(edited)).toContain(`"${ACTION.approve}"`);
  });

  it.each(['approved', 'ready-to-restore'] as const)(
    'lapses the votes of one that is %s and never ends it',
    (status) => {
      const after = closing(makeRestore(status));
      expect(after.state).toMatchObject({ status: 'awaiting-approval', votes: [] });
      expect(knownDrift(after)).toMatchObject({ round: 1, ...facts });
      const text = card(after);
      expect(text).toContain('What was agreed to cannot start');
      expect(text).toContain('Next possible start: <!date');
      expect(text).toContain(`"${ACTION.approve}"`);
      expect(owed(after)).toContain(`asked-anew:1:${REQUESTER.id}`);
      const german = germanCard(after);
      expect(german).toContain('Wozu zugestimmt wurde, kann nicht starten');
      expect(german).not.toContain('Restores are frozen');
    },
  );

  it('is no news while the same closes it until the same time, however the record keeps that', () => {
    const windows = { days: ['sat'], from: '01:00', to: '05:00', zone: 'Europe/Berlin' } as const;
    const asConfigured = { zone: 'Europe/Berlin', to: '05:00', from: '01:00', days: ['sat'] } as const;
    const byWindows = (window: typeof windows) => ({ by: 'windows', sets: [[window]] }) as const;
    const seen = (startAt: string, more: Partial<ClosedStart>): ClosedStart => ({ ...closed, startAt, ...more });
    const first = seen(later(30), { closed: byWindows(windows) });
    expect(isSameClosing(first, seen(later(45), { closed: byWindows(asConfigured) }))).toBe(true);
    expect(isSameClosing(first, { ...first, nextPossible: [later(601)] })).toBe(false);
    expect(isSameClosing(first, seen(later(30), {}))).toBe(false);
    expect(isSameClosing(seen(later(30), {}), seen(later(30), { closed: { by: 'freezes', names: ['Move'] } }))).toBe(
      false,
    );
    expect(isSameClosing(first, { ...first, mayOverride: true })).toBe(false);
    expect(isSameClosing({ ...first, mayOverride: true }, { ...first, mayOverride: true })).toBe(true);
    expect(isSameClosing(undefined, undefined)).toBe(true);
    expect(isSameClosing(first, undefined)).toBe(false);
  });

  it('is read from the store as it was written', () => {
    const windows = [{ days: ['sat'], from: '01:00', to: '05:00', zone: 'Europe/Berlin' }] as const;
    for (const one of [closing(asked()), closing(makeRestore('approved'))])
      expect(parseRestore(JSON.stringify(one))).toEqual(one);
    const event = { ...exampleEvent('drifted', asked()), ...facts, step: 'look-at-agreement', at: later(15) } as const;
    const { seen: _, ...unseen } = event;
    const byWindows = followedBy(asked(), {
      ...unseen,
      closed: { startAt: later(30), closed: { by: 'windows', sets: [windows] }, nextPossible: [], mayOverride: true },
    });
    expect(parseRestore(JSON.stringify(byWindows))).toEqual(byWindows);
  });
});
