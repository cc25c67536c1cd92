import { FIELD } from '../messages/action-ids.ts';
import { restorePointOnCard, sourceOnCard } from '../playground/card-facts.ts';
import type { Persona } from '../playground/slack/personas.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';

/** Fills in the confirmation form with what stands on the card. */
export function typeWhatTheCardSays(persona: Persona, card: SimMessage): void {
  persona.type(FIELD.restoreWord, 'RESTORE');
  persona.type(FIELD.instanceName, /db-\d+/.exec(JSON.stringify(card.blocks))?.[0] ?? '');
  const form = JSON.stringify(persona.modal()?.view);
  if (form.includes(FIELD.sourceName)) persona.type(FIELD.sourceName, sourceOnCard(card) ?? '');
  if (form.includes(FIELD.restorePointTyped)) persona.type(FIELD.restorePointTyped, restorePointOnCard(card) ?? '');
}

/** Confirms another instance than the one on the card. */
export function typeTheWrongName(persona: Persona, card: SimMessage): void {
  typeWhatTheCardSays(persona, card);
  persona.type(FIELD.instanceName, 'db-wrong');
}
