import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/start-checks/finding.ts';
import { createStartChecks } from '../../src/start-checks/start-checks.ts';
import { until } from '../support/until.ts';

const LACKING: Finding = { about: 'slack', weight: 'fault', words: 'A scope is lacking.' };
const LATE: Finding = { about: 'clocks', weight: 'stops-decisions', words: 'The clock is late.' };
const ODD: Finding = { about: 'addresses', weight: 'doubt', words: 'An odd address.' };

/** Start checks whose findings the test decides, and what they logged. */
function checksThat(find: () => Promise<readonly Finding[]>, concluded: readonly Finding[] = []) {
  const lines: { level: number; msg: string; words?: string }[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  const heard: (readonly Finding[])[] = [];
  const checks = createStartChecks({
    checks: [{ about: 'slack', find }],
    conclude: () => concluded,
    log,
    onFound: (findings) => heard.push(findings),
    deadlineMs: 60,
  });
  return { checks, heard, logged: () => lines.map(({ level, msg, words }) => [level, msg, words]) };
}

describe('what the start checks find', () => {
  it('is logged as an error once, and once more when it is gone', async () => {
    let found: readonly Finding[] = [LACKING];
    const { checks, heard, logged } = checksThat(async () => found);
    await checks.look();
    await checks.look();
    expect(logged()).toEqual([[50, 'start check failed', LACKING.words]]);
    found = [];
    await checks.look();
    expect(logged().slice(1)).toEqual([[30, 'start check: no longer so', LACKING.words]]);
    expect(heard).toEqual([[LACKING], [LACKING], []]);
    expect(checks.found()).toEqual([]);
  });

  it('is not logged again when only its figures change', async () => {
    let seconds = 119;
    const apart = () => ({ ...LATE, words: `The clock is ${seconds} seconds late.`, key: 'clocks' });
    const { checks, logged } = checksThat(async () => [apart()]);
    await checks.look();
    seconds = 120;
    await checks.look();
    expect(logged()).toHaveLength(1);
    expect(checks.found()).toEqual([apart()]);
  });

  it('includes what follows from it, and only asks to look where there is doubt', async () => {
    const { checks, logged } = checksThat(async () => [ODD], [LATE]);
    await checks.look();
    expect(checks.found()).toEqual([LATE, ODD]);
    expect(logged()).toEqual([
      [50, 'start check failed', LATE.words],
      [40, 'start check: please look', ODD.words],
    ]);
  });

  it('is a finding too when a check has no answer in time, or breaks', async () => {
    const slow = checksThat(() => new Promise(() => undefined));
    await slow.checks.look();
    expect(slow.checks.found()[0]?.words).toBe('The check of slack had no answer within 0.06 seconds; it is repeated.');
    const broken = checksThat(() => Promise.reject(new Error('a bug')));
    await broken.checks.look();
    expect(broken.checks.found()[0]?.words).toBe('The check of slack could not be made (a bug).');
  });

  it('is looked for again and again until the bot stops, and then no more', async () => {
    let looks = 0;
    const { checks, heard } = checksThat(async () => {
      looks++;
      return [];
    });
    checks.repeat(5);
    await until('three looks', () => looks >= 3);
    checks.stop();
    const before = { looks, heard: heard.length };
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect({ looks, heard: heard.length }).toEqual(before);
  });
});
