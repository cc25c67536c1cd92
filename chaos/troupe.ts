import type { Persona } from '../playground/slack/personas.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';
import type { Arena } from './arena.ts';
import type { Deed, Shown } from './deed.ts';
import { keyOf, restoreOf, soon, wordsOf } from './sim-messages.ts';

/** What all people of an arena share: their notes, the cards they recognise, and that each does one thing at a time. */
export interface Troupe {
  readonly deeds: readonly Deed[];
  note(deed: Omit<Deed, 'at'>): Deed['told'];
  /** Acts as this person when their earlier acts are over: Slack shows a person one form only. */
  alone<T>(who: string, act: (persona: Persona) => Promise<T>): Promise<T>;
  card(mark: string): SimMessage | undefined;
  /** What stakeholders read of it in a channel. */
  head(mark: string): SimMessage | undefined;
  restoreId(mark: string): string | undefined;
  /** What this person alone was told, oldest first. */
  whispers(who: string): readonly SimMessage[];
  /** Clicks a button of the card, and answers with the form that opens or with what was whispered instead. */
  open(persona: Persona, card: SimMessage, action: string): Promise<'form' | Answer>;
  /** Submits the open form: closed means yes, errors mean no, silence means that nobody knows. */
  submit(persona: Persona): Promise<Answer>;
}

/** What came back to somebody. */
export type Answer = Pick<Deed, 'told' | 'words' | 'shown'>;

/** The bot says itself that it does not know. */
const NOBODY_KNOWS = /nobody knows yet whether it was recorded/;
/** Trouble is no refusal: nothing came of it, not even an entry. */
const TROUBLE = /othing was (?:recorded|done)|was not done|did not say in time who is asked/;

/** What a no means: a refusal, which is on record, or trouble. */
export function noIn(words: string): Answer {
  if (NOBODY_KNOWS.test(words)) return { told: 'unanswered', words };
  return { told: TROUBLE.test(words) ? 'nothing' : 'refused', words };
}

const FORM_WITHIN_MS = 4_000;

export function createTroupe({ slack }: Pick<Arena, 'slack'>): Troupe {
  const deeds: Deed[] = [];
  const busy = new Map<string, Promise<unknown>>();
  /** A card shows the reason only while it asks, so whose it is is remembered. */
  const restores = new Map<string, string>();

  function whispers(who: string): readonly SimMessage[] {
    return slack.workspace.messages.filter(({ onlyFor }) => onlyFor === who);
  }

  function card(mark: string): SimMessage | undefined {
    const id = restores.get(mark);
    const found = slack.workspace.messages.find(
      (message) =>
        keyOf(message) === 'card' && (id ? restoreOf(message) === id : wordsOf(message).includes(`${mark}.`)),
    );
    if (found) restores.set(mark, restoreOf(found) ?? '');
    return found;
  }

  return {
    deeds,
    whispers,
    card,

    head(mark) {
      card(mark);
      const id = restores.get(mark);
      return slack.workspace.messages.find(
        (message) => keyOf(message)?.startsWith('head:') && id !== undefined && restoreOf(message) === id,
      );
    },

    note(deed) {
      deeds.push({ at: Date.now(), ...deed });
      return deed.told;
    },

    async alone(who, act) {
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
    },

    restoreId(mark) {
      card(mark);
      return restores.get(mark);
    },

    async open(persona, found, action) {
      const heardBefore = whispers(persona.id).length;
      await persona.click({ channel: found.channel, ts: found.ts }, action);
      const opened = await soon(FORM_WITHIN_MS, () => persona.modal() ?? whispers(persona.id)[heardBefore]);
      if (persona.modal()) return 'form';
      return opened && 'text' in opened ? noIn(opened.text) : { told: 'unanswered', words: 'no form' };
    },

    async submit(persona) {
      const shown = shownBy(persona);
      const { isAcknowledged, answer } = await persona.submit();
      if (!isAcknowledged) return { told: 'unanswered', words: '', shown };
      return answer.response_action === 'errors'
        ? { ...noIn(JSON.stringify(answer.errors)), shown }
        : { told: 'done', words: '', shown };
    },
  };
}

/** What a decision form carries of the plan it was drawn from. */
function shownBy(persona: Persona): Shown {
  const metadata = persona.modal()?.view.private_metadata;
  try {
    const { planHash, round } = JSON.parse(String(metadata)) as Shown;
    return { ...(planHash === undefined ? {} : { planHash }), ...(round === undefined ? {} : { round }) };
  } catch {
    return {};
  }
}
