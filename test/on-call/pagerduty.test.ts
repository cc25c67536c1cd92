import { afterEach, describe, expect, it } from 'vitest';
import { startPagerDuty } from '../../playground/on-call/pagerduty.ts';
import type { OnCallStandIn, Shift } from '../../playground/on-call/stand-in.ts';
import { OnCallError } from '../../src/on-call/on-call.ts';
import { createPagerDuty } from '../../src/on-call/pagerduty.ts';

const AT = '2026-11-21T03:04:05.000Z';
const TOKEN = 'pd-secret-token';
const shift = (email: string, facts: Partial<Shift> = {}): Shift => ({
  scheduleId: 'PDB1',
  scheduleName: 'Databases',
  email,
  ...facts,
});

let standIn: OnCallStandIn;
afterEach(() => standIn.close());

const asked = (token = TOKEN, schedule = 'PDB1') =>
  createPagerDuty({ baseUrl: standIn.url, token: () => token }).shiftAt(schedule, AT, AbortSignal.timeout(300));

async function trouble(token = TOKEN): Promise<OnCallError> {
  const error = await asked(token).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof OnCallError) return error;
  throw new Error('no OnCallError came');
}

describe('PagerDuty', () => {
  it('says who is on one schedule at one moment, in small letters, and when the first shift ends', async () => {
    standIn = await startPagerDuty({
      token: TOKEN,
      shifts: [
        shift('Anton@Example.com', { from: '2026-11-20T18:00:00+01:00', to: '2026-11-21T08:00:00+01:00' }),
        shift('ayumi@example.com', { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' }),
        shift('before@example.com', { from: '2026-11-20T00:00:00Z', to: AT }),
        shift('after@example.com', { from: '2026-11-21T03:04:06Z' }),
        shift('other@example.com', { scheduleId: 'POTHER' }),
      ],
    });
    expect(await asked()).toEqual({
      emails: ['anton@example.com', 'ayumi@example.com'],
      endsAt: '2026-11-21T07:00:00.000Z',
    });
  });

  it('is read page by page', async () => {
    const everybody = Array.from({ length: 230 }, (_, index) => `p${index}@example.com`);
    standIn = await startPagerDuty({ token: TOKEN, shifts: everybody.map((email) => shift(email)) });
    expect((await asked()).emails).toEqual(everybody);
    expect(standIn.requests).toHaveLength(3);
  });

  it('is read to the end also when its pages are shorter than asked for', async () => {
    const five = Array.from({ length: 5 }, (_, index) => `p${index}@example.com`);
    standIn = await startPagerDuty({ token: TOKEN, shifts: five.map((email) => shift(email)), mostPerPage: 2 });
    expect((await asked()).emails).toEqual(five);
  });

  it('is not believed about another schedule or another time than the one asked for', async () => {
    standIn = await startPagerDuty({ token: TOKEN });
    const entry = (email: string, facts: object = {}) => ({ user: { email }, schedule: { id: 'PDB1' }, ...facts });
    const oncalls = [
      entry('other@example.com', { schedule: { id: 'POTHER' } }),
      entry('always@example.com', { schedule: null }),
      entry('later@example.com', { start: '2026-11-21T03:04:06Z' }),
      entry('over@example.com', { end: AT }),
      entry('now@example.com', { start: AT }),
    ];
    standIn.setFault({ kind: 'nonsense', text: JSON.stringify({ oncalls }), times: 1 });
    expect(await asked()).toEqual({ emails: ['now@example.com'] });
  });

  it('with more people than anybody has on call is not read to the end', async () => {
    const crowd = Array.from({ length: 700 }, (_, index) => shift(`p${index}@example.com`));
    standIn = await startPagerDuty({ token: TOKEN, shifts: crowd });
    expect((await trouble()).why).toBe('unreadable-answer');
    expect(standIn.requests).toHaveLength(5);
  });

  it('knows nobody on a schedule that no escalation policy uses', async () => {
    standIn = await startPagerDuty({ token: TOKEN });
    expect(await asked()).toEqual({ emails: [] });
  });

  it('asks for a key, and it is not in the error', async () => {
    standIn = await startPagerDuty({ token: TOKEN });
    const error = await trouble('wrong-secret');
    expect(error.why).toBe('token-refused');
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('wrong-secret');
  });

  it('says how long to wait when it was asked too often', async () => {
    standIn = await startPagerDuty({ token: TOKEN, requestsPerMinute: 1 });
    await asked();
    const { why, waitMs } = await trouble();
    expect(why).toBe('rate-limited');
    expect(waitMs).toBeGreaterThan(50_000);
    standIn.setFault({ kind: 'limited', resetSeconds: 86_400, times: 1 });
    expect((await trouble()).waitMs).toBe(120_000);
  });

  it('is not followed to another address, where the key would go along', async () => {
    standIn = await startPagerDuty({ token: TOKEN, shifts: [shift('anton@example.com')] });
    standIn.setFault({ kind: 'redirect', to: '/oncalls?include[]=users', times: 1 });
    expect((await trouble()).why).toBe('no-answer');
    expect(standIn.requests).toHaveLength(1);
  });

  it.each([
    ['away', { kind: 'away', times: 1 }, 'no-answer'],
    ['slower than the deadline', { kind: 'slow', delayMs: 1_000, times: 1 }, 'no-answer'],
    ['out of order', { kind: 'status', status: 503, times: 1 }, 'no-answer'],
    ['another service', { kind: 'nonsense', text: '<html>Log in</html>', times: 1 }, 'unreadable-answer'],
    ['of another form', { kind: 'nonsense', text: '{"oncalls":[{"user":{}}]}', times: 1 }, 'no-error'],
    ['of no form', { kind: 'nonsense', text: '{"users":[]}', times: 1 }, 'unreadable-answer'],
    [
      'without addresses',
      { kind: 'nonsense', text: '{"oncalls":[{"user":{"id":"P1"},"schedule":{"id":"PDB1"}}]}', times: 1 },
      'unreadable-answer',
    ],
  ] as const)('%s', async (_, fault, why) => {
    standIn = await startPagerDuty({ token: TOKEN, shifts: [shift('anton@example.com')] });
    standIn.setFault(fault);
    if (why === 'no-error') expect(await asked()).toEqual({ emails: [] });
    else expect((await trouble()).why).toBe(why);
  });
});
