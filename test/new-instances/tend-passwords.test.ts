import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Held } from '../../src/new-instances/passwords.ts';
import { createTendPasswords } from '../../src/new-instances/tend-passwords.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { createPasswordHolds } from '../../src/store/password-holds.ts';
import { makeRestore } from '../support/make-restore.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

/** A process that holds the password of one instance, whose restore stands as said. */
function processWith(restore: () => Restore | undefined, look: () => Promise<unknown> = async () => undefined) {
  let held: readonly Held[] = [{ name: 'rb-R-17-x', restoreId: 'R-17' }];
  const ran: (readonly [string, number])[] = [];
  const troubles: unknown[] = [];
  const holds = createPasswordHolds(test.redis, { lifetimeMs: 60_000 });
  const tending = createTendPasswords({
    passwords: {
      held: () => held,
      drop(name) {
        held = held.filter((one) => one.name !== name);
      },
    },
    holds,
    find: async () => restore(),
    runDueStep(id, turn) {
      ran.push([id, turn]);
      return look();
    },
    onTrouble: (error) => troubles.push(error),
  });
  return { ...tending, ran, troubles, holds, held: () => held };
}

it('the process that holds a password says so, and does the verifying itself when that is due', async () => {
  let restore: Restore = makeRestore('restoring');
  const holder = processWith(() => restore);
  expect(await holder.holds.isHeld('rb-R-17-x')).toBe(false);
  await holder.tend();
  expect(await holder.holds.isHeld('rb-R-17-x')).toBe(true);
  expect(holder.ran).toEqual([]);
  restore = makeRestore('verifying');
  await holder.tend();
  expect(holder.ran).toEqual([['R-17', restore.turn]]);
});

it('a holder whose look takes long goes on saying that it is there, and looks once at a time', async () => {
  let answer = () => {};
  const looked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const holder = processWith(
    () => makeRestore('verifying'),
    () => looked,
  );
  await holder.tend();
  await holder.holds.end('rb-R-17-x');
  await holder.tend();
  expect(await holder.holds.isHeld('rb-R-17-x'), 'while the first look still waits').toBe(true);
  expect(holder.ran).toHaveLength(1);
  answer();
  await vi.waitFor(async () => {
    await holder.tend();
    expect(holder.ran).toHaveLength(2);
  }, 30_000);
});

it('a look that fails is told of and taken again', async () => {
  const holder = processWith(
    () => makeRestore('verifying'),
    () => Promise.reject(new Error('the store is away')),
  );
  await holder.tend();
  await vi.waitFor(() => expect(holder.troubles).toHaveLength(1), 30_000);
  await holder.tend();
  expect(holder.ran).toHaveLength(2);
});

it('a password is dropped when its restore has ended, and nobody waits for its holder', async () => {
  const holder = processWith(() => makeRestore('completed'));
  await holder.holds.renew('rb-R-17-x');
  await holder.tend();
  expect(holder.held()).toEqual([]);
  expect(await holder.holds.isHeld('rb-R-17-x')).toBe(false);
  expect(holder.ran).toEqual([]);
});

it('a holder that stops says so; one that dies is gone when its hold has ended', async () => {
  const holder = processWith(() => makeRestore('verifying'));
  await holder.tend();
  await holder.stop();
  expect(await holder.holds.isHeld('rb-R-17-x')).toBe(false);
  const dying = createPasswordHolds(test.redis, { lifetimeMs: 50 });
  await dying.renew('rb-R-17-x');
  await vi.waitFor(async () => expect(await dying.isHeld('rb-R-17-x')).toBe(false), { timeout: 30_000 });
});
