import { describe, expect, it } from 'vitest';
import type { OnCallSchedule } from '../../src/config/config.ts';
import { createAddressesCheck } from '../../src/start-checks/addresses-check.ts';

import { weights, words } from '../support/surroundings.ts';

describe('the check of addresses', () => {
  const slack = { botToken: 'x', transport: { kind: 'socket', appToken: 'x' } } as const;
  const aura = { clientId: 'x', clientSecret: 'x', requestsPerMinute: 100 };
  const onCallAt = (pagerDuty: string, opsgenie: string, providers: readonly ('pagerduty' | 'opsgenie')[] = []) => ({
    schedules: new Map(
      providers.map((provider) => [provider, { provider, id: 'x', identifierType: 'id' } as OnCallSchedule]),
    ),
    people: new Map(),
    maxAgeMs: 0,
    pagerDuty: { apiUrl: pagerDuty, token: () => '' },
    opsgenie: { apiUrl: opsgenie, apiKey: () => '' },
  });
  const nowhere = onCallAt('http://127.0.0.1:1', 'http://127.0.0.1:2');

  it('finds nothing for those of Slack and Aura', async () => {
    const usual = {
      slack: { ...slack, apiUrl: 'https://slack.com/api/' },
      aura: { ...aura, apiUrl: 'https://api.neo4j.io/' },
      onCall: nowhere,
    };
    expect(await createAddressesCheck(usual).find()).toEqual([]);
  });

  it('names each that was changed, and where the tokens go', async () => {
    const changed = {
      slack: { ...slack, apiUrl: 'http://127.0.0.1:7/api/' },
      aura: { ...aura, apiUrl: 'https://aura.example' },
      onCall: nowhere,
    };
    const found = await createAddressesCheck(changed).find();
    expect(words(found)).toEqual([
      "SLACK_API_URL sends the bot's tokens to http://127.0.0.1:7 instead of https://slack.com/api/: unset it unless you mean it.",
      "AURA_API_URL sends the bot's tokens to https://aura.example instead of https://api.neo4j.io: unset it unless you mean it.",
    ]);
    expect(weights(found)).toEqual(['doubt', 'doubt']);
  });

  it('looks at those of on-call services that a schedule uses; Opsgenie has two', async () => {
    const at = (onCall: ReturnType<typeof onCallAt>) =>
      createAddressesCheck({
        slack: { ...slack, apiUrl: 'https://slack.com/api/' },
        aura: { ...aura, apiUrl: 'https://api.neo4j.io/' },
        onCall,
      }).find();
    const both = ['pagerduty', 'opsgenie'] as const;
    expect(await at(onCallAt('https://api.pagerduty.com', 'https://api.opsgenie.com', both))).toEqual([]);
    expect(await at(onCallAt('https://api.pagerduty.com', 'https://api.eu.opsgenie.com', both))).toEqual([]);
    expect(words(await at(onCallAt('https://pd.example', 'https://og.example', both)))).toEqual([
      expect.stringContaining("PAGERDUTY_API_URL sends the bot's tokens to https://pd.example"),
      expect.stringContaining("OPSGENIE_API_URL sends the bot's tokens to https://og.example"),
    ]);
  });
});
