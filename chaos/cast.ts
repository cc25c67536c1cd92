import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Persona, Place } from '../playground/slack/personas.ts';
import type { Json, SimMessage } from '../playground/slack/workspace.ts';
import { APPROVALS_CHANNEL, type Arena } from './arena.ts';

/** What a person did and what they were told, noted by the person: the outside evidence of what the bot promised. */
export interface Deed {
  readonly at: number;
  readonly who: string;
  readonly what: 'request' | 'approve' | 'deny' | 'withdraw' | 'cancel' | 'judge';
  /** The mark in the reason text of a request, by which it is recognised everywhere. */
  readonly mark: string;
  /** `done`: the bot said yes. `refused`: it said no. `unanswered`: it said nothing, so either is possible. */
  readonly told: 'done' | 'refused' | 'unanswered';
  readonly words: string;
}

/** People who act as people do: they read, click, type, wait, and try again when nothing happens. */
export interface Cast {
  readonly deeds: readonly Deed[];
  /** Asks until the request is accepted or refused, and returns where its card stands. */
  request(who: string, alias: string, mark: string, withinMs?: number): Promise<Place | undefined>;
  approve(who: string, mark: string): Promise<Deed['told']>;
  /** Everybody opens the form first; then all submit in the same moment. */
  approveTogether(people: readonly string[], mark: string): Promise<readonly Deed['told'][]>;
  /** Opens the form at once and submits it after a while. */
  approveLate(who: string, mark: string, afterMs: number): Promise<Deed['told']>;
  deny(who: string, mark: string): Promise<Deed['told']>;
  /** A click of a button on the card: withdraw, cancel, or an answer to "did it run?". */
  click(who: string, mark: string, what: 'withdraw' | 'cancel' | 'judge', action: string): Promise<Deed['told']>;
  card(mark: string): SimMessage | undefined;
  /** The id of the restore, once its card was seen. */
  restoreId(mark: string): string | undefined;
}

const LOOK_EVERY_MS = 25;
const FORM_WITHIN_MS = 4_000;
const CARD_WITHIN_MS = 6_000;
/** How long somebody goes on asking when nothing comes of it. */
const ASK_WITHIN_MS = 45_000;
const OPEN_EACH_MS = 15;
const ANSWER_WITHIN_MS = 2_000;

/** What a card says when a click was taken. */
const YES: Readonly<Record<'withdraw' | 'cancel' | 'judge', RegExp>> = {
  withdraw: /\. Withdrawn\./,
  cancel: /\. Cancelled\./,
  judge: /is complete|failed:|Restored, checking/,
};

export function createCast(arena: Pick<Arena, 'slack'>): Cast {
  const deeds: Deed[] = [];
  const { slack } = arena;
  /** One form at a time per person: Slack shows them only one. */
  const busy = new Map<string, Promise<unknown>>();

  async function alone<T>(who: string, act: (persona: Persona) => Promise<T>): Promise<T> {
    const before = busy.get(who) ?? Promise.resolve();
    const mine = before.then(async () => {
      const persona = slack.as(who);
      while (persona.modal()) persona.closeModal();
      return act(persona);
    });
    busy.set(
      who,
      mine.catch(() => undefined),
    );
    return mine;
  }

  function note(deed: Omit<Deed, 'at'>): Deed['told'] {
    deeds.push({ at: Date.now(), ...deed });
    return deed.told;
  }

  /** A card shows the reason only while it asks, so whose it is is remembered. */
  const restores = new Map<string, string>();

  function card(mark: string): SimMessage | undefined {
    const id = restores.get(mark);
    const found = slack.workspace.messages.find(
      (message) =>
        keyOf(message) === 'card' && (id ? restoreOf(message) === id : wordsOf(message).includes(`${mark}.`)),
    );
    if (found) restores.set(mark, restoreOf(found) ?? '');
    return found;
  }

  async function form(persona: Persona, isReady: (view: string) => boolean): Promise<string | undefined> {
    return soon(FORM_WITHIN_MS, () => {
      const view = JSON.stringify(persona.modal()?.view ?? '');
      return view !== '""' && isReady(view) ? view : undefined;
    });
  }

  /** Submits the open form: closed means yes, errors mean no, silence means that nobody knows. */
  async function submit(persona: Persona): Promise<Pick<Deed, 'told' | 'words'>> {
    const { isAcknowledged, answer } = await persona.submit();
    if (!isAcknowledged) return { told: 'unanswered', words: '' };
    return answer.response_action === 'errors'
      ? { told: 'refused', words: JSON.stringify(answer.errors) }
      : { told: 'done', words: '' };
  }

  async function askOnce(who: string, alias: string, mark: string): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      await persona.slash('/restore', alias, APPROVALS_CHANNEL);
      const opened = await form(
        persona,
        (view) => view.includes('restore points in') && !view.includes('older ones are being read'),
      );
      if (!opened) return 'unanswered';
      const groups = await persona.suggestions(ACTION.chooseSnapshot, '');
      // The oldest: safety snapshots of earlier restores come and go above it.
      const oldest = groups.flatMap(({ options }) => (Array.isArray(options) ? (options as Json[]) : [])).at(-1);
      if (!oldest) return 'unanswered';
      await persona.choose(ACTION.chooseSnapshot, String(oldest.value));
      await persona.choose(ACTION.chooseReason, 'corrupted-data');
      persona.type(FIELD.reasonText, `${mark}.`);
      return note({ who, what: 'request', mark, ...(await submit(persona)) });
    }).catch(() => 'unanswered');
  }

  async function decide(
    who: string,
    mark: string,
    what: 'approve' | 'deny',
    fill: (persona: Persona, alias: string) => void | Promise<void>,
  ): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      const found = card(mark);
      if (!found) return 'unanswered';
      const alias = /db-\d+/.exec(JSON.stringify(found.blocks))?.[0] ?? '';
      const place = { channel: found.channel, ts: found.ts };
      const heardBefore = whispers(who).length;
      await persona.click(place, ACTION[what]);
      const opened = await soon(FORM_WITHIN_MS, () => persona.modal() ?? whispers(who)[heardBefore]);
      if (!opened) return note({ who, what, mark, told: 'unanswered', words: 'no form' });
      if (!persona.modal()) return note({ who, what, mark, told: 'refused', words: 'at the button' });
      await fill(persona, alias);
      return note({ who, what, mark, ...(await submit(persona)) });
    }).catch(() => 'unanswered');
  }

  function whispers(who: string): readonly SimMessage[] {
    return slack.workspace.messages.filter(({ onlyFor }) => onlyFor === who);
  }

  return {
    deeds,
    card,
    restoreId(mark) {
      card(mark);
      return restores.get(mark);
    },

    async request(who, alias, mark, withinMs = ASK_WITHIN_MS) {
      const deadline = Date.now() + withinMs;
      while (Date.now() < deadline) {
        if (!card(mark)) await askOnce(who, alias, mark);
        const found = await soon(CARD_WITHIN_MS, () => card(mark) ?? (isRefused(mark) ? 'refused' : undefined));
        if (found === 'refused') return undefined;
        if (found) return { channel: found.channel, ts: found.ts };
      }
      return undefined;
    },

    approve: (who, mark) => decide(who, mark, 'approve', typeWords),

    async approveTogether(people, mark) {
      let opened = 0;
      const deadline = Date.now() + FORM_WITHIN_MS + people.length * OPEN_EACH_MS;
      return Promise.all(
        people.map(async (who, index) => {
          // Not all at once: the race is about the decision, not about opening forms.
          await sleep(index * OPEN_EACH_MS);
          return decide(who, mark, 'approve', async (persona, alias) => {
            typeWords(persona, alias);
            opened++;
            while (opened < people.length && Date.now() < deadline) await sleep(5);
          });
        }),
      );
    },

    approveLate: (who, mark, afterMs) =>
      decide(who, mark, 'approve', async (persona, alias) => {
        typeWords(persona, alias);
        await sleep(afterMs);
      }),

    deny: (who, mark) => decide(who, mark, 'deny', (persona) => persona.type(FIELD.denialReason, 'Not like this.')),

    async click(who, mark, what, action) {
      const found = card(mark);
      if (!found) return 'unanswered';
      const heardBefore = whispers(who).length;
      try {
        const place = { channel: found.channel, ts: found.ts };
        const { isAcknowledged } = await slack.as(who).click(place, action);
        if (!isAcknowledged) return note({ who, what, mark, told: 'unanswered', words: '' });
        // A no is whispered, a yes is on the card; both come after the acknowledgement.
        const answer = await soon(ANSWER_WITHIN_MS, () => {
          const no = whispers(who)[heardBefore];
          if (no) return { told: 'refused' as const, words: no.text };
          const now = card(mark);
          return now && YES[what].test(wordsOf(now)) ? { told: 'done' as const, words: now.text } : undefined;
        });
        return note({ who, what, mark, ...(answer ?? { told: 'unanswered', words: '' }) });
      } catch {
        return 'unanswered';
      }
    },
  };

  function isRefused(mark: string): boolean {
    const last = deeds.findLast((deed) => deed.what === 'request' && deed.mark === mark);
    // One's own request, recorded and not yet answered, refuses the second try.
    return last?.told === 'refused' && !last.words.includes('open restore of this instance');
  }
}

function typeWords(persona: Persona, alias: string): void {
  persona.type(FIELD.restoreWord, 'RESTORE');
  persona.type(FIELD.instanceName, alias);
}

/** Looks until something is there, at most for a while. */
export async function soon<T>(withinMs: number, look: () => T | undefined): Promise<T | undefined> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = look();
    if (found !== undefined || Date.now() > deadline) return found;
    await sleep(LOOK_EVERY_MS);
  }
}

/** All text of a message as one string. */
export function wordsOf(message: SimMessage): string {
  return `${message.text}\n${JSON.stringify(message.blocks)}`;
}

/** The bot's own name of a message, from its metadata. */
export function keyOf(message: SimMessage): string | undefined {
  const payload = message.metadata?.event_payload as { readonly key?: string } | undefined;
  return payload?.key;
}

/** The restore a message is about, from its metadata. */
export function restoreOf(message: SimMessage): string | undefined {
  const payload = message.metadata?.event_payload as { readonly restore_id?: string } | undefined;
  return payload?.restore_id;
}
