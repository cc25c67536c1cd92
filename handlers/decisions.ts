import type { AllMiddlewareArgs, App, BlockButtonAction, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { ACTION, FIELD, VIEW } from '../messages/action-ids.ts';
import { approvalForm } from '../messages/approval-form.ts';
import { denialForm } from '../messages/denial-form.ts';
import { refusalText } from '../messages/refusal.ts';
import { trouble } from '../messages/trouble.ts';
import type { Loaded, NewEvent } from '../src/coordinator.ts';
import type { Attempt, PersonFacts } from '../src/restore/event.ts';
import { decisionRefusal } from '../src/restore/person-rules.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { Desk } from './desk.ts';
import { decisionOf, type FormValues, formValues, interactionOf, restoreIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { whisper, whisperRefusal } from './whisper.ts';

/** The second person: a button opens a form, the form decides. */
export function registerDecisions(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(ACTION.approve, opening(desk, 'open-approval', approvalForm));
  app.action<BlockButtonAction>(
    ACTION.deny,
    opening(desk, 'deny', (restore) => denialForm(restore)),
  );

  app.view<ViewSubmitAction>(
    { callback_id: VIEW.approvalForm, type: 'view_submission' },
    deciding(desk, FIELD.restoreWord, {
      errorsIn: wrongWords,
      event: (person, _values, planHash) => ({ type: 'approved', person, planHash: planHash ?? '' }),
    }),
  );
  app.view<ViewSubmitAction>(
    { callback_id: VIEW.denialForm, type: 'view_submission' },
    deciding(desk, FIELD.denialReason, {
      errorsIn: (values) =>
        values.text(FIELD.denialReason) ? undefined : { [FIELD.denialReason]: trouble('denial-needs-reason').text },
      event: (person, values) => ({ type: 'denied', person, why: values.text(FIELD.denialReason) ?? '' }),
    }),
  );
}

/** Only who may decide sees the form; everybody else hears why not, and the history keeps it. */
function opening(desk: Desk, attempt: Attempt, form: (restore: Restore, now: string) => ModalView) {
  return async ({ ack, body, action, client }: ButtonArrived) => {
    const id = restoreIdOf(action);
    const whispering = { client, person: body.user.id, channel: body.channel?.id };
    try {
      const loaded = id === undefined ? undefined : await desk.coordinator.find(id);
      await ack();
      if (!loaded) return await whisper(desk, whispering, trouble('unknown-restore').text);
      const { restore, now } = loaded;
      // The view must be open within three seconds of the click: opening and reading the person go side by side.
      const person = await desk.directory.readForDecision(body.user.id, restore.terms.approvers);
      const mayBeHeldUp = attempt === 'open-approval';
      const refusal =
        decisionRefusal(restore, person, now) ?? (mayBeHeldUp ? desk.coordinator.clocksRefusal() : undefined);
      if (refusal) {
        await desk.coordinator.recordRefusal(restore.id, { by: person.id, attempt, ...interactionOf(body) }, refusal);
        return await whisperRefusal(desk, whispering, refusal, restore);
      }
      await client.views.open({ trigger_id: body.trigger_id, view: form(restore, now) }).catch((error: unknown) => {
        desk.log.error({ err: error, restoreId: id }, 'form could not be opened');
        return whisper(desk, whispering, trouble('unexpected').text);
      });
    } catch (error) {
      desk.log.error({ err: error, restoreId: id }, 'click could not be answered as it should');
      await ack();
      await whisper(desk, whispering, troubleWords(error).text);
    }
  };
}

interface Decision {
  /** Errors by block id when what was typed cannot be accepted; undefined when it can. */
  readonly errorsIn: (values: FormValues, restore: Restore) => Record<string, string> | undefined;
  readonly event: (person: PersonFacts, values: FormValues, planHash: string | undefined) => NewEvent;
}

/** Acknowledged only when the decision is on record, so that an open form means that nothing was decided. */
function deciding(desk: Desk, errorField: string, decision: Decision) {
  return async ({ ack, body, view }: ViewSubmitted) => {
    const fail = (text: string) => ack({ response_action: 'errors', errors: { [errorField]: text } });
    const shown = decisionOf(view.private_metadata);
    if (!shown) return fail(trouble('unreadable-form').text);
    try {
      const loaded: Loaded | undefined = await desk.coordinator.find(shown.id);
      if (!loaded) return await fail(trouble('unknown-restore').text);
      const values = formValues(view.state);
      const errors = decision.errorsIn(values, loaded.restore);
      if (errors) return await ack({ response_action: 'errors', errors });
      const person = await desk.directory.readForDecision(body.user.id, loaded.restore.terms.approvers);
      const event = { ...decision.event(person, values, shown.planHash), ...interactionOf(body) };
      const applied = await desk.coordinator.apply(shown.id, event, loaded);
      switch (applied.kind) {
        case 'changed':
        case 'repeated':
          return await ack();
        case 'refused':
          return await fail(refusalText(applied.refusal, { restore: applied.restore }).text);
        case 'unknown':
          return await fail(trouble('unknown-restore').text);
        default:
          return applied satisfies never;
      }
    } catch (error) {
      desk.log.error({ err: error, restoreId: shown.id }, 'decision could not be recorded');
      return fail(troubleWords(error).text);
    }
  };
}

/** The two words of the confirmation: `RESTORE` as in the Aura console, and the instance's name, in any case. */
function wrongWords(values: FormValues, { plan }: Restore): Record<string, string> | undefined {
  const errors: Record<string, string> = {};
  if (values.text(FIELD.restoreWord) !== 'RESTORE') {
    errors[FIELD.restoreWord] = 'Type the word RESTORE in capital letters.';
  }
  if (values.text(FIELD.instanceName)?.toLowerCase() !== plan.instance.alias.toLowerCase()) {
    errors[FIELD.instanceName] =
      'This is not the name of the instance on the card. Read the card again: is it the right one?';
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}

type ButtonArrived = import('@slack/bolt').SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
type ViewSubmitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
