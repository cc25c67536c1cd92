import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SaveUnclearError } from '../../src/coordinator.ts';
import { newRefusedRequest } from '../../src/restore/refused-request.ts';
import { headsBetween } from '../../src/store/audit-stream.ts';
import { KEY } from '../../src/store/keys.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { answerLost, connectBadly, heldUp, type Mishap, sentAgain, untilItAnswers } from '../support/bad-line.ts';
import { makePolicy, makeRestore, NOW } from '../support/make-restore.ts';
import { GUEST } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let server: TestStore;
beforeAll(async () => {
  server = await startTestStore();
});
afterEach(() => server.clear());
afterAll(() => server.stop());

const open = (redis = server.redis) => createRefusedRequestStore(redis);
const onRecord = () => server.redis.xlen(KEY.audit);

function refused(id: string, interaction?: string) {
  const tried = { by: GUEST.id, attempt: 'request', instance: makePolicy() } as const;
  const act = interaction === undefined ? {} : { interaction };
  return newRefusedRequest(id, { ...tried, ...act }, { reason: 'guest' }, { at: NOW });
}

it('a refused request is kept as it was written, with its entry in the audit', async () => {
  const store = open();
  const id = await store.nextId();
  const record = refused(id, 'click-1');
  expect(await store.save(record)).toEqual({ kind: 'saved' });
  expect(await store.load(id)).toEqual(record);
  const last = (await server.redis.xrevrange(KEY.audit, '+', '-', 'COUNT', 1))[0]?.[0] ?? '';
  expect(await headsBetween(server.redis, '0-0', last)).toEqual([
    { restoreId: 'N-1', seq: 1, at: NOW, hash: record.history[0]?.hash },
  ]);
});

it('nothing is known of one that was never saved', async () => {
  expect(await open().load('N-1')).toBeUndefined();
});

it('a click that is delivered twice at once stands there once', async () => {
  const replies = await Promise.all(['N-1', 'N-2', 'N-3'].map((id) => open().save(refused(id, 'click-1'))));
  expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['repeated', 'repeated', 'saved']);
  expect(await onRecord()).toBe(1);
});

it('two clicks stand there twice, and so do two that nobody can tell apart', async () => {
  for (const [id, click] of [['N-1', 'click-1'], ['N-2', 'click-2'], ['N-3'], ['N-4']] as const)
    expect(await open().save(refused(id, click))).toEqual({ kind: 'saved' });
  expect(await onRecord()).toBe(4);
});

it('a click counts as delivered again for an hour', async () => {
  await open().save(refused('N-1', 'click-1'));
  const leftMs = await server.redis.pttl(KEY.submission('click-1'));
  expect(leftMs).toBeGreaterThan(3_500_000);
  expect(leftMs).toBeLessThanOrEqual(3_600_000);
});

it('a form that became a restore was not refused', async () => {
  const restore = makeRestore('awaiting-approval', { id: 'R-7' });
  const request = { ...restore.request, interaction: 'form-1' };
  await server.store.save(0, { ...restore, request });
  const before = await onRecord();
  expect(await open().save(refused('N-1', 'click-1'), 'form-1')).toEqual({ kind: 'accepted', as: 'R-7' });
  expect(await open().load('N-1')).toBeUndefined();
  expect(await onRecord()).toBe(before);
  expect(await open().save(refused('N-2', 'click-1'), 'form-2')).toEqual({ kind: 'saved' });
});

it('a record is never written over', async () => {
  await open().save(refused('N-1', 'click-1'));
  await expect(open().save(refused('N-1', 'click-2'))).rejects.toThrow('N-1 exists already');
  expect(await onRecord()).toBe(1);
});

describe('a refusal that is recorded over a bad line', () => {
  /** The store on a line with this mishap, to a Redis that holds the script and one record. */
  async function openBadly(mishap: Mishap) {
    await open().save(refused('N-1'));
    const line = await connectBadly(server.redis, mishap);
    onTestFinished(() => line.disconnect());
    return open(line);
  }

  it('is not recorded by a Redis that was stuck until its person was told that it failed', async () => {
    const store = await openBadly(heldUp(server.redis));
    await expect(store.save(refused('N-2', 'click-2'))).rejects.toThrow();
    await untilItAnswers(server.redis);
    expect(await open().load('N-2')).toBeUndefined();
    expect(await onRecord()).toBe(1);
  }, 20_000);

  it('is found on record when the answer is lost', async () => {
    const store = await openBadly(answerLost);
    expect(await store.save(refused('N-2', 'click-2'))).toEqual({ kind: 'saved' });
    expect(await onRecord()).toBe(2);
  });

  it('counts once when the line sends it again', async () => {
    const store = await openBadly(sentAgain);
    expect(await store.save(refused('N-2', 'click-2'))).toEqual({ kind: 'saved' });
    expect(await onRecord()).toBe(2);
  });

  it('is reported as unclear when it cannot be looked for', async () => {
    const store = await openBadly(async (run) => {
      await run();
      await server.redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
      throw new Error('Command timed out');
    });
    await expect(store.save(refused('N-2', 'click-2'))).rejects.toBeInstanceOf(SaveUnclearError);
    await untilItAnswers(server.redis);
    expect(await open().save(refused('N-3', 'click-2'))).toEqual({ kind: 'repeated' });
    expect(await onRecord()).toBe(2);
  }, 20_000);
});
