import { rulesFor, stagesTold } from '../src/restore/escalation.ts';
import type { Instant } from '../src/restore/names.ts';
import { reminderLookAt } from '../src/restore/reminder-times.ts';
import type { Restore } from '../src/restore/restore.ts';
import { remindedNow } from '../src/restore/round.ts';
import type { EscalationStage, ReminderTerms } from '../src/restore/terms.ts';
import { enumerated, everybody, listed, ruleName } from './people.ts';
import { coming, elapsed, escaped, mention, past } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

const MINUTE_MS = 60_000;

/** On the card while people are asked: until when, how they are asked again, whom it escalates to, and what was done so far. */
export function askingAgainLines(restore: Restore, now: Instant, words: Words = ENGLISH): readonly string[] {
  const { state, request, terms } = restore;
  if (state.status !== 'awaiting-approval') return [];
  const { reminders } = terms;
  return [
    clocksLine(coming(state.expiresAt, now, words), terms, words),
    ...(request.urgent ? [words.asking.urgent] : []),
    ...(reminders ? planLines(restore, reminders, words) : []),
    ...doneLines(restore, { expiresAt: state.expiresAt, now, words }),
  ];
}

/** Both clocks: how long people may answer, and how long what they agreed to may go unused. */
export function clocksLine(
  until: string,
  { executionExpiryMinutes }: Restore['terms'],
  words: Words = ENGLISH,
): string {
  return words.asking.clocks({
    until,
    lapsesAfter: elapsed(executionExpiryMinutes * MINUTE_MS, words),
  });
}

/** What can come before the request expires: one sentence for the reminders and one for each stage. */
function planLines(restore: Restore, reminders: ReminderTerms, words: Words): readonly string[] {
  const { requestExpiryMinutes } = restore.terms;
  const times = reminders.afterMinutes.filter((minutes) => minutes < requestExpiryMinutes);
  const stages = reminders.escalation.filter(({ afterMinutes }) => afterMinutes < requestExpiryMinutes);
  return [
    ...(times.length > 0
      ? [
          words.asking.reminded({
            times: enumerated(
              times.map((minutes) => elapsed(minutes * MINUTE_MS, words)),
              words,
            ),
            inWorkingHours: reminders.workingHours !== undefined && !restore.request.urgent,
          }),
        ]
      : []),
    ...stages.map((stage) => stageLine(restore, stage, words)),
  ];
}

function stageLine(restore: Restore, stage: EscalationStage, words: Words): string {
  const { asking } = words;
  const people = everybody(stage, words);
  const rules = rulesFor(stage.stage, restore).map((rule) => ruleName(rule, words));
  if (stagesTold(restore).some((told) => told.stage === stage.stage)) {
    const last = remindedNow(restore)?.sent.findLast(({ kind }) => kind === stage.stage);
    const unknown = (last?.unknown ?? []).map(escaped);
    const told = asking.escalated({ people, may: rules.length > 0 ? asking.mayNow(rules) : asking.onlyTold });
    return unknown.length > 0 ? `${told} ${asking.notFoundOut(listed(unknown, words))}` : told;
  }
  const after = elapsed(stage.afterMinutes * MINUTE_MS, words);
  return asking.escalates({ after, people, may: rules.length > 0 ? asking.mayThen(rules) : asking.onlyTold });
}

/** What was done last, and when more comes. */
function doneLines(
  restore: Restore,
  { expiresAt, now, words }: { readonly expiresAt: Instant; readonly now: Instant; readonly words: Words },
): readonly string[] {
  const last = remindedNow(restore)?.sent.findLast(({ to }) => to.length > 0);
  if (!last) return [];
  const next = reminderLookAt(restore);
  const isToCome = next !== undefined && next > now && next < expiresAt;
  return [
    words.asking.askedAgain({
      at: past(last.at),
      people: listed(last.to.map(mention.person), words),
      kind: last.kind,
      next: isToCome ? coming(next, now, words) : undefined,
    }),
  ];
}
