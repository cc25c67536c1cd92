import { z } from 'zod';
import { addressOf, ask } from './ask.ts';
import type { OnCallService, Shift } from './on-call.ts';

const answer = z.object({
  data: z.object({
    _parent: z.object({ enabled: z.boolean().default(true) }).optional(),
    /** User names, which are e-mail addresses in Opsgenie. */
    onCallRecipients: z.array(z.string()),
  }),
});

/**
 * Opsgenie's "Who is On Call" API, `GET /v2/schedules/:schedule/on-calls` with `flat=true`:
 * https://docs.opsgenie.com/docs/who-is-on-call-api. The address in the EU is https://api.eu.opsgenie.com. It wants whole
 * seconds with an offset. Nobody is on call on a schedule that is disabled.
 */
export function createOpsgenie(parts: {
  readonly baseUrl: string;
  readonly apiKey: () => string;
  /** Whether schedules are named by their id or by their name. */
  readonly identifierType: 'id' | 'name';
}): OnCallService {
  return {
    name: 'Opsgenie',
    async shiftAt(schedule, at, signal): Promise<Shift> {
      const url = addressOf(parts.baseUrl, `/v2/schedules/${encodeURIComponent(schedule)}/on-calls`, {
        scheduleIdentifierType: parts.identifierType,
        flat: 'true',
        date: `${at.slice(0, 19)}+00:00`,
      });
      const headers = { authorization: `GenieKey ${parts.apiKey()}`, accept: 'application/json' };
      const { data } = await ask(url, { headers, signal }, answer);
      if (data._parent?.enabled === false) return { emails: [] };
      return { emails: [...new Set(data.onCallRecipients.map((email) => email.toLowerCase()))] };
    },
  };
}
