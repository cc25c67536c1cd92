import type { ExportTask } from '../../src/restore/exports/export-task.ts';
import { sizeOf } from '../../src/restore/gigabytes.ts';
import { everybody } from '../people.ts';
import { escaped } from '../slack-text.ts';
import type { Words } from '../words/words.ts';

/** `12.5 GB`, in the reader's way to write numbers. */
export function sizeWords(bytes: number, { basics }: Words): string {
  const { number, unit } = sizeOf(bytes);
  return `${basics.number(number)} ${unit}`;
}

/** Everybody who must see to an export. */
export function ownersWords({ owners }: Pick<ExportTask['plan'], 'owners'>, words: Words): string {
  return everybody(owners, words);
}

/** Of which instance and plan a message is, for mrkdwn. */
export function aboutExport({ instance, plan }: Pick<ExportTask, 'instance' | 'plan'>) {
  return { alias: escaped(instance.alias), plan: escaped(plan.name) };
}
