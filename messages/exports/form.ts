import type { KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import type { ExportTask } from '../../src/restore/exports/export-task.ts';
import type { Reader } from '../../src/restore/language.ts';
import { FIELD, VIEW } from '../action-ids.ts';
import { past, section, truncate } from '../slack-text.ts';
import { wordsFor } from '../words/words.ts';
import { aboutExport } from './names.ts';
import { fileNameOf } from './reminder.ts';

/** Asks who exported a restore point for the file that it became. */
export function exportForm(task: ExportTask, reader: Reader): ModalView {
  const { id, plan, dueAt, reminded } = task;
  const { form } = wordsFor(reader).exports;
  const takenAt = reminded?.offer.kind === 'snapshot' ? reminded.offer.takenAt : dueAt;
  const about = aboutExport(task);
  return {
    type: 'modal',
    callback_id: VIEW.exportForm,
    private_metadata: JSON.stringify({ id }),
    title: { type: 'plain_text', text: truncate(form.title(id), 24) },
    submit: { type: 'plain_text', text: form.submit },
    close: { type: 'plain_text', text: form.close },
    blocks: [
      section(form.what({ alias: `*${about.alias}*`, plan: about.plan, at: past(dueAt) })),
      textInput(FIELD.exportFile, form.fileName, form.fileNameHint, {
        initial_value: fileNameOf(task),
        max_length: 200,
      }),
      textInput(FIELD.exportSize, form.size, form.sizeHint, { max_length: 40 }),
      textInput(FIELD.exportChecksum, form.checksum, form.checksumHint, { max_length: 100 }),
      textInput(FIELD.exportPlace, form.place, undefined, { initial_value: plan.place, max_length: 300 }),
      {
        type: 'input',
        block_id: FIELD.exportTakenAt,
        label: { type: 'plain_text', text: form.takenAt },
        element: {
          type: 'datetimepicker',
          action_id: 'time',
          initial_date_time: Math.floor(Date.parse(takenAt) / 1000),
        },
      },
    ],
  };
}

function textInput(
  blockId: string,
  label: string,
  hint: string | undefined,
  element: Pick<PlainTextInput, 'initial_value' | 'max_length'>,
): KnownBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: { type: 'plain_text', text: label },
    ...(hint ? { hint: { type: 'plain_text', text: hint } } : {}),
    element: { type: 'plain_text_input', action_id: 'text', ...element },
  };
}
