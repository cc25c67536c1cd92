import type { SimMessage } from './slack/workspace.ts';

/** What a reader finds on a card is in its blocks; its plain text is for those who do not see them. */
function shownOn(card: SimMessage): string {
  return JSON.stringify(card.blocks);
}

/** The restore point's time on the card of a request, in UTC: `2026-11-21 03:04`. Undefined when none is shown. */
export function restorePointOnCard(card: SimMessage): string | undefined {
  return /(?:written after|was nach|as it was|Stand) <!date[^|]*\|(\d{4}-\d{2}-\d{2} \d{2}:\d{2}) UTC>/.exec(
    shownOn(card),
  )?.[1];
}

/** The name of the instance whose data is copied. Undefined when the card shows none. */
export function sourceOnCard(card: SimMessage): string | undefined {
  return /(?:With the data of|Mit den Daten von):\* \*([^*]+)\*/.exec(shownOn(card))?.[1];
}
