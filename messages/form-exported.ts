import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { OfferedFile } from '../src/restore/backup-file.ts';
import { type ExportedFile, exportOfOffered } from '../src/restore/exports/exported-file.ts';
import { ACTION, DESCRIBED_FILE, FIELD } from './action-ids.ts';
import { sizeWords } from './file-words.ts';
import type { RestoreFormModel } from './form-model.ts';
import { escaped, mention, moment, option, past, quoted, section, truncate, utc } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** Slack shows no more options in one group of a menu, and no longer label of one. */
const MOST_FILES = 100;
const LONGEST_LABEL = 75;

/** Which file a person uploads by hand: one that was recorded as exported, or one that they describe. */
export function exportedMenu(model: RestoreFormModel, alias: string, words: Words): KnownBlock {
  const { exports = [], exported } = model;
  const say = words.files.exported;
  const described = option(say.described, DESCRIBED_FILE, say.describedMeaning);
  const chosen = exported === 'described' ? described : exported && exportedOption(exported, words);
  return {
    type: 'input',
    block_id: `${FIELD.exported}:${alias}`,
    dispatch_action: true,
    label: { type: 'plain_text', text: words.files.form.file },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseExported,
      placeholder: { type: 'plain_text', text: words.files.form.whichFile },
      option_groups: [
        group(
          say.ofInstance(alias),
          exports.slice(0, MOST_FILES).map((one) => exportedOption(one, words)),
        ),
        group(say.others, [described]),
      ],
      ...(chosen ? { initial_option: chosen } : {}),
    },
  };
}

function exportedOption({ exportId, file, takenAt }: ExportedFile, words: Words): PlainTextOption {
  const facts = { size: sizeWords(file.sizeBytes), saved: utc(takenAt), id: exportId };
  return option(file.name, exportId, words.files.exported.option(facts));
}

/** The files that workers offer, those that were recorded as exported apart from those that were only found. */
export function offeredGroups(
  { offered = [], exports = [] }: Pick<RestoreFormModel, 'offered' | 'exports'>,
  alias: string,
  { optionOf, words }: { readonly optionOf: (file: OfferedFile) => PlainTextOption; readonly words: Words },
): { option_groups: ReturnType<typeof group>[] } | { options: PlainTextOption[] } {
  const recorded = offered.filter((file) => exportOfOffered(exports, file));
  if (recorded.length === 0) return { options: offered.slice(0, MOST_FILES).map(optionOf) };
  const found = offered.filter((file) => !recorded.includes(file));
  const say = words.files.exported;
  return {
    option_groups: [
      group(say.ofInstance(alias), recorded.slice(0, MOST_FILES).map(optionOf)),
      ...(found.length > 0 ? [group(say.found, found.slice(0, MOST_FILES).map(optionOf))] : []),
    ],
  };
}

/** What was recorded of the chosen file. Nothing of it can be typed: it is what people will agree to. */
export function exportedBlock(exported: ExportedFile, model: RestoreFormModel, words: Words): KnownBlock {
  const { file, instance, snapshotId, place, recordedBy, recordedAt, keepUntil, exportId } = exported;
  const say = words.files.exported;
  const point = past(exported.takenAt);
  const { file: found } = model;
  return section(
    [
      say.title({
        id: escaped(exportId),
        alias: escaped(instance.alias),
        auraId: escaped(instance.auraId),
        file: `\`${quoted(file.name, 200)}\``,
        kind: words.files.kinds[file.kind],
        size: sizeWords(file.sizeBytes),
      }),
      snapshotId === undefined ? say.savedAt(point) : say.ofSnapshot({ point, id: `\`${escaped(snapshotId)}\`` }),
      words.files.sha256(`\`${escaped(file.sha256)}\``),
      say.place({
        place: quoted(place, 300),
        by: mention.person(recordedBy),
        at: past(recordedAt),
        until: moment(keepUntil),
      }),
      model.method === 'upload' && found ? say.seen(quoted(found.directory, 100)) : say.unseen,
    ].join('\n'),
  );
}

function group(label: string, options: PlainTextOption[]) {
  return { label: { type: 'plain_text' as const, text: truncate(label, LONGEST_LABEL) }, options };
}
