import { FIELD } from '../messages/action-ids.ts';
import type { Persona } from '../playground/slack/personas.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';

/** Fills in the confirmation form with what stands on the card. */
export function typeWhatTheCardSays(persona: Persona, card: SimMessage): void {
  persona.type(FIELD.restoreWord, 'RESTORE');
  persona.type(FIELD.instanceName, /db-\d+/.exec(JSON.stringify(card.blocks))?.[0] ?? '');
  if (!JSON.stringify(persona.modal()?.view).includes(FIELD.restorePointTyped)) return;
  const [, time = ''] = /snapshot of (\d{4}-\d{2}-\d{2} \d{2}:\d{2}) UTC/.exec(card.text) ?? [];
  persona.type(FIELD.restorePointTyped, time);
}

/** Confirms another instance than the one on the card. */
export function typeTheWrongName(persona: Persona, card: SimMessage): void {
  typeWhatTheCardSays(persona, card);
  persona.type(FIELD.instanceName, 'db-wrong');
}
