import type { KnownBlock } from '@slack/types';
import { type ChosenFile, fileObstacle, type OfferedFile } from '../src/restore/backup-file.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { PlannedFile } from '../src/restore/plan.ts';
import { ACTION, FIELD } from './action-ids.ts';
import { fileObstacleWords, sizeWords } from './file-words.ts';
import { exportedBlock, exportedMenu, offeredGroups } from './form-exported.ts';
import type { RestoreFormModel } from './form-model.ts';
import { rpoVerdict } from './loss-words.ts';
import { duration, escaped, option, past, section, utc } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** What the form asks of a file: which of those that workers offer, or what it is; and when its data was saved. */
export function fileBlocks(model: RestoreFormModel, alias: string, words: Words): KnownBlock[] {
  const { form } = words.files;
  const isByHand = model.method === 'backup-file';
  const { offered = [], exports = [], exported } = model;
  if (!isByHand && offered.length === 0) return [section(form.none)];
  const menu = isByHand
    ? exports.length > 0
      ? [exportedMenu(model, alias, words)]
      : []
    : [fileMenu(model, alias, words)];
  if (exported && exported !== 'described') return [...menu, exportedBlock(exported, model, words)];
  if (menu.length > 0 && isByHand && !exported) return menu;
  return [
    ...menu,
    ...(isByHand
      ? [
          text(FIELD.fileName, form.name, { hint: form.nameHint, maxLength: 200 }),
          text(FIELD.fileSize, form.size, { hint: form.sizeHint, maxLength: 20 }),
        ]
      : []),
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

function fileMenu(model: RestoreFormModel, alias: string, words: Words): KnownBlock {
  const { form } = words.files;
  const { file } = model;
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
      ...offeredGroups(model, alias, { optionOf, words }),
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
  const { chosen, savedAt, now } = model;
  const { request, form, files } = words;
  if (!chosen) return [];
  const replaced = files.replaced(escaped(chosen.policy.alias));
  const { consoleFileBytes } = chosen.policy;
  const chosenFile = chosenFileOf(model);
  const why = chosenFile
    ? fileObstacle(
        { ...chosenFile, savedAt: savedAt ?? now },
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
    files.gapToCome(escaped(chosen.policy.alias)),
    form.meaning.dataLoss({
      loss: duration(loss, words),
      isNow: true,
      verdict: rpoVerdict(loss, chosen.policy.objectives.rpoMinutes, words),
    }),
  ];
}

/** The file as far as it is known before the form is sent. */
function chosenFileOf({ method, file, exported }: RestoreFormModel): Pick<ChosenFile, 'method' | 'file'> | undefined {
  if (method === 'upload') return file && { method, file: asPlanned(file) };
  return exported && exported !== 'described' ? { method: 'backup-file', file: exported.file } : undefined;
}

/** A file that a worker offers, as a plan names it. */
export function asPlanned({ name, kind, sizeBytes, directory, sha256 }: OfferedFile): PlannedFile {
  return { name, kind, sizeBytes, directory, ...(sha256 === undefined ? {} : { sha256 }) };
}
