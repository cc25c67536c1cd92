import { describe, expect, it } from 'vitest';
import { threadReply } from '../../messages/thread-reply.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Instant } from '../../src/restore/names.ts';
import { owedMessages, plannedNoticesAreSettled, startWaitsNoLonger } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { groupsMentionedIn, noticePlaces, stakeholderRefusal } from '../../src/restore/stakeholders.ts';
import type { Terms } from '../../src/restore/terms.ts';
import { parseRestore } from '../../src/store/restore-schema.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { BYSTANDER, makePerson } from '../support/people.ts';

const JANE = makePerson('U0JANE');
const MEMBER = makePerson('U0MONA', { groups: ['S0CART'] });
const ADDED = { users: [JANE.id], groups: ['S0CART'] };

const settled = (restore: Restore, key: string, at: Instant): Restore =>
  followedBy(restore, {
    type: 'message-settled',
    at,
    key,
    delivery: { status: 'posted', channel: 'C0ORDERS', ts: '1.1', at },
  });
const told = (restore: Restore, at: Instant, channels = restore.plan.noticeChannels): Restore =>
  channels.reduce((before, channel) => settled(before, plannedKey(channel), at), restore);
const tightened = (restore: Restore, terms: Partial<Terms>, at: Instant): Restore =>
  followedBy(restore, { ...exampleEvent('rules-tightened', restore), at, terms: { ...restore.terms, ...terms } });
const keysOf = (restore: Restore) =>
  owedMessages(restore)
    .map(({ key }) => key)
    .filter((key) => key.startsWith('planned:') || key.startsWith('newly-told:'));

describe('stakeholders whom tighter rules add to a restore that waits for its start', () => {
  const later = addMinutes(NOW, 5);
  const approved = (): Restore => told(makeRestore('approved'), NOW);
  const added = (): Restore => tightened(approved(), { addedStakeholders: ADDED }, later);

  it('get the notice, each person alone and a group in the thread of every channel that had its notice', () => {
    const after = added();
    expect(keysOf(approved())).toEqual([]);
    expect(keysOf(after)).toEqual(['planned:U0JANE', 'newly-told:1:C0ORDERS', 'newly-told:1:C0STATUS']);
    expect(owedMessages(after)).toContainEqual({
      key: 'newly-told:1:C0ORDERS',
      kind: 'newly-told',
      to: 'C0ORDERS',
      nth: 1,
    });
    expect(noticePlaces(after)).toEqual(['C0ORDERS', 'C0STATUS', 'U0JANE']);
    expect(groupsMentionedIn('C0STATUS', after)).toEqual(['S0CART']);
    const reply = threadReply('newly-told', after, { place: 'C0ORDERS', now: later, nth: 1 });
    expect(reply.text).toContain('<!subteam^S0CART>: you are told of this restore as well now');
    expect(reply.text).toContain('an objection holds it until the objection is answered');
    const tells = { ...after, terms: { ...after.terms, objections: 'tell' as const } };
    expect(threadReply('newly-told', tells, { place: 'C0ORDERS', now: later, nth: 1 }).text).toContain(
      'the start is not held by it',
    );
    expect(parseRestore(JSON.stringify(after))).toEqual(after);
  });

  it('may object, as everybody in a channel still may who could before', () => {
    const after = added();
    expect(stakeholderRefusal(approved(), JANE, undefined)).toMatchObject({ reason: 'not-a-stakeholder' });
    for (const person of [JANE, MEMBER]) expect(stakeholderRefusal(after, person, undefined)).toBeUndefined();
    expect(stakeholderRefusal(after, BYSTANDER, 'C0ORDERS')).toBeUndefined();
    expect(stakeholderRefusal(after, BYSTANDER, undefined)).toMatchObject({ reason: 'not-a-stakeholder' });
  });

  it('have the whole lead from the last word to them on', () => {
    const after = added();
    expect(plannedNoticesAreSettled(approved())).toBe(true);
    expect(plannedNoticesAreSettled(after)).toBe(false);
    const keys = keysOf(after);
    const said = keys.slice(0, 2).reduce((before, key) => settled(before, key, later), after);
    expect(inStatus(said, 'approved').state.startAt).toBe(inStatus(after, 'approved').state.startAt);
    const last = inStatus(settled(said, keys[2] ?? '', later), 'approved');
    expect(plannedNoticesAreSettled(last)).toBe(true);
    expect(last.state.startAt).toBe(addMinutes(later, 15));
    expect(last.movedStart).toMatchObject({ to: addMinutes(later, 15) });
    expect(startWaitsNoLonger(last, Date.parse(last.state.startAt))).toBe(true);
    const looked = followedBy(last, exampleEvent('agreement-looked', last));
    expect(startWaitsNoLonger(looked, Date.parse(last.state.startAt))).toBe(false);
  });

  it('have what is left of the lead where more of it would let the approval lapse', () => {
    const { startAt, lapsesAt } = inStatus(approved(), 'approved').state;
    const late = addMinutes(lapsesAt, -approved().terms.noticeLeadMinutes);
    for (const who of [{ users: [JANE.id], groups: [] }, { users: [], groups: ['S0CART'] }, ADDED]) {
      const after = tightened(approved(), { addedStakeholders: who }, later);
      const said = keysOf(after).reduce((before, key) => settled(before, key, late), after);
      expect(inStatus(said, 'approved').state.startAt).toBe(startAt);
      expect(said.movedStart).toBeUndefined();
      const sooner = keysOf(after).reduce((before, key) => settled(before, key, addMinutes(late, -1)), after);
      expect(sooner.movedStart).toMatchObject({ to: addMinutes(lapsesAt, -1) });
    }
  });

  it('are no reason to start without the lead of those who were told late themselves', () => {
    const asked = tightened(makeRestore('awaiting-approval'), { addedStakeholders: ADDED }, NOW);
    const agreed = followedBy(asked, { ...exampleEvent('approved', asked), at: NOW });
    const { startAt, lapsesAt } = inStatus(agreed, 'approved').state;
    const late = addMinutes(lapsesAt, 2);
    const said = keysOf(told(agreed, late)).reduce((before, key) => settled(before, key, late), told(agreed, late));
    expect(plannedNoticesAreSettled(said)).toBe(true);
    expect(inStatus(said, 'approved').state.startAt > lapsesAt).toBe(true);
    expect(startAt < lapsesAt).toBe(true);
    expect(said.movedStart).toBeUndefined();
  });

  it('are named by a notice that comes later, and mentioned once however often it is put off', () => {
    const after = added();
    const halfTold = tightened(told(makeRestore('approved'), NOW, ['C0ORDERS']), { addedStakeholders: ADDED }, later);
    expect(keysOf(halfTold)).toEqual(['planned:C0STATUS', 'planned:U0JANE', 'newly-told:1:C0ORDERS']);
    for (const at of [later, addMinutes(later, 1)])
      expect(keysOf(told(halfTold, at, ['C0STATUS']))).toEqual(['planned:U0JANE', 'newly-told:1:C0ORDERS']);
    const refused = followedBy(makeRestore('approved'), {
      type: 'message-settled',
      at: NOW,
      key: plannedKey('C0STATUS'),
      delivery: { status: 'undeliverable', why: 'is_archived', at: NOW },
    });
    expect(keysOf(tightened(refused, { addedStakeholders: ADDED }, later))).toEqual([
      'planned:C0ORDERS',
      'planned:U0JANE',
    ]);
    const putOff = followedBy(after, { ...exampleEvent('drifted', after), at: addMinutes(later, 1) });
    expect(keysOf(putOff)).toEqual([]);
    const again = followedBy(putOff, { ...exampleEvent('approved', putOff), at: addMinutes(later, 2) });
    expect(keysOf(again).filter((key) => key.startsWith('newly'))).toEqual([
      'newly-told:1:C0ORDERS',
      'newly-told:1:C0STATUS',
    ]);
  });

  it('are asked for nothing once the restore call is sent, nor by a dry run, nor twice', () => {
    const after = added();
    const ready = told(makeRestore('ready-to-restore'), NOW);
    const at = addMinutes(ready.since, 1);
    const prepared = tightened(ready, { addedStakeholders: ADDED }, at);
    expect(keysOf(prepared)).toContain('newly-told:1:C0ORDERS');
    const sent = followedBy(prepared, { ...exampleEvent('restore-intended', prepared), at });
    expect(keysOf(sent)).toEqual(['planned:U0JANE']);
    expect(keysOf({ ...after, plan: { ...after.plan, dryRun: true } })).toEqual([]);
    const more = tightened(after, { addedStakeholders: { users: ['U0SAM', JANE.id], groups: ['S0CART'] } }, later);
    expect(more.newlyTold).toEqual(after.newlyTold);
    const third = { users: [JANE.id], groups: ['S0CART', 'S0PAY'] };
    expect(tightened(after, { addedStakeholders: third }, addMinutes(later, 1)).newlyTold).toEqual([
      { at: later, groups: ['S0CART'] },
      { at: addMinutes(later, 1), groups: ['S0PAY'] },
    ]);
  });
});
