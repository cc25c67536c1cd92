import type { Config } from '../config/config.ts';
import { USUAL_ADDRESS } from '../config/environment.ts';
import type { Finding, StartCheck } from './finding.ts';

/** Whether tokens go to Slack and Aura themselves: who may set the addresses may read everything the bot sends. */
export function createAddressesCheck(config: Pick<Config, 'slack' | 'aura'>): StartCheck {
  const asked = [
    { variable: 'SLACK_API_URL', address: config.slack.apiUrl, usual: USUAL_ADDRESS.slack },
    { variable: 'AURA_API_URL', address: config.aura.apiUrl, usual: USUAL_ADDRESS.aura },
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
