import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Priority } from '../../src/aura/budget.ts';
import { AuraBudgetError, AuraRefusedError } from '../../src/aura/errors.ts';
import type { LastSeen } from '../../src/restore/shadow/verdict.ts';
import { createShadowWatcher } from '../../src/shadow/shadow-watcher.ts';
import { makePolicy, makeRestore, NOW } from '../support/make-restore.ts';

const LOOK_EVERY_MS = 120_000;
const ORDERS = makePolicy();
const STOCK = makePolicy({ alias: 'stock', auraId: 'b0000000' });

/** A cluster in memory whose clock only moves by hand; notes everything that is asked and opened. */
function cluster(
  answers: Readonly<Record<string, string | Error>>,
  runs: readonly ReturnType<typeof makeRestore>[] = [],
) {
  let nowMs = Date.parse(NOW);
  const asked: [string, Priority][] = [];
  const opened: unknown[] = [];
  const seen = new Map<string, LastSeen>();
  const now = async () => new Date(nowMs).toISOString();
  const worker = () =>
    createShadowWatcher({
      aura: {
        async getInstance(id, priority) {
          asked.push([id, priority]);
          const answer = answers[id];
          if (answer === undefined || answer instanceof Error) throw answer ?? new Error('not asked about here');
          return { id, name: id, status: answer };
        },
      },
      policy: () => ({ instances: [ORDERS, STOCK], samePeople: [] }),
      looks: {
        seen: async () => seen,
        note: async (auraId, one) => void seen.set(auraId, one),
        take: async () => true,
        release: async () => undefined,
      },
      runs: {
        holderOf: async (auraId) => runs.find(({ plan }) => plan.instance.auraId === auraId)?.id,
        ended: async () => [],
        load: async (id) => {
          const restore = runs.find((one) => one.id === id);
          return restore && { restore };
        },
        now,
      },
      shadows: {
        async open(policy, found) {
          opened.push({ alias: policy.alias, ...found });
          return undefined;
        },
        follow: async () => undefined,
      },
      openOn: async () => undefined,
      pace: { lookEveryMs: LOOK_EVERY_MS, requestsPerMinute: 100 },
      random: () => 0,
      log: pino({ level: 'silent' }),
    });
  const later = (ms: number) => {
    nowMs += ms;
  };
  return { asked, opened, seen, worker, later };
}

describe('looking for restores past the bot', () => {
  it('begins late, asks once for each instance and leaves them alone for the pace, with the lowest priority', async () => {
    const all = cluster({ [ORDERS.auraId]: 'running', [STOCK.auraId]: 'paused' });
    const watch = all.worker();
    await watch();
    expect(all.asked).toEqual([]);
    all.later(LOOK_EVERY_MS);
    await watch();
    await watch();
    expect(all.asked).toEqual([
      [ORDERS.auraId, 'inventory'],
      [STOCK.auraId, 'inventory'],
    ]);
    await all.worker()();
    all.later(LOOK_EVERY_MS - 1);
    await watch();
    expect(all.asked).toHaveLength(2);
    all.later(1);
    await all.worker()();
    expect(all.asked).toHaveLength(4);
    expect(all.opened).toEqual([]);
  });

  it('opens what nothing of ours explains, with what was seen before', async () => {
    const answers: Record<string, string> = { [ORDERS.auraId]: 'running', [STOCK.auraId]: 'running' };
    const all = cluster(answers);
    const watch = all.worker();
    await watch();
    all.later(LOOK_EVERY_MS);
    await watch();
    answers[ORDERS.auraId] = 'overwriting';
    all.later(LOOK_EVERY_MS);
    await watch();
    expect(all.opened).toMatchObject([{ alias: 'orders', status: 'overwriting', before: { status: 'running' } }]);
  });

  it.each(['restore-sent', 'start-unclear', 'restoring'] as const)(
    'asks nothing about an instance while our own restore is %s on it',
    async (status) => {
      const all = cluster({ [STOCK.auraId]: 'running' }, [makeRestore(status)]);
      const watch = all.worker();
      await watch();
      all.later(LOOK_EVERY_MS);
      await watch();
      expect(all.asked).toEqual([[STOCK.auraId, 'inventory']]);
    },
  );

  it.each([
    ['no request to spare', new AuraBudgetError('inventory')],
    [
      'no instance any more',
      new AuraRefusedError({ status: 404, reason: 'db-not-found', meaning: 'not-found-instance' }),
    ],
  ])('with %s it is left alone for at least half the pace, and the others are looked at', async (_, error) => {
    const all = cluster({ [ORDERS.auraId]: error, [STOCK.auraId]: 'running' });
    const watch = all.worker();
    await watch();
    all.later(LOOK_EVERY_MS);
    await watch();
    all.later(LOOK_EVERY_MS / 2 - 1);
    await watch();
    expect(all.asked.map(([id]) => id)).toEqual([ORDERS.auraId, STOCK.auraId]);
    expect(all.opened).toEqual([]);
  });
});
