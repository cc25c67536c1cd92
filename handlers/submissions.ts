import type { AllMiddlewareArgs, AnyMiddlewareArgs, App, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { plainWords } from '../messages/plain-words.ts';
import { refusalText } from '../messages/refusal.ts';
import { trouble } from '../messages/trouble.ts';
import type { Applied } from '../src/coordinator.ts';
import type { Reader } from '../src/restore/language.ts';
import type { Say } from './whisper.ts';

/** A form that a person sent. */
export type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/**
 * Says what is done with a form when it is sent. It is taken before Bolt asks each of its listeners whether the form is
 * theirs: with some thirty of them that would cost more than to record a decision. The guard that was registered first
 * still stands before it.
 */
export function onSubmission(app: App, callbackId: string, handle: (submitted: Submitted) => Promise<void>): void {
  app.use(async (arrived) => (isSubmissionOf(callbackId, arrived) ? handle(arrived) : arrived.next()));
}

function isSubmissionOf(callbackId: string, arrived: AnyMiddlewareArgs & AllMiddlewareArgs): arrived is Submitted {
  return 'view' in arrived && arrived.body.type === 'view_submission' && arrived.view.callback_id === callbackId;
}

/** The answer that leaves a sent form open, with what is wrong by block id: Slack shows these words as they are written. */
export function atFields(errors: Readonly<Record<string, string>>, reader: Reader) {
  const said = Object.entries(errors).map(([field, words]) => [field, plainWords(words, reader)] as const);
  return { response_action: 'errors' as const, errors: Object.fromEntries(said) };
}

/** Ends a sent form by what became of it: it closes when that is on record, and else says at its field why not. */
export async function endForm(
  applied: Applied,
  { ack, fail }: { readonly ack: Submitted['ack']; readonly fail: (say: Say) => Promise<void> },
): Promise<void> {
  switch (applied.kind) {
    case 'changed':
    case 'repeated':
      return ack();
    case 'refused':
      return fail((reader) => refusalText(applied.refusal, { restore: applied.restore, reader }));
    case 'unknown':
      return fail((reader) => trouble('unknown-restore', reader));
    default:
      return applied satisfies never;
  }
}
