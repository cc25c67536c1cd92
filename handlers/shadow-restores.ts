import type { AllMiddlewareArgs, App, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { ACTION } from '../messages/action-ids.ts';
import { shadowActed, shadowRefusalText } from '../messages/shadow/answers.ts';
import { trouble } from '../messages/trouble.ts';
import { instanceByName } from '../src/restore/policy.ts';
import type { ShadowAct } from '../src/restore/shadow/course.ts';
import type { Desk } from './desk.ts';
import { interactionOf, shadowIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** Somebody has the data of a database looked at that was restored outside the bot, or has its stakeholders told. */
export function registerShadowRestores(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(ACTION.verifyShadow, acting(desk, 'verify'));
  app.action<BlockButtonAction>(ACTION.announceShadow, acting(desk, 'announce'));
}

const ATTEMPT_OF = { verify: 'verify-shadow', announce: 'announce-shadow' } as const;

function acting(desk: Desk, kind: ShadowAct) {
  return async ({ ack, body, action, client }: SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs) => {
    const person = body.user.id;
    const tell = (say: Say) => whisper(desk, { client, person, channel: body.channel?.id }, say);
    try {
      await ack();
      const id = shadowIdOf(action);
      const record = id === undefined ? undefined : await desk.shadows.find(id);
      if (!record) return await tell((reader) => trouble('old-button', reader));
      const requesters = instanceByName(desk.policy, record.instance.auraId)?.requesters;
      const facts = await desk.directory.readForDecision(person, requesters ?? { groups: [] });
      const click = interactionOf(body);
      const acted = await desk.shadows.act(record.id, kind, facts, click.interaction);
      if (acted.kind === 'unknown') return await tell((reader) => trouble('old-button', reader));
      if (acted.kind === 'refused') {
        const { id: about, instance, terms } = acted.record;
        const { auditChannel } = terms;
        const tried = {
          by: person,
          attempt: ATTEMPT_OF[kind],
          about,
          instance: { ...instance, auditChannel },
          ...click,
        };
        await desk.coordinator.recordRefusedRequest(tried, acted.refusal);
        return await tell((reader) => shadowRefusalText(acted.refusal, reader));
      }
      await tell((reader) => shadowActed(kind, acted.record, reader));
    } catch (error) {
      desk.log.error({ err: error }, 'what was asked about a shadow restore could not be recorded');
      await tell((reader) => troubleWords(error, reader));
    }
  };
}
