import type { ExportRefusal } from '../../src/restore/exports/export-course.ts';
import type { ExportTask } from '../../src/restore/exports/export-task.ts';
import type { Reader } from '../../src/restore/language.ts';
import { refusalText } from '../refusal.ts';
import { context, escaped, header, type Message, mention, moment, past, quoted, section } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { wordsFor } from '../words/words.ts';
import { aboutExport, ownersWords, sizeWords } from './names.ts';

/** What became of an export, for the audit channel: the file that was recorded, or that there is none. */
export function exportOutcome(task: ExportTask, reader: Reader): Message {
  const words = wordsFor(reader);
  const { exports } = words;
  const { state, instance, plan, id } = task;
  const about = aboutExport(task);
  const raw = { alias: instance.alias, plan: plan.name };
  if (state.status === 'done') {
    const { file, place, takenAt, keepUntil } = state.file;
    const blocks = [
      header(exports.recordedTitle(raw)),
      section(
        exports.recorded({
          by: mention.person(state.by),
          file: `\`${quoted(file.name, 200)}\``,
          size: sizeWords(file.sizeBytes, words),
          alias: `*${about.alias}*`,
          point: past(takenAt),
        }),
      ),
      section(
        exports.whereAndUntil({
          place: quoted(place, 300),
          until: moment(keepUntil),
          sha256: `\`${escaped(file.sha256)}\``,
        }),
      ),
      context(exports.record(id)),
    ];
    return { text: spokenText(exports.recordedTitle(about), blocks, words), blocks };
  }
  const blocks = [
    header(exports.missedTitle(raw)),
    section(
      exports.missed({
        alias: `*${about.alias}*`,
        plan: about.plan,
        at: past(task.dueAt),
        owners: ownersWords(plan, words),
      }),
    ),
    context(exports.record(id)),
  ];
  return { text: spokenText(exports.missedTitle(about), blocks, words), blocks };
}

/** Why nothing was recorded or asked for. */
export function exportRefusalText(refusal: ExportRefusal, reader: Reader): { readonly text: string } {
  const say = wordsFor(reader).exports.refusal;
  switch (refusal.reason) {
    case 'not-an-owner':
      return { text: say.notAnOwner };
    case 'export-done':
      return { text: say.done({ by: mention.person(refusal.by), at: past(refusal.at) }) };
    case 'export-missed':
      return { text: say.missed(past(refusal.at)) };
    case 'file-kind':
      return { text: say.fileKind };
    case 'file-size':
      return { text: say.fileSize };
    case 'checksum':
      return { text: say.checksum };
    case 'taken-in-the-future':
      return { text: say.future };
    case 'no-deployment-export':
      return { text: say.noDeployment(escaped(refusal.alias)) };
    default:
      return refusalText(refusal, { reader });
  }
}

/** That it was recorded, for who did it. */
export function exportRecorded({ state }: ExportTask, reader: Reader): { readonly text: string } {
  const { form } = wordsFor(reader).exports;
  if (state.status !== 'done') return { text: '' };
  const { file, keepUntil } = state.file;
  return { text: form.done({ file: `\`${quoted(file.name, 200)}\``, until: moment(keepUntil) }) };
}
