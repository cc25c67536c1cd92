import type { SimMessage, Workspace } from '../playground/slack/workspace.ts';
import { keyOf, restoreOf, triggerOf, wordsOf } from './sim-messages.ts';

/** What people of an arena see in Slack. Each message is read once, however often somebody looks: a thousand restores have many. */
export interface Sights {
  /** The card of the request with this mark. */
  card(mark: string): SimMessage | undefined;
  /** What stakeholders read of it in a channel. */
  head(mark: string): SimMessage | undefined;
  restoreId(mark: string): string | undefined;
  /** The cards of further requests with this mark: of somebody who asked again because no answer came. */
  twins(mark: string): readonly SimMessage[];
  /** What was said to one person alone because of the act with this trigger, first. */
  whisper(trigger: string): SimMessage | undefined;
  /** Somebody deletes the card. */
  deleteCard(mark: string): void;
}

/** Every request of the campaign says its mark so, in a card that asks. */
const MARK = /\b((?:crash|outage|random|race)-[\w-]+)\./;

export function createSights({ messages }: Pick<Workspace, 'messages'>): Sights {
  /** A card shows the reason only while it asks, so whose it is is remembered. */
  const restores = new Map<string, string>();
  const cards = new Map<string, SimMessage>();
  const heads = new Map<string, SimMessage>();
  /** The marks of further requests, by their ids. */
  const twins = new Map<string, string>();
  const whispers = new Map<string, SimMessage>();
  let read = 0;

  function note(message: SimMessage): void {
    const trigger = message.onlyFor && triggerOf(message);
    if (trigger && !whispers.has(trigger)) whispers.set(trigger, message);
    const key = keyOf(message);
    const id = restoreOf(message);
    if (id === undefined || key === undefined) return;
    if (key.startsWith('head:') && !heads.has(id)) heads.set(id, message);
    if (key !== 'card') return;
    if (!cards.has(id)) cards.set(id, message);
    const mark = MARK.exec(wordsOf(message))?.[1];
    if (mark === undefined) return;
    const first = restores.get(mark);
    if (first === undefined) restores.set(mark, id);
    else if (first !== id) twins.set(id, mark);
  }

  function look(): void {
    for (; read < messages.length; read++) {
      const message = messages[read];
      if (message) note(message);
    }
  }

  function restoreId(mark: string): string | undefined {
    look();
    return restores.get(mark);
  }

  const of = (found: ReadonlyMap<string, SimMessage>) => (mark: string) => found.get(restoreId(mark) ?? '');

  return {
    restoreId,
    card: of(cards),
    head: of(heads),
    twins(mark) {
      look();
      return [...twins].flatMap(([id, ofMark]) => (ofMark === mark ? (cards.get(id) ?? []) : []));
    },
    whisper(trigger) {
      look();
      return whispers.get(trigger);
    },
    deleteCard(mark) {
      const id = restoreId(mark) ?? '';
      const card = cards.get(id);
      if (!card) return;
      messages.splice(messages.indexOf(card), 1);
      read--;
      cards.delete(id);
    },
  };
}
