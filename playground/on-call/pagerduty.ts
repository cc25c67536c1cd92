import type { IncomingMessage } from 'node:http';
import { type Answer, type OnCallStandIn, type Shift, startStandIn } from './stand-in.ts';

const USUAL_PAGE = 25;
const MOST_PAGE = 100;
/** `offset` plus `limit` may not be more. */
const MOST_OFFSET = 10_000;

/**
 * PagerDuty's `GET /oncalls` as documented: https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls,
 * paged by `limit`, `offset` and `more` (https://developer.pagerduty.com/docs/pagination), 960 requests a minute for a key.
 */
export function startPagerDuty(options: {
  readonly token: string;
  readonly shifts?: readonly Shift[];
  readonly requestsPerMinute?: number;
  /** The most that a page holds, to make many pages of a few people. */
  readonly mostPerPage?: number;
}): Promise<OnCallStandIn> {
  return startStandIn({
    shifts: options.shifts ?? [],
    requestsPerMinute: options.requestsPerMinute ?? 960,
    limitHeaders: (resetSeconds) => ({
      'ratelimit-limit': String(options.requestsPerMinute ?? 960),
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(resetSeconds),
    }),
    answerTo: (request, url, shifts) => {
      if (request.headers.authorization !== `Token token=${options.token}`) {
        return refusal(401, 'Token invalid or missing');
      }
      if (!isVersion2(request)) return refusal(406, 'Accept must name version 2');
      if (url.pathname !== '/oncalls' || request.method !== 'GET') return refusal(404, 'Not found');
      return onCalls(url.searchParams, shifts, options.mostPerPage ?? MOST_PAGE);
    },
  });
}

function onCalls(query: URLSearchParams, shifts: readonly Shift[], mostPerPage: number): Answer {
  const now = new Date().toISOString();
  const since = Date.parse(query.get('since') ?? now);
  const until = Date.parse(query.get('until') ?? now);
  const limit = Math.min(Number(query.get('limit') ?? USUAL_PAGE), mostPerPage);
  const offset = Number(query.get('offset') ?? 0);
  const wrong = !(since <= until) || !(limit > 0) || !(offset >= 0) || offset + limit > MOST_OFFSET;
  if (wrong) return refusal(400, 'Invalid input');
  const wanted = query.getAll('schedule_ids[]');
  const asked = shifts.filter(({ scheduleId }) => wanted.length === 0 || wanted.includes(scheduleId));
  const found = overlapping(asked, since, until);
  const withUsers = query.getAll('include[]').includes('users');
  return {
    status: 200,
    body: {
      oncalls: found.slice(offset, offset + limit).map((shift) => entry(shift, withUsers)),
      limit,
      offset,
      more: found.length > offset + limit,
      total: null,
    },
  };
}

/** The turns that overlap a span of time or touch it; its ends may be the same moment. */
function overlapping(shifts: readonly Shift[], since: number, until: number): readonly Shift[] {
  return shifts.filter(({ from, to }) => (!from || Date.parse(from) <= until) && (!to || Date.parse(to) >= since));
}

function entry({ scheduleId, scheduleName, email, from, to }: Shift, withUsers: boolean) {
  const id = `P${email.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
  const name = email.split('@')[0];
  return {
    escalation_policy: { id: 'PESCALATE', type: 'escalation_policy_reference', summary: 'Databases' },
    escalation_level: 1,
    schedule: { id: scheduleId, type: 'schedule_reference', summary: scheduleName },
    user: withUsers
      ? { id, type: 'user', summary: name, name, email, time_zone: 'Europe/Berlin' }
      : { id, type: 'user_reference', summary: name },
    start: from ?? null,
    end: to ?? null,
  };
}

function isVersion2(request: IncomingMessage): boolean {
  return request.headers.accept === 'application/vnd.pagerduty+json;version=2';
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error: { message, code: status } } };
}
