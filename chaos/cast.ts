import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Persona, Place } from '../playground/slack/personas.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';
import { typeTheWrongName, typeWhatTheCardSays } from './answers.ts';
import type { Arena } from './arena.ts';
import { type Change, fillChange } from './changes.ts';
import type { Deed } from './deed.ts';
import { type FillRequest, isLossShown, oldestSnapshot, reasonOfPreview } from './request-forms.ts';
import { APPROVALS_CHANNEL } from './rules-of-arena.ts';
import { soon, wordsOf } from './sim-messages.ts';
import { createTroupe, isOpen, noIn } from './troupe.ts';

/** People who act as people do: they read, click, type, wait, and try again when nothing happens. */
export interface Cast {
  readonly deeds: readonly Deed[];
  /** Asks until the request is accepted or refused, and returns where its card stands. */
  request(who: string, alias: string, mark: string, how?: Asking): Promise<Place | undefined>;
  /** Asks from the card of an ended restore that it be undone, until that is accepted. */
  undo(who: string, mark: string, undoingMark: string): Promise<Place | undefined>;
  /** Asks from the card of an open request for a new instance of its restore point, until that is accepted. */
  preview(who: string, mark: string, previewMark: string): Promise<Place | undefined>;
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

/** What is asked for, and for how long somebody goes on asking. */
interface Asking {
  readonly fill?: FillRequest;
  readonly withinMs?: number;
}

/** Another request that a card has a button for. */
interface FromCard {
  readonly action: string;
  readonly fill: FillRequest;
  readonly newMark: string;
}

type Click = 'withdraw' | 'cancel' | 'judge' | 'look' | 'take-back' | 'accept' | 'decline' | 'nudge' | 'acknowledge';

const FORM_WITHIN_MS = 4_000;
const CARD_WITHIN_MS = 6_000;
/** How long somebody goes on asking when nothing comes of it. */
const ASK_WITHIN_MS = 45_000;
const OPEN_EACH_MS = 15;
/** How long somebody waits for a button to appear on the card. */
const BUTTON_WITHIN_MS = 2_000;
const ANSWER_WITHIN_MS = 2_000;
const STAKEHOLDERS_BUTTONS: ReadonlySet<string> = new Set([ACTION.acknowledge, ACTION.object]);
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
  const { alone, card, note } = troupe;

  async function askOnce(who: string, alias: string, mark: string, fill: FillRequest): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      await persona.slash('/restore', alias, APPROVALS_CHANNEL);
      const form = persona.lastTrigger() ?? '';
      const opened = await soon(FORM_WITHIN_MS, () => {
        const view = isOpen(persona, form) ? JSON.stringify(persona.modal()?.view) : '';
        return view.includes('restore points in') && !view.includes('older ones are being read') ? view : undefined;
      });
      if (!opened) return 'unanswered';
      if (!(await fill(persona))) return 'unanswered';
      await persona.choose(ACTION.chooseReason, 'corrupted-data');
      persona.type(FIELD.reasonText, `${mark}.`);
      const submitted = troupe
        .submit(persona, form)
        .catch((error: unknown) => ({ told: 'unanswered' as const, words: String(error) }));
      return note({ who, what: 'request', mark, ...(await submitted) });
    }).catch(() => 'unanswered');
  }

  /** Asks from the card of one restore for another, once. */
  async function askFromCard(who: string, mark: string, { action, fill, newMark }: FromCard): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      const found = await withButton(mark, action);
      const opened = found && (await troupe.open(persona, found, action));
      if (!opened || !('form' in opened)) return 'unanswered';
      if (!(await fill(persona))) return 'unanswered';
      persona.type(FIELD.reasonText, `${newMark}.`);
      return note({ who, what: 'request', mark: newMark, ...(await troupe.submit(persona, opened.form)) });
    }).catch(() => 'unanswered');
  }

  async function askFromCardUntilTaken(who: string, mark: string, how: FromCard): Promise<Place | undefined> {
    const deadline = Date.now() + ASK_WITHIN_MS;
    while (Date.now() < deadline) {
      if (!card(how.newMark) && !isTaken(how.newMark)) await askFromCard(who, mark, how);
      const found = await soon(CARD_WITHIN_MS, () => card(how.newMark));
      if (found) return { channel: found.channel, ts: found.ts };
    }
    return undefined;
  }

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

  /** The card, or what stakeholders read where the button is theirs, once it has the button. */
  async function withButton(mark: string, action: string): Promise<SimMessage | undefined> {
    const look = STAKEHOLDERS_BUTTONS.has(action) ? troupe.head : card;
    return soon(BUTTON_WITHIN_MS, () => {
      const now = look(mark);
      return now && wordsOf(now).includes(`"${action}"`) ? now : undefined;
    });
  }

  const decide = async (...args: Parameters<typeof fillForm>) => (await fillForm(...args))[0] ?? 'unanswered';
  const approving = (who: string, mark: string) => ({ who, mark, what: 'approve' }) as const;

  return {
    deeds: troupe.deeds,
    card,
    restoreId: troupe.restoreId,
    deleteCard: troupe.deleteCard,

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

    async request(who, alias, mark, { fill = oldestSnapshot, withinMs = ASK_WITHIN_MS } = {}) {
      const deadline = Date.now() + withinMs;
      while (Date.now() < deadline) {
        if (!card(mark) && !isTaken(mark)) await askOnce(who, alias, mark, fill);
        const found = await soon(CARD_WITHIN_MS, () => card(mark) ?? (isRefused(mark) ? 'refused' : undefined));
        if (found === 'refused') return undefined;
        if (found) return { channel: found.channel, ts: found.ts };
      }
      return undefined;
    },

    undo: (who, mark, newMark) => askFromCardUntilTaken(who, mark, { action: ACTION.undo, fill: isLossShown, newMark }),
    preview: (who, mark, newMark) =>
      askFromCardUntilTaken(who, mark, { action: ACTION.preview, fill: reasonOfPreview, newMark }),

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

  /** Whoever was told yes waits for the card. */
  function isTaken(mark: string): boolean {
    return troupe.deeds.some((deed) => deed.what === 'request' && deed.mark === mark && deed.told === 'done');
  }

  function isRefused(mark: string): boolean {
    const last = troupe.deeds.findLast((deed) => deed.what === 'request' && deed.mark === mark);
    // One's own request, recorded and not yet answered, refuses the second try.
    return last?.told === 'refused' && !last.words.includes('open restore of this instance');
  }
}
