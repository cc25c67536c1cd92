import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SaveUnclearError } from '../../src/coordinator.ts';
import { createDelegations } from '../../src/delegations.ts';
import { instantOf } from '../../src/restore/instant.ts';
import { headsBetween } from '../../src/store/audit-stream.ts';
import { createDelegationStore } from '../../src/store/delegation-store.ts';
import { KEY } from '../../src/store/keys.ts';
import { answerLost, connectBadly, heldUp, type Mishap, sentAgain, untilItAnswers } from '../support/bad-line.ts';
import { makePerson } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let server: TestStore;
beforeAll(async () => {
  server = await startTestStore();
});
afterEach(() => server.clear());
afterAll(() => server.stop());

const [ANTON, BELA, CARA] = [makePerson('U0ANTON'), makePerson('U0BELA'), makePerson('U0CARA')] as const;

const open = (redis = server.redis) => {
  const store = createDelegationStore(redis);
  return { store, door: createDelegations({ store, samePeople: [], log: pino({ level: 'silent' }) }) };
};

const draft = (facts: { readonly startsInMs?: number; readonly interaction?: string } = {}) => ({
  delegator: ANTON,
  delegate: BELA,
  startsAt: instantOf(Date.now() + (facts.startsInMs ?? 0)),
  endsAt: instantOf(Date.now() + 3_600_000),
  ...(facts.interaction ? { interaction: facts.interaction } : {}),
});

it('a delegation is held while it is in force, by its holder alone, and its chain is in the audit', async () => {
  const { door } = open();
  const made = await door.delegate(draft(), true);
  if (made.kind !== 'done') throw new Error(made.kind);
  const { id } = made.delegation;
  expect(await door.heldBy(BELA.id)).toEqual([made.delegation]);
  expect(await door.heldBy(ANTON.id)).toEqual([]);
  expect(await door.givenBy([ANTON.id, CARA.id])).toHaveLength(1);
  expect((await door.revoke(id, CARA)).kind).toBe('refused');
  expect((await door.revoke(id, BELA)).kind).toBe('done');
  expect(await door.heldBy(BELA.id)).toEqual([]);
  expect(await door.of(ANTON.id)).toEqual([]);
  const last = (await server.redis.xrevrange(KEY.audit, '+', '-', 'COUNT', 1))[0]?.[0] ?? '';
  expect(await headsBetween(server.redis, '0-0', last)).toMatchObject([{ restoreId: id, seq: 2 }]);
});

it('one that is to come is shown and not held', async () => {
  const { door } = open();
  await door.delegate(draft({ startsInMs: 60_000 }), true);
  expect(await door.heldBy(BELA.id)).toEqual([]);
  expect(await door.of(BELA.id)).toHaveLength(1);
});

it('a form that is delivered twice makes one', async () => {
  const { door } = open();
  const [one, other] = await Promise.all([
    door.delegate(draft({ interaction: 'i1' }), true),
    door.delegate(draft({ interaction: 'i1' }), true),
  ]);
  expect(one).toEqual(other);
  expect(await door.heldBy(BELA.id)).toHaveLength(1);
  expect(await server.redis.xlen(KEY.audit)).toBe(1);
});

it('of two who end it at the same moment one does, and the other hears that it is over', async () => {
  const { door } = open();
  const made = await door.delegate(draft(), true);
  if (made.kind !== 'done') throw new Error(made.kind);
  const ends = await Promise.all([ANTON, BELA].map((person) => open().door.revoke(made.delegation.id, person)));
  expect(ends.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
  expect(await server.redis.xlen(KEY.audit)).toBe(2);
});

it('a click that ended one counts once however often it is delivered, also at the same moment', async () => {
  const { door } = open();
  const made = await door.delegate(draft(), true);
  if (made.kind !== 'done') throw new Error(made.kind);
  const end = () => open().door.revoke(made.delegation.id, BELA);
  const ends = [...(await Promise.all([end(), end()])), await end()];
  expect(ends.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
  expect(await server.redis.xlen(KEY.audit)).toBe(2);
});

it('a form that is delivered again after what it made was ended makes none, and says that it is over', async () => {
  const { door } = open();
  const made = await door.delegate(draft({ interaction: 'i1' }), true);
  if (made.kind !== 'done') throw new Error(made.kind);
  await door.revoke(made.delegation.id, ANTON);
  const again = await door.delegate(draft({ interaction: 'i1' }), true);
  expect(again).toEqual({ kind: 'refused', refusal: { reason: 'delegation-over' } });
  expect(await door.of(ANTON.id)).toEqual([]);
});

describe('a delegation that is recorded over a bad line', () => {
  /** The door on a line with this mishap, to a Redis that holds the scripts and one delegation. */
  async function openBadly(mishap: Mishap) {
    const made = await open().door.delegate(draft(), true);
    if (made.kind !== 'done') throw new Error(made.kind);
    const line = await connectBadly(server.redis, mishap);
    onTestFinished(() => line.disconnect());
    return { ...open(line), earlier: made.delegation };
  }

  it('is not made by a Redis that was stuck until its sender was told that it failed, and neither is its end', async () => {
    const { door } = await openBadly(heldUp(server.redis));
    await expect(door.delegate(draft(), true)).rejects.toThrow();
    await untilItAnswers(server.redis);
    expect(await door.of(ANTON.id)).toHaveLength(1);
    const ending = await openBadly(heldUp(server.redis));
    await expect(ending.door.revoke(ending.earlier.id, ANTON)).rejects.toThrow();
    await untilItAnswers(server.redis);
    expect((await open().store.load(ending.earlier.id))?.revoked).toBeUndefined();
  }, 20_000);

  it('is found on record when the answer is lost, and so is its end', async () => {
    const { door } = await openBadly(answerLost);
    expect((await door.delegate(draft(), true)).kind).toBe('done');
    expect(await door.of(ANTON.id)).toHaveLength(2);
    const ending = await openBadly(answerLost);
    expect((await ending.door.revoke(ending.earlier.id, ANTON)).kind).toBe('done');
    expect(await server.redis.xlen(KEY.audit)).toBe(4);
  });

  it('counts once when the line sends it again', async () => {
    const { door } = await openBadly(sentAgain);
    expect((await door.delegate(draft(), true)).kind).toBe('done');
    expect(await server.redis.xlen(KEY.audit)).toBe(2);
  });

  it('is reported as unclear when it cannot be looked for, and made once when the same form is sent again', async () => {
    const { door, store } = await openBadly(async (run) => {
      await run();
      await server.redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
      throw new Error('Command timed out');
    });
    await expect(door.delegate(draft({ interaction: 'i1' }), true)).rejects.toBeInstanceOf(SaveUnclearError);
    await untilItAnswers(server.redis);
    expect(await door.delegate(draft({ interaction: 'i1' }), true)).toMatchObject({ kind: 'done' });
    expect(await store.from(ANTON.id)).toHaveLength(2);
  }, 20_000);
});
