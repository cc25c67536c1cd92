import type { Closed } from '../../../src/restore/calendar.ts';
import { timesWords } from '../../../src/restore/calendar-times.ts';

interface NoStart {
  /** Why not. */
  readonly closed: string;
  /** When a start is possible, or that none is. */
  readonly next: string;
  /** An approver may agree to a later start. */
  readonly hasNext: boolean;
  /** An override of the freezes can be asked for. */
  readonly mayOverride: boolean;
}

function mend(who: string, { hasNext, mayOverride }: NoStart): string {
  const override = mayOverride ? ', ask there for an override of the freeze' : '';
  const edit = (can: string) => `${who} ${can} choose another start with "Edit…"${override}, or withdraw it.`;
  if (!hasNext) return edit('can');
  const accepts = who === 'You' ? 'you' : 'the requester';
  return `An approver may agree to a later start, which ${accepts} must accept. ${edit('can also')}`;
}

/** When a restore may start. */
export const calendar = {
  /** Why not at a moment: what the rules say in English, and what they mean by it. */
  closed: (said: string, _closed: Closed | undefined) => said,
  /** The same with the end of a freeze as whoever reads it sees moments. */
  frozen: (facts: { readonly names: string; readonly until: string | undefined }) =>
    `Restores are frozen${facts.until === undefined ? '' : ` until ${facts.until}`}: ${facts.names}.`,
  /** On the card, while people cannot agree to it. */
  noStart: (facts: NoStart & { readonly at: string; readonly requester: string }) =>
    `*A start is not possible as planned.* Seen ${facts.at}: ${facts.closed} ${facts.next} Nobody can approve that start while this is so. ${mend(facts.requester, facts)} The bot keeps looking.`,
  /** The same for the requester. */
  noStartForYou: (facts: NoStart & { readonly at: string }) =>
    `it cannot start as you asked for it. Seen ${facts.at}: ${facts.closed} ${facts.next} Nobody can approve that start while this is so. ${mend('You', facts)} The bot keeps looking.`,
  /** Why votes fell, or people are asked anew who had not voted. */
  lapsed: (facts: NoStart & { readonly at: string; readonly hadVotes: boolean }) =>
    `${facts.hadVotes ? 'What was agreed to cannot start' : 'What was asked for cannot start'} (${facts.at}): ${facts.closed} ${facts.next} ${facts.hadVotes ? 'Nothing was sent.' : 'Nobody had voted.'} Nobody can approve that start while this is so. ${mend('The requester', facts)}`,
  /** To who would have led to the start. */
  refused: (facts: NoStart & { readonly startAt: string }) =>
    `Nothing was agreed to: it would start ${facts.startAt}, and that is not possible. ${facts.closed} ${facts.next} ${mend('The requester', facts)}`,
  /** For the requester. */
  possibleAgain: (facts: { readonly at: string; readonly since: string; readonly closed: string }) =>
    `it was seen ${facts.at} that a start is possible again. What stood against it since ${facts.since}: ${facts.closed} It can be approved as it is.`,
  /** By the calendar as it is now, on the card before it was noted and in the approver's form. */
  closedNow: (facts: NoStart & { readonly startAt: string; readonly isAsked: boolean }) =>
    `*A start is not possible now:* it would come ${facts.startAt}. ${facts.closed} ${facts.next}${facts.isAsked ? ` Nobody can approve that start while this is so. ${mend('The requester', facts)}` : ''}`,
  /** While the start is still possible. */
  closes: (facts: { readonly at: string; readonly freezes: string | undefined }) =>
    facts.freezes === undefined
      ? `*The window closes ${facts.at}:* the start must come before that.`
      : `*A freeze begins ${facts.at}* (${facts.freezes}): the start must come before that.`,
  /** When a window or a freeze is. */
  times: timesWords,
};
