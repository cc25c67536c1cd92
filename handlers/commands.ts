import type { AllMiddlewareArgs, App, RespondArguments, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { closest, distance } from 'fastest-levenshtein';
import { refusalText } from '../messages/refusal.ts';
import {
  helpReply,
  listReply,
  snapshotsReply,
  snapshotTakenReply,
  statusReply,
  stoppedReply,
  unknownCommandReply,
} from '../messages/replies.ts';
import type { Message } from '../messages/slack-text.ts';
import { trouble } from '../messages/trouble.ts';
import { requesterRefusal } from '../src/restore/person.ts';
import { type InstancePolicy, instanceByName } from '../src/restore/policy.ts';
import { peopleAsked } from '../src/restore/rules-needed.ts';
import { tierOf } from '../src/restore/tier.ts';
import type { Desk } from './desk.ts';
import type { FormFiller } from './form-filler.ts';
import { listed } from './listed.ts';
import { openRestoreForm } from './restore-form.ts';
import { interactionOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type Answer = Message | { readonly text: string };

const WORDS = ['status', 'list', 'cancel', 'snapshots', 'snapshot', 'help'] as const;

/** `/restore` and its words. Every answer is private; what everybody should see is on the card. */
export function registerCommands(app: App, desk: Desk, filler: FormFiller): void {
  app.command('/restore', async (command) => {
    const [word = '', ...rest] = command.command.text.trim().split(/\s+/);
    const argument = rest.join(' ');
    const instance = instanceByName(desk.policy, word);
    if (word === '' || instance) {
      await command.ack();
      return openRestoreForm(filler, command.client, command.body.trigger_id, command.body.user_id, instance, (text) =>
        say(command, { text }),
      );
    }
    await command.ack();
    await say(
      command,
      await answerTo(desk, command, word.toLowerCase(), argument).catch((error: unknown) => sorry(desk, error)),
    );
  });
  app.command(/^\/(?!restore$)/, async ({ ack }) => {
    await ack(unknownCommandReply('', []).text);
  });
}

async function say(command: Command, answer: Answer): Promise<void> {
  const message: RespondArguments = { response_type: 'ephemeral', ...answer };
  await command.respond(message);
}

async function answerTo(desk: Desk, command: Command, word: string, argument: string): Promise<Answer> {
  switch (word) {
    case 'help':
      return helpReply();
    case 'list':
      return list(desk);
    case 'status':
      return status(desk, command.body.user_id, argument);
    case 'cancel':
      return cancel(desk, command.body, argument);
    case 'snapshots':
      return withInstance(desk, argument, (policy) => snapshots(desk, policy));
    case 'snapshot':
      return withInstance(desk, argument, (policy) => takeSnapshot(desk, command.body.user_id, policy));
    default:
      return unknownCommandReply(word, nearest(word, [...WORDS, ...desk.policy.instances.map(({ alias }) => alias)]));
  }
}

async function list(desk: Desk): Promise<Answer> {
  const { restores, unreadable } = await listed(desk, await desk.lists.open());
  return listReply(restores, await desk.now(), unreadable);
}

async function status(desk: Desk, person: string, argument: string): Promise<Answer> {
  const ids = argument ? [idOf(argument)] : await desk.lists.byPerson(person, 1);
  const { restores, unreadable } = await listed(desk, ids);
  const [found] = restores;
  if (found) return statusReply(found, await desk.now());
  if (unreadable.length > 0) return trouble('unreadable-record');
  return argument ? trouble('unknown-restore') : list(desk);
}

async function cancel(desk: Desk, body: Command['body'], argument: string): Promise<Answer> {
  const id = idOf(argument);
  const loaded = await desk.coordinator.find(id);
  if (!loaded) return trouble('unknown-restore');
  const facts = await desk.directory.readForDecision(body.user_id, peopleAsked(loaded.restore));
  const applied = await desk.coordinator.apply(id, { type: 'cancelled', person: facts, ...interactionOf(body) });
  switch (applied.kind) {
    case 'changed':
    case 'repeated':
      return stoppedReply(applied);
    case 'refused':
      return refusalText(applied.refusal, { restore: applied.restore });
    default:
      return trouble('unknown-restore');
  }
}

async function snapshots(desk: Desk, policy: InstancePolicy): Promise<Answer> {
  const instance = await desk.aura.instance(policy.auraId);
  const tier = tierOf(instance.type);
  const list = await desk.aura.snapshots(policy, instance.type);
  return snapshotsReply({
    alias: policy.alias,
    ...list,
    tier: tier.name,
    frequency: tier.frequency,
    now: await desk.now(),
  });
}

async function takeSnapshot(desk: Desk, person: string, policy: InstancePolicy): Promise<Answer> {
  const facts = await desk.directory.readForDecision(person, policy.requesters ?? { groups: [] });
  const refusal = requesterRefusal(facts, policy.requesters, policy.alias);
  if (refusal) return refusalText(refusal);
  const { snapshotId } = await desk.aura.takeSnapshot(policy.auraId);
  desk.log.info({ by: person, instance: policy.alias, snapshotId }, 'snapshot taken on request');
  return snapshotTakenReply(policy.alias, snapshotId);
}

async function withInstance(
  desk: Desk,
  name: string,
  answer: (policy: InstancePolicy) => Promise<Answer>,
): Promise<Answer> {
  const policy = instanceByName(desk.policy, name);
  if (policy) return answer(policy);
  const aliases = desk.policy.instances.map(({ alias }) => alias);
  return refusalText({ reason: 'unknown-instance', typed: name, nearest: name ? nearest(name, aliases) : aliases });
}

/** `17`, `r-17` and `R-17` are the same restore. */
function idOf(typed: string): string {
  return `R-${typed.trim().replace(/^r-/i, '')}`;
}

/** Words so near that the person may have meant them. */
function nearest(typed: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) return [];
  const best = closest(typed, words);
  return distance(typed, best) <= Math.max(2, Math.floor(best.length / 3)) ? [best] : [];
}

function sorry(desk: Desk, error: unknown): Answer {
  desk.log.error({ err: error }, 'command failed');
  return troubleWords(error);
}
