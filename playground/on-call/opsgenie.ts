import { type Answer, type OnCallStandIn, type Shift, startStandIn } from './stand-in.ts';

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:?\d\d)$/;

/**
 * Opsgenie's "Who is On Call" as documented: https://docs.opsgenie.com/docs/who-is-on-call-api. Answers a `date` that is
 * not of its form, and a schedule that it does not know, with an error. Its limits are not published as numbers; beyond them
 * it answers 429 (https://docs.opsgenie.com/docs/api-rate-limiting), and does not say how long to wait.
 */
export function startOpsgenie(options: {
  readonly apiKey: string;
  readonly shifts?: readonly Shift[];
  readonly requestsPerMinute?: number;
  /** Ids of schedules that are switched off. */
  readonly disabled?: readonly string[];
}): Promise<OnCallStandIn> {
  return startStandIn({
    shifts: options.shifts ?? [],
    requestsPerMinute: options.requestsPerMinute ?? 600,
    limitHeaders: () => ({}),
    answerTo: (request, url, shifts) => {
      if (request.headers.authorization !== `GenieKey ${options.apiKey}`) {
        return refusal(401, 'Could not authenticate');
      }
      const [, name] = /^\/v2\/schedules\/([^/]+)\/on-calls$/.exec(url.pathname) ?? [];
      if (name === undefined || request.method !== 'GET') return refusal(404, 'Not found');
      return onCalls(decodeURIComponent(name), url.searchParams, shifts, options.disabled ?? []);
    },
  });
}

function onCalls(name: string, query: URLSearchParams, shifts: readonly Shift[], disabled: readonly string[]): Answer {
  const by = query.get('scheduleIdentifierType') ?? 'id';
  const date = query.get('date');
  if ((by !== 'id' && by !== 'name') || (date !== null && !DATE.test(date))) return refusal(422, 'Invalid parameter');
  const ofSchedule = shifts.filter((shift) => (by === 'id' ? shift.scheduleId : shift.scheduleName) === name);
  const [first] = ofSchedule;
  if (!first) return refusal(404, `No schedule exists with ${by} [${name}]`);
  const at = date === null ? Date.now() : Date.parse(date);
  const names = ofSchedule.filter(isOn(at)).map(({ email }) => email);
  const isFlat = query.get('flat') === 'true';
  return {
    status: 200,
    body: {
      data: {
        _parent: { id: first.scheduleId, name: first.scheduleName, enabled: !disabled.includes(first.scheduleId) },
        ...(isFlat
          ? { onCallRecipients: names }
          : { onCallParticipants: names.map((name) => ({ id: name, name, type: 'user' })) }),
      },
      took: 0.1,
      requestId: crypto.randomUUID(),
    },
  };
}

function isOn(at: number): (shift: Shift) => boolean {
  return ({ from, to }) => (!from || Date.parse(from) <= at) && (!to || at < Date.parse(to));
}

function refusal(status: number, message: string): Answer {
  return { status, body: { message, took: 0.01, requestId: crypto.randomUUID() } };
}
