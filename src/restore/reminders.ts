import { rulesOpen } from './escalation.ts';
import type { Holidays } from './holidays.ts';
import { addMinutes } from './instant.ts';
import type { Instant, PersonId } from './names.ts';
import { areSamePerson, isNamedBy, standingRefusal } from './person.ts';
import type { AskedLook, PersonFacts } from './person-facts.ts';
import type { Reminded, Reminder } from './reminded.ts';
import { waitBefore } from './reminder-times.ts';
import type { Restore } from './restore.ts';
import { askedAt, remindedNow, roundOf } from './round.ts';
import { rulesNeeded } from './rules-needed.ts';
import type { EscalationStage, ReminderTerms } from './terms.ts';
import { filledRules, isFilled, voteOf } from './votes.ts';
import { nextWorkingMoment } from './working-hours.ts';

type Known = Extract<PersonFacts, { kind: 'known' }>;

/** How long after a look that was not whole the next one comes. */
const LOOK_AGAIN_MINUTES = 5;
/** For somebody whose zone Slack does not say. */
const ZONE_WHEN_UNKNOWN = 'UTC';

/**
 * What was done in this round when everything that is due at `at` has been done as well. Somebody is reminded so often as
 * the terms say, each time after a longer wait that counts from when they were last asked, and only while at work. The
 * requester never is, nor who has voted, says that they are looking, or is not needed.
 */
export function remindedAt(restore: Restore, look: AskedLook, at: Instant): Reminded {
  const before = remindedNow(restore)?.sent ?? [];
  const { reminders: terms } = restore.terms;
  const round = roundOf(restore);
  if (!terms) return { round, sent: before };
  const told = escalations(restore, terms, look, at);
  const escalated = { ...restore, reminded: { round, sent: [...before, ...told.due] } };
  const again = remindersOf(escalated, terms, look, at);
  const to = again.filter((one) => one.at <= at).map(({ id }) => id);
  const sent: readonly Reminder[] = [
    ...escalated.reminded.sent,
    ...(to.length > 0 ? [{ kind: 'reminder' as const, at, to }] : []),
  ];
  const after = remindersOf({ ...escalated, reminded: { round, sent } }, terms, look, at).map((one) => one.at);
  const soon = look.isWhole ? [] : [addMinutes(at, LOOK_AGAIN_MINUTES)];
  const [lookAt] = [...told.later, ...after, ...soon].sort();
  return { round, sent, ...(lookAt === undefined ? {} : { lookAt }) };
}

/** Those who are missing and may be asked at this moment: at work, unless the request is urgent, and not looking. */
export function peopleToNudge(restore: Restore, look: AskedLook, at: Instant): readonly PersonId[] {
  return peopleMissing(restore, look.people)
    .filter(({ id }) => lookingUntil(restore, id, at) === undefined)
    .filter((person) => atWorkFrom(restore, look, person, at) === at)
    .map(({ id }) => id);
}

/** When the first of those who are missing may be asked, from `at` on; undefined when nobody ever may. */
export function nudgeMayComeFrom(restore: Restore, look: AskedLook, at: Instant): Instant | undefined {
  const moments = peopleMissing(restore, look.people).flatMap(({ id, ...person }) => {
    const from = lookingUntil(restore, id, at) ?? at;
    return atWorkFrom(restore, look, { id, ...person }, from) ?? [];
  });
  return [...moments].sort()[0];
}

/**
 * When the first of these people is at work, from `at` on; undefined when none ever is. With no hours given, everybody
 * always is.
 */
export function firstAtWork(
  people: readonly PersonFacts[],
  hours: ReminderTerms['workingHours'],
  holidays: readonly Holidays[],
  at: Instant,
): Instant | undefined {
  const zones = people.flatMap((person) => (person.kind === 'known' ? [person.zone ?? ZONE_WHEN_UNKNOWN] : []));
  if (!hours) return people.length > 0 ? at : undefined;
  const [first] = [...new Set(zones)].flatMap((zone) => nextWorkingMoment(zone, at, hours, holidays) ?? []).sort();
  return first;
}

/** Humans whose answer is still missing: named by a rule that is not filled, once each, and never the requester. */
function peopleMissing(restore: Restore, people: readonly PersonFacts[]): readonly Known[] {
  const { state } = restore;
  const votes = state.status === 'awaiting-approval' ? state.votes : [];
  const unfilled = new Set(
    filledRules(restore, votes)
      .filter((one) => !isFilled(one))
      .map(({ rule }) => rule.name),
  );
  const rules = rulesOpen(restore).filter(({ name }) => unfilled.has(name));
  return able(restore, people).filter((person) => rules.some((rule) => isNamedBy(rule, person)));
}

/** Who could still vote, each human by one account. */
function able({ state, request, terms }: Restore, people: readonly PersonFacts[]): readonly Known[] {
  const votes = state.status === 'awaiting-approval' ? state.votes : [];
  return people
    .filter((person): person is Known => standingRefusal(person) === undefined)
    .filter(({ id }) => !areSamePerson(id, request.requestedBy, terms.samePeople))
    .filter(({ id }) => voteOf(id, votes, terms.samePeople) === undefined)
    .filter(
      ({ id }, index, all) => !all.slice(0, index).some((other) => areSamePerson(other.id, id, terms.samePeople)),
    );
}

/** The stages whose time has come, with whom to tell now, and when somebody else is to be told. */
function escalations(
  restore: Restore,
  terms: ReminderTerms,
  look: AskedLook,
  at: Instant,
): { readonly due: readonly Reminder[]; readonly later: readonly Instant[] } {
  const due: Reminder[] = [];
  const later: Instant[] = [];
  for (const stage of terms.escalation) {
    const stageAt = addMinutes(askedAt(restore), stage.afterMinutes);
    if (stageAt > at) {
      later.push(stageAt);
      continue;
    }
    const moments = able(restore, look.people)
      .filter((person) => isNamedBy(stage, person) && !wasTold(restore, stage, person.id))
      .flatMap((person) => {
        const moment = atWorkFrom(restore, look, person, at);
        return moment === undefined ? [] : [{ id: person.id, moment }];
      });
    const to = moments.filter(({ moment }) => moment <= at).map(({ id }) => id);
    later.push(...moments.filter(({ moment }) => moment > at).map(({ moment }) => moment));
    const isNew = !sentNow(restore).some(({ kind }) => kind === stage.stage);
    const unknown = (look.unknownSchedules ?? []).filter((alias) => stage.onCall?.includes(alias));
    if (isNew || to.length > 0) due.push({ kind: stage.stage, at, to, ...(unknown.length > 0 ? { unknown } : {}) });
  }
  return { due, later };
}

/** When each of those who are missing is due for their next reminder. */
function remindersOf(
  restore: Restore,
  terms: ReminderTerms,
  look: AskedLook,
  at: Instant,
): readonly { readonly id: PersonId; readonly at: Instant }[] {
  const named = rulesNeeded(restore);
  return peopleMissing(restore, look.people).flatMap((person) => {
    const own = sentNow(restore).filter(({ to }) => isAmong(person.id, to, restore));
    const wait = waitBefore(terms, own.filter(({ kind }) => kind === 'reminder').length);
    const isNamed = named.some((rule) => isNamedBy(rule, person));
    const last = own.at(-1)?.at ?? (isNamed ? askedAt(restore) : undefined);
    if (wait === undefined || last === undefined) return [];
    const due = latest(addMinutes(last, wait), lookingUntil(restore, person.id, at) ?? at);
    const moment = atWorkFrom(restore, look, person, due);
    return moment === undefined ? [] : [{ id: person.id, at: moment }];
  });
}

/** From when on somebody may be asked, at `at` or later. */
function atWorkFrom(
  { request, terms }: Restore,
  { holidays = [] }: AskedLook,
  { zone = ZONE_WHEN_UNKNOWN }: Known,
  at: Instant,
): Instant | undefined {
  const hours = terms.reminders?.workingHours;
  if (request.urgent || !hours) return at;
  return nextWorkingMoment(zone, at, hours, holidays);
}

function lookingUntil({ state, terms }: Restore, id: PersonId, at: Instant): Instant | undefined {
  const looking = state.status === 'awaiting-approval' ? state.looking : undefined;
  return looking && looking.until > at && areSamePerson(looking.by, id, terms.samePeople) ? looking.until : undefined;
}

function wasTold(restore: Restore, { stage }: EscalationStage, id: PersonId): boolean {
  return sentNow(restore).some(({ kind, to }) => kind === stage && isAmong(id, to, restore));
}

function isAmong(id: PersonId, others: readonly PersonId[], { terms }: Restore): boolean {
  return others.some((other) => areSamePerson(other, id, terms.samePeople));
}

function sentNow(restore: Restore): readonly Reminder[] {
  return remindedNow(restore)?.sent ?? [];
}

function latest(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
