import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { nextUpdateAt, promisedTo, updateIsDue } from '../../src/restore/promised-update.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { hasEnded } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, makeRestore, STATUSES } from '../support/make-restore.ts';

const EVERY = 30;
const CHANNEL = 'C0ORDERS';

function told(restore: Restore): Restore {
  return settled(restore, plannedKey(CHANNEL), restore.since);
}

function settled(restore: Restore, key: string, at: Instant): Restore {
  const delivery: Delivery = { status: 'posted', channel: CHANNEL, ts: '1795230245.000100', at };
  return followedBy(restore, { type: 'message-settled', at, key, delivery });
}

const started = () => makeRestore('taking-baseline', { policy: { noticeChannels: [CHANNEL] } });
const startedAt = () => started().state.preflight.at;
const due = (restore: Restore, minutes: number) =>
  followedBy(restore, { type: 'update-due', at: addMinutes(startedAt(), minutes) });
const updates = (restore: Restore) => owedMessages(restore).filter(({ kind }) => kind === 'update');

describe('the next update that is promised', () => {
  it.each(STATUSES)('in %s is promised exactly while the restore has started and not ended', (status) => {
    const restore = makeRestore(status);
    const hasStarted = 'preflight' in restore.state && restore.state.preflight !== undefined;
    expect(nextUpdateAt(restore) !== undefined).toBe(hasStarted && !hasEnded(status));
  });

  it('counts from the start, and then from the last one', () => {
    expect(nextUpdateAt(started())).toBe(addMinutes(startedAt(), EVERY));
    expect(nextUpdateAt(due(started(), 31))).toBe(addMinutes(startedAt(), 61));
  });

  it('is not moved by news in between', () => {
    const later = afterEvents(started(), ['baseline-settled', 'safety-snapshot-intended', 'safety-snapshot-requested']);
    expect(nextUpdateAt(later)).toBe(nextUpdateAt(started()));
  });

  it('falls due a little before its moment, so that it is said at the latest then', () => {
    const at = addMinutes(startedAt(), 0.95 * EVERY);
    const before = new Date(Date.parse(at) - 1).toISOString();
    expect([updateIsDue(started(), before), updateIsDue(started(), at)]).toEqual([false, true]);
    expect(transition(started(), { type: 'update-due', at: before }).kind).toBe('refused');
    const kept = due(started(), EVERY);
    expect(transition(kept, { type: 'update-due', at: addMinutes(startedAt(), EVERY) }).kind).toBe('refused');
  });

  it('is on record with the moment that it was promised for, and due to nobody before the start', () => {
    expect(due(started(), 29).history.at(-1)?.facts).toMatchObject({ promisedFor: addMinutes(startedAt(), EVERY) });
    const approved = makeRestore('approved');
    expect(updateIsDue(approved, addMinutes(approved.since, 600))).toBe(false);
    expect(promisedTo(CHANNEL, approved)).toBeUndefined();
    expect(promisedTo(CHANNEL, settled(due(started(), 30), `update:1:${CHANNEL}`, addMinutes(startedAt(), 30)))).toBe(
      undefined,
    );
  });

  it('is not promised by records of earlier releases', () => {
    const { updateMinutes: _, ...terms } = started().terms;
    expect(nextUpdateAt({ ...started(), terms })).toBeUndefined();
  });
});

describe('a promised word', () => {
  it('is owed to those who were told of the start, once', () => {
    const one = due(told(started()), EVERY);
    expect(updates(one)).toEqual([{ key: `update:1:${CHANNEL}`, kind: 'update', to: CHANNEL, nth: 1 }]);
    expect(updates(settled(one, `update:1:${CHANNEL}`, addMinutes(startedAt(), EVERY)))).toEqual([]);
    expect(updates(due(started(), EVERY))).toEqual([]);
  });

  it('after an outage is one, for the moment that was promised', () => {
    const late = due(told(started()), 200);
    expect(updates(late)).toHaveLength(1);
    expect(promisedTo(CHANNEL, late)).toBe(addMinutes(startedAt(), EVERY));
    expect(nextUpdateAt(late)).toBe(addMinutes(startedAt(), 230));
  });

  it('that Slack did not take is kept by the next, which says for when it was promised', () => {
    const two = due(due(told(started()), EVERY), 2 * EVERY);
    expect(updates(two).map(({ key }) => key)).toEqual([`update:2:${CHANNEL}`]);
    expect(promisedTo(CHANNEL, two)).toBe(addMinutes(startedAt(), EVERY));
    const kept = settled(due(told(started()), EVERY), `update:1:${CHANNEL}`, addMinutes(startedAt(), EVERY));
    expect(promisedTo(CHANNEL, due(kept, 2 * EVERY))).toBe(addMinutes(startedAt(), 2 * EVERY));
  });

  it('is not owed any more when the restore has ended', () => {
    const one = due(told(started()), EVERY);
    const ended = followedBy(one, exampleEvent('cancelled', one));
    expect(updates(ended)).toEqual([]);
    expect(nextUpdateAt(ended)).toBeUndefined();
  });

  it('however late the bot sees them, at most one is owed, and none comes much sooner than was promised', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 }), (waits) => {
        let restore: Restore = told(started());
        let at = startedAt();
        for (const wait of waits) {
          at = addMinutes(at, wait);
          const promised = addMinutes(nextUpdateAt(restore) ?? '', -0.05 * EVERY);
          const outcome = transition(restore, { type: 'update-due', at });
          expect(outcome.kind === 'changed').toBe(at >= promised);
          if (outcome.kind === 'changed') restore = outcome.restore;
          expect(updates(restore).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
