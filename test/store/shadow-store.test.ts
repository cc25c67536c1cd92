import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { isAtRest, owedShadowMessages } from '../../src/restore/shadow/owed.ts';
import type { LastSeen } from '../../src/restore/shadow/verdict.ts';
import { createShadowKeeper } from '../../src/shadow/shadow-keeper.ts';
import { headsBetween } from '../../src/store/audit-stream.ts';
import { createInstanceLooks } from '../../src/store/instance-looks.ts';
import { KEY } from '../../src/store/keys.ts';
import { createShadowStore } from '../../src/store/shadow-store.ts';
import { answerLost, connectBadly, heldUp, sentAgain, untilItAnswers } from '../support/bad-line.ts';
import { makePolicy } from '../support/make-restore.ts';
import { REQUESTER } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let server: TestStore;
beforeAll(async () => {
  server = await startTestStore();
});
afterEach(() => server.clear());
afterAll(() => server.stop());

const POLICY = makePolicy();
const { auraId } = POLICY;

async function start(redis = server.redis) {
  const store = createShadowStore(redis);
  const looks = createInstanceLooks(server.redis);
  const door = () =>
    createShadowKeeper({
      store,
      policy: () => ({ instances: [POLICY], samePeople: [] }),
      log: pino({ level: 'silent' }),
    });
  const now = await store.now();
  const seen: LastSeen = { status: 'running', at: addMinutes(now, -2), nextAtMs: 0 };
  await looks.note(auraId, seen);
  return { store, looks, door, now, seen, found: { status: 'restoring', at: now } };
}

const runningAt = (at: string) => ({ status: 'running', askedAt: at, answeredAt: at });

describe('a shadow restore in the store', () => {
  it('is opened by one of many workers that saw the same', async () => {
    const { store, door, seen, found, looks } = await start();
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => door().open(POLICY, found, { seen, nextAtMs: 7 })),
    );
    const [record, ...others] = opened.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(await store.openOn(auraId)).toBe(record?.id);
    expect(await store.active()).toEqual([record?.id]);
    expect((await looks.seen()).get(auraId)).toMatchObject({
      status: 'restoring',
      explainedBy: record?.id,
      nextAtMs: 7,
    });
    expect(await store.load(record?.id ?? '')).toEqual(record);
  });

  it('is not opened by a worker that slept while others looked, also when theirs is over', async () => {
    const { store, looks, door, now, seen, found } = await start();
    const record = await door().open(POLICY, found, { seen, nextAtMs: 0 });
    if (!record) throw new Error('not opened');
    for (const minutes of [1, 2]) await door().follow(record.id, runningAt(addMinutes(now, minutes)));
    expect(await store.openOn(auraId)).toBeUndefined();
    await looks.note(auraId, { ...seen, at: addMinutes(now, 2) });
    expect(await door().open(POLICY, found, { seen, nextAtMs: 0 })).toBeUndefined();
    const next = { ...seen, at: addMinutes(now, 2) };
    expect((await door().open(POLICY, found, { seen: next, nextAtMs: 0 }))?.id).not.toBe(record.id);
  });

  it('is active until all is said and done, and every change is in its chain and in the audit', async () => {
    const { store, door, now, seen, found } = await start();
    const record = await door().open(POLICY, found, { seen, nextAtMs: 0 });
    if (!record) throw new Error('not opened');
    const { id } = record;
    const say = async () => {
      for (const { key, to } of owedShadowMessages((await door().find(id)) ?? record)) {
        await door().said(id, key, { status: 'posted', channel: to, ts: '1.0', at: now });
      }
    };
    await say();
    expect(await store.active()).toEqual([id]);
    const [one, other] = await Promise.all([door().act(id, 'verify', REQUESTER), door().act(id, 'verify', REQUESTER)]);
    expect([one.kind, other.kind].sort()).toEqual(['done', 'refused']);
    for (const minutes of [1, 2]) await door().follow(id, runningAt(addMinutes(now, minutes)));
    await say();
    expect(await store.active()).toEqual([id]);
    const { verification } = (await door().find(id)) ?? record;
    if (!verification) throw new Error('nobody asked');
    await door().verified(id, verification, { status: 'passed', at: now, words: 'well', results: [] });
    await say();
    expect(await store.active()).toEqual([]);
    const last = await door().find(id);
    expect(last && isAtRest(last)).toBe(true);
    expect(firstBrokenEntry(last?.history ?? [])).toBeUndefined();
    const end = (await server.redis.xrevrange(KEY.audit, '+', '-', 'COUNT', 1))[0]?.[0] ?? '';
    const heads = await headsBetween(server.redis, '0-0', end);
    expect(heads).toMatchObject([{ restoreId: id, seq: last?.version, hash: last?.history.at(-1)?.hash }]);
  });

  it('is announced once by a click that is delivered twice, and its sender hears yes both times', async () => {
    const { door, seen, found } = await start();
    const { id = '' } = (await door().open(POLICY, found, { seen, nextAtMs: 0 })) ?? {};
    const acted = [
      await door().act(id, 'announce', REQUESTER, 'click'),
      await door().act(id, 'announce', REQUESTER, 'click'),
    ];
    expect(acted.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect((await door().act(id, 'announce', REQUESTER, 'another')).kind).toBe('refused');
    const { history = [] } = (await door().find(id)) ?? {};
    expect(history.filter(({ event }) => event === 'shadow-announced')).toHaveLength(1);
  });

  it('is found by its instance and by when it was found, also when it is over', async () => {
    const { store, door, now, seen, found } = await start();
    expect(await store.foundSince(auraId, addMinutes(now, -5))).toBeUndefined();
    const record = await door().open(POLICY, found, { seen, nextAtMs: 0 });
    for (const minutes of [1, 2]) await door().follow(record?.id ?? '', runningAt(addMinutes(now, minutes)));
    expect(await store.foundSince(auraId, addMinutes(now, -5))).toEqual({ id: record?.id, foundAt: now });
    expect(await store.foundSince(auraId, now)).toBeUndefined();
    expect(await store.foundSince('b0000000', addMinutes(now, -5))).toBeUndefined();
  });

  it('only one worker at a time looks at something', async () => {
    const { looks } = await start();
    expect(await Promise.all([looks.take('a', 60_000), looks.take('a', 60_000)])).toEqual([true, false]);
    await looks.release('a');
    expect(await looks.take('a', 60_000)).toBe(true);
  });
});

describe('a person’s word on a shadow restore, over a bad line', () => {
  it.each([
    ['the answer is lost', answerLost],
    ['the line sends it again', sentAgain],
  ])('counts once when %s', async (_, mishap) => {
    const { door, now, seen, found } = await start();
    const record = await door().open(POLICY, { ...found, at: now }, { seen, nextAtMs: 0 });
    if (!record) throw new Error('not opened');
    await door().said(record.id, 'none', { status: 'posted', channel: 'C1', ts: '1.0', at: now });
    const line = await connectBadly(server.redis, mishap);
    onTestFinished(() => line.disconnect());
    const bad = await start(line);
    const before = await server.redis.xlen(KEY.audit);
    expect((await bad.door().act(record.id, 'verify', REQUESTER)).kind).toBe('done');
    expect(await server.redis.xlen(KEY.audit)).toBe(before + 1);
  });

  it('is not recorded by a Redis that was stuck until they were told that it failed', async () => {
    const { door, store, now, seen, found } = await start();
    const record = await door().open(POLICY, found, { seen, nextAtMs: 0 });
    if (!record) throw new Error('not opened');
    await door().said(record.id, 'none', { status: 'posted', channel: 'C1', ts: '1.0', at: now });
    const line = await connectBadly(server.redis, heldUp(server.redis));
    onTestFinished(() => line.disconnect());
    const bad = await start(line);
    await expect(bad.door().act(record.id, 'verify', REQUESTER)).rejects.toThrow();
    await untilItAnswers(server.redis);
    expect((await store.load(record.id))?.verification).toBeUndefined();
  }, 20_000);
});
