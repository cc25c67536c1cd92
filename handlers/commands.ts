import type { AllMiddlewareArgs, App, RespondArguments, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { closest, distance } from 'fastest-levenshtein';
import { refusalText } from '../messages/refusal.ts';
import {
  helpReply,
  listReply,
  snapshotReplacesReply,
  snapshotsReply,
  snapshotTakenReply,
  statusReply,
  stoppedReply,
  unknownCommandReply,
} from '../messages/replies.ts';
import type { Message } from '../messages/slack-text.ts';
import { trouble } from '../messages/trouble.ts';
import type { Reader } from '../src/restore/language.ts';
import { requesterRefusal } from '../src/restore/person.ts';
import { type InstancePolicy, instanceByName } from '../src/restore/policy.ts';
import { peopleAsked } from '../src/restore/rules-needed.ts';
import { tierOf } from '../src/restore/tier.ts';
import { openAdviceForm } from './advice.ts';
import { openDelegationForm } from './delegations.ts';
import type { Desk } from './desk.ts';
import { askForExport, listExports } from './exports.ts';
import type { FormFiller } from './form-filler.ts';
import { listed } from './listed.ts';
import { openRestoreForm } from './opening-restore-form.ts';
import { interactionOf } from './slack-input.ts';
import { snapshotUnclear, troubleWords } from './trouble-words.ts';
import { openUndoForm } from './undo.ts';
import type { Say } from './whisper.ts';

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type Answer = Message | { readonly text: string };

const WORDS = [
  'status',
  'list',
  'cancel',
  'undo',
  'advise',
  'snapshots',
  'snapshot',
  'delegate',
  'exports',
  'export',
  'help',
] as const;

/** `/restore` and its words. Every answer is private; what everybody should see is on the card. */
export function registerCommands(app: App, desk: Desk, filler: FormFiller): void {
  app.command('/restore', async (command) => {
    const [word = '', ...rest] = command.command.text.trim().split(/\s+/);
    const argument = rest.join(' ');
    const instance = instanceByName(desk.policy, word);
    if (word === '' || instance) {
      await command.ack();
      const tell = async (words: Say) => say(command, words(await desk.directory.readerOf(command.body.user_id)));
      return openRestoreForm(
        filler,
        command.client,
        command.body.trigger_id,
        command.body.user_id,
        { ...(instance ? { policy: instance } : {}) },
        tell,
      );
    }
    await command.ack();
    const reader = await desk.directory.readerOf(command.body.user_id);
    if (word.toLowerCase() === 'undo') {
      const { client, body } = command;
      const tell = async (words: Say) => say(command, words(reader));
      const asked = { client, triggerId: body.trigger_id, person: body.user_id, id: idOf(argument), tell };
      return openUndoForm(filler, asked).catch((error: unknown) => say(command, sorry(desk, error, reader)));
    }
    if (word.toLowerCase() === 'advise') {
      return advise(command, filler, argument, reader).catch((error: unknown) =>
        say(command, sorry(desk, error, reader)),
      );
    }
    if (word.toLowerCase() === 'delegate') {
      return openDelegationForm(desk, command.client, command.body, argument).catch((error: unknown) =>
        say(command, sorry(desk, error, reader)),
      );
    }
    const answer = answerTo({ desk, body: command.body, argument, reader }, word.toLowerCase());
    await say(command, await answer.catch((error: unknown) => sorry(desk, error, reader)));
  });
  app.command(/^\/(?!restore$)/, async ({ ack, body }) => {
    await ack(unknownCommandReply('', [], await desk.directory.readerOf(body.user_id)).text);
  });
}

async function advise({ client, body, ...command }: Command, { desk }: FormFiller, name: string, reader: Reader) {
  const policy = instanceByName(desk.policy, name);
  if (policy) return openAdviceForm(desk, client, { triggerId: body.trigger_id, person: body.user_id, policy });
  return say({ client, body, ...command }, unknownInstance(desk, name, reader));
}

async function say(command: Command, answer: Answer): Promise<void> {
  const message: RespondArguments = { response_type: 'ephemeral', ...answer };
  await command.respond(message);
}

/** A command with what is needed to answer it. */
interface Asked {
  readonly desk: Desk;
  readonly body: Command['body'];
  readonly argument: string;
  readonly reader: Reader;
}

async function answerTo(asked: Asked, word: string): Promise<Answer> {
  const { desk, reader } = asked;
  switch (word) {
    case 'help':
      return helpReply(reader);
    case 'list':
      return list(asked);
    case 'status':
      return status(asked);
    case 'cancel':
      return cancel(asked);
    case 'snapshots':
      return withInstance(asked, (policy) => snapshots(asked, policy));
    case 'exports':
      return asked.argument
        ? withInstance(asked, (policy) => listExports(desk, policy, reader))
        : listExports(desk, undefined, reader);
    case 'export':
      return withInstance(asked, (policy) => askForExport(desk, policy, asked.body, reader));
    case 'snapshot':
      return withInstance(asked, (policy) => takeSnapshot(asked, policy));
    default:
      return unknownCommandReply(
        word,
        nearest(word, [...WORDS, ...desk.policy.instances.map(({ alias }) => alias)]),
        reader,
      );
  }
}

async function list({ desk, reader }: Asked): Promise<Answer> {
  const { restores, unreadable } = await listed(desk, await desk.lists.open());
  return listReply(restores, await desk.now(), unreadable, reader);
}

async function status(asked: Asked): Promise<Answer> {
  const { desk, body, argument, reader } = asked;
  const ids = argument ? [idOf(argument)] : await desk.lists.byPerson(body.user_id, 1);
  const { restores, unreadable } = await listed(desk, ids);
  const [found] = restores;
  if (found) return statusReply(found, await desk.now(), reader);
  if (unreadable.length > 0) return trouble('unreadable-record', reader);
  return argument ? trouble('unknown-restore', reader) : list(asked);
}

async function cancel({ desk, body, argument, reader }: Asked): Promise<Answer> {
  const id = idOf(argument);
  const loaded = await desk.coordinator.find(id);
  if (!loaded) return trouble('unknown-restore', reader);
  const facts = await desk.directory.readForDecision(body.user_id, peopleAsked(loaded.restore));
  const applied = await desk.coordinator.apply(id, { type: 'cancelled', person: facts, ...interactionOf(body) });
  switch (applied.kind) {
    case 'changed':
    case 'repeated':
      return stoppedReply(applied, reader);
    case 'refused':
      return refusalText(applied.refusal, { restore: applied.restore, reader });
    default:
      return trouble('unknown-restore', reader);
  }
}

async function snapshots({ desk, reader }: Asked, policy: InstancePolicy): Promise<Answer> {
  const instance = await desk.aura.instance(policy.auraId);
  const tier = tierOf(instance.type);
  const list = await desk.aura.snapshots(policy, instance.type);
  const now = await desk.now();
  return snapshotsReply({ alias: policy.alias, ...list, tier: tier.name, frequency: tier.frequency, now }, reader);
}

async function takeSnapshot({ desk, body, reader }: Asked, policy: InstancePolicy): Promise<Answer> {
  const person = body.user_id;
  // With the store away a person hears so at once, not after each part that needs it has waited for it.
  const [facts] = await Promise.all([
    desk.directory.readForDecision(person, policy.requesters ?? { groups: [] }),
    desk.now(),
  ]);
  const refusal = requesterRefusal(facts, policy.requesters, policy.alias);
  if (refusal) {
    const tried = { by: person, attempt: 'snapshot', instance: policy, ...interactionOf(body) } as const;
    await desk.coordinator.recordRefusedRequest(tried, refusal);
    return refusalText(refusal, { reader });
  }
  const { type } = await desk.aura.instance(policy.auraId);
  const { keepsOne, name } = tierOf(type);
  if (keepsOne) return snapshotReplacesReply(policy.alias, name, reader);
  const taken = await desk.aura.takeSnapshot(policy.auraId).catch((error: unknown) => {
    const unclear = snapshotUnclear(error, policy.alias, reader);
    if (!unclear) throw error;
    desk.log.error({ err: error, by: person, instance: policy.alias }, 'nobody knows whether a snapshot was taken');
    return unclear;
  });
  if ('text' in taken) return taken;
  const { snapshotId } = taken;
  desk.log.info({ by: person, instance: policy.alias, snapshotId }, 'snapshot taken on request');
  return snapshotTakenReply(policy.alias, snapshotId, reader);
}

async function withInstance(
  { desk, argument: name, reader }: Asked,
  answer: (policy: InstancePolicy) => Promise<Answer>,
): Promise<Answer> {
  const policy = instanceByName(desk.policy, name);
  return policy ? answer(policy) : unknownInstance(desk, name, reader);
}

function unknownInstance(desk: Desk, name: string, reader: Reader): Answer {
  const aliases = desk.policy.instances.map(({ alias }) => alias);
  const near = name ? nearest(name, aliases) : aliases;
  return refusalText({ reason: 'unknown-instance', typed: name, nearest: near }, { reader });
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

function sorry(desk: Desk, error: unknown, reader: Reader): Answer {
  desk.log.error({ err: error }, 'command failed');
  return troubleWords(error, reader);
}
