import type { App, BlockButtonAction } from '@slack/bolt';
import { ACTION, FIELD, VIEW } from '../messages/action-ids.ts';
import { answerForm } from '../messages/answer-form.ts';
import { objectionForm } from '../messages/objection-form.ts';
import { trouble } from '../messages/trouble.ts';
import type { NewEvent } from '../src/coordinator.ts';
import { answererRefusal, objectorRefusal } from '../src/restore/objection.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { Restore } from '../src/restore/restore.ts';
import { peopleAsked } from '../src/restore/rules-needed.ts';
import { ANSWERS } from '../src/restore/stakeholder-facts.ts';
import { stakeholdersNamed } from '../src/restore/stakeholders.ts';
import type { PeopleRule } from '../src/restore/terms.ts';
import type { Desk } from './desk.ts';
import { opening } from './opening.ts';
import { answerOf, type FormValues, formValues, interactionOf, objectionOf } from './slack-input.ts';
import { atFields, endForm, onSubmission, type Submitted } from './submissions.ts';
import { troubleWords } from './trouble-words.ts';
import type { Say } from './whisper.ts';

/** What stakeholders say before a start, and what those who decide answer. */
export function registerObjections(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(
    ACTION.object,
    opening(desk, {
      attempt: 'object',
      refusalOf: (restore, person, _at, { place }) => objectorRefusal(restore, person, place),
      peopleAsked: stakeholdersNamed,
      form: ({ restore, place, reader }) => objectionForm(restore, place, reader),
    }),
  );
  app.action<BlockButtonAction>(
    ACTION.answer,
    opening(desk, {
      attempt: 'answer',
      refusalOf: answererRefusal,
      peopleAsked,
      form: ({ restore, person, reader }) => answerForm(restore, person, reader),
    }),
  );
  onSubmission(
    app,
    VIEW.objectionForm,
    saying(desk, FIELD.objection, stakeholdersNamed, (values, privateMetadata) => {
      const shown = objectionOf(privateMetadata);
      const why = values.text(FIELD.objection);
      if (!shown) return { kind: 'wrong', trouble: 'unreadable-form' };
      if (!why) return { kind: 'wrong', trouble: 'objection-needs-reason' };
      const at = shown.place === undefined ? {} : { place: shown.place };
      return { kind: 'said', id: shown.id, event: (person) => ({ type: 'objected', person, why, ...at }) };
    }),
  );
  onSubmission(
    app,
    VIEW.answerForm,
    saying(desk, FIELD.answerWords, peopleAsked, (values, privateMetadata) => {
      const shown = answerOf(privateMetadata);
      const words = values.text(FIELD.answerWords);
      const kind = ANSWERS.find((one) => one === values.choice(FIELD.answerKind));
      if (!shown) return { kind: 'wrong', trouble: 'unreadable-form' };
      if (!words || !kind) return { kind: 'wrong', trouble: 'answer-needs-words' };
      const { id, upTo } = shown;
      return { kind: 'said', id, event: (person) => ({ type: 'objections-answered', person, upTo, kind, words }) };
    }),
  );
}

/** What was filled in: an event by whoever sent it, or what is missing. */
type Filled =
  | { readonly kind: 'said'; readonly id: string; readonly event: (person: PersonFacts) => NewEvent }
  | { readonly kind: 'wrong'; readonly trouble: Parameters<typeof trouble>[0] };

/** Acknowledged only when it is on record, so that an open form means that nothing was said. */
function saying(
  desk: Desk,
  errorField: string,
  peopleAmong: (restore: Restore) => PeopleRule,
  read: (values: FormValues, privateMetadata: string) => Filled,
) {
  return async ({ ack, body, view }: Submitted) => {
    const fail = async (say: Say) => {
      const reader = await desk.directory.readerOf(body.user.id);
      await ack(atFields({ [errorField]: say(reader).text }, reader));
    };
    const filled = read(formValues(view.state), view.private_metadata);
    if (filled.kind === 'wrong') return fail((reader) => trouble(filled.trouble, reader));
    const { id } = filled;
    try {
      const loaded = await desk.coordinator.find(id);
      if (!loaded) return await fail((reader) => trouble('unknown-restore', reader));
      const person = await desk.directory.readForDecision(body.user.id, peopleAmong(loaded.restore));
      const applied = await desk.coordinator.apply(id, { ...filled.event(person), ...interactionOf(body) }, loaded);
      return await endForm(applied, { ack, fail });
    } catch (error) {
      desk.log.error({ err: error, restoreId: id }, 'what a stakeholder said could not be recorded');
      return fail((reader) => troubleWords(error, reader));
    }
  };
}
