import type { KnownBlock } from '@slack/types';
import { fileObstacle, type OfferedFile } from '../src/restore/backup-file.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { PlannedFile } from '../src/restore/plan.ts';
import { ACTION, FIELD } from './action-ids.ts';
import { fileObstacleWords, sizeWords } from './file-words.ts';
import type { RestoreFormModel } from './form-model.ts';
import { rpoVerdict } from './loss-words.ts';
import { duration, escaped, option, past, section, utc } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** Slack shows no more options in one menu. */
const MOST_FILES = 100;

/** What the form asks of a file: which of those that workers offer, or what it is; and when its data was saved. */
export function fileBlocks(model: RestoreFormModel, alias: string, words: Words): KnownBlock[] {
  const { form } = words.files;
  const isByHand = model.method === 'backup-file';
  const { offered = [], file } = model;
  if (!isByHand && offered.length === 0) return [section(form.none)];
  return [
    ...(isByHand
      ? [
          text(FIELD.fileName, form.name, { hint: form.nameHint, maxLength: 200 }),
          text(FIELD.fileSize, form.size, { hint: form.sizeHint, maxLength: 20 }),
        ]
      : [fileMenu(offered, file, alias, words)]),
    text(FIELD.fileSha256, form.sha256, { hint: form.sha256Hint, maxLength: 80, isOptional: true }),
    {
      type: 'input',
      block_id: FIELD.fileSavedAt,
      dispatch_action: true,
      label: { type: 'plain_text', text: form.savedAt },
      hint: { type: 'plain_text', text: form.savedAtHint },
      element: { type: 'datetimepicker', action_id: ACTION.chooseSavedAt },
    },
  ];
}

function fileMenu(
  offered: readonly OfferedFile[],
  file: OfferedFile | undefined,
  alias: string,
  { files }: Words,
): KnownBlock {
  const { form } = files;
  const optionOf = ({ id, name, sizeBytes, changedAt, directory }: OfferedFile) =>
    option(name, id, form.offered({ size: sizeWords(sizeBytes), changed: utc(changedAt), place: directory }));
  return {
    type: 'input',
    block_id: `${FIELD.file}:${alias}`,
    dispatch_action: true,
    label: { type: 'plain_text', text: form.file },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseFile,
      placeholder: { type: 'plain_text', text: form.whichFile },
      options: offered.slice(0, MOST_FILES).map(optionOf),
      ...(file ? { initial_option: optionOf(file) } : {}),
    },
  };
}

function text(
  blockId: string,
  label: string,
  field: { readonly hint: string; readonly maxLength: number; readonly isOptional?: boolean },
): KnownBlock {
  return {
    type: 'input',
    block_id: blockId,
    optional: field.isOptional ?? false,
    label: { type: 'plain_text', text: label },
    hint: { type: 'plain_text', text: field.hint },
    element: { type: 'plain_text_input', action_id: 'text', max_length: field.maxLength },
  };
}

/** What would be lost with the file, as far as it was chosen, said as the card will say it. */
export function fileLossLines(model: RestoreFormModel, words: Words): string[] {
  const { chosen, file, savedAt, now, method } = model;
  const { request, form, files } = words;
  if (!chosen) return [];
  const replaced = files.replaced(escaped(chosen.policy.alias));
  const { consoleFileBytes } = chosen.policy;
  const why =
    file && method === 'upload'
      ? fileObstacle(
          { method, file: asPlanned(file), savedAt: savedAt ?? now },
          {
            ...(chosen.look.kind === 'seen' && chosen.look.type ? { type: chosen.look.type } : {}),
            ...(consoleFileBytes === undefined ? {} : { consoleFileBytes }),
            now,
          },
        )
      : undefined;
  if (why) return [fileObstacleWords(why, words)];
  if (!savedAt) return [replaced, files.gap.savedAt];
  const loss = dataLossMinutes(savedAt, now);
  return [
    replaced,
    request.lost(past(savedAt)),
    form.meaning.dataLoss({
      loss: duration(loss, words),
      isNow: true,
      verdict: rpoVerdict(loss, chosen.policy.objectives.rpoMinutes, words),
    }),
  ];
}

/** A file that a worker offers, as a plan names it. */
export function asPlanned({ name, kind, sizeBytes, directory, sha256 }: OfferedFile): PlannedFile {
  return { name, kind, sizeBytes, directory, ...(sha256 === undefined ? {} : { sha256 }) };
}
