import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { isHeld } from '../../../src/restore/objection.ts';
import { owedMessages } from '../../../src/restore/owed-messages.ts';
import { parseRestore } from '../../../src/store/restore-schema.ts';
import { exampleEvent } from '../../support/example-events.ts';
import { followedBy, inStatus, makePolicy, makeRestore, NOW } from '../../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP, GROUP_APPROVER, makePerson, REQUESTER } from '../../support/people.ts';
import { TWO, tightened } from './tightened.ts';

describe('an open restore that somebody spoke against', () => {
  it('that enough people have refused by the tighter rule is denied', () => {
    const approval = { ...makePolicy().approval, denialsNeeded: 2 };
    const asked = makeRestore('awaiting-approval', { policy: { approval } });
    const refused = followedBy(asked, exampleEvent('denied', asked));
    expect(refused.state.status).toBe('awaiting-approval');
    const after = inStatus(tightened(refused, { approval: makePolicy().approval }, 2), 'denied');
    const why = inStatus(refused, 'awaiting-approval').state.votes[0]?.why;
    expect(why).toMatch(/./);
    expect(after.state).toEqual({ status: 'denied', by: APPROVER.id, why, at: addMinutes(refused.since, 2) });
    const approved = followedBy(refused, { ...exampleEvent('approved', refused), person: GROUP_APPROVER });
    expect(approved.state.status).toBe('approved');
    const anew = inStatus(tightened(approved, { approval: makePolicy().approval }), 'awaiting-approval');
    expect(anew.state.votes).toEqual([]);
  });

  it('that some have refused is denied by the last of them, and goes on while they are too few', () => {
    const approval = { rules: TWO.rules, denialsNeeded: 3 };
    const asked = makeRestore('awaiting-approval', { policy: { approval } });
    const refused = followedBy(asked, { ...exampleEvent('denied', asked), person: GROUP_APPROVER });
    const agreed = followedBy(refused, {
      ...exampleEvent('approved', refused),
      person: makePerson('U0GUSTAV', { groups: [APPROVERS_GROUP] }),
    });
    expect(tightened(agreed, { approval: { ...approval, denialsNeeded: 2 } }).state).toEqual(agreed.state);
    const after = inStatus(tightened(agreed, { approval: TWO }), 'denied');
    expect(after.state.by).toBe(GROUP_APPROVER.id);
  });

  it('is held by the objections that it was only told of, once they hold a start', () => {
    const statuses = ['approved', 'taking-baseline', 'awaiting-safety-snapshot', 'ready-to-restore'] as const;
    for (const status of statuses) {
      const told = makeRestore(status, { policy: { objections: 'tell' } });
      const objected = followedBy(told, exampleEvent('objected', told));
      expect(isHeld(objected)).toBe(false);
      const after = tightened(objected, { objections: 'hold' }, 3);
      expect(after.state.status).toBe(status);
      expect(isHeld(after)).toBe(true);
      expect(after.objections).toEqual([
        { ...objected.objections?.[0], holds: true, heldSince: addMinutes(objected.since, 3) },
      ]);
      expect(parseRestore(JSON.stringify(after)).objections).toEqual(after.objections);
      const [requester] = owedMessages(after).filter(({ kind }) => kind === 'objected');
      expect(requester).toEqual({ key: `objected:1:held:${REQUESTER.id}`, kind: 'objected', to: REQUESTER.id, nth: 1 });
      const answered = followedBy(objected, { ...exampleEvent('objections-answered', objected), kind: 'go-on' });
      expect(isHeld(tightened(answered, { objections: 'hold' }))).toBe(false);
    }
  });

  it('is held by those objections alone that nobody has answered, and by each since it holds', () => {
    const told = makeRestore('approved', { policy: { objections: 'tell' } });
    const first = followedBy(told, exampleEvent('objected', told));
    const answered = followedBy(first, { ...exampleEvent('objections-answered', first), kind: 'go-on' });
    const second = followedBy(answered, { ...exampleEvent('objected', answered), person: GROUP_APPROVER });
    const after = tightened(second, { objections: 'hold' }, 9);
    expect(after.objections?.[0]).toEqual(second.objections?.[0]);
    expect(after.objections?.[1]).toMatchObject({ holds: true, heldSince: addMinutes(second.since, 9) });

    const held = makeRestore('approved');
    const objected = followedBy(held, exampleEvent('objected', held));
    const [holding] = objected.objections ?? [];
    if (!holding) throw new Error('it should be objected to');
    const objections = [holding, { ...holding, by: 'U0OLGA', holds: false }];
    const both = tightened({ ...objected, objections }, { requestExpiryMinutes: 5 }, 9);
    expect(both.objections?.[0]).toEqual(holding);
    expect(both.objections?.[1]).toMatchObject({ holds: true, heldSince: addMinutes(objected.since, 9) });
  });

  it('is not held where it becomes tighter in something else and objections are told alone', () => {
    const told = makeRestore('approved', { policy: { objections: 'tell' } });
    const objected = followedBy(told, exampleEvent('objected', told));
    const after = tightened(objected, { objections: 'tell', executionExpiryMinutes: 5 }, 3);
    expect(after.terms.executionExpiryMinutes).toBe(5);
    expect(after.objections).toEqual(objected.objections);
  });

  it('says again that it is objected to where that holds it now, and only there', () => {
    const restore = makeRestore('approved', { policy: { objections: 'tell' } });
    const objected = followedBy(restore, { ...exampleEvent('objected', restore), place: 'C0ORDERS' });
    const keys = owedMessages(objected).map(({ key }) => key);
    const delivery = { status: 'posted', channel: 'C1', ts: '1.1', at: NOW } as const;
    const said = { ...objected, deliveries: Object.fromEntries(keys.map((key) => [key, delivery])) };
    expect(owedMessages(said)).toEqual([]);
    const after = tightened(said, { objections: 'hold' });
    expect(owedMessages(after).map(({ key }) => key)).toEqual([
      `objected:1:held:${REQUESTER.id}`,
      `objected:1:held:${APPROVER.id}`,
      'objection:1:held:C0ORDERS',
    ]);
    const held = makeRestore('approved');
    const before = followedBy(held, exampleEvent('objected', held));
    expect(tightened(before, { requestExpiryMinutes: 5 }).objections).toEqual(before.objections);
  });
});
