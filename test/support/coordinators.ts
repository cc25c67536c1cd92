import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createCoordinator } from '../../src/coordinator/create-coordinator.ts';
import type { NewEvent } from '../../src/coordinator.ts';
import type { Clocks } from '../../src/restore/clock-difference.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { makeDraft, makePolicy, SAME_PEOPLE, SNAPSHOT } from './make-restore.ts';
import { APPROVER } from './people.ts';
import { startTestStore, type TestStore } from './store.ts';

/** A store for the tests of one file, emptied before each of them, and coordinators on it as processes have them. */
export function useCoordinators() {
  let started: TestStore | undefined;
  const test = (): TestStore => {
    if (!started) throw new Error('the store is there while tests run');
    return started;
  };
  beforeAll(async () => {
    started = await startTestStore();
  });
  afterAll(() => started?.stop());
  beforeEach(() => test().clear());

  const logged: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => logged.push(JSON.parse(line)) });
  beforeEach(() => {
    logged.length = 0;
  });

  /** A coordinator as one process has it, and what it rang for. */
  function coordinatorOn(
    store: TestStore['store'] = test().store,
    clocks: Clocks = { apart: () => undefined, known: () => [] },
  ) {
    const rung: Restore[] = [];
    const alarm = { ring: (restore: Restore) => rung.push(restore) };
    const attemptsRefused: string[] = [];
    const witness = { restoreChanged: () => {}, attemptRefused: (reason: string) => attemptsRefused.push(reason) };
    const refusedRequests = createRefusedRequestStore(test().redis);
    const parts = { store, refusedRequests, alarm, samePeople: SAME_PEOPLE, log, clocks, witness };
    return { ...createCoordinator(parts), rung, attemptsRefused, logged };
  }

  /** The example draft with a restore point that is three hours old by Redis' clock. */
  async function freshened(draft = makeDraft()) {
    const takenAt = new Date(Date.parse(await test().store.now()) - 3 * 3_600_000).toISOString();
    return { ...draft, chosen: { method: 'restore-snapshot', snapshot: { ...SNAPSHOT, takenAt } } } as const;
  }

  /** A fresh request of the example person, dated by Redis. */
  async function requested(draft = makeDraft()): Promise<Restore> {
    const answer = await coordinatorOn().request(await freshened(draft), makePolicy());
    if (answer.kind === 'refused') throw new Error(`the request was refused: ${answer.refusal.reason}`);
    return answer.restore;
  }

  return {
    get store() {
      return test().store;
    },
    get redis() {
      return test().redis;
    },
    /** Another store on a connection of its own, as another process would have. */
    another: () => test().another(),
    coordinatorOn,
    freshened,
    requested,
  };
}

/** The yes of somebody to the plan as it is. */
export const approvalOf = ({ planHash }: Restore, person = APPROVER): NewEvent => ({
  type: 'approved',
  person,
  planHash,
});
