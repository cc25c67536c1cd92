import type { AllMiddlewareArgs, App, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { ACTION } from '../messages/action-ids.ts';
import { trouble } from '../messages/trouble.ts';
import type { NewEvent } from '../src/coordinator.ts';
import type { Instant, PersonId } from '../src/restore/names.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import { namedByAny, peopleAsked } from '../src/restore/rules-needed.ts';
import type { Desk } from './desk.ts';
import { interactionOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { whisper, whisperRefusal } from './whisper.ts';

/** Which yes a button is about: the restore, whose it is, and when it was given. */
interface Named {
  readonly id: string;
  readonly of: PersonId;
  readonly votedAt: Instant;
}

/** The requester accepts or declines what a yes depends on. */
export function registerProvisos(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(
    ACTION.acceptProviso,
    settling(desk, ({ of, votedAt }, [person, ...others]) => ({
      type: 'proviso-accepted',
      person,
      of,
      votedAt,
      others,
    })),
  );
  app.action<BlockButtonAction>(
    ACTION.declineProviso,
    settling(desk, ({ of, votedAt }, [person]) => ({ type: 'proviso-declined', person, of, votedAt })),
  );
}

function settling(desk: Desk, eventBy: (named: Named, people: readonly [PersonFacts, ...PersonFacts[]]) => NewEvent) {
  return async ({ ack, body, action, client }: SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs) => {
    const named = namedBy(action);
    const whispering = { client, person: body.user.id, channel: body.channel?.id };
    try {
      const loaded = named && (await desk.coordinator.find(named.id));
      if (!named || !loaded) {
        await ack();
        return await whisper(desk, whispering, (reader) => trouble('unknown-restore', reader));
      }
      const { restore } = loaded;
      const voters = restore.state.status === 'awaiting-approval' ? restore.state.votes.map(({ by }) => by) : [];
      const requesters = await desk.coordinator.requestersSince(restore);
      const [person, ...others] = await desk.directory.readEachForDecision(
        [body.user.id, ...voters],
        namedByAny([peopleAsked(restore), ...(requesters ? [requesters] : [])]),
      );
      const facts = person ?? { kind: 'unreadable', id: body.user.id };
      const event = { ...eventBy(named, [facts, ...others]), ...interactionOf(body) };
      const applied = await desk.coordinator.apply(named.id, event, loaded);
      await ack();
      if (applied.kind === 'refused') await whisperRefusal(desk, whispering, applied.refusal, applied.restore);
    } catch (error) {
      desk.log.error({ err: error, restoreId: named?.id }, 'click could not be recorded');
      await ack();
      await whisper(desk, whispering, (reader) => troubleWords(error, reader));
    }
  };
}

const button = z.object({ value: z.string() });
const parts = z.tuple([z.string().regex(/^R-\d+$/), z.string().regex(/^[UW][A-Z0-9]+$/), z.iso.datetime()]);

function namedBy(action: unknown): Named | undefined {
  const value = button.safeParse(action).data?.value ?? '';
  const read = parts.safeParse(value.split(' ')).data;
  return read && { id: read[0], of: read[1], votedAt: read[2] };
}
