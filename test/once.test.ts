import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCoordinator } from '../src/coordinator/create-coordinator.ts';
import { type NewEvent, type RestoreStore, SaveUnclearError } from '../src/coordinator.ts';
import type { Restore } from '../src/restore/restore.ts';
import { KEY } from '../src/store/keys.ts';
import { createRefusedRequestStore } from '../src/store/refused-request-store.ts';
import { createRestoreStore } from '../src/store/restore-store.ts';
import { makeDraft, makePolicy, SAME_PEOPLE, SNAPSHOT } from './support/make-restore.ts';
import { APPROVER, REQUESTER } from './support/people.ts';
import { startTestStore, type TestStore } from './support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

function coordinatorOn(store: RestoreStore) {
  const alarm = { ring: () => undefined };
  return createCoordinator({
    store,
    refusedRequests: createRefusedRequestStore(test.redis),
    alarm,
    samePeople: SAME_PEOPLE,
    log: pino({ level: 'silent' }),
  });
}

async function draft(interaction: string) {
  const takenAt = new Date(Date.parse(await test.store.now()) - 3 * 3_600_000).toISOString();
  return makeDraft({ chosen: { method: 'restore-snapshot', snapshot: { ...SNAPSHOT, takenAt } }, interaction });
}

async function requested(store: RestoreStore = test.store): Promise<Restore> {
  const answer = await coordinatorOn(store).request(await draft('form-1'), makePolicy());
  if (answer.kind === 'refused') throw new Error(`the request was refused: ${answer.refusal.reason}`);
  return answer.restore;
}

const approval = ({ planHash }: Restore, interaction: string, person = APPROVER): NewEvent => ({
  type: 'approved',
  person,
  planHash,
  interaction,
});

const history = async ({ id }: Restore) => (await test.store.load(id))?.restore.history ?? [];

/** The store as it is behind a line that loses the answers to the next saves, which Redis carries out. */
function losingAnswers(times: number): RestoreStore {
  let left = times;
  return {
    ...test.store,
    async save(version, restore) {
      const saved = await test.store.save(version, restore);
      if (left-- <= 0) return saved;
      throw new SaveUnclearError('the answer was lost');
    },
  };
}

describe('what Slack delivers twice counts once', () => {
  it('a request: the second delivery is answered like the first', async () => {
    const coordinator = coordinatorOn(test.store);
    const first = await coordinator.request(await draft('form-1'), makePolicy());
    const second = await coordinator.request(await draft('form-1'), makePolicy());
    expect([first.kind, second.kind]).toEqual(['requested', 'requested']);
    expect(await test.store.open()).toHaveLength(1);
  });

  it('a request that has ended meanwhile: the late delivery does not ask for another restore', async () => {
    const coordinator = coordinatorOn(test.store);
    const restore = await requested();
    await coordinator.apply(restore.id, { type: 'withdrawn', person: REQUESTER });
    const late = await coordinator.request(await draft('form-1'), makePolicy());
    expect(late).toMatchObject({ kind: 'requested', restore: { id: restore.id } });
    expect(await test.store.open()).toEqual([]);
    expect(await coordinator.request(await draft('form-2'), makePolicy())).toMatchObject({ kind: 'requested' });
    expect(await test.store.open()).toHaveLength(1);
  });

  it('another form of the same person for the same instance is still refused', async () => {
    const restore = await requested();
    const second = await coordinatorOn(test.store).request(await draft('form-2'), makePolicy());
    expect(second).toEqual({ kind: 'refused', refusal: { reason: 'instance-claimed', by: restore.id } });
  });

  describe('a form that was held up on its way', () => {
    const late = async (submittedAt: string, interaction = 'form-late') =>
      coordinatorOn(test.store).request({ ...(await draft(interaction)), submittedAt }, makePolicy());

    it('asks for nothing when its sender has asked for the same again, though that is over', async () => {
      const submittedAt = await test.store.now();
      const restore = await requested();
      await coordinatorOn(test.store).apply(restore.id, { type: 'withdrawn', person: REQUESTER });
      expect(await late(submittedAt)).toEqual({
        kind: 'refused',
        refusal: { reason: 'asked-again', with: restore.id },
      });
      expect(await test.store.open()).toEqual([]);
    });

    it('is answered like its other delivery, which was faster', async () => {
      const submittedAt = await test.store.now();
      const restore = await requested();
      await coordinatorOn(test.store).apply(restore.id, { type: 'withdrawn', person: REQUESTER });
      expect(await late(submittedAt, 'form-1')).toMatchObject({ kind: 'requested', restore: { id: restore.id } });
    });

    it('counts when what its sender asked for since is another instance or another way', async () => {
      const submittedAt = await test.store.now();
      const other = { ...makePolicy(), auraId: 'c0ffee02', alias: 'items' };
      const asked = await coordinatorOn(test.store).request(await draft('form-1'), other);
      expect(asked.kind).toBe('requested');
      expect(await late(submittedAt)).toMatchObject({ kind: 'requested' });
    });

    it('counts when its sender asked before it was sent', async () => {
      const restore = await requested();
      await coordinatorOn(test.store).apply(restore.id, { type: 'withdrawn', person: REQUESTER });
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await late(await test.store.now())).toMatchObject({ kind: 'requested' });
    });
  });

  it('an approval: no refusal of one’s own decision', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    expect(await coordinator.apply(restore.id, approval(restore, 'click-1'))).toMatchObject({ kind: 'changed' });
    expect(await coordinator.apply(restore.id, approval(restore, 'click-1'))).toMatchObject({ kind: 'repeated' });
    expect((await history(restore)).map(({ event }) => event)).toEqual(['requested', 'approved']);
  });

  it('an approval that was clicked a second time is a second attempt, and refused', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    await coordinator.apply(restore.id, approval(restore, 'click-1'));
    expect(await coordinator.apply(restore.id, approval(restore, 'click-2'))).toMatchObject({ kind: 'refused' });
    expect((await history(restore)).at(-1)).toMatchObject({ event: 'attempt-refused', facts: { attempt: 'approve' } });
  });

  it('a refused attempt stands once in the history, and is refused each time', async () => {
    const restore = await requested();
    const coordinator = coordinatorOn(test.store);
    for (let delivery = 0; delivery < 2; delivery++) {
      const applied = await coordinator.apply(restore.id, approval(restore, 'click-1', REQUESTER));
      expect(applied).toMatchObject({ kind: 'refused', refusal: { reason: 'own-request' } });
    }
    expect((await history(restore)).map(({ event }) => event)).toEqual(['requested', 'attempt-refused']);
  });
});

describe('a save whose answer is lost', () => {
  it('is found on record, so that the person is told the truth', async () => {
    const restore = await requested();
    const applied = await coordinatorOn(losingAnswers(1)).apply(restore.id, approval(restore, 'click-1'));
    expect(applied).toMatchObject({ kind: 'changed', restore: { state: { status: 'approved' } } });
    expect((await history(restore)).map(({ event }) => event)).toEqual(['requested', 'approved']);
  });

  it('of a request is found on record too', async () => {
    await requested(losingAnswers(1));
    expect(await test.store.open()).toHaveLength(1);
  });

  it('and is sent again by the connection, meets itself and counts as saved', async () => {
    const restore = await requested();
    const connection = test.redis.duplicate();
    await connection.connect();
    const evaluate = connection.eval.bind(connection);
    // As the connection does when it was lost after the script ran: the same command, twice.
    connection.eval = (async (...command: Parameters<typeof evaluate>) => {
      if (String(command[0]).includes('XADD')) await evaluate(...command);
      return evaluate(...command);
    }) as typeof connection.eval;
    const applied = await coordinatorOn(createRestoreStore(connection)).apply(restore.id, approval(restore, 'click-1'));
    connection.disconnect();
    expect(applied.kind).toBe('changed');
    expect((await history(restore)).map(({ event }) => event)).toEqual(['requested', 'approved']);
    expect(await test.redis.xlen(KEY.audit)).toBe(2);
  });

  it('and cannot be looked for is reported as unclear, never as not recorded', async () => {
    const restore = await requested();
    let loads = 0;
    const store: RestoreStore = {
      ...losingAnswers(1),
      load: (id) => (loads++ === 0 ? test.store.load(id) : Promise.reject(new Error('away'))),
    };
    await expect(coordinatorOn(store).apply(restore.id, approval(restore, 'click-1'))).rejects.toBeInstanceOf(
      SaveUnclearError,
    );
  });
});
