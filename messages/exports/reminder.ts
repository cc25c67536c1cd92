import type { KnownBlock } from '@slack/types';
import { fileNameFor } from '../../src/restore/exports/export-plan.ts';
import { type ExportTask, fitsFrom, overdueFrom } from '../../src/restore/exports/export-task.ts';
import type { Reader } from '../../src/restore/language.ts';
import { ACTION } from '../action-ids.ts';
import { LIMIT } from '../slack-limits.ts';
import {
  context,
  environmentLabel,
  escaped,
  header,
  type Message,
  mention,
  moment,
  past,
  section,
  truncate,
} from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { aboutExport, ownersWords } from './names.ts';

/** Reminds the owners of an export: which snapshot, what to do in the console, and how to record it. */
export function exportReminder(task: ExportTask, reader: Reader): Message {
  const words = wordsFor(reader);
  const { exports } = words;
  const { instance, plan, because, id, dueAt, reminded } = task;
  const overdueAt = overdueFrom(task);
  const isLate = reminded !== undefined && reminded.at >= overdueAt;
  const titleOf = isLate ? exports.titleOverdue : exports.titleDue;
  const facts = {
    ...aboutExport(task),
    alias: `*${escaped(instance.alias)}*`,
    environment: environmentLabel(instance.environment, words),
    at: past(dueAt),
    overdueFrom: isLate ? past(overdueAt) : moment(overdueAt),
  };
  const blocks: KnownBlock[] = [
    header(titleOf({ alias: instance.alias, plan: plan.name })),
    section(
      [
        isLate ? exports.overdue(facts) : exports.due(facts),
        ...(because.kind === 'deployment' ? [exports.askedBy(mention.person(because.by))] : []),
        exports.owners(ownersWords(plan, words)),
      ].join(' '),
    ),
    section(offerWords(task, words)),
    section(
      exports.steps({
        name: `*${escaped(instance.alias)}* (\`${escaped(instance.auraId)}\`)`,
        fileName: `\`${escaped(fileNameOf(task))}\``,
        place: escaped(plan.place),
        days: plan.keepDays,
      }),
    ),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: ACTION.recordExport,
          value: id,
          text: { type: 'plain_text', text: exports.button },
          accessibility_label: truncate(
            words.basics.button({ label: exports.button, id, alias: instance.alias }),
            LIMIT.accessibilityLabel,
          ),
        },
      ],
    },
    context(exports.record(id)),
  ];
  return { text: spokenText(titleOf(aboutExport(task)), blocks, words), blocks };
}

/** What the file of an export is to be called, as far as its restore point is known. */
export function fileNameOf({ instance, plan, dueAt, reminded }: ExportTask): string {
  const takenAt = reminded?.offer.kind === 'snapshot' ? reminded.offer.takenAt : dueAt;
  return fileNameFor(plan.fileName, { alias: instance.alias, name: plan.name, takenAt });
}

function offerWords({ reminded, instance, dueAt }: ExportTask, { exports }: Words): string {
  const about = { from: past(fitsFrom(dueAt)), alias: escaped(instance.alias) };
  const offer = reminded?.offer ?? { kind: 'unknown' as const };
  switch (offer.kind) {
    case 'snapshot':
      return exports.snapshot({ at: past(offer.takenAt), id: `\`${escaped(offer.snapshotId)}\`` });
    case 'none':
      return exports.noSnapshot(about);
    case 'unknown':
      return exports.unknownSnapshot(about);
    default:
      return offer satisfies never;
  }
}
