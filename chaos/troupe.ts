import { ACTION } from '../messages/action-ids.ts';
import type { Persona } from '../playground/slack/personas.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';
import type { Arena } from './arena.ts';
import type { Deed, Shown } from './deed.ts';
import { createSights, type Sights } from './sights.ts';
import { soon, wordsOf } from './sim-messages.ts';

/** What all people of an arena share: their notes, the cards they recognise, and that each does one thing at a time. */
export interface Troupe extends Sights {
  readonly deeds: readonly Deed[];
  note(deed: Omit<Deed, 'at'>): Deed['told'];
  /** Acts as this person when their earlier acts are over: Slack shows a person one form only. */
  alone<T>(who: string, act: (persona: Persona) => Promise<T>): Promise<T>;
  /** Clicks a button of the card, and answers with the trigger of the form that opens or with what was whispered instead. */
  open(persona: Persona, card: SimMessage, action: string): Promise<{ readonly form: string } | Answer>;
  /** The card, or what stakeholders read where the button is theirs, once it has the button. */
  withButton(mark: string, action: string): Promise<SimMessage | undefined>;
  /** Submits the form of this trigger: closed means yes, errors mean no, silence means that nobody knows. */
  submit(persona: Persona, form: string): Promise<Answer>;
}

/** What came back to somebody. */
export type Answer = Pick<Deed, 'told' | 'words' | 'shown' | 'trigger'>;

/** The bot says itself that it does not know. */
const NOBODY_KNOWS = /nobody knows yet whether it was recorded/;
/** Trouble is no refusal: nothing came of it, not even an entry. */
const TROUBLE =
  /othing was (?:recorded|done|asked for and nothing decided)|was not done|did not say in time who is asked/;

/** What a no means: a refusal, which is on record, or trouble. */
export function noIn(words: string): Answer {
  if (NOBODY_KNOWS.test(words)) return { told: 'unanswered', words };
  return { told: TROUBLE.test(words) ? 'nothing' : 'refused', words };
}

const FORM_WITHIN_MS = 4_000;
/** How long somebody waits for a button to appear on the card. */
const BUTTON_WITHIN_MS = 2_000;
const STAKEHOLDERS_BUTTONS: ReadonlySet<string> = new Set([ACTION.acknowledge, ACTION.object]);

export function createTroupe({ slack }: Pick<Arena, 'slack'>): Troupe {
  const deeds: Deed[] = [];
  const busy = new Map<string, Promise<unknown>>();
  const sights = createSights(slack.workspace);

  return {
    ...sights,
    deeds,

    note(deed) {
      deeds.push({ at: Date.now(), ...deed });
      return deed.told;
    },

    async withButton(mark: string, action: string): Promise<SimMessage | undefined> {
      const look = STAKEHOLDERS_BUTTONS.has(action) ? sights.head : sights.card;
      return soon(BUTTON_WITHIN_MS, () => {
        const now = look(mark);
        return now && wordsOf(now).includes(`"${action}"`) ? now : undefined;
      });
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

    async open(persona, found, action) {
      await persona.click({ channel: found.channel, ts: found.ts }, action);
      const trigger = persona.lastTrigger() ?? '';
      // A form or a word that belongs to an earlier click may come late, and is no answer to this one.
      const opened = await soon(FORM_WITHIN_MS, () => isOpen(persona, trigger) || sights.whisper(trigger));
      if (opened === undefined) return { told: 'unanswered', words: 'no form' };
      return opened === true ? { form: trigger } : noIn(opened.text);
    },

    async submit(persona, form) {
      if (!isOpen(persona, form)) return { told: 'unanswered', words: 'another form came' };
      const shown = shownBy(persona);
      const before = persona.lastTrigger();
      const { isAcknowledged, answer } = await persona.submit();
      // Slack itself keeps a form back in which something is left empty.
      const last = persona.lastTrigger();
      const act = { shown, ...(last === before ? {} : { trigger: last }) };
      if (!isAcknowledged) return { told: 'unanswered', words: '', ...act };
      return answer.response_action === 'errors'
        ? { ...noIn(JSON.stringify(answer.errors)), ...act }
        : { told: 'done', words: '', ...act };
    },
  };
}

/** Whether the form that this person sees is the one that this act opened; undefined when it is not. */
export function isOpen(persona: Persona, trigger: string): true | undefined {
  return persona.modal()?.openedBy === trigger || undefined;
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
