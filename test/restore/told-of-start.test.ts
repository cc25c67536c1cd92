import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Instant } from '../../src/restore/names.ts';
import { lateStartIsSaid, owedMessages, startWaitsNoLonger } from '../../src/restore/owed-messages.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const posted = (at: Instant): Delivery => ({ status: 'posted', channel: 'C0ORDERS', ts: '1.1', at });
const lost = (at: Instant): Delivery => ({ status: 'undeliverable', why: 'is_archived', at });
const maybe = (at: Instant): Delivery => ({ status: 'undeliverable', why: 'is_archived', at, mayHaveArrived: true });

function settled(restore: Restore, key: string, delivery: (at: Instant) => Delivery = posted): Restore {
  const event = exampleEvent('message-settled', restore);
  return followedBy(restore, { ...event, key, delivery: delivery(event.at) });
}

const toldOf = (restore: Restore, ...keys: readonly string[]) =>
  keys.reduce((before, key) => settled(before, key), restore);
const owedOf = (restore: Restore, kind: string) => owedMessages(restore).filter((message) => message.kind === kind);
const keysOf = (restore: Restore, kind: string) => owedOf(restore, kind).map(({ key }) => key);

const BOTH = [plannedKey('C0ORDERS'), plannedKey('C0STATUS')];
const approved = (): Restore => makeRestore('approved');
const drifted = (restore: Restore) => afterEvents(restore, ['drifted']);
const putOffBy = (person: PersonFacts, from = approved()) => {
  const held = afterEvents(from, ['objected']);
  return followedBy(held, { ...exampleEvent('objections-answered', held), person, kind: 'put-off' });
};

describe('that a start is put off', () => {
  it('hears who was told of that start, or may have been, and nobody else', () => {
    expect(keysOf(drifted(approved()), 'put-off')).toEqual([]);
    expect(keysOf(drifted(toldOf(approved(), plannedKey('C0STATUS'))), 'put-off')).toEqual(['put-off:C0STATUS:1']);
    const gap = settled(toldOf(approved(), plannedKey('C0ORDERS')), plannedKey('C0STATUS'), lost);
    expect(keysOf(drifted(gap), 'put-off')).toEqual(['put-off:C0ORDERS:1']);
    const found = { ...gap, deliveries: { ...gap.deliveries, 'head:C0STATUS': maybe(gap.since) } };
    expect(keysOf(drifted(found), 'put-off')).toEqual(['put-off:C0ORDERS:1', 'put-off:C0STATUS:1']);
    const ofNext = { ...gap, deliveries: { ...gap.deliveries, 'head:C0STATUS:1': maybe(gap.since) } };
    expect(keysOf(drifted(ofNext), 'put-off')).toEqual(['put-off:C0ORDERS:1']);
    expect(keysOf(drifted(settled(approved(), plannedKey('C0STATUS'), maybe)), 'put-off')).toEqual([
      'put-off:C0STATUS:1',
    ]);
  });

  it('is said once for each time, with what people were asked anew by', () => {
    const once = drifted(toldOf(approved(), ...BOTH));
    expect(owedOf(once, 'put-off')).toEqual([
      { key: 'put-off:C0ORDERS:1', kind: 'put-off', to: 'C0ORDERS', round: 1 },
      { key: 'put-off:C0STATUS:1', kind: 'put-off', to: 'C0STATUS', round: 1 },
    ]);
    const edited = afterEvents(toldOf(once, 'put-off:C0ORDERS:1', 'put-off:C0STATUS:1'), ['edited', 'approved']);
    const twice = drifted(settled(edited, plannedKey('C0STATUS', 1)));
    expect(owedOf(twice, 'put-off')).toEqual([
      { key: 'put-off:C0STATUS:2', kind: 'put-off', to: 'C0STATUS', round: 3 },
    ]);
  });

  it('is not said of a request that was only edited', () => {
    const edited = afterEvents(makeRestore('awaiting-approval'), ['edited']);
    expect(keysOf(edited, 'put-off')).toEqual([]);
    const told = drifted(toldOf(afterEvents(edited, ['approved']), ...BOTH));
    expect(keysOf(told, 'put-off')).toEqual(['put-off:C0ORDERS:1', 'put-off:C0STATUS:1']);
  });

  it.each<[string, PersonFacts, readonly string[]]>([
    ['the requester', REQUESTER, [APPROVER.id]],
    ['the approver', APPROVER, [REQUESTER.id]],
    ['an approver who had not voted', GROUP_APPROVER, [APPROVER.id, REQUESTER.id]],
  ])('by %s is told to requester and voters, but for whoever did it', (_, person, told) => {
    expect(owedOf(putOffBy(person), 'asked-anew').map(({ to }) => to)).toEqual(told);
  });
});

describe('that a start is late', () => {
  const late = (restore: Restore) => afterEvents(restore, ['start-late']);

  it('hears the requester, and each place that was told of the start while it was still to come', () => {
    const told = toldOf(approved(), ...BOTH);
    expect(keysOf(told, 'late')).toEqual([]);
    expect(keysOf(told, 'starting-late')).toEqual([]);
    expect(owedOf(late(told), 'late')).toEqual([
      { key: 'late:C0ORDERS', kind: 'late', to: 'C0ORDERS' },
      { key: 'late:C0STATUS', kind: 'late', to: 'C0STATUS' },
    ]);
    expect(owedOf(late(told), 'starting-late')).toEqual([
      { key: `starting-late:${REQUESTER.id}`, kind: 'starting-late', to: REQUESTER.id },
    ]);
  });

  it('hears no place that was not told, could not be told, or was told when the start had passed', () => {
    const { startAt } = inStatus(approved(), 'approved').state;
    const inTime = plannedKey('C0ORDERS');
    const other = plannedKey('C0STATUS');
    const afterIt = () => posted(addMinutes(startAt, 5));
    for (const restore of [
      settled(approved(), inTime),
      settled(settled(approved(), inTime), other, lost),
      settled(settled(approved(), inTime), other, maybe),
      settled(settled(approved(), inTime), other, afterIt),
    ])
      expect(keysOf(late(restore), 'late')).toEqual(['late:C0ORDERS']);
  });

  it('is known to be said once the requester was told, or could not be', () => {
    const held = late(toldOf(approved(), ...BOTH));
    expect(lateStartIsSaid(held)).toBe(false);
    expect(lateStartIsSaid(settled(held, 'late:C0ORDERS'))).toBe(false);
    for (const delivery of [posted, lost])
      expect(lateStartIsSaid(settled(held, `starting-late:${REQUESTER.id}`, delivery))).toBe(true);
  });
});

describe('that a start waits no longer', () => {
  const told = () => toldOf(approved(), ...BOTH);
  const held = () => afterEvents(told(), ['objected']);
  const start = () => Date.parse(inStatus(told(), 'approved').state.startAt);

  it('is so once the objection that held it is answered, and not before', () => {
    expect(startWaitsNoLonger(held(), start())).toBe(false);
    const answered = afterEvents(held(), ['objections-answered']);
    expect(startWaitsNoLonger(answered, start())).toBe(true);
    expect(startWaitsNoLonger(answered, start() - 1)).toBe(false);
  });

  it('is not so while a notice is still on its way, nor when the answer put it off', () => {
    const early = afterEvents(settled(approved(), plannedKey('C0ORDERS')), ['objected', 'objections-answered']);
    expect(startWaitsNoLonger(early, start())).toBe(false);
    expect(startWaitsNoLonger(putOffBy(APPROVER, told()), start())).toBe(false);
  });
});

describe('how a restore ended', () => {
  it('hears who was told of any of its starts, also of the first only', () => {
    const again = afterEvents(drifted(settled(approved(), plannedKey('C0STATUS'))), ['approved']);
    expect(owedOf(afterEvents(again, ['cancelled']), 'outcome')).toEqual([
      { key: 'outcome:C0STATUS', kind: 'outcome', to: 'C0STATUS' },
    ]);
    const both = settled(again, plannedKey('C0ORDERS', 1));
    expect(keysOf(afterEvents(both, ['cancelled']), 'outcome')).toEqual(['outcome:C0ORDERS', 'outcome:C0STATUS']);
  });

  it('hears who could not be told of the first start and was told of the second', () => {
    const gap = settled(approved(), plannedKey('C0STATUS'), lost);
    const again = settled(afterEvents(drifted(gap), ['approved']), plannedKey('C0STATUS', 1));
    expect(keysOf(afterEvents(again, ['cancelled']), 'outcome')).toEqual(['outcome:C0STATUS']);
  });

  it('hears nobody of one that failed before its call was sent, but for those who were told of the start', () => {
    const failed = (restore: Restore) => afterEvents(restore, ['step-failed']);
    expect(keysOf(failed(approved()), 'outcome')).toEqual([]);
    expect(keysOf(failed(settled(approved(), plannedKey('C0STATUS'))), 'outcome')).toEqual(['outcome:C0STATUS']);
  });
});
