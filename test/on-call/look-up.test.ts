import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPagerDuty } from '../../playground/on-call/pagerduty.ts';
import type { OnCallStandIn } from '../../playground/on-call/stand-in.ts';
import { createOnCall } from '../../src/on-call/look-up.ts';
import { createPagerDuty } from '../../src/on-call/pagerduty.ts';

const START = Date.parse('2026-11-21T03:04:05.000Z');
const TOKEN = 'pd-secret-token';
const SOURCE = { provider: 'PagerDuty', schedule: 'PDB1' };
const anton = { scheduleId: 'PDB1', scheduleName: 'Databases', email: 'anton@example.com' };

let standIn: OnCallStandIn;
let clock: number;
let logged: string;
let personWith: (email: string) => Promise<string | undefined>;
beforeEach(async () => {
  standIn = await startPagerDuty({ token: TOKEN, shifts: [anton] });
  clock = START;
  logged = '';
  personWith = async (email) => (email === anton.email ? 'U0ANTON' : undefined);
});
afterEach(() => standIn.close());

const log = pino({ level: 'debug' }, { write: (line) => (logged += line) });

function lookUp(options: { readonly token?: string; readonly maxAgeMs?: number } = {}) {
  const service = createPagerDuty({ baseUrl: standIn.url, token: () => options.token ?? TOKEN });
  return createOnCall({
    schedules: new Map([['primary', { service, id: 'PDB1' }]]),
    personWith: (email) => personWith(email),
    maxAgeMs: options.maxAgeMs ?? 300_000,
    log,
    clickDeadlineMs: 200,
    now: () => clock,
  });
}

const at = () => new Date(clock).toISOString();
const known = (asOf: number) => ({
  kind: 'known',
  people: ['U0ANTON'],
  unmatched: 0,
  asOf: new Date(asOf).toISOString(),
  source: SOURCE,
});

describe('a look at who is on call', () => {
  it('says the people, the source and the moment it was asked about', async () => {
    expect(await lookUp().whoIsOn('primary', at())).toEqual(known(START));
  });

  it('keeps a young answer, with its age, and asks again for an older one', async () => {
    const onCall = lookUp();
    await onCall.whoIsOn('primary', at());
    clock += 29_000;
    expect(await onCall.whoIsOn('primary', at())).toEqual(known(START));
    expect(standIn.requests).toHaveLength(1);
    clock += 2_000;
    expect(await onCall.whoIsOn('primary', at())).toEqual(known(START + 31_000));
    expect(standIn.requests).toHaveLength(2);
  });

  it('with the service away, uses the last answer until it is too old for a decision, and no longer', async () => {
    const onCall = lookUp();
    await onCall.whoIsOn('primary', at());
    standIn.setFault({ kind: 'away', times: 99 });
    clock = START + 299_000;
    expect(await onCall.whoIsOn('primary', at())).toEqual(known(START));
    clock = START + 301_000;
    expect(await onCall.whoIsOn('primary', at())).toEqual({ kind: 'unknown', why: 'no-answer', source: SOURCE });
  });

  it('does not use an answer beyond the end of a shift', async () => {
    standIn.shifts.splice(0, 1, { ...anton, to: new Date(START + 10_000).toISOString() });
    const onCall = lookUp();
    expect(await onCall.whoIsOn('primary', at())).toEqual(known(START));
    standIn.setFault({ kind: 'away', times: 99 });
    clock += 10_000;
    expect(await onCall.whoIsOn('primary', at())).toMatchObject({ kind: 'unknown' });
  });

  it('does not use an old answer once the key is refused', async () => {
    const onCall = lookUp();
    await onCall.whoIsOn('primary', at());
    clock += 60_000;
    standIn.setFault({ kind: 'status', status: 401, times: 1 });
    expect(await onCall.whoIsOn('primary', at())).toMatchObject({ kind: 'unknown', why: 'token-refused' });
  });

  it('never uses one with a maximum age of zero', async () => {
    const onCall = lookUp({ maxAgeMs: 0 });
    await onCall.whoIsOn('primary', at());
    clock += 1;
    await onCall.whoIsOn('primary', at());
    expect(standIn.requests).toHaveLength(2);
  });

  it('is one request for a crowd that asks at the same moment', async () => {
    const onCall = lookUp();
    const crowd = await Promise.all(Array.from({ length: 50 }, () => onCall.whoIsOn('primary', at())));
    expect(new Set(crowd.map((answer) => answer.kind))).toEqual(new Set(['known']));
    expect(standIn.requests).toHaveLength(1);
  });

  it('ends at the deadline; a late answer is there for the next click', async () => {
    standIn.setFault({ kind: 'slow', delayMs: 500, times: 1 });
    const onCall = lookUp();
    const started = performance.now();
    expect(await onCall.whoIsOn('primary', at())).toEqual({ kind: 'unknown', why: 'no-answer', source: SOURCE });
    expect(performance.now() - started).toBeLessThan(400);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await onCall.whoIsOn('primary', at())).toEqual(known(START));
    expect(standIn.requests).toHaveLength(1);
  });

  it('leaves a service in trouble alone for a while, for as long as the service says', async () => {
    const onCall = lookUp();
    standIn.setFault({ kind: 'limited', resetSeconds: 20, times: 1 });
    expect(await onCall.whoIsOn('primary', at())).toMatchObject({ kind: 'unknown', why: 'rate-limited' });
    clock += 19_000;
    expect(await onCall.whoIsOn('primary', at())).toMatchObject({ kind: 'unknown', why: 'rate-limited' });
    expect(standIn.requests).toHaveLength(1);
    clock += 2_000;
    expect(await onCall.whoIsOn('primary', at())).toEqual(known(clock));
  });

  it('counts people without a Slack account, and knows nothing when Slack does not say', async () => {
    standIn.shifts.push({ ...anton, email: 'new@example.com' });
    expect(await lookUp().whoIsOn('primary', at())).toEqual({ ...known(START), unmatched: 1 });
    personWith = () => Promise.reject(new Error('Slack is away'));
    expect(await lookUp().whoIsOn('primary', at())).toMatchObject({ kind: 'unknown', why: 'people-unread' });
  });

  it('knows nothing of a schedule that is not in the configuration', async () => {
    expect(await lookUp().whoIsOn('toString', at())).toEqual({ kind: 'unknown', why: 'not-configured' });
    expect(standIn.requests).toHaveLength(0);
  });

  it('logs trouble without the key or an address', async () => {
    await lookUp({ token: 'wrong-secret' }).whoIsOn('primary', at());
    expect(logged).toContain('on-call schedule could not be read');
    expect(logged).not.toContain('wrong-secret');
    expect(logged).not.toContain('@example.com');
  });
});
