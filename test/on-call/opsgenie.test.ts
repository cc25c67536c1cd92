import { afterEach, describe, expect, it } from 'vitest';
import { startOpsgenie } from '../../playground/on-call/opsgenie.ts';
import type { OnCallStandIn, Shift } from '../../playground/on-call/stand-in.ts';
import { OnCallError } from '../../src/on-call/on-call.ts';
import { createOpsgenie } from '../../src/on-call/opsgenie.ts';

const AT = '2026-11-21T03:04:05.000Z';
const API_KEY = 'og-secret-key';
const ID = 'd875a1f4-9b4e-4219-a1f3-0c26936d18de';
const NAME = 'Database team / nights';
const shift = (email: string, facts: Partial<Shift> = {}): Shift => ({
  scheduleId: ID,
  scheduleName: NAME,
  email,
  ...facts,
});
const NIGHT = [
  shift('Anton@example.com', { from: '2026-11-20T18:00:00+01:00', to: '2026-11-21T08:00:00+01:00' }),
  shift('day@example.com', { from: '2026-11-21T08:00:00+01:00' }),
];

let standIn: OnCallStandIn;
afterEach(() => standIn.close());

function asked(schedule: string, identifierType: 'id' | 'name', apiKey = API_KEY, baseUrl = standIn.url) {
  const service = createOpsgenie({ baseUrl, apiKey: () => apiKey, identifierType });
  return service.shiftAt(schedule, AT, AbortSignal.timeout(300));
}

async function trouble(schedule = ID, apiKey = API_KEY): Promise<OnCallError> {
  const error = await asked(schedule, 'id', apiKey).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof OnCallError) return error;
  throw new Error('no OnCallError came');
}

describe('Opsgenie', () => {
  it('says who is on a schedule, named by its id or by its name, at that moment', async () => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: NIGHT });
    expect(await asked(ID, 'id')).toEqual({ emails: ['anton@example.com'] });
    expect(await asked(NAME, 'name', API_KEY, `${standIn.url}/`)).toEqual({ emails: ['anton@example.com'] });
  });

  it('has nobody on call on a schedule that is switched off', async () => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: NIGHT, disabled: [ID] });
    expect(await asked(ID, 'id')).toEqual({ emails: [] });
  });

  it('does not know every schedule', async () => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: NIGHT });
    expect((await trouble('elsewhere')).why).toBe('unknown-schedule');
  });

  it('asks for a key, and it is not in the error', async () => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: NIGHT });
    const error = await trouble(ID, 'wrong-secret');
    expect(error.why).toBe('token-refused');
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('wrong-secret');
  });

  it('says that it was asked too often', async () => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: NIGHT, requestsPerMinute: 1 });
    await asked(ID, 'id');
    expect(await trouble()).toMatchObject({ why: 'rate-limited', waitMs: undefined });
  });

  it.each([
    ['away', { kind: 'away', times: 1 }, 'no-answer'],
    ['slower than the deadline', { kind: 'slow', delayMs: 1_000, times: 1 }, 'no-answer'],
    ['out of order', { kind: 'status', status: 500, times: 1 }, 'no-answer'],
    ['another service', { kind: 'nonsense', text: 'hello', times: 1 }, 'unreadable-answer'],
    [
      'of another form',
      { kind: 'nonsense', text: '{"data":{"onCallParticipants":[]}}', times: 1 },
      'unreadable-answer',
    ],
  ] as const)('%s', async (_, fault, why) => {
    standIn = await startOpsgenie({ apiKey: API_KEY, shifts: NIGHT });
    standIn.setFault(fault);
    expect((await trouble()).why).toBe(why);
  });
});
