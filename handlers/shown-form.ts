import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { troubleOf } from '../src/slack/slack-errors.ts';

/** Slack did not show a form, or did not say so. Showing it records nothing. */
export class FormNotShownError extends Error {
  override readonly name = 'FormNotShownError';
}

/** Slack's word for a trigger that has opened a form: https://docs.slack.dev/reference/methods/views.open */
const OPENED_BEFORE = 'exchanged_trigger_id';
/** Slack's word for a form that was closed: https://docs.slack.dev/reference/methods/views.update */
const CLOSED = 'not_found';

/**
 * Opens a form for a click or a command, within the three seconds that its trigger is good for. Resolves with the view's id, or
 * with nothing when Slack delivered the same click before: the form is open then, and belongs to that delivery. Rejects with
 * a `FormNotShownError`. The bot's client never repeats a call by itself, so that no other way leads to a used trigger.
 */
export async function openForm(client: WebClient, triggerId: string, view: ModalView): Promise<string | undefined> {
  const opened = await shown(OPENED_BEFORE, client.views.open({ trigger_id: triggerId, view }));
  return opened?.view?.id;
}

/** Draws an open form anew. Resolves with false when its person has closed it. Rejects with a `FormNotShownError`. */
export async function redrawForm(client: WebClient, viewId: string, view: ModalView): Promise<boolean> {
  return (await shown(CLOSED, client.views.update({ view_id: viewId, view }))) !== undefined;
}

/** What Slack answered, or nothing when it refused because there is nothing to do. */
async function shown<T>(idle: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind === 'refused' && trouble.code === idle) return undefined;
    throw new FormNotShownError('Slack did not show the form', { cause: error });
  }
}
