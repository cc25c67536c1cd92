import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { noticePlaces } from '../../src/restore/stakeholders.ts';
import { followedBy, inStatus, makeRestore } from '../support/make-restore.ts';

const approved = () => makeRestore('approved');
const approvedAt = () => approved().state.approval.at;

function settledAt(place: string, at: Instant, isPosted = true): RestoreEvent {
  const delivery: Delivery = isPosted
    ? { status: 'posted', channel: place, ts: '1795230245.000100', at }
    : { status: 'undeliverable', why: 'channel_not_found', at };
  return { type: 'message-settled', at, key: plannedKey(place), delivery };
}

const startOf = (restore: Restore) => inStatus(restore, 'approved').state.startAt;
const minutes = (count: number) => addMinutes(approvedAt(), count);

describe('the lead between the notices and the start', () => {
  it('counts from the last notice', () => {
    const half = followedBy(approved(), settledAt('C0ORDERS', minutes(1)));
    expect(startOf(half)).toBe(minutes(15));
    expect(startOf(followedBy(half, settledAt('C0STATUS', minutes(7))))).toBe(minutes(22));
  });

  it('counts from no other message', () => {
    const told = followedBy(approved(), settledAt('C0ORDERS', minutes(0)), settledAt('C0STATUS', minutes(0)));
    const confirmed = { ...settledAt('C0STATUS', minutes(9)), key: 'confirmed:U0RITA' } as const;
    expect(startOf(followedBy(told, confirmed))).toBe(minutes(15));
  });

  it.each([
    ['had exactly their lead', true],
    ['could not be told', false],
  ])('is not given up for late word to one more person where the others %s', (_, isPosted) => {
    const at = minutes(isPosted ? 0 : 3);
    const told = followedBy(approved(), settledAt('C0ORDERS', minutes(0)), settledAt('C0STATUS', at, isPosted));
    const terms = { ...told.terms, addedStakeholders: { users: ['U0JANE'], groups: [] } };
    const { lapsesAt } = inStatus(told, 'approved').state;
    const late = followedBy({ ...told, terms }, settledAt('U0JANE', addMinutes(lapsesAt, -15)));
    expect(startOf(late)).toBe(minutes(15));
  });

  it('does not bring a start forward that was planned for later', () => {
    const later = makeRestore('approved', { draft: { start: { kind: 'at', at: minutes(200) } } });
    const told = followedBy(later, settledAt('C0ORDERS', minutes(1)), settledAt('C0STATUS', minutes(2)));
    expect(startOf(told)).toBe(minutes(200));
  });

  it('does not wait longer for a channel that cannot be told', () => {
    const told = followedBy(approved(), settledAt('C0ORDERS', minutes(1)), settledAt('C0STATUS', minutes(9), false));
    expect(startOf(told)).toBe(minutes(15));
  });

  it('does not move the end of the approval', () => {
    const told = followedBy(approved(), settledAt('C0ORDERS', minutes(1)), settledAt('C0STATUS', minutes(40)));
    expect(inStatus(told, 'approved').state.lapsesAt).toBe(approved().state.lapsesAt);
  });

  it('announces no start that would come after the approval has lapsed', () => {
    const { lapsesAt, startAt } = approved().state;
    const latest = addMinutes(lapsesAt, -approved().terms.noticeLeadMinutes);
    const first = followedBy(approved(), settledAt('C0ORDERS', minutes(0)));
    const moved = followedBy(first, settledAt('C0STATUS', addMinutes(latest, -1)));
    expect(moved.movedStart).toMatchObject({ from: startAt, to: addMinutes(lapsesAt, -1) });
    expect(followedBy(first, settledAt('C0STATUS', latest)).movedStart).toBeUndefined();
  });

  it('is nothing where none is asked for', () => {
    const atOnce = makeRestore('approved', { policy: { noticeLeadMinutes: 0 } });
    const told = followedBy(atOnce, settledAt('C0ORDERS', minutes(5)), settledAt('C0STATUS', minutes(6)));
    expect(startOf(told)).toBe(atOnce.state.startAt);
  });

  it('is told of when it moved the start by minutes, to those who had heard another time', () => {
    const owed = (restore: Restore) => owedMessages(restore).filter(({ kind }) => kind === 'start-moved');
    const first = followedBy(approved(), settledAt('C0ORDERS', minutes(0)));
    expect(owed(followedBy(first, settledAt('C0STATUS', minutes(1))))).toEqual([]);
    expect(owed(followedBy(first, settledAt('C0STATUS', minutes(2))))).toHaveLength(1);
    const late = followedBy(first, settledAt('C0STATUS', minutes(9)));
    expect(owed(late)).toEqual([{ key: 'start-moved:C0ORDERS', kind: 'start-moved', to: 'C0ORDERS' }]);
    expect(late.movedStart).toEqual({ at: minutes(9), from: minutes(15), to: minutes(24) });
  });

  it('whenever and in whatever order the notices come, no start is sooner than the lead after the last', () => {
    const policy = {
      stakeholders: { users: ['U0OLGA'], groups: [] },
      dependants: [{ name: 'Cart', users: ['U0OTTO'] }],
    };
    const restore = makeRestore('approved', { policy });
    const places = noticePlaces(restore);
    expect(places).toEqual(['C0ORDERS', 'C0STATUS', 'U0OLGA', 'U0OTTO']);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...places], { minLength: places.length }),
        fc.array(fc.nat(20), { minLength: places.length, maxLength: places.length }),
        (order, waits) => {
          let at = approvedAt();
          let told: Restore = restore;
          for (const [index, place] of order.entries()) {
            at = addMinutes(at, waits[index] ?? 0);
            told = followedBy(told, settledAt(place, at));
          }
          expect(startOf(told) >= addMinutes(at, restore.terms.noticeLeadMinutes)).toBe(true);
        },
      ),
    );
  });
});
