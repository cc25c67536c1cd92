import { describe, expect, it } from 'vitest';
import { directMessage } from '../../messages/direct-message.ts';
import { unreachedReply } from '../../messages/unreached.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { lateKey, outcomeKey, plannedKey, putOffKey } from '../../src/restore/message-key.ts';
import { CARD_KEY, owedMessages } from '../../src/restore/owed-messages.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { REQUESTER } from '../support/people.ts';

const lost = (why: string): Delivery => ({ status: 'undeliverable', why, at: NOW });
const POSTED: Delivery = { status: 'posted', channel: 'C', ts: '1.1', at: NOW };
const settled = (restore: Restore, key: string, delivery: Delivery = lost('is_archived')) =>
  followedBy(restore, { ...exampleEvent('message-settled', restore), key, delivery });
const owed = (restore: Restore) =>
  owedMessages(restore).filter(({ kind }) => kind === 'unreached' || kind === 'unreached-reply');
const DEAD = plannedKey('C0STATUS', 0);
const KEYS = [`unreached:C0STATUS:${REQUESTER.id}`, 'unreached:C0STATUS'];
const told = ['C0ORDERS', 'C0STATUS'].reduce<Restore>(
  (before, place) => settled(before, plannedKey(place), POSTED),
  makeRestore('approved'),
);
const said = (restore: Restore, nth = 2) => unreachedReply(restore, { nth, now: NOW }).text;

describe('a place that could not be told', () => {
  it('is told of once: to the requester, and in the thread of the card', () => {
    const gap = settled(makeRestore('approved'), DEAD);
    expect(owed(makeRestore('approved'))).toEqual([]);
    expect(owed(gap)).toEqual([
      { key: `unreached:C0STATUS:${REQUESTER.id}`, kind: 'unreached', to: REQUESTER.id, nth: 2 },
      { key: 'unreached:C0STATUS', kind: 'unreached-reply', to: 'C0APPROVALS', nth: 2 },
    ]);
    const told = owed(gap).reduce<Restore>((before, { key }) => settled(before, key, POSTED), gap);
    expect(owed(told)).toEqual([]);
    const atTheEnd = settled(inStatus(afterEvents(told, ['cancelled']), 'cancelled'), outcomeKey('C0STATUS'));
    expect(owed(atTheEnd)).toEqual([]);
  });

  it('at the end only is told of then, before the anchor', () => {
    const over = settled(makeRestore('completed'), outcomeKey('C0ORDERS'));
    expect(owed(over).map(({ key }) => key)).toEqual([`unreached:C0ORDERS:${REQUESTER.id}`, 'unreached:C0ORDERS']);
    expect(owedMessages(over).at(-1)?.kind).toBe('anchor');
    expect(said(over, 1)).toContain('could not be told how this restore ended');
    expect(said(over, 1)).toContain('The restore is over');
  });

  it('holds nothing up where the card cannot be posted: only the requester hears of it', () => {
    const gap = settled(settled(makeRestore('approved'), DEAD), CARD_KEY);
    expect(owed(gap).map(({ kind }) => kind)).toEqual(['unreached']);
  });

  it.each([
    ['is_archived', 'the channel is archived', 'can unarchive it'],
    ['channel_not_found', 'the channel was deleted, or it is private', 'can invite the bot, or the bot'],
    ['not_in_channel', 'the bot is not in the channel', 'can invite the bot.'],
    ['fatal_error', 'it was not delivered', 'can look at the log'],
  ])('says why (%s), what to do, and that the restore goes on all the same', (why, reason, next) => {
    const gap = settled(makeRestore('approved'), DEAD, lost(why));
    const { startAt } = inStatus(gap, 'approved').state;
    for (const text of [said(gap), directMessage('unreached', gap, undefined, { nth: 2, now: NOW }).text])
      for (const words of ['<#C0STATUS>', reason, why, next, 'by hand', 'goes on without it', startAt.slice(11, 16)])
        expect(text).toContain(words);
  });

  it('that is a person has people tell them by hand', () => {
    const policy = { stakeholders: { users: ['U5'], groups: [] } };
    const gap = settled(makeRestore('approved', { policy }), plannedKey('U5', 0), lost('user_disabled'));
    expect(owed(gap).map(({ key }) => key)).toEqual([`unreached:U5:${REQUESTER.id}`, 'unreached:U5']);
    expect(said(gap, 3)).toContain('Tell <@U5> by hand.');
  });

  it('says that nobody knows where an answer of Slack was lost', () => {
    const maybe = { ...lost('not_allowed_token_type'), mayHaveArrived: true } as Delivery;
    expect(said(settled(makeRestore('restoring'), DEAD, maybe))).toContain('nobody knows whether <#C0STATUS> was told');
  });

  it('is tried again with the next start, and told of again only if it was not before', () => {
    const gap = settled(makeRestore('approved'), DEAD);
    const putOff = followedBy(gap, { ...exampleEvent('drifted', gap), at: addMinutes(NOW, 5) });
    expect(owed(putOff)).toEqual([]);
    const again = afterEvents(putOff, ['approved']);
    expect(owed(again)).toEqual([]);
    expect(owedMessages(again).map(({ key }) => key)).toContain(plannedKey('C0STATUS', 1));
  });

  it('that its start is late is told of too', () => {
    const late = afterEvents(told, ['start-late']);
    expect(owed(late)).toEqual([]);
    const gap = settled(late, lateKey('C0STATUS', 0));
    expect(owed(gap).map(({ key }) => key)).toEqual(KEYS);
    expect(said(gap)).toContain('<#C0STATUS> could not be told that this restore starts late');
  });

  describe('that its start was put off', () => {
    const putOff = followedBy(told, { ...exampleEvent('drifted', told), at: addMinutes(NOW, 5) });
    const gap = settled(putOff, putOffKey('C0STATUS', 1));

    it('is told of too, while people are asked anew', () => {
      expect(owed(putOff)).toEqual([]);
      expect(owed(gap).map(({ key }) => key)).toEqual(KEYS);
      expect(said(gap)).toContain('<#C0STATUS> could not be told that the start of this restore was put off');
      expect(said(gap)).toContain('does not start before everybody has agreed anew');
    });

    it.each(['withdrawn', 'denied', 'request-expired'] as const)(
      'is told of too when it ended (%s), before the anchor',
      (how) => {
        const over = afterEvents(gap, [how]);
        expect(owed(over).map(({ key }) => key)).toEqual(KEYS);
        expect(owedMessages(over).at(-1)?.kind).toBe('anchor');
        expect(said(over)).toContain('The restore is over');
      },
    );

    it('is told of too when the plan names it no more', () => {
      const event = exampleEvent('edited', gap);
      const edited = followedBy(gap, { ...event, change: { ...event.change, noticeChannels: ['C0ORDERS'] } });
      expect(edited.plan.noticeChannels).toEqual(['C0ORDERS']);
      expect(owed(edited).map(({ key }) => key)).toEqual(KEYS);
      expect(said(edited)).toContain('<#C0STATUS> could not be told that the start');
    });

    it('matters no more once it was told of the next start', () => {
      const again = settled(afterEvents(gap, ['approved']), plannedKey('C0STATUS', 1), POSTED);
      expect(owed(again)).toEqual([]);
    });
  });
});
