import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLossLooks } from '../../src/graph/loss-looks.ts';
import { createAskSparingly } from '../../src/graph/refused-logins.ts';
import { withGraph } from '../../src/graph/session.ts';
import { makeFakeAura } from '../steps/fake-aura.ts';
import { type RefusingNeo4j, startRefusingNeo4j } from '../support/refusing-neo4j.ts';

const AT = '2026-11-21T03:04:00.000Z';
const MINUTE_MS = 60_000;
let neo4j: RefusingNeo4j;
beforeAll(async () => {
  neo4j = await startRefusingNeo4j();
});
afterAll(() => neo4j.close());

const target = () => ({ uri: neo4j.url, user: 'neo4j', password: () => 'wrong', database: 'neo4j' });

function logged() {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  return { lines, log };
}

it('a database that refuses the password is asked ever more seldom by all looks together, and the log says once what to do', async () => {
  let nowMs = 0;
  const { lines, log } = logged();
  const looks = createLossLooks({
    config: {
      boltByAlias: { orders: target() },
      lossByAlias: { orders: { timeMs: 5_000, rows: 1_000, questions: [] } },
      checksByAlias: {},
    },
    aura: makeFakeAura().aura,
    log,
    steady: () => nowMs,
  });
  const triedAt: number[] = [];
  for (let minute = 0; minute < 60; minute++) {
    const before = neo4j.logins();
    nowMs = minute * MINUTE_MS;
    expect(await looks.takeLightFingerprint('orders', 'a1b2c3d4', AT)).toBeUndefined();
    const live = await looks.lookAtLive('orders', { auraId: 'a1b2c3d4', restorePointAt: AT, lookedAt: AT });
    expect(live.counts).toEqual({ kind: 'not-seen', because: 'not-permitted' });
    if (neo4j.logins() > before) triedAt.push(minute);
  }
  expect(triedAt).toEqual([0, 5, 15, 35]);
  expect(neo4j.logins()).toBe(4);
  expect(lines).toHaveLength(1);
  expect(lines.join()).toContain('Set the right user and password');
});

it('one that lets the bot in again is asked as before, and no other is left alone for it', async () => {
  let nowMs = 0;
  const { lines, log } = logged();
  const ask = createAskSparingly({ log, steady: () => nowMs });
  const refused = () => withGraph(target(), (askOne) => askOne('RETURN 1 AS value'));
  const answered = async () => 'counted';
  await expect(ask('orders', refused)).rejects.toMatchObject({ code: expect.stringContaining('Unauthorized') });
  await expect(ask('orders', answered)).rejects.toMatchObject({ code: expect.stringContaining('Unauthorized') });
  expect(await ask('billing', answered)).toBe('counted');
  nowMs += 5 * MINUTE_MS;
  expect(await ask('orders', answered)).toBe('counted');
  expect(await ask('orders', answered)).toBe('counted');
  expect(lines.map((line) => JSON.parse(line).level)).toEqual([50, 30]);
});
