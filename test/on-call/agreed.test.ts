import { expect, it } from 'vitest';
import { createAgreedOnCall, onCallInForce } from '../../src/on-call/agreed.ts';
import type { OnCall } from '../../src/on-call/on-call.ts';

const AT = '2026-11-21T03:00:00.000Z';
const onCall: OnCall = {
  whoIsOn: async (_, asOf) => ({
    kind: 'known',
    people: ['U0ANN'],
    unmatched: 0,
    asOf,
    source: { provider: 'PagerDuty', schedule: 'P1' },
  }),
};
const rulesWith = (target: string) => ({
  schedules: { nights: target },
  accounts: { 'a@b.example': 'U0ANN' },
  maxAgeMs: 60_000,
});

it('a schedule counts only while the file and the rules in force mean the same one', async () => {
  let inForce = rulesWith('pagerduty id P1');
  const agreed = createAgreedOnCall(onCall, { file: rulesWith('pagerduty id P1'), inForce: () => inForce });
  expect(await agreed.whoIsOn('nights', AT)).toMatchObject({ kind: 'known' });
  inForce = rulesWith('pagerduty id P2');
  expect(await agreed.whoIsOn('nights', AT)).toEqual({ kind: 'unknown', why: 'not-configured' });
  expect(await agreed.whoIsOn('days', AT)).toEqual({ kind: 'unknown', why: 'not-configured' });
});

it('an e-mail address is whose the rules in force say, and no answer counts longer than they allow', () => {
  const access = onCallInForce(
    {
      schedules: new Map(),
      people: new Map([['a@b.example', 'U0EVE']]),
      maxAgeMs: 900_000,
      pagerDuty: { apiUrl: '', token: () => '' },
      opsgenie: { apiUrl: '', apiKey: () => '' },
    },
    () => rulesWith('pagerduty id P1'),
  );
  expect(access.people.get('a@b.example')).toBe('U0ANN');
  expect(access.maxAgeMs).toBe(60_000);
});
