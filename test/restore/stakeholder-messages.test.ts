import { describe, expect, it } from 'vitest';
import type { Vote } from '../../src/restore/agreement.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import type { Objection } from '../../src/restore/stakeholder-facts.ts';
import { objectionMessages, statusReplies } from '../../src/restore/stakeholder-messages.ts';
import type { Status } from '../../src/restore/state.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const PLACE = 'C0ORDERS';
const minute = (count: number) => addMinutes(NOW, count);
const vote = (by: string, at: number, kind: Vote['kind'] = 'approve'): Vote => ({
  by,
  at: minute(at),
  kind,
  planHash: '',
  countsFor: ['approvers'],
});

function objectedTo(status: Status, facts: Partial<Objection> = {}, more: Partial<Restore> = {}): Restore {
  const objection: Objection = { by: 'U0OLGA', at: minute(10), why: 'Not now.', holds: true, ...facts };
  return { ...makeRestore(status), objections: [objection], ...more };
}

/** Agreed to by these votes. */
function agreed(votes: readonly Vote[], more: Partial<Restore> = {}): Restore {
  const restore = makeRestore('approved');
  const state = { ...restore.state, approval: { ...restore.state.approval, votes } };
  return { ...objectedTo('approved'), state, ...more };
}

const keysOf = (restore: Restore) => objectionMessages(restore).map(({ key }) => key);
const heardBy = (restore: Restore) =>
  objectionMessages(restore).flatMap(({ kind, to }) => (kind === 'objected' ? [to] : []));
const answer = { by: REQUESTER.id, at: minute(12), kind: 'go-on', words: 'It was agreed.' } as const;

describe('an objection', () => {
  it('is said to the requester, to who agreed, and in the thread of the notice it came from', () => {
    expect(objectionMessages(objectedTo('approved', { place: PLACE }))).toEqual([
      { key: `objected:1:${REQUESTER.id}`, kind: 'objected', to: REQUESTER.id, nth: 1 },
      { key: `objected:1:${APPROVER.id}`, kind: 'objected', to: APPROVER.id, nth: 1 },
      { key: `objection:1:${PLACE}`, kind: 'objection', to: PLACE, nth: 1 },
    ]);
  });

  it('is said in no thread when it was raised at the card or where no notice is', () => {
    const people = [`objected:1:${REQUESTER.id}`, `objected:1:${APPROVER.id}`];
    expect(keysOf(objectedTo('approved'))).toEqual(people);
    expect(keysOf(objectedTo('approved', { place: 'C0OTHER' }))).toEqual(people);
  });

  it('that is answered is said to be, in its thread and to who raised it', () => {
    expect(objectionMessages(objectedTo('approved', { place: PLACE, answer })).slice(3)).toEqual([
      { key: `objection-answered:1:${PLACE}`, kind: 'objection-answered', to: PLACE, nth: 1 },
      { key: 'objection-settled:1:U0OLGA', kind: 'objection-settled', to: 'U0OLGA', nth: 1 },
    ]);
    expect(keysOf(objectedTo('approved', { answer })).slice(2)).toEqual(['objection-settled:1:U0OLGA']);
  });

  it('that nobody answered is settled by the end of the restore, and not before', () => {
    expect(keysOf(objectedTo('cancelled', { place: PLACE }))).toContain('objection-settled:1:U0OLGA');
    expect(keysOf(objectedTo('cancelled', { place: PLACE }))).not.toContain(`objection-answered:1:${PLACE}`);
    expect(keysOf(objectedTo('restoring'))).not.toContain('objection-settled:1:U0OLGA');
  });

  it('is for those who had agreed by then, and for nobody who said no', () => {
    const votes = [vote('U0ONE', 9), vote('U0TWO', 10), vote('U0LATE', 11), vote('U0NO', 9, 'deny')];
    expect(heardBy(agreed(votes))).toEqual([REQUESTER.id, 'U0ONE', 'U0TWO']);
  });

  it('is for those who had agreed before people were asked anew, when it was raised before that', () => {
    const before = [vote(GROUP_APPROVER.id, 5)];
    const anew = (at: number) => ({
      askedAnew: [
        {
          at: minute(at),
          before: makeRestore('approved').plan,
          votes: before,
          because: { kind: 'edited' as const, by: REQUESTER.id },
        },
      ],
    });
    const votes = [vote(APPROVER.id, 9)];
    expect(heardBy(agreed(votes, anew(9)))).toEqual([REQUESTER.id, APPROVER.id]);
    for (const at of [10, 11]) expect(heardBy(agreed(votes, anew(at)))).toEqual([REQUESTER.id, GROUP_APPROVER.id]);
  });

  it('to a request that nobody has agreed to is for the requester', () => {
    expect(heardBy(objectedTo('awaiting-approval'))).toEqual([REQUESTER.id]);
  });
});

describe('who was told of a start', () => {
  const TOLD: Delivery = { status: 'posted', channel: PLACE, ts: '1.1', at: minute(20) };
  const told = (status: Status, more: Partial<Restore> = {}, delivery: Delivery = TOLD): Restore => {
    const restore = makeRestore(status);
    return { ...restore, deliveries: { ...restore.deliveries, [plannedKey(PLACE)]: delivery }, ...more };
  };
  const repliesOf = (restore: Restore) => statusReplies(restore).flatMap(({ to, key }) => (to === PLACE ? [key] : []));
  const moved = (at: number) => ({ movedStart: { at: minute(at), from: minute(30), to: minute(40) } });

  it('hears that it was moved after that, once, while it is waited for', () => {
    const key = `start-moved:${PLACE}`;
    expect(statusReplies(told('approved', moved(21)))).toContainEqual({ key, kind: 'start-moved', to: PLACE });
    expect(repliesOf(told('approved', moved(21)))).toEqual([key]);
    expect(repliesOf(told('approved', moved(20)))).toEqual([]);
    expect(repliesOf(told('approved'))).toEqual([]);
    expect(repliesOf(told('taking-baseline', moved(21)))).not.toContain(`start-moved:${PLACE}`);
  });

  it('hears that nobody knows whether it began', () => {
    expect(repliesOf(told('start-unclear'))).toContain(`unclear:${PLACE}`);
    expect(repliesOf(told('restoring'))).not.toContain(`unclear:${PLACE}`);
  });

  it('hears nothing more where the notice did not arrive or never was', () => {
    const refused: Delivery = { status: 'undeliverable', why: 'channel_not_found', at: minute(20) };
    expect(repliesOf(told('start-unclear', {}, refused))).toEqual([]);
    expect(repliesOf({ ...told('start-unclear'), deliveries: {} })).toEqual([]);
  });
});
