import { ACTION, COPIED, DRY_RUN } from '../messages/action-ids.ts';
import type { Persona } from '../playground/slack/personas.ts';
import { optionIds } from './changes.ts';
import { soon } from './sim-messages.ts';

/** Chooses in the open request form what is to be done. False when the form does not offer it now. */
export type FillRequest = (persona: Persona) => Promise<boolean>;

const REDRAWN_WITHIN_MS = 4_000;

/** The oldest: safety snapshots of earlier restores come and go above it. */
export const oldestSnapshot: FillRequest = async (persona) => {
  const oldest = (await optionIds(persona)).at(-1);
  if (!oldest) return false;
  await persona.choose(ACTION.chooseSnapshot, oldest);
  return true;
};

export const dryRun: FillRequest = async (persona) => {
  if (!(await oldestSnapshot(persona))) return false;
  await persona.choose(ACTION.chooseDryRun, DRY_RUN);
  return true;
};

/** The data of another instance, as it is when the copy begins. */
export function overwriteFrom(source: string): FillRequest {
  return async (persona) => {
    await persona.choose(ACTION.chooseMethod, 'overwrite');
    if (!(await shows(persona, ACTION.chooseSource))) return false;
    await persona.choose(ACTION.chooseSource, source);
    await persona.choose(ACTION.chooseCopied, COPIED.live);
    return true;
  };
}

function shows(persona: Persona, words: string): Promise<true | undefined> {
  return soon(REDRAWN_WITHIN_MS, () => JSON.stringify(persona.modal()?.view ?? '').includes(words) || undefined);
}
