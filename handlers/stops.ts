import type { AllMiddlewareArgs, App, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { ACTION } from '../messages/action-ids.ts';
import { trouble } from '../messages/trouble.ts';
import type { NewEvent } from '../src/coordinator.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { Restore } from '../src/restore/restore.ts';
import { namedByAny, peopleAsked } from '../src/restore/rules-needed.ts';
import { stakeholdersNamed } from '../src/restore/stakeholders.ts';
import type { PeopleRule } from '../src/restore/terms.ts';
import type { Desk } from './desk.ts';
import { interactionOf, placeOf, restoreIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { whisper, whisperRefusal } from './whisper.ts';

/** One-click events: withdraw, acknowledge, say that one is looking, take a vote back, stop, and the answer to "did the restore run?". None of them destroys anything. */
export function registerStops(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(
    ACTION.withdraw,
    onClick(desk, (person) => ({ type: 'withdrawn', person })),
  );
  app.action<BlockButtonAction>(
    ACTION.look,
    onClick(desk, (person) => ({ type: 'looking', person })),
  );
  app.action<BlockButtonAction>(
    ACTION.takeBack,
    onClick(desk, (person) => ({ type: 'vote-taken-back', person })),
  );
  app.action<BlockButtonAction>(
    ACTION.acknowledge,
    onClick(desk, (person, place) => ({ type: 'acknowledged', person, ...(place === undefined ? {} : { place }) })),
  );
  app.action<BlockButtonAction>(
    ACTION.cancel,
    onClick(desk, (person) => ({ type: 'cancelled', person })),
  );
  app.action<BlockButtonAction>(
    ACTION.judgeRan,
    onClick(desk, (person) => ({ type: 'start-judged', person, ran: true })),
  );
  app.action<BlockButtonAction>(
    ACTION.judgeDidNotRun,
    onClick(desk, (person) => ({ type: 'start-judged', person, ran: false })),
  );
}

function onClick(desk: Desk, eventBy: (person: PersonFacts, place: string | undefined) => NewEvent) {
  return async ({ ack, body, action, client }: SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs) => {
    const id = restoreIdOf(action);
    const whispering = { client, person: body.user.id, channel: body.channel?.id };
    try {
      const loaded = id === undefined ? undefined : await desk.coordinator.find(id);
      if (!id || !loaded) {
        await ack();
        return await whisper(desk, whispering, (reader) => trouble('unknown-restore', reader));
      }
      const person = await desk.directory.readForDecision(body.user.id, peopleNamed(loaded.restore));
      const applied = await desk.coordinator.apply(id, { ...eventBy(person, placeOf(body)), ...interactionOf(body) });
      await ack();
      if (applied.kind === 'refused') await whisperRefusal(desk, whispering, applied.refusal, applied.restore);
    } catch (error) {
      desk.log.error({ err: error, restoreId: id }, 'click could not be recorded');
      await ack();
      await whisper(desk, whispering, (reader) => troubleWords(error, reader));
    }
  };
}

/** Where a person is looked for who may be an approver, a stakeholder, or both. */
function peopleNamed(restore: Restore): PeopleRule {
  return namedByAny([peopleAsked(restore), stakeholdersNamed(restore)]);
}
