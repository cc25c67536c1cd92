import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Persona } from '../playground/slack/personas.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';
import { typeTheWrongName, typeWhatTheCardSays } from './answers.ts';
import type { Arena } from './arena.ts';
import { type Asking, createAsking } from './asking.ts';
import { type Change, fillChange } from './changes.ts';
import type { Deed } from './deed.ts';
import { soon, wordsOf } from './sim-messages.ts';
import { createTroupe, noIn } from './troupe.ts';

/** People who act as people do: they read, click, type, wait, and try again when nothing happens. */
export interface Cast extends Asking {
  readonly deeds: readonly Deed[];
  approve(who: string, mark: string): Promise<Deed['told']>;
  /** Everybody opens the form first; then all submit in the same moment. */
  approveTogether(people: readonly string[], mark: string): Promise<readonly Deed['told'][]>;
  /** Opens the form at once and submits it later. */
  approveLate(who: string, mark: string, until: () => Promise<unknown>): Promise<Deed['told']>;
  /** Clicks the button twice and submits the form twice, without waiting for an answer. */
  approveTwice(who: string, mark: string): Promise<readonly Deed['told'][]>;
  /** Types the name of another instance. */
  approveWrongly(who: string, mark: string): Promise<Deed['told']>;
  /** Agrees on a condition. */
  approveIf(who: string, mark: string): Promise<Deed['told']>;
  /** A stakeholder objects to what is planned. */
  object(who: string, mark: string): Promise<Deed['told']>;
  /** Somebody who decides says that it goes on all the same. */
  answer(who: string, mark: string): Promise<Deed['told']>;
  deny(who: string, mark: string): Promise<Deed['told']>;
  /** Opens the form of the request, changes it and submits it, at once or later. */
  edit(who: string, mark: string, change: Change, until?: () => Promise<unknown>): Promise<Deed['told']>;
  /** A click of a button on the card. */
  click(who: string, mark: string, what: Click, action: string): Promise<Deed['told']>;
  /** Ends the further requests with this mark that still wait, where the first goes on: some ways claim no instance. */
  withdrawTwins(who: string, mark: string): Promise<void>;
  /** A click of a button on any message. */
  press(who: string, message: SimMessage, action: string): Promise<void>;
  /** Opens a form from any message, fills it in and submits it. */
  fill(who: string, message: SimMessage, action: string, fill: (persona: Persona) => void): Promise<void>;
  card(mark: string): SimMessage | undefined;
  deleteCard(mark: string): void;
  /** The id of the restore, once its card was seen. */
  restoreId(mark: string): string | undefined;
}

type Click = 'withdraw' | 'cancel' | 'judge' | 'look' | 'take-back' | 'accept' | 'decline' | 'nudge' | 'acknowledge';

const FORM_WITHIN_MS = 4_000;
const OPEN_EACH_MS = 15;
const ANSWER_WITHIN_MS = 2_000;
/** Buttons that somebody may still see and click when the card has moved on. */
const MAY_BE_GONE: ReadonlySet<string> = new Set([ACTION.approve, ACTION.deny, ACTION.edit]);
const NEVER = /$^/;
const NO_CONDITION = new RegExp(`^(?![^]*${ACTION.acceptProviso})`);
/** What is whispered although it is no refusal. */
const WHISPERED_YES = /^Nudged in/;

/** What a card says when a click was taken. */
const YES: Readonly<Record<Click, (who: string) => RegExp>> = {
  withdraw: () => /\. Withdrawn\./,
  cancel: () => /\. Cancelled\./,
  judge: () => /is complete|failed:|Restored, checking/,
  look: (who) => new RegExp(`Looking:\\* <@${who}>`),
  // The card no longer names them, which it may not have done before either.
  'take-back': () => NEVER,
  accept: () => NO_CONDITION,
  decline: () => NO_CONDITION,
  nudge: () => NEVER,
  acknowledge: () => NEVER,
};

export function createCast(arena: Pick<Arena, 'slack'>): Cast {
  const troupe = createTroupe(arena);
  const { alone, card, note, withButton } = troupe;

  /** Opens a form from the card, fills it in and submits it, so many times at once. */
  async function fillForm(
    { who, mark, what }: Pick<Deed, 'who' | 'mark' | 'what'>,
    action: string,
    fill: (persona: Persona, card: SimMessage) => void | Promise<void>,
    times = 1,
  ): Promise<readonly Deed['told'][]> {
    return alone(who, async (persona) => {
      const found = MAY_BE_GONE.has(action) ? card(mark) : await withButton(mark, action);
      if (!found) return [];
      const opened = await troupe.open(persona, found, action);
      if (!('form' in opened)) return [note({ who, what, mark, ...opened })];
      await fill(persona, found);
      const submitted = await Promise.all(Array.from({ length: times }, () => troupe.submit(persona, opened.form)));
      return submitted.map((answer) => note({ who, what, mark, ...answer }));
    }).catch((error: unknown) => [note({ who, what, mark, told: 'unanswered', words: String(error) })]);
  }

  /** Clicks a button of the message that is found, and notes what came of it. */
  async function clickOn(
    find: () => SimMessage | undefined | Promise<SimMessage | undefined>,
    cardNow: () => SimMessage | undefined,
    { who, mark, what }: Pick<Deed, 'who' | 'mark'> & { readonly what: Click },
    action: string,
  ): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      const found = await find();
      if (!found) return 'unanswered' as const;
      const { isAcknowledged } = await persona.click({ channel: found.channel, ts: found.ts }, action);
      if (!isAcknowledged) return note({ who, what, mark, told: 'unanswered', words: '' });
      // A no is whispered, a yes is on the card; both come after the acknowledgement.
      const answer = await soon(ANSWER_WITHIN_MS, () => {
        const no = troupe.whisper(persona.lastTrigger() ?? '');
        if (no) return WHISPERED_YES.test(no.text) ? { told: 'done' as const, words: no.text } : noIn(no.text);
        const now = cardNow();
        return now && YES[what](who).test(wordsOf(now)) ? { told: 'done' as const, words: now.text } : undefined;
      });
      return note({ who, what, mark, ...(answer ?? { told: 'unanswered', words: '' }) });
    }).catch(() => 'unanswered');
  }

  const decide = async (...args: Parameters<typeof fillForm>) => (await fillForm(...args))[0] ?? 'unanswered';
  const approving = (who: string, mark: string) => ({ who, mark, what: 'approve' }) as const;

  return {
    deeds: troupe.deeds,
    card,
    restoreId: troupe.restoreId,
    deleteCard: troupe.deleteCard,
    ...createAsking(troupe),

    press: (who, { channel, ts }, action) =>
      alone(who, async (persona) => {
        await persona.click({ channel, ts }, action);
      }).catch(() => undefined),

    fill: (who, message, action, fill) =>
      alone(who, async (persona) => {
        const opened = await troupe.open(persona, message, action);
        if (!('form' in opened)) return;
        fill(persona);
        await troupe.submit(persona, opened.form);
      }).catch(() => undefined),

    approve: (who, mark) => decide(approving(who, mark), ACTION.approve, typeWhatTheCardSays),
    approveWrongly: (who, mark) => decide(approving(who, mark), ACTION.approve, typeTheWrongName),
    approveIf: (who, mark) =>
      decide(approving(who, mark), ACTION.approve, (persona, found) => {
        typeWhatTheCardSays(persona, found);
        persona.type(FIELD.condition, 'Tell the shop first.');
      }),
    approveTwice: (who, mark) => fillForm(approving(who, mark), ACTION.approve, typeWhatTheCardSays, 2),

    async approveTogether(people, mark) {
      let opened = 0;
      const deadline = Date.now() + FORM_WITHIN_MS + people.length * OPEN_EACH_MS;
      return Promise.all(
        people.map(async (who, index) => {
          // Not all at once: the race is about the decision, not about opening forms.
          await sleep(index * OPEN_EACH_MS);
          return decide(approving(who, mark), ACTION.approve, async (persona, found) => {
            typeWhatTheCardSays(persona, found);
            opened++;
            while (opened < people.length && Date.now() < deadline) await sleep(5);
          });
        }),
      );
    },

    approveLate: (who, mark, until) =>
      decide(approving(who, mark), ACTION.approve, async (persona, found) => {
        typeWhatTheCardSays(persona, found);
        await until();
      }),

    object: (who, mark) =>
      decide({ who, mark, what: 'object' }, ACTION.object, (persona) =>
        persona.type(FIELD.objection, 'Not while the shop is open.'),
      ),

    answer: (who, mark) =>
      decide({ who, mark, what: 'answer' }, ACTION.answer, async (persona) => {
        await persona.choose('kind', 'go-on');
        persona.type(FIELD.answerWords, 'The shop knows.');
      }),

    deny: (who, mark) =>
      decide({ who, mark, what: 'deny' }, ACTION.deny, (persona) => persona.type(FIELD.denialReason, 'Not like this.')),

    edit: (who, mark, change, until) =>
      decide({ who, mark, what: 'edit' }, ACTION.edit, async (persona) => {
        await fillChange(persona, change);
        await until?.();
      }),

    click: (who, mark, what, action) =>
      clickOn(
        () => withButton(mark, action),
        () => card(mark),
        { who, mark, what },
        action,
      ),

    async withdrawTwins(who, mark) {
      const asks = (twin: SimMessage) => wordsOf(twin).includes(`"${ACTION.withdraw}"`);
      for (const twin of troupe.twins(mark).filter(asks)) {
        await clickOn(
          () => twin,
          () => twin,
          { who, mark, what: 'withdraw' },
          ACTION.withdraw,
        );
      }
    },
  };
}
