import type { Holidays } from '../../src/restore/holidays.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { PersonFacts } from '../../src/restore/person-facts.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { reminderLookAt } from '../../src/restore/reminder-times.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { remindedNow } from '../../src/restore/round.ts';
import type { ReminderTerms } from '../../src/restore/terms.ts';
import { transition } from '../../src/restore/transition.ts';
import { makeDraft, makeRestore } from '../support/make-restore.ts';
import {
  APPROVER,
  BOT,
  BYSTANDER,
  DEACTIVATED,
  GROUP_APPROVER,
  GUEST,
  LINKED_ACCOUNT,
  makePerson,
  OUTSIDER,
  REQUESTER,
} from '../support/people.ts';

/** A Friday morning in Berlin. */
export const ASKED: Instant = '2026-11-20T09:00:00.000Z';
/** Working hours of the office. */
export const OFFICE = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' } as const;
export const TERMS: ReminderTerms = {
  afterMinutes: [10, 30, 120],
  nudges: { everyMinutes: 15, most: 3 },
  escalation: [],
};
/** The group that is told when nobody else answers. */
export const LEADS = 'S0LEADS';
/** One of the leads. */
export const LEAD = makePerson('U0LENA', { groups: [LEADS] });
/** Who is on call for the databases. */
export const ON_CALL = makePerson('U0OLGA', { onCall: ['databases'] });
/** First the leads, then whoever is on call. */
export const ESCALATION: ReminderTerms['escalation'] = [
  { stage: 'fallback', afterMinutes: 60, users: [], groups: [LEADS] },
  { stage: 'on-call', afterMinutes: 90, users: [], groups: [], onCall: ['databases'] },
];
/** All whom a look finds: those who may decide, and those who may not. */
export const EVERYBODY = [
  APPROVER,
  GROUP_APPROVER,
  REQUESTER,
  LINKED_ACCOUNT,
  BYSTANDER,
  GUEST,
  BOT,
  OUTSIDER,
  DEACTIVATED,
];

/** A request that waits for a week at most, of an instance with these terms. */
export function asked(
  terms: Partial<ReminderTerms> = {},
  policy: Partial<InstancePolicy> = {},
  isUrgent = false,
): Restore {
  return makeRestore('awaiting-approval', {
    requestedAt: ASKED,
    draft: { ...makeDraft(), isUrgent },
    policy: { requestExpiryMinutes: 7 * 24 * 60, reminders: { ...TERMS, ...terms }, ...policy },
  });
}

/** Looks whenever the record says so, until a moment, with these people found; `happens` may change the record before a look. */
export function untilThen(
  from: Restore,
  people: readonly PersonFacts[],
  end: Instant,
  more: { readonly holidays?: readonly Holidays[]; readonly happens?: (restore: Restore, at: Instant) => Restore } = {},
): Restore {
  let restore = from;
  for (let looks = 0; looks < 500; looks++) {
    const at = restore.state.status === 'awaiting-approval' ? reminderLookAt(restore) : undefined;
    if (at === undefined || at >= expiryOf(restore) || at > end) return restore;
    if (more.happens) restore = more.happens(restore, at);
    const look = { people, isWhole: true, ...(more.holidays ? { holidays: more.holidays } : {}) };
    const outcome = transition(restore, { type: 'reminded', at, asked: look });
    if (outcome.kind !== 'changed') return restore;
    restore = outcome.restore;
  }
  throw new Error('it is looked again and again');
}

function expiryOf({ state }: Restore): Instant {
  return state.status === 'awaiting-approval' ? state.expiresAt : '';
}

/** What was said of the request in this round. */
export const sentIn = (restore: Restore) => remindedNow(restore)?.sent ?? [];
/** Minutes after people were asked, and whom: `10 U0ANTON`. */
export const told = (restore: Restore) =>
  sentIn(restore).map(
    ({ kind, at, to }) =>
      `${(Date.parse(at) - Date.parse(ASKED)) / 60_000} ${kind === 'reminder' ? '' : `${kind} `}${to.join('+')}`,
  );
/** When the request expires. */
export const WEEK = addMinutes(ASKED, 7 * 24 * 60);
