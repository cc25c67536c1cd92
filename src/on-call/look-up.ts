import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Instant, PersonId } from '../restore/names.ts';
import type { OnCallSource, OnCallTrouble } from '../restore/on-call.ts';
import { type OnCall, type OnCallAnswer, OnCallError, type OnCallService } from './on-call.ts';

/** How long a click waits. The directory's own deadline is longer, so on-call never makes a person unreadable. */
const CLICK_DEADLINE_MS = 1_500;
/** A late answer is of use to the next click. */
const LOOK_UP_TIMEOUT_MS = 5_000;
/** So young an answer is not asked for again. */
const FRESH_MS = 30_000;
/** A service in trouble is left alone for so long, unless it says how long. */
const PAUSE_MS = 5_000;

/** Troubles that say nothing against the last answer. */
const PASSING: ReadonlySet<OnCallTrouble> = new Set(['no-answer', 'rate-limited', 'people-unread']);

type Known = Extract<OnCallAnswer, { kind: 'known' }>;
type Unknown = Extract<OnCallAnswer, { kind: 'unknown' }>;

/** A schedule of the configuration and the service that keeps it. */
export interface Schedule {
  readonly service: OnCallService;
  /** As the service names it. */
  readonly id: string;
}

/**
 * Looks schedules up with one request in flight for each, keeps answers in this process, and answers within the deadline.
 * While a service is in trouble its last answer counts until it is `maxAgeMs` old or somebody's shift has ended.
 */
export function createOnCall(parts: {
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** The Slack account of an e-mail address in small letters; undefined when there is none. Rejects when nobody knows. */
  readonly personWith: (email: string) => Promise<PersonId | undefined>;
  readonly maxAgeMs: number;
  readonly log: Logger;
  readonly clickDeadlineMs?: number;
  readonly now?: () => number;
}): OnCall {
  const { schedules, personWith, maxAgeMs, log } = parts;
  const now = parts.now ?? Date.now;
  const clickDeadlineMs = parts.clickDeadlineMs ?? CLICK_DEADLINE_MS;
  const kept = new Map<string, { readonly answer: Known; readonly endsAt: Instant | undefined }>();
  const paused = new Map<string, { readonly answer: Unknown; readonly untilMs: number }>();
  const inFlight = new Map<string, Promise<OnCallAnswer>>();

  function usable(alias: string, at: Instant, ageMs: number): Known | undefined {
    const found = kept.get(alias);
    if (!found || (found.endsAt !== undefined && found.endsAt <= at)) return undefined;
    return Math.abs(Date.parse(at) - Date.parse(found.answer.asOf)) <= ageMs ? found.answer : undefined;
  }

  async function read(alias: string, { service, id }: Schedule, source: OnCallSource, at: Instant): Promise<Known> {
    const { emails, endsAt } = await service.shiftAt(id, at, AbortSignal.timeout(LOOK_UP_TIMEOUT_MS));
    const accounts = await Promise.all(emails.map(personWith)).catch((cause: unknown) => {
      throw new OnCallError('people-unread', { cause });
    });
    const people = [...new Set(accounts.filter((account) => account !== undefined))];
    const answer: Known = { kind: 'known', people, unmatched: accounts.filter((one) => !one).length, asOf: at, source };
    kept.set(alias, { answer, endsAt });
    return answer;
  }

  /** Never rejects. */
  async function lookUp(alias: string, schedule: Schedule, source: OnCallSource, at: Instant): Promise<OnCallAnswer> {
    try {
      return await read(alias, schedule, source, at);
    } catch (error) {
      const trouble = error instanceof OnCallError ? error : new OnCallError('no-answer');
      const answer: Unknown = { kind: 'unknown', why: trouble.why, source };
      paused.set(alias, { answer, untilMs: now() + (trouble.waitMs ?? PAUSE_MS) });
      log.warn({ schedule: alias, provider: source.provider, why: trouble.why }, 'on-call schedule could not be read');
      return answer;
    }
  }

  function asked(alias: string, schedule: Schedule, source: OnCallSource, at: Instant): Promise<OnCallAnswer> {
    const pause = paused.get(alias);
    if (pause && pause.untilMs > now()) return Promise.resolve(pause.answer);
    const underWay = inFlight.get(alias);
    if (underWay) return underWay;
    const started = lookUp(alias, schedule, source, at).finally(() => inFlight.delete(alias));
    inFlight.set(alias, started);
    return started;
  }

  return {
    async whoIsOn(alias, at) {
      const schedule = schedules.get(alias);
      // A record may name a schedule that has left the configuration since.
      if (!schedule) return { kind: 'unknown', why: 'not-configured' };
      const fresh = usable(alias, at, Math.min(FRESH_MS, maxAgeMs));
      if (fresh) return fresh;
      const source: OnCallSource = { provider: schedule.service.name, schedule: schedule.id };
      const late: Unknown = { kind: 'unknown', why: 'no-answer', source };
      const stopwatch = new AbortController();
      const answer = await Promise.race([
        asked(alias, schedule, source, at),
        sleep(clickDeadlineMs, late, { signal: stopwatch.signal }).catch(() => late),
      ]);
      stopwatch.abort();
      if (answer.kind === 'known' || !PASSING.has(answer.why)) return answer;
      return usable(alias, at, maxAgeMs) ?? answer;
    },
  };
}
