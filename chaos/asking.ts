import { ACTION, FIELD } from '../messages/action-ids.ts';
import type { Place } from '../playground/slack/personas.ts';
import type { Deed } from './deed.ts';
import { type FillRequest, isLossShown, oldestSnapshot, reasonOfPreview } from './request-forms.ts';
import { APPROVALS_CHANNEL } from './rules-of-arena.ts';
import { soon } from './sim-messages.ts';
import { isOpen, type Troupe } from './troupe.ts';

/** People who ask for a restore, and again when nothing comes of it. */
export interface Asking {
  /** Asks until the request is accepted or refused, and returns where its card stands. */
  request(who: string, alias: string, mark: string, how?: Insistence): Promise<Place | undefined>;
  /** Asks from the card of an ended restore that it be undone, until that is accepted. */
  undo(who: string, mark: string, undoingMark: string): Promise<Place | undefined>;
  /** Asks from the card of an open request for a new instance of its restore point, until that is accepted. */
  preview(who: string, mark: string, previewMark: string): Promise<Place | undefined>;
}

/** What is asked for, and for how long somebody goes on asking. */
interface Insistence {
  readonly fill?: FillRequest;
  readonly withinMs?: number;
}

/** Another request that a card has a button for. */
interface FromCard {
  readonly action: string;
  readonly fill: FillRequest;
  readonly newMark: string;
}

const FORM_WITHIN_MS = 4_000;
const CARD_WITHIN_MS = 6_000;
/** How long somebody goes on asking when nothing comes of it. */
const ASK_WITHIN_MS = 45_000;

export function createAsking(troupe: Troupe): Asking {
  const { alone, card, note, withButton } = troupe;

  async function askOnce(who: string, alias: string, mark: string, fill: FillRequest): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      await persona.slash('/restore', alias, APPROVALS_CHANNEL);
      const form = persona.lastTrigger() ?? '';
      noteOpening(who, mark, form);
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

  /** What is said to somebody who may not open it cannot be told apart by the act: see `judge-refused.ts`. */
  function noteOpening(who: string, mark: string, trigger: string): void {
    note({ who, what: 'open-form', mark, told: 'unanswered', words: '', trigger });
  }

  /** Asks from the card of one restore for another, once. */
  async function askFromCard(who: string, mark: string, { action, fill, newMark }: FromCard): Promise<Deed['told']> {
    return alone(who, async (persona) => {
      const found = await withButton(mark, action);
      const opened = found && (await troupe.open(persona, found, action));
      if (found) noteOpening(who, newMark, persona.lastTrigger() ?? '');
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

  return {
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
