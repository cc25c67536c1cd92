import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { type AuraSimulator, startAuraSimulator } from '../../playground/aura/simulator.ts';
import { startTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

/** Aura's minute, four times as fast: the same number of calls in a quarter of the time. */
const SPEED = 4;
const WINDOW_MS = 60_000 / SPEED;
const PER_MINUTE = 100;
const BURST = 20;
const AURA_LIMIT = 125;
const PROCESSES = 4;
const RESTORES = 300;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function spend(aura: AuraSimulator, socketPath: string): void {
  const program = fileURLToPath(new URL('./budget-spender.ts', import.meta.url));
  const facts = [socketPath, aura.url, PER_MINUTE * SPEED, BURST, RESTORES / PROCESSES].map(String);
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...facts], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  ends.push(async () => {
    child.kill('SIGKILL');
  });
}

/** The most calls that any window of this length saw. */
function worstWindow(times: readonly number[], windowMs: number): number {
  let first = 0;
  return times.reduce((worst, time, index) => {
    while ((times[first] ?? time) <= time - windowMs) first++;
    return Math.max(worst, index - first + 1);
  }, 0);
}

it('three hundred restores in four processes: no minute sees more than a hundred and twenty-five calls to Aura', async () => {
  const redis = await startTestRedis();
  ends.push(redis.stop);
  const aura = await startAuraSimulator({
    instances: [{ id: 'a1b2c3d4', name: 'Orders', type: 'business-critical', memory: '8GB' }],
    requestsPerMinute: 100_000,
  });
  ends.push(aura.close);
  // The first fetches the token that all share: Aura gives out fifteen an hour.
  spend(aura, redis.target.socketPath);
  await until('the first call', () => aura.calls('get-instance').length > 0);
  for (let process = 1; process < PROCESSES; process++) spend(aura, redis.target.socketPath);
  await sleep(WINDOW_MS / 2);
  // Every call in hand is then sent once more with another token.
  aura.revokeAllTokens();
  await sleep(WINDOW_MS);
  const times = aura.log.filter(({ route }) => route !== 'token').map(({ at }) => at);
  const worst = worstWindow(times, WINDOW_MS);
  expect(aura.log.some(({ status }) => status === 401)).toBe(true);
  expect(worst).toBeLessThanOrEqual(AURA_LIMIT);
  expect(worst).toBeGreaterThan(AURA_LIMIT * 0.9);
}, 120_000);
