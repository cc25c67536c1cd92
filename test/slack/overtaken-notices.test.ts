import { describe, expect, it } from 'vitest';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { headKey, outcomeKey, plannedKey } from '../../src/restore/message-key.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { createSettleOvertaken } from '../../src/slack/overtaken-notices.ts';
import type { Sought } from '../../src/slack/seek-post.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, makeRestore } from '../support/make-restore.ts';

const C = 'C0ORDERS';
const HEAD: Extract<Sought, { kind: 'there' }> = { kind: 'there', channel: C, ts: '7.1' };
const NOTICE: Sought = { kind: 'there', channel: C, ts: '7.2' };
const approved = makeRestore('approved');
const cancelled = followedBy(approved, exampleEvent('cancelled', approved));

/** Settles until nothing changes, as who delivers does; what was begun before, what stands, and what a look finds. */
async function settle(
  before: Restore,
  facts: {
    readonly begun: readonly string[];
    readonly standing?: boolean;
    readonly finds?: Readonly<Record<string, Sought>>;
  },
) {
  const state = { restore: before, sought: [] as string[], begun: [...facts.begun] };
  const standing = new Map(facts.standing ? [[C, { channel: C, ts: HEAD.ts, digest: '' }]] : []);
  const settleOvertaken = createSettleOvertaken({
    coordinator: {
      apply: async (_, event) => {
        const outcome = transition(state.restore, { ...event, at: state.restore.since } as never);
        if (outcome.kind !== 'changed') throw new Error('it was refused');
        state.restore = outcome.restore;
        return { ...outcome, now: state.restore.since };
      },
    },
    places: { begun: async () => state.begun },
    headPlaces: { heads: async () => standing },
    heads: {
      found: async (_, place, at) => void standing.set(place, { ...at, digest: '' }),
    },
    seek: async ({ key }) => {
      state.sought.push(key);
      const found = facts.finds?.[key] ?? { kind: 'not-there' };
      if (found.kind === 'not-there') state.begun = state.begun.filter((other) => other !== key);
      return found;
    },
  });
  for (let times = 0; times < 5; times++) {
    const result = await settleOvertaken({ restore: state.restore, now: state.restore.since, steadyMs: 0 });
    if (result !== 'settled') return { ...state, result, standing, new: recorded(before, state.restore) };
  }
  throw new Error('it does not come to an end');
}

function recorded(before: Restore, after: Restore) {
  return Object.entries(after.deliveries).filter(([key]) => before.deliveries[key] === undefined);
}

describe('what was begun to be said of a start that is over', () => {
  it('is not looked for while the start is to come, nor when nothing was begun', async () => {
    const begun = [headKey(C)];
    expect(await settle(approved, { begun })).toMatchObject({ result: 'nothing', sought: [] });
    expect(await settle(makeRestore('awaiting-approval'), { begun })).toMatchObject({ result: 'nothing', sought: [] });
    expect(await settle(cancelled, { begun: ['card', `ended:U1`] })).toMatchObject({ result: 'nothing', sought: [] });
  });

  it('is recorded as the head message when only that arrived, and drawn from then on', async () => {
    const after = await settle(cancelled, { begun: [headKey(C)], finds: { [headKey(C)]: HEAD } });
    expect(after).toMatchObject({
      result: 'nothing',
      new: [[headKey(C), { status: 'posted', channel: C, ts: '7.1' }]],
    });
    expect([...after.standing.keys()]).toEqual([C]);
  });

  it('is recorded as the notice when that arrived', async () => {
    const begun = [headKey(C), plannedKey(C)];
    const after = await settle(cancelled, { begun, standing: true, finds: { [plannedKey(C)]: NOTICE } });
    expect(after).toMatchObject({ result: 'nothing', sought: [plannedKey(C)] });
    expect(after.new).toMatchObject([[plannedKey(C), { status: 'posted', ts: '7.2' }]]);
  });

  it('is recorded as the head message when that stands and the notice did not arrive', async () => {
    const after = await settle(cancelled, { begun: [headKey(C), plannedKey(C)], standing: true });
    expect(after.new).toMatchObject([[headKey(C), { status: 'posted', ts: '7.1' }]]);
  });

  it('is nothing when nothing arrived', async () => {
    const after = await settle(cancelled, { begun: [headKey(C)] });
    expect(after).toMatchObject({ result: 'nothing', sought: [headKey(C)], new: [] });
  });

  it('stays in doubt while nobody can say', async () => {
    const notNow = { kind: 'not-now' } as const;
    const head = await settle(cancelled, { begun: [headKey(C)], finds: { [headKey(C)]: notNow } });
    const begun = [headKey(C), plannedKey(C)];
    const notice = await settle(cancelled, { begun, standing: true, finds: { [plannedKey(C)]: notNow } });
    expect([head, notice]).toMatchObject([
      { result: 'in-doubt', new: [] },
      { result: 'in-doubt', new: [] },
    ]);
  });

  it('may have arrived where nobody may look', async () => {
    const code = 'missing_scope';
    const finds = { [headKey(C)]: { kind: 'unknown', code } } as const;
    const after = await settle(cancelled, { begun: [headKey(C), plannedKey(C)], finds });
    const maybe = { status: 'undeliverable', why: code, mayHaveArrived: true };
    expect(after).toMatchObject({ result: 'nothing', new: [[headKey(C), maybe]] });
  });

  it('is left alone when its notice is on record, but not that of the next start', async () => {
    const told = followedBy(approved, posted(plannedKey(C), '7.2'));
    const stopped = withPutOffs(followedBy(told, exampleEvent('cancelled', told)), 1);
    const begun = [headKey(C), plannedKey(C)];
    expect(await settle(stopped, { begun, standing: true })).toMatchObject({ sought: [], new: [] });
    const next = plannedKey(C, 1);
    const after = await settle(stopped, { begun: [...begun, next], standing: true, finds: { [next]: NOTICE } });
    expect(after.new).toMatchObject([[next, { status: 'posted' }]]);
  });

  it('is left alone when a head message was posted for the end', async () => {
    const ended = followedBy(cancelled, posted(outcomeKey(C), '7.9'));
    expect(await settle(ended, { begun: [headKey(C)], standing: true })).toMatchObject({ sought: [], new: [] });
  });

  it.each([
    ['was cancelled', cancelled, 1],
    ['waits for agreement again', makeRestore('awaiting-approval'), 0],
    ['was denied', makeRestore('denied'), 0],
  ])('told of the last start that was agreed to when the restore was put off and %s', async (_, restore, start) => {
    const finds = { [headKey(C)]: HEAD };
    const after = await settle(withPutOffs(restore, 1), { begun: [headKey(C)], finds });
    expect(after.new.map(([key]) => key)).toEqual([headKey(C, start)]);
  });

  it('is owed still while the next start is to come', async () => {
    const again = withPutOffs(approved, 1);
    expect(await settle(again, { begun: [headKey(C)], standing: true })).toMatchObject({ sought: [], new: [] });
  });

  it('was nothing where none was ever agreed to', async () => {
    const denied = makeRestore('denied');
    expect(await settle(denied, { begun: [headKey(C)], standing: true })).toMatchObject({ sought: [], new: [] });
  });
});

function posted(key: string, ts: string): RestoreEvent {
  const at = approved.since;
  return { type: 'message-settled', at, key, delivery: { status: 'posted', channel: C, ts, at } };
}

function withPutOffs(restore: Restore, times: number): Restore {
  const { plan, terms, since: at } = restore;
  const one = { at, because: { kind: 'drifted' }, before: plan, votes: [], terms };
  return { ...restore, askedAnew: Array.from({ length: times }, () => one as never) };
}
