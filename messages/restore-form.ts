import type { KnownBlock, ModalView } from '@slack/types';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { REASON_KINDS, type ReasonKind } from '../src/restore/request.ts';
import { ACTION, DRY_RUN, FIELD, VIEW } from './action-ids.ts';
import { meaningBlocks } from './form-meaning.ts';
import { methodBlocks, snapshotsFrom } from './form-method.ts';
import type { RestoreFormModel } from './form-model.ts';
import { purposeText } from './form-purpose.ts';
import { startBlocks } from './form-start.ts';
import { urgencyBlocks } from './form-urgency.ts';
import { context, environmentLabel, option, quoted, section } from './slack-text.ts';
import { snapshotOption } from './snapshot-options.ts';
import { type Words, wordsFor } from './words/words.ts';

/**
 * The form a restore is requested with. It is drawn again at each choice that changes what the request means; what was
 * typed stays, because block ids stay.
 */
export function restoreForm(model: RestoreFormModel, reader: Reader = ENGLISH_READER): ModalView {
  const words = wordsFor(reader);
  const { form, reasons } = words;
  const points = snapshotsFrom(model);
  return {
    type: 'modal',
    callback_id: VIEW.restoreForm,
    private_metadata: purposeText(model),
    title: { type: 'plain_text', text: form.title },
    submit: { type: 'plain_text', text: form.submit },
    close: { type: 'plain_text', text: form.close },
    blocks: [
      instanceInput(model, words),
      ...lookBlocks(model, words),
      ...methodBlocks(model, words),
      ...(points
        ? [snapshotInput(points, { ...model, isRedrawn: true, isAnothers: points !== model.chosen?.policy }, reader)]
        : []),
      ...meaningBlocks(model, words),
      reasonKindInput(model, words),
      ...(model.reasonKind ? [context(reasons.keepInMind(reasons.kinds[model.reasonKind].hint))] : []),
      textInput(FIELD.reasonText, form.whatHappened, {
        multiline: true,
        maxLength: 500,
        isRequired: true,
        ...initialReason(model, words),
      }),
      textInput(FIELD.ticket, form.ticket, { maxLength: 200, isRequired: requires(model, 'ticket') }),
      textInput(FIELD.expectedImpact, form.expectedImpact, {
        multiline: true,
        maxLength: 500,
        isRequired: requires(model, 'expected-impact'),
      }),
      ...urgencyBlocks(model, reader),
      ...startBlocks(model, reader),
      dryRunInput(words),
    ],
  };
}

function initialReason({ undoes, preview }: RestoreFormModel, words: Words): { readonly initial?: string } {
  if (preview) return { initial: words.newInstance.previewReason(preview.of) };
  return undoes ? { initial: words.undo.reasonText(undoes) } : {};
}

/** Stands for a moment, until the first real form: Slack gives a click three seconds to open something. */
export function openingForm(reader: Reader = ENGLISH_READER): ModalView {
  return withoutFields(wordsFor(reader).form.opening, wordsFor(reader));
}

/** The form when nothing can be looked up for it. */
export function formTrouble(text: string, reader: Reader = ENGLISH_READER): ModalView {
  return withoutFields(text, wordsFor(reader));
}

function withoutFields(text: string, { form }: Words): ModalView {
  return {
    type: 'modal',
    callback_id: VIEW.restoreForm,
    title: { type: 'plain_text', text: form.title },
    close: { type: 'plain_text', text: form.close },
    blocks: [section(text)],
  };
}

function requires(model: RestoreFormModel, field: InstancePolicy['requiredFields'][number]): boolean {
  return model.chosen?.policy.requiredFields.includes(field) ?? false;
}

function instanceInput({ instances, chosen }: RestoreFormModel, words: Words): KnownBlock {
  const { form } = words;
  const optionOf = ({ alias, environment, auraId }: InstancePolicy) =>
    option(`${alias} · ${environmentLabel(environment, words)}`, alias, form.auraId(auraId));
  return {
    type: 'input',
    block_id: FIELD.instance,
    dispatch_action: true,
    label: { type: 'plain_text', text: form.instance },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseInstance,
      placeholder: { type: 'plain_text', text: form.whichInstance },
      options: instances.slice(0, 100).map(optionOf),
      ...(chosen ? { initial_option: optionOf(chosen.policy) } : {}),
    },
  };
}

function lookBlocks({ chosen, method }: RestoreFormModel, { form }: Words): KnownBlock[] {
  if (!chosen) return [];
  const { look, claimedBy, policy } = chosen;
  const blocks: KnownBlock[] = [];
  if (claimedBy) {
    const card = claimedBy.link ? `<${claimedBy.link}|${claimedBy.id}>` : claimedBy.id;
    const say = method === 'new-instance' ? form.claimedBeside : form.claimed;
    blocks.push(section(say({ alias: policy.alias, card })));
  }
  switch (look.kind) {
    case 'looking':
      return [...blocks, context(form.asking)];
    case 'trouble':
      return [...blocks, section(form.auraTrouble(quoted(look.words, 300)))];
    case 'seen': {
      const status = look.status === 'running' ? form.running : form.notRunning(quoted(look.status, 40));
      return [
        ...blocks,
        context(
          form.aura({
            status,
            memory: look.memory && quoted(look.memory, 20),
            points: look.snapshotCount,
            daysRead: look.daysRead,
            daysKept: look.daysKept,
          }),
        ),
      ];
    }
    default:
      return look satisfies never;
  }
}

/** The menu of restore points. `isRedrawn` when the form is drawn again at each choice. */
export function snapshotInput(
  { alias }: Pick<InstancePolicy, 'alias'>,
  {
    snapshot,
    now,
    isRedrawn,
    isAnothers = false,
  }: Pick<RestoreFormModel, 'snapshot' | 'now'> & { readonly isRedrawn: boolean; readonly isAnothers?: boolean },
  reader: Reader,
): KnownBlock {
  const { form, methods } = wordsFor(reader);
  return {
    type: 'input',
    // Of its own per instance, so that Slack does not keep a choice that belongs to another instance.
    block_id: `${FIELD.snapshot}:${alias}`,
    dispatch_action: isRedrawn,
    label: { type: 'plain_text', text: isAnothers ? methods.snapshotOf(alias) : form.restorePoint },
    hint: { type: 'plain_text', text: form.restorePointHint },
    element: {
      type: 'external_select',
      action_id: ACTION.chooseSnapshot,
      min_query_length: 0,
      placeholder: { type: 'plain_text', text: form.whichMoment },
      ...(snapshot ? { initial_option: snapshotOption(snapshot, now, reader) } : {}),
    },
  };
}

function reasonKindInput({ reasonKind, undoes }: RestoreFormModel, { form, reasons: { kinds } }: Words): KnownBlock {
  const optionOf = (kind: ReasonKind) => option(kinds[kind].label, kind, kinds[kind].description);
  return {
    type: 'input',
    block_id: FIELD.reasonKind,
    dispatch_action: true,
    label: { type: 'plain_text', text: form.reason },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseReason,
      placeholder: { type: 'plain_text', text: form.whyNeeded },
      options: REASON_KINDS.filter((kind) => kind !== 'undo' || undoes).map(optionOf),
      ...(reasonKind ? { initial_option: optionOf(reasonKind) } : {}),
    },
  };
}

function dryRunInput({ dryRun }: Words): KnownBlock {
  return {
    type: 'input',
    block_id: FIELD.dryRun,
    optional: true,
    label: { type: 'plain_text', text: dryRun.label },
    element: {
      type: 'checkboxes',
      action_id: ACTION.chooseDryRun,
      options: [option(dryRun.box, DRY_RUN, dryRun.boxMeaning)],
    },
  };
}

function textInput(
  blockId: string,
  label: string,
  field: {
    readonly multiline?: boolean;
    readonly maxLength: number;
    readonly isRequired: boolean;
    readonly initial?: string;
  },
): KnownBlock {
  return {
    type: 'input',
    block_id: blockId,
    optional: !field.isRequired,
    label: { type: 'plain_text', text: label },
    element: {
      type: 'plain_text_input',
      action_id: 'text',
      max_length: field.maxLength,
      ...(field.multiline ? { multiline: true } : {}),
      ...(field.initial ? { initial_value: field.initial } : {}),
    },
  };
}

/** What to say at a field that was left empty. */
export function formGap(
  field: keyof Words['form']['missing'],
  reader: Reader = ENGLISH_READER,
): { readonly text: string } {
  return { text: wordsFor(reader).form.missing[field] };
}
