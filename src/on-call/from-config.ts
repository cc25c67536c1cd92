import type { Logger } from 'pino';
import type { OnCallAccess } from '../config/config.ts';
import type { PersonId } from '../restore/names.ts';
import { createOnCall, type Schedule } from './look-up.ts';
import type { OnCall } from './on-call.ts';
import { createOpsgenie } from './opsgenie.ts';
import { createPagerDuty } from './pagerduty.ts';

/** The port with the services that the configuration names; an e-mail address of its own list needs no look at Slack. */
export function createOnCallFrom(
  config: OnCallAccess,
  parts: { readonly accountOf: (email: string) => Promise<PersonId | undefined>; readonly log: Logger },
): OnCall {
  const pagerDuty = createPagerDuty({ baseUrl: config.pagerDuty.apiUrl, token: config.pagerDuty.token });
  const opsgenie = (identifierType: 'id' | 'name') =>
    createOpsgenie({ baseUrl: config.opsgenie.apiUrl, apiKey: config.opsgenie.apiKey, identifierType });
  const schedules = new Map<string, Schedule>();
  for (const [alias, schedule] of config.schedules) {
    const service = schedule.provider === 'pagerduty' ? pagerDuty : opsgenie(schedule.identifierType);
    schedules.set(alias, { service, id: schedule.id });
  }
  return createOnCall({
    schedules,
    personWith: async (email) => config.people.get(email) ?? parts.accountOf(email),
    maxAgeMs: config.maxAgeMs,
    log: parts.log,
  });
}
