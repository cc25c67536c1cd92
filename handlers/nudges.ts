import type { AllMiddlewareArgs, App, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { ACTION } from '../messages/action-ids.ts';
import { nudgedReply } from '../messages/reminder.ts';
import { trouble } from '../messages/trouble.ts';
import type { Loaded } from '../src/coordinator.ts';
import type { AskedLook } from '../src/restore/person-facts.ts';
import { instanceByName } from '../src/restore/policy.ts';
import { peopleAsked } from '../src/restore/rules-needed.ts';
import type { Desk } from './desk.ts';
import { interactionOf, restoreIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { whisper, whisperRefusal } from './whisper.ts';

/** The requester asks those who are missing once more. Whom that reaches is said privately, or why it reaches nobody. */
export function registerNudges(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(ACTION.nudge, async ({ ack, body, action, client }: ButtonArrived) => {
    const id = restoreIdOf(action);
    const whispering = { client, person: body.user.id, channel: body.channel?.id };
    try {
      const loaded = id === undefined ? undefined : await desk.coordinator.find(id);
      if (!id || !loaded) {
        await ack();
        return await whisper(desk, whispering, (reader) => trouble('unknown-restore', reader));
      }
      const [person, asked] = await Promise.all([
        desk.directory.readForDecision(body.user.id, { groups: [] }),
        lookAt(desk, loaded),
      ]);
      if (!asked) {
        await ack();
        return await whisper(desk, whispering, (reader) => trouble('people-unread', reader));
      }
      const applied = await desk.coordinator.apply(id, { type: 'nudged', person, asked, ...interactionOf(body) });
      await ack();
      if (applied.kind === 'refused') await whisperRefusal(desk, whispering, applied.refusal, applied.restore);
      if (applied.kind === 'changed') await whisper(desk, whispering, (reader) => nudgedReply(applied.restore, reader));
    } catch (error) {
      desk.log.error({ err: error, restoreId: id }, 'nudge could not be recorded');
      await ack();
      await whisper(desk, whispering, (reader) => troubleWords(error, reader));
    }
  });
}

async function lookAt(desk: Desk, { restore }: Loaded): Promise<AskedLook | undefined> {
  const look = await desk.candidates.look(peopleAsked(restore));
  const holidays = instanceByName(desk.policy, restore.plan.instance.alias)?.calendar.holidays ?? [];
  return look && { ...look, holidays };
}

type ButtonArrived = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
