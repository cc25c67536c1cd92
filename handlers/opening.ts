import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { trouble } from '../messages/trouble.ts';
import type { StartRules } from '../src/coordinator.ts';
import type { Attempt } from '../src/restore/event.ts';
import type { Reader } from '../src/restore/language.ts';
import type { Instant } from '../src/restore/names.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { Refusal } from '../src/restore/refusal.ts';
import type { Restore } from '../src/restore/restore.ts';
import type { PeopleRule } from '../src/restore/terms.ts';
import type { Desk } from './desk.ts';
import { openForm } from './shown-form.ts';
import { interactionOf, placeOf, restoreIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { whisper, whisperRefusal } from './whisper.ts';

/** A form behind a button, and who gets to see it. */
export interface Opening {
  readonly attempt: Attempt;
  /** Why this person may not fill it in at this moment. */
  readonly refusalOf: (restore: Restore, person: PersonFacts, at: Instant, seen: Seen) => Refusal | undefined;
  /** Among whom the person is looked for. */
  readonly peopleAsked: (restore: Restore) => PeopleRule;
  readonly form: (
    shown: Seen & {
      readonly restore: Restore;
      readonly now: Instant;
      readonly person: PersonFacts;
      readonly reader: Reader;
    },
  ) => ModalView;
  /** It leads to a start, so that what the rules allow counts, and when. */
  readonly leadsToStart?: true;
}

interface Seen {
  /** The channel of the button; the person themselves in a direct message. */
  readonly place: string | undefined;
  /** What the rules say of the start. Absent: nothing, or it does not matter. */
  readonly start: StartRules | undefined;
}

/** Only who may decide sees the form; everybody else hears why not, and the history keeps it. */
export function opening(desk: Desk, { attempt, refusalOf, peopleAsked, form, leadsToStart }: Opening) {
  return async ({ ack, body, action, client }: SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs) => {
    const id = restoreIdOf(action);
    const place = placeOf(body);
    const whispering = { client, person: body.user.id, channel: body.channel?.id };
    try {
      const loaded = id === undefined ? undefined : await desk.coordinator.find(id);
      await ack();
      if (!loaded) return await whisper(desk, whispering, (reader) => trouble('unknown-restore', reader));
      const { restore, now } = loaded;
      // The view must be open within three seconds of the click: opening and reading the person go side by side.
      const [person, start] = await Promise.all([
        desk.directory.readForDecision(body.user.id, peopleAsked(restore)),
        leadsToStart ? desk.coordinator.startRulesFor(restore) : undefined,
      ]);
      const seen = { place, start };
      const refusal = refusalOf(restore, person, now, seen);
      if (refusal) {
        await desk.coordinator.recordRefusal(restore.id, { by: person.id, attempt, ...interactionOf(body) }, refusal);
        return await whisperRefusal(desk, whispering, refusal, restore);
      }
      const view = form({ restore, now, person, ...seen, reader: await desk.directory.readerOf(body.user.id) });
      await openForm(client, body.trigger_id, view);
    } catch (error) {
      desk.log.error({ err: error, restoreId: id }, 'click could not be answered as it should');
      await ack();
      await whisper(desk, whispering, (reader) => troubleWords(error, reader));
    }
  };
}
