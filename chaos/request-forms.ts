import { ACTION, COPIED, DRY_RUN, FIELD } from '../messages/action-ids.ts';
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

const WHY_OTHER = new RegExp(`${FIELD.whyOther}:[a-z-]+`);

/** The reason that all requests have. */
async function chooseReason(persona: Persona): Promise<boolean> {
  await persona.choose(ACTION.chooseReason, 'corrupted-data');
  return (await shows(persona, 'Keep in mind')) ?? false;
}

/** The reason, and why another way than advised is taken for it. */
async function sayWhy(persona: Persona): Promise<boolean> {
  if (!(await chooseReason(persona)) || !(await shows(persona, '*Advice:*'))) return false;
  const why = WHY_OTHER.exec(JSON.stringify(persona.modal()?.view))?.[0];
  if (why) persona.type(why, 'We want to look first.');
  return true;
}

/** An instance beside this one, from its oldest snapshot. */
export const newInstance: FillRequest = async (persona) => {
  await persona.choose(ACTION.chooseMethod, 'new-instance');
  if (!(await shows(persona, FIELD.newSize))) return false;
  return (await oldestSnapshot(persona)) && sayWhy(persona);
};

/** The form of a preview comes with everything but the reason. */
export async function reasonOfPreview(persona: Persona): Promise<boolean> {
  return (await shows(persona, FIELD.newSize)) !== undefined && chooseReason(persona);
}

/** The file that a worker offers, once its checksum was read. */
export const upload: FillRequest = async (persona) => {
  await persona.choose(ACTION.chooseMethod, 'upload');
  if (!(await shows(persona, FIELD.fileSha256))) return false;
  const [, id] = OFFERED_FILE.exec(JSON.stringify(persona.modal()?.view)) ?? [];
  if (id === undefined) return false;
  await persona.choose(ACTION.chooseFile, id);
  await persona.choose(ACTION.chooseSavedAt, savedAt());
  return sayWhy(persona);
};

/** A file that a person uploads in the console. */
export const backupFile: FillRequest = async (persona) => {
  await persona.choose(ACTION.chooseMethod, 'backup-file');
  if (!(await shows(persona, FIELD.fileSha256))) return false;
  persona.type(FIELD.fileName, 'orders.backup');
  persona.type(FIELD.fileSize, '3.2 GB');
  await persona.choose(ACTION.chooseSavedAt, savedAt());
  return sayWhy(persona);
};

const OFFERED_FILE = /"text":"orders\.dump"[^{}]*\},"value":"([0-9a-f]{20})"/;
const SAVED_BEFORE_S = 3_600;
const savedAt = () => Math.floor(Date.now() / 1000) - SAVED_BEFORE_S;

/** The data of another instance, as it is when the copy begins. */
export function overwriteFrom(source: string): FillRequest {
  return async (persona) => {
    await persona.choose(ACTION.chooseMethod, 'overwrite');
    if (!(await shows(persona, ACTION.chooseSource))) return false;
    await persona.choose(ACTION.chooseSource, source);
    await persona.choose(ACTION.chooseCopied, COPIED.live);
    return sayWhy(persona);
  };
}

function shows(persona: Persona, words: string): Promise<true | undefined> {
  return soon(REDRAWN_WITHIN_MS, () => JSON.stringify(persona.modal()?.view ?? '').includes(words) || undefined);
}

/** The form of an undo comes filled in; what will be lost comes into it a moment later. */
export const isLossShown: FillRequest = async (persona) => (await shows(persona, 'will be lost')) !== undefined;
