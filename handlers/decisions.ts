import type { App, BlockButtonAction } from '@slack/bolt';
import { ACTION, FIELD, OWN_PLACE, VIEW } from '../messages/action-ids.ts';
import { approvalForm } from '../messages/approval-form.ts';
import { denialForm } from '../messages/denial-form.ts';
import { refusalText } from '../messages/refusal.ts';
import { trouble } from '../messages/trouble.ts';
import type { Loaded, NewEvent } from '../src/coordinator.ts';
import type { Proviso } from '../src/restore/agreement.ts';
import { startLimitOf } from '../src/restore/closing.ts';
import { approvalRefusal } from '../src/restore/confirmation.ts';
import { decisionRefusal } from '../src/restore/decision-refusal.ts';
import { calendarRefusal } from '../src/restore/draft.ts';
import { forbiddenRefusal } from '../src/restore/forbidden.ts';
import { instantOf } from '../src/restore/instant.ts';
import type { Reader } from '../src/restore/language.ts';
import type { Instant, PersonId } from '../src/restore/names.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import { instanceByName } from '../src/restore/policy.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Restore } from '../src/restore/restore.ts';
import { peopleAsked } from '../src/restore/rules-needed.ts';
import { startClosed } from '../src/restore/start-closed.ts';
import { wasShown } from '../src/restore/vote-rules.ts';
import { type WrongAnswers, wrongAnswers } from './confirmation.ts';
import type { Desk } from './desk.ts';
import { opening } from './opening.ts';
import { decisionOf, type FormValues, formValues, interactionOf } from './slack-input.ts';
import { atFields, endForm, onSubmission, type Submitted } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** The second person: a button opens a form, the form decides. */
export function registerDecisions(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(
    ACTION.approve,
    opening(desk, {
      attempt: 'open-approval',
      leadsToStart: true,
      refusalOf: (restore, person, at, { start }) =>
        approvalRefusal(restore, person, at) ??
        forbiddenRefusal(start) ??
        neverPossible(startClosed(restore, at, { calendar: start?.calendar })) ??
        desk.coordinator.clocksRefusal(),
      peopleAsked,
      form: ({ restore, now, person, reader, start }) =>
        approvalForm(restore, now, person, reader, start?.calendar && startLimitOf(restore, start.calendar, now)),
    }),
  );
  app.action<BlockButtonAction>(
    ACTION.deny,
    opening(desk, {
      attempt: 'deny',
      refusalOf: decisionRefusal,
      peopleAsked,
      form: ({ restore, reader }) => denialForm(restore, reader),
    }),
  );

  onSubmission(
    app,
    VIEW.approvalForm,
    deciding(desk, FIELD.restoreWord, {
      errorsIn: wrongAnswers,
      refusalOf: (restore, person, at, shown) =>
        approvalRefusal(restore, person, at) ?? (wasShown(restore, shown) ? undefined : { reason: 'plan-changed' }),
      event: (person, values, { shown, others }) => ({
        type: 'approved',
        person,
        ...placeChosen(values.choice(FIELD.place)),
        ...provisoIn(values),
        planHash: shown.planHash ?? '',
        others,
        ...(shown.round === undefined ? {} : { round: shown.round }),
      }),
    }),
  );
  onSubmission(
    app,
    VIEW.denialForm,
    deciding(desk, FIELD.denialReason, {
      refusalOf: decisionRefusal,
      errorsIn: (values, _restore, reader) =>
        values.text(FIELD.denialReason)
          ? undefined
          : { errors: { [FIELD.denialReason]: trouble('denial-needs-reason', reader).text } },
      event: (person, values) => ({ type: 'denied', person, why: values.text(FIELD.denialReason) ?? '' }),
    }),
  );
}

/** A start that is not possible now is no reason against the form, while a later one can be agreed to there. */
function neverPossible(closed: ReturnType<typeof startClosed>): ReturnType<typeof startClosed> {
  return closed?.nextPossible.length === 0 ? closed : undefined;
}

interface Decision {
  /** Why this person may not decide so at all: then their answers do not matter. */
  readonly refusalOf: (restore: Restore, person: PersonFacts, at: Instant, shown: Shown) => Refusal | undefined;
  /** When what was typed cannot be accepted; undefined when it can. */
  readonly errorsIn: (values: FormValues, restore: Restore, reader: Reader) => WrongAnswers | undefined;
  readonly event: (
    person: PersonFacts,
    values: FormValues,
    known: { readonly shown: Shown; readonly others: readonly PersonFacts[] },
  ) => NewEvent;
}

/** Slack gives up on a form after 3 s; some of them pass on the way. */
const LATE_MS = 2_400;

/** Acknowledged only when the decision is on record, so that an open form means that nothing was decided. */
function deciding(desk: Desk, errorField: string, decision: Decision) {
  return async ({ ack, body, view, client }: Submitted) => {
    const arrivedMs = performance.now();
    const reading = () => desk.directory.readerOf(body.user.id);
    const fail = async (say: Say) => {
      const reader = await reading();
      await ack(atFields({ [errorField]: say(reader).text }, reader));
      // Slack may have given up on the form by now, and its person would never hear the no; a yes stands on the card.
      if (performance.now() - arrivedMs > LATE_MS) await whisper(desk, { client, person: body.user.id }, say);
    };
    const shown = decisionOf(view.private_metadata);
    if (!shown) return fail((reader) => trouble('unreadable-form', reader));
    try {
      const loaded: Loaded | undefined = await desk.coordinator.find(shown.id);
      if (!loaded) return await fail((reader) => trouble('unknown-restore', reader));
      const values = formValues(view.state);
      const ids = [body.user.id, ...agreedEarlier(loaded.restore)];
      const [own, ...others] = await desk.directory.readEachForDecision(ids, peopleAsked(loaded.restore));
      const person = own ?? { kind: 'unreadable', id: body.user.id };
      const wrong = decision.errorsIn(values, loaded.restore, await reading());
      if (wrong && !decision.refusalOf(loaded.restore, person, loaded.now, shown)) {
        if (wrong.attempt) {
          const tried = { by: person.id, attempt: 'approve', ...interactionOf(body) } as const;
          // A few wrong answers of one person close their form for a while, so that nobody approves by guessing.
          await desk.coordinator.recordRefusal(shown.id, tried, { reason: wrong.attempt });
        }
        return await ack(atFields(wrong.errors, await reading()));
      }
      const closed = closedStart(desk, values, loaded.restore);
      if (closed) {
        const tried = { by: person.id, attempt: 'approve', ...interactionOf(body) } as const;
        await desk.coordinator.recordRefusal(shown.id, tried, closed);
        const reader = await reading();
        return await ack(atFields({ [FIELD.notBefore]: refusalText(closed, { reader }).text }, reader));
      }
      const event = {
        ...decision.event(person, values, { shown, others }),
        ...interactionOf(body),
      };
      const applied = await desk.coordinator.apply(shown.id, event, loaded);
      return await endForm(applied, { ack, fail });
    } catch (error) {
      desk.log.error({ err: error, restoreId: shown.id }, 'decision could not be recorded');
      return fail((reader) => troubleWords(error, reader));
    }
  };
}

/** What the yes depends on, as it was filled in. */
function provisoIn(values: FormValues): { readonly proviso?: Pick<Proviso, 'condition' | 'notBefore'> } {
  const condition = values.text(FIELD.condition);
  const seconds = values.time(FIELD.notBefore);
  if (condition === undefined && seconds === undefined) return {};
  return {
    proviso: {
      ...(condition === undefined ? {} : { condition }),
      ...(seconds === undefined ? {} : { notBefore: instantOf(seconds * 1000) }),
    },
  };
}

/** A later start that the calendar does not allow; no wrong answer, but it could never be accepted as it is. */
function closedStart(desk: Desk, values: FormValues, { plan }: Restore): Refusal | undefined {
  const seconds = values.time(FIELD.notBefore);
  const policy = instanceByName(desk.policy, plan.instance.auraId);
  return seconds === undefined || !policy
    ? undefined
    : calendarRefusal(policy, instantOf(seconds * 1000), plan.freezeOverride);
}

/** In their own right is what a vote is anyway when nobody else is named. */
function placeChosen(choice: string | undefined): { readonly standingInFor?: PersonId } {
  return choice === undefined || choice === OWN_PLACE ? {} : { standingInFor: choice };
}

function agreedEarlier({ state }: Restore): readonly PersonId[] {
  return state.status === 'awaiting-approval'
    ? state.votes.filter(({ kind }) => kind === 'approve').map(({ by }) => by)
    : [];
}

type Shown = NonNullable<ReturnType<typeof decisionOf>>;
