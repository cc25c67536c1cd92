import { newsOfApprovability } from './approvability-look.ts';
import { noted, type Outcome, refused, stale } from './change.ts';
import { alreadyPast, requestExpired } from './decision-refusal.ts';
import type { PersonEvent, WorkerEvent } from './event.ts';
import type { NewEntry } from './history.ts';
import { addMinutes } from './instant.ts';
import type { Instant } from './names.ts';
import { areSamePerson, standingRefusal } from './person.ts';
import type { Refusal } from './refusal.ts';
import type { Reminder } from './reminded.ts';
import { nudgeMayComeFrom, peopleToNudge, remindedAt } from './reminders.ts';
import type { Restore } from './restore.ts';
import { remindedNow, roundOf } from './round.ts';

type Nudged = Extract<PersonEvent, { type: 'nudged' }>;

/** For a record of an earlier release, whose terms say nothing of nudges. */
const NUDGES = { everyMinutes: 15, most: 3 } as const;

/** A worker saw whom a reminder is due to: they are on record from now on, and so is what they are owed. */
export function afterReminding(restore: Restore, event: Extract<WorkerEvent, { type: 'reminded' }>): Outcome {
  const { state } = restore;
  if (state.status !== 'awaiting-approval' || event.at >= state.expiresAt) return stale();
  const before = remindedNow(restore);
  const reminded = remindedAt(restore, event.asked, event.at);
  const sent = reminded.sent.slice(before?.sent.length ?? 0);
  const news = newsOfApprovability(restore, event.asked, event.at);
  if (!news && before && sent.length === 0 && reminded.lookAt === before.lookAt) return stale();
  return noted({ ...restore, reminded, ...news?.found }, event, { ...factsOf(sent), ...news?.facts });
}

/** The requester asks those who are missing once more, so often as the terms allow. */
export function afterNudge(restore: Restore, event: Nudged): Outcome {
  const refusal = nudgeRefusal(restore, event);
  if (refusal) return refused(refusal);
  const { at, asked } = event;
  const to = peopleToNudge(restore, asked, at);
  if (to.length === 0) {
    const from = nudgeMayComeFrom(restore, asked, at);
    return refused({ reason: 'nobody-to-nudge', ...(from ? { from } : {}) });
  }
  const nudge: Reminder = { kind: 'nudge', at, to };
  const before = remindedNow(restore);
  const nudged = { ...before, round: roundOf(restore), sent: [...(before?.sent ?? []), nudge] };
  const reminded = remindedAt({ ...restore, reminded: nudged }, asked, at);
  const sent = reminded.sent.slice(before?.sent.length ?? 0);
  const news = newsOfApprovability(restore, asked, at);
  return noted({ ...restore, reminded, ...news?.found }, event, { ...factsOf(sent), ...news?.facts });
}

function nudgeRefusal(restore: Restore, { person, at }: Nudged): Refusal | undefined {
  const { requestedBy } = restore.request;
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (!areSamePerson(person.id, requestedBy, restore.terms.samePeople)) {
    return { reason: 'not-the-requester', requestedBy };
  }
  const expired = requestExpired(restore, at);
  if (expired) return expired;
  return restore.state.status === 'awaiting-approval' ? limitRefusal(restore, at) : alreadyPast(restore);
}

function limitRefusal(restore: Restore, at: Instant): Refusal | undefined {
  const { everyMinutes, most } = restore.terms.reminders?.nudges ?? NUDGES;
  const nudges = (remindedNow(restore)?.sent ?? []).filter(({ kind }) => kind === 'nudge');
  if (nudges.length >= most) return { reason: 'nudged-enough', most };
  const last = nudges.at(-1);
  const until = last && addMinutes(last.at, everyMinutes);
  return until && until > at ? { reason: 'nudged-lately', until } : undefined;
}

/** Who was asked by what, for the history. */
function factsOf(sent: readonly Reminder[]): NewEntry['facts'] {
  if (sent.length === 0) return { nobody: true };
  const words = sent.map(({ kind, to }) => `${kind} to ${to.length || 'nobody at work'}`).join(', ');
  return { ...Object.fromEntries(sent.map(({ kind, to }) => [kind, to.join(', ')])), words };
}
