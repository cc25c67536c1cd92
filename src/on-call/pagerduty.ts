import { z } from 'zod';
import { addressOf, ask } from './ask.ts';
import { OnCallError, type OnCallService, type Shift } from './on-call.ts';

const PAGE = 100;
/** A schedule with more people on call at once than these pages hold is not one to decide by. */
const MOST_PAGES = 5;

const moment = z.iso.datetime({ offset: true }).nullish();
const answer = z.object({
  oncalls: z.array(
    z.object({
      user: z.object({ email: z.email().optional() }),
      schedule: z.object({ id: z.string() }).nullish(),
      start: moment,
      end: moment,
    }),
  ),
  more: z.boolean().default(false),
  /** May be less than was asked for. */
  limit: z.number().int().positive().default(PAGE),
});

/**
 * PagerDuty's REST API v2, `GET /oncalls`: the on-calls that overlap one moment, for one schedule, with their users.
 * Parameters and the form of the answer: https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls
 * Limits (960 requests a minute for a key, `ratelimit-reset` in seconds): https://support.pagerduty.com/docs/rest-api-rate-limits
 * It lists a schedule only where an escalation policy uses it.
 */
export function createPagerDuty(parts: { readonly baseUrl: string; readonly token: () => string }): OnCallService {
  return {
    name: 'PagerDuty',
    async shiftAt(schedule, at, signal): Promise<Shift> {
      const emails = new Set<string>();
      const ends: string[] = [];
      let offset = 0;
      for (let page = 0; ; page++) {
        if (page === MOST_PAGES) throw new OnCallError('unreadable-answer');
        const url = addressOf(parts.baseUrl, '/oncalls', {
          'schedule_ids[]': schedule,
          since: at,
          until: at,
          earliest: 'true',
          'include[]': 'users',
          time_zone: 'UTC',
          limit: String(PAGE),
          offset: String(offset),
        });
        const headers = {
          authorization: `Token token=${parts.token()}`,
          accept: 'application/vnd.pagerduty+json;version=2',
        };
        const { oncalls, more, limit } = await ask(url, { headers, signal }, answer);
        for (const { user, schedule: of, start, end } of oncalls) {
          const isOver = end && Date.parse(end) <= Date.parse(at);
          const isToCome = start && Date.parse(start) > Date.parse(at);
          if (of?.id !== schedule || isOver || isToCome) continue;
          if (!user.email) throw new OnCallError('unreadable-answer');
          emails.add(user.email.toLowerCase());
          if (end) ends.push(new Date(end).toISOString());
        }
        if (!more) break;
        offset += limit;
      }
      const [endsAt] = ends.sort();
      return { emails: [...emails], ...(endsAt ? { endsAt } : {}) };
    },
  };
}
