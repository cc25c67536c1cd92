import { FIELD } from '../messages/action-ids.ts';
import { asksForTime, isRestorePointTime } from '../src/restore/confirmation.ts';
import type { Instant, Restore } from '../src/restore/restore.ts';
import type { FormValues } from './slack-input.ts';

/**
 * What is wrong with the answers of the confirmation, by block id: the word `RESTORE` as in the Aura console, the instance's
 * name in any case, and for production the restore point's time, chosen or typed. Undefined when all are right.
 */
export function wrongAnswers(values: FormValues, restore: Restore): Record<string, string> | undefined {
  const errors: Record<string, string> = {};
  if (values.text(FIELD.restoreWord) !== 'RESTORE') {
    errors[FIELD.restoreWord] = 'Type the word RESTORE in capital letters.';
  }
  if (values.text(FIELD.instanceName)?.toLowerCase() !== restore.plan.instance.alias.toLowerCase()) {
    errors[FIELD.instanceName] =
      'This is not the name of the instance on the card. Read the card again: is it the right one?';
  }
  if (asksForTime(restore)) Object.assign(errors, wrongTime(values, restore));
  return Object.keys(errors).length > 0 ? errors : undefined;
}

function wrongTime(values: FormValues, restore: Restore): Record<string, string> {
  const chosen = values.choice(FIELD.restorePointTime);
  const typed = values.text(FIELD.restorePointTyped);
  if (typed !== undefined && !isRight(restore, instantIn(typed))) {
    return { [FIELD.restorePointTyped]: "This is not the restore point's time on the card, in UTC." };
  }
  if (chosen !== undefined && !isRight(restore, instantIn(chosen))) {
    return { [FIELD.restorePointTime]: "This is not the restore point's time. Read the card again." };
  }
  if (chosen !== undefined || typed !== undefined) return {};
  // A form that was opened before there was this question has no place for it.
  const field = values.has(FIELD.restorePointTime) ? FIELD.restorePointTime : FIELD.restoreWord;
  return { [field]: "Choose the restore point's time or type it; if there is no place for it, open the form again." };
}

function isRight(restore: Restore, answer: Instant | undefined): boolean {
  return answer !== undefined && isRestorePointTime(restore, answer);
}

/** `2026-11-21 03:04`, with seconds, `T`, `Z` or `UTC` or without: always UTC. */
function instantIn(text: string): Instant | undefined {
  const [, day, time] =
    /^(\d{4}-\d{2}-\d{2})[T\s]+(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC)?$/i.exec(text.trim()) ?? [];
  const at = Date.parse(`${day}T${time}:00.000Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
