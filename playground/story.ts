import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, FIELD } from '../messages/action-ids.ts';
import { restorePointOnCard, sourceOnCard } from './card-facts.ts';
import { CHANNELS, PEOPLE } from './people.ts';
import type { Persona, Place } from './slack/personas.ts';
import type { SimMessage } from './slack/workspace.ts';
import { PRODUCTION, type World } from './world.ts';

const LONGEST_WAIT_MS = 90_000;

/** The story did not go as it should; the message says at which point. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** Waits until something is there. Rejects with what was waited for. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  longestMs = LONGEST_WAIT_MS,
): Promise<T> {
  const deadline = performance.now() + longestMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new StoryError(`waited in vain for ${what}`);
    await sleep(20);
  }
}

/** Requests a restore in the form, as a person would, and returns where its card stands. */
export async function requestRestore(
  world: World,
  request: RequestOfRestore & {
    /** Done with the filled form before it is sent. */
    readonly beforeSubmit?: () => Promise<void>;
  } = {},
): Promise<{ readonly channel: string; readonly ts: string }> {
  const cardsBefore = cards(world).length;
  const persona = await fillRequest(world, request);
  await request.beforeSubmit?.();
  const submitted = await persona.submit();
  if (persona.modal()) throw new StoryError(`the form was not accepted: ${JSON.stringify(submitted.answer)}`);
  const card = await until('the card', () => cards(world)[cardsBefore]);
  return { channel: card.channel, ts: card.ts };
}

interface RequestOfRestore {
  readonly by?: string;
  readonly alias?: string;
  /** Picks a restore point by its place in the menu, newest first. */
  readonly pick?: (ids: readonly string[]) => string | undefined;
  readonly reason?: string;
  readonly text?: string;
}

/** Opens the form and fills it in. It is not sent yet; answers with whoever has it before them. */
export async function fillRequest(world: World, request: RequestOfRestore = {}): Promise<Persona> {
  const persona = world.slack.as(request.by ?? PEOPLE.requester.id);
  if (persona.modal()) persona.closeModal();
  await persona.slash('/restore', request.alias ?? PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the form', () => {
    const form = JSON.stringify(persona.modal()?.view ?? {});
    return (
      /restore points in|Wiederherstellungspunkte in/.test(form) && !/are being read|werden noch gelesen/.test(form)
    );
  });
  const groups = await persona.suggestions(ACTION.chooseSnapshot, '');
  const ids = groups.flatMap((group) => optionValues(group.options));
  const chosen = (request.pick ?? ((all) => all[0]))(ids);
  if (chosen === undefined) throw new StoryError('the form offers no restore point');
  await persona.choose(ACTION.chooseSnapshot, chosen);
  await persona.choose(ACTION.chooseReason, request.reason ?? 'corrupted-data');
  await until('what it means', () => /Keep in mind|Zu bedenken/.test(JSON.stringify(persona.modal()?.view ?? {})));
  persona.type(FIELD.reasonText, request.text ?? 'A bad import set every price to zero.');
  return persona;
}

/** Says in the filled form why it takes another way than advised, where it asks for that. */
export async function sayWhyOther(persona: Persona, why = 'The owners of the data want it so.'): Promise<void> {
  const form = () => JSON.stringify(persona.modal()?.view ?? {});
  if (!form().includes(`${FIELD.method}:`)) return;
  await until(
    'the advice',
    () =>
      /\*Advice:\*|\*Rat:\*/.test(form()) &&
      /restore points in|Wiederherstellungspunkte in/.test(form()) &&
      !/are being read|werden noch gelesen/.test(form()),
  );
  const field = new RegExp(`${FIELD.whyOther}:[a-z-]+`).exec(form())?.[0];
  if (field) persona.type(field, why);
}

/** The second person reads, types the words and confirms. */
export async function approve(
  world: World,
  card: Place,
  by: string = PEOPLE.approver.id,
  alias: string = PRODUCTION.alias,
): Promise<void> {
  const persona = world.slack.as(by);
  await persona.click(card, ACTION.approve);
  await until('the confirmation form', () => persona.modal());
  await confirm(world, card, by, alias);
  await persona.submit();
}

/** Fills in the open confirmation form with what stands on the card. */
export async function confirm(world: World, card: Place, by: string, alias: string = PRODUCTION.alias): Promise<void> {
  const persona = world.slack.as(by);
  persona.type(FIELD.restoreWord, 'RESTORE');
  persona.type(FIELD.instanceName, alias);
  const form = JSON.stringify(persona.modal()?.view);
  if (form.includes(FIELD.sourceName)) persona.type(FIELD.sourceName, sourceOn(world, card));
  if (!form.includes(FIELD.restorePointTime)) return;
  const time = restorePointOn(world, card);
  const [, value] = new RegExp(`"text":"${time} UTC"[^{}]*},"value":"([^"]+)"`).exec(form) ?? [];
  if (value === undefined) throw new StoryError(`the form does not offer ${time}`);
  await persona.choose('time', value);
}

/** The restore point's time as a reader finds it on the card: `2026-11-21 03:04`, in UTC. */
export function restorePointOn(world: World, card: Place): string {
  const time = 'ts' in card ? restorePointOnCard(cardAt(world, card)) : undefined;
  if (time === undefined) throw new StoryError('the card does not say the time of the restore point');
  return time;
}

function sourceOn(world: World, card: Place): string {
  const name = 'ts' in card ? sourceOnCard(cardAt(world, card)) : undefined;
  if (name === undefined) throw new StoryError('the card does not say whose data is copied');
  return name;
}

/** Messages with blocks in the approvals channel that everybody sees: the cards. */
export function cards(world: World): readonly SimMessage[] {
  return world.slack
    .messages(CHANNELS.approvals.id)
    .filter(({ metadata }) => JSON.stringify(metadata ?? {}).includes('"card"'));
}

/** What a message of the bot is, by the key in its metadata: `planned:C0ORDERS`. */
export function keyOf({ metadata }: SimMessage): string {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } };
  return payload?.key ?? '';
}

/** The notices in a channel, oldest first: of the start, of what became of it, and of the end. */
export function noticesIn(world: Pick<World, 'slack'>, channel: string): readonly SimMessage[] {
  return world.slack.messages(channel).filter((message) => /^(?:planned|late|put-off|outcome):/.test(keyOf(message)));
}

/** All text of a message as one string. */
export function wordsOf(message: SimMessage): string {
  return `${message.text}\n${JSON.stringify(message.blocks)}`;
}

export function cardAt(world: World, place: { readonly channel: string; readonly ts: string }): SimMessage {
  const found = world.slack.messages(place.channel).find(({ ts }) => ts === place.ts);
  if (!found) throw new StoryError('the card is gone');
  return found;
}

function optionValues(options: unknown): readonly string[] {
  return Array.isArray(options) ? options.map((option: { value: string }) => option.value) : [];
}
