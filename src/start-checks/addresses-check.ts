import type { Config } from '../config/config.ts';
import { USUAL_ADDRESS } from '../config/environment.ts';
import type { Finding, StartCheck } from './finding.ts';

const OPSGENIE_IN_EUROPE = 'https://api.eu.opsgenie.com/';

/** Whether tokens go to the services themselves: who may set the addresses may read everything the bot sends. */
export function createAddressesCheck(config: Pick<Config, 'slack' | 'aura' | 'onCall'>): StartCheck {
  const { schedules, pagerDuty, opsgenie } = config.onCall;
  const uses = (provider: string) => [...schedules.values()].some((schedule) => schedule.provider === provider);
  const asked = [
    { variable: 'SLACK_API_URL', address: config.slack.apiUrl, usual: USUAL_ADDRESS.slack },
    { variable: 'AURA_API_URL', address: config.aura.apiUrl, usual: USUAL_ADDRESS.aura },
    ...(uses('pagerduty')
      ? [{ variable: 'PAGERDUTY_API_URL', address: pagerDuty.apiUrl, usual: USUAL_ADDRESS.pagerDuty }]
      : []),
    ...(uses('opsgenie') && new URL(opsgenie.apiUrl).href !== OPSGENIE_IN_EUROPE
      ? [{ variable: 'OPSGENIE_API_URL', address: opsgenie.apiUrl, usual: USUAL_ADDRESS.opsgenie }]
      : []),
  ];
  return {
    about: 'addresses',
    find: async () =>
      asked
        .filter(({ address, usual }) => new URL(address).href !== new URL(usual).href)
        .map(
          ({ variable, address, usual }): Finding => ({
            about: 'addresses',
            weight: 'doubt',
            words: `${variable} sends the bot's tokens to ${new URL(address).origin} instead of ${usual}: unset it unless you mean it.`,
          }),
        ),
  };
}
