import type { KnownBlock } from '@slack/types';
import { nextDue } from '../../src/restore/exports/due.ts';
import type { ExportPlan } from '../../src/restore/exports/export-plan.ts';
import { type ExportTask, isOverdue, overdueFrom } from '../../src/restore/exports/export-task.ts';
import type { ExportedFile } from '../../src/restore/exports/exported-file.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { fittingLines, sections } from '../shortened.ts';
import { LIMIT } from '../slack-limits.ts';
import { coming, escaped, header, type Message, moment, past, quoted, section } from '../slack-text.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { aboutExport, ownersWords, sizeWords } from './names.ts';

/** What is known of exports: of one instance with its files, or of all. */
export interface ExportsModel {
  readonly now: Instant;
  readonly instances: readonly Pick<InstancePolicy, 'alias' | 'auraId' | 'exports'>[];
  readonly open: readonly ExportTask[];
  /** Of the one instance that was asked about. */
  readonly files?: readonly ExportedFile[];
}

const MOST_FILES = 15;
const MOST_ON_HOME = 10;

/** What must leave Aura and when, what is due or overdue, and which files there are. */
export function exportsReply(model: ExportsModel, reader: Reader): Message {
  const words = wordsFor(reader);
  const { list } = words.exports;
  const plans = model.instances.flatMap((instance) =>
    (instance.exports ?? []).flatMap((plan) => planLines(plan, instance, model, words)),
  );
  const [only] = model.instances;
  const none = model.files && only ? list.noneOfInstance(escaped(only.alias)) : list.none;
  const files = model.files && only ? fileLines(only.alias, model.files, words) : [];
  const lines = [...(plans.length > 0 ? plans : [none]), ...files];
  const text = fittingLines(lines.join('\n'), LIMIT.text, words);
  return { text, blocks: sections(text.split('\n')) };
}

/** The home's part about exports; nothing while none is overdue. */
export function overdueOnHome(open: readonly ExportTask[], now: Instant, words: Words): KnownBlock[] {
  const overdue = open.filter((task) => isOverdue(task, now));
  if (overdue.length === 0) return [];
  return [
    header(words.exports.homeTitle),
    ...overdue.slice(0, MOST_ON_HOME).map((task) =>
      section(
        words.exports.homeLine({
          ...aboutExport(task),
          id: task.id,
          since: past(overdueFrom(task)),
          owners: ownersWords(task.plan, words),
        }),
      ),
    ),
  ];
}

/** Which exports the owners were asked for, before a deployment. */
export function exportsAsked(alias: string, tasks: readonly ExportTask[], reader: Reader): { readonly text: string } {
  const ids = tasks.map(({ id }) => id).join(', ');
  return { text: wordsFor(reader).exports.asked({ alias: escaped(alias), ids }) };
}

function planLines(
  plan: ExportPlan,
  { alias, auraId }: Pick<InstancePolicy, 'alias' | 'auraId'>,
  { now, open }: ExportsModel,
  words: Words,
): readonly string[] {
  const { list } = words.exports;
  const tasks = open.filter((task) => task.instance.auraId === auraId && task.plan.name === plan.name);
  const facts = [
    list.plan({ alias: escaped(alias), plan: escaped(plan.name) }),
    ...(plan.schedule ? [list.next(coming(nextDue(plan.schedule, now), now, words))] : []),
    ...(plan.beforeDeployments ? [list.onRequest(escaped(alias))] : []),
    list.owners(ownersWords(plan, words)),
  ];
  return [
    facts.join(' · '),
    ...tasks.map((task) =>
      isOverdue(task, now)
        ? `• ${list.overdue({ id: task.id, since: past(overdueFrom(task)) })}`
        : `• ${list.open({ id: task.id, at: past(task.dueAt) })}`,
    ),
  ];
}

function fileLines(alias: string, files: readonly ExportedFile[], words: Words): readonly string[] {
  const { list } = words.exports;
  if (files.length === 0) return [list.noFiles(escaped(alias))];
  const rest = files.length - MOST_FILES;
  return [
    list.files(escaped(alias)),
    ...files.slice(0, MOST_FILES).map(
      ({ file, takenAt, place, keepUntil, exportId }) =>
        `• ${list.file({
          file: `\`${quoted(file.name, 200)}\``,
          size: sizeWords(file.sizeBytes, words),
          point: past(takenAt),
          place: quoted(place, 200),
          until: moment(keepUntil),
          id: exportId,
        })}`,
    ),
    ...(rest > 0 ? [words.basics.andMore(rest)] : []),
  ];
}
