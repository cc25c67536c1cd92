import type { KnownBlock, ModalView } from '@slack/types';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { REASON_KINDS, type ReasonKind } from '../src/restore/restore.ts';
import { ACTION, FIELD, VIEW } from './action-ids.ts';
import { meaningBlocks } from './form-meaning.ts';
import type { RestoreFormModel } from './form-model.ts';
import { startBlocks } from './form-start.ts';
import { REASONS } from './reasons.ts';
import { context, environmentLabel, option, quoted, section } from './slack-text.ts';
import { snapshotOption } from './snapshot-options.ts';

/**
 * The form a restore is requested with. It is drawn again at each choice that changes what the request means; what was
 * typed stays, because block ids stay.
 */
export function restoreForm(model: RestoreFormModel): ModalView {
  return {
    type: 'modal',
    callback_id: VIEW.restoreForm,
    title: { type: 'plain_text', text: 'Request a restore' },
    submit: { type: 'plain_text', text: 'Ask for approval' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      instanceInput(model),
      ...lookBlocks(model),
      ...(model.chosen ? [snapshotInput(model.chosen.policy.alias, { ...model, isRedrawn: true })] : []),
      ...meaningBlocks(model),
      reasonKindInput(model),
      ...(model.reasonKind ? [context(`Keep in mind: ${REASONS[model.reasonKind].hint}`)] : []),
      textInput(FIELD.reasonText, 'What happened?', { multiline: true, maxLength: 500, isRequired: true }),
      textInput(FIELD.ticket, 'Ticket', { maxLength: 200, isRequired: requires(model, 'ticket') }),
      textInput(FIELD.expectedImpact, 'Expected impact on people and systems', {
        multiline: true,
        maxLength: 500,
        isRequired: requires(model, 'expected-impact'),
      }),
      ...startBlocks(model),
    ],
  };
}

/** Stands for a moment, until the first real form: Slack gives a click three seconds to open something. */
export function openingForm(): ModalView {
  return withoutFields('Opening the form…');
}

/** The form when nothing can be looked up for it. */
export function formTrouble(text: string): ModalView {
  return withoutFields(text);
}

function withoutFields(text: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEW.restoreForm,
    title: { type: 'plain_text', text: 'Request a restore' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [section(text)],
  };
}

function requires(model: RestoreFormModel, field: InstancePolicy['requiredFields'][number]): boolean {
  return model.chosen?.policy.requiredFields.includes(field) ?? false;
}

function instanceInput({ instances, chosen }: RestoreFormModel): KnownBlock {
  const optionOf = ({ alias, environment, auraId }: InstancePolicy) =>
    option(`${alias} · ${environmentLabel(environment)}`, alias, `Aura id ${auraId}`);
  return {
    type: 'input',
    block_id: FIELD.instance,
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Instance' },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseInstance,
      placeholder: { type: 'plain_text', text: 'Which instance?' },
      options: instances.slice(0, 100).map(optionOf),
      ...(chosen ? { initial_option: optionOf(chosen.policy) } : {}),
    },
  };
}

function lookBlocks({ chosen }: RestoreFormModel): KnownBlock[] {
  if (!chosen) return [];
  const { look, claimedBy, policy } = chosen;
  const blocks: KnownBlock[] = [];
  if (claimedBy) {
    const card = claimedBy.link ? `<${claimedBy.link}|${claimedBy.id}>` : claimedBy.id;
    blocks.push(
      section(
        `*There is an open restore of ${policy.alias} already: ${card}.* A second one cannot be asked for until it has ended.`,
      ),
    );
  }
  switch (look.kind) {
    case 'looking':
      return [...blocks, context('Asking Aura about the instance and its snapshots…')];
    case 'trouble':
      return [
        ...blocks,
        section(`*Aura could not be asked.* ${quoted(look.words, 300)} Choose the instance again to try once more.`),
      ];
    case 'seen': {
      const more = look.daysRead < look.daysKept ? ', older ones are being read' : '';
      const status =
        look.status === 'running'
          ? 'running'
          : `*${quoted(look.status, 40)}*, so a restore cannot begin until it is running`;
      return [
        ...blocks,
        context(
          `Aura: ${status}${look.memory ? ` · ${quoted(look.memory, 20)}` : ''} · ${look.snapshotCount} restore points in ${look.daysRead} of ${look.daysKept} days${more}`,
        ),
      ];
    }
    default:
      return look satisfies never;
  }
}

/** The menu of restore points. `isRedrawn` when the form is drawn again at each choice. */
export function snapshotInput(
  alias: string,
  {
    snapshot,
    now,
    zone,
    isRedrawn,
  }: Pick<RestoreFormModel, 'snapshot' | 'now' | 'zone'> & { readonly isRedrawn: boolean },
): KnownBlock {
  return {
    type: 'input',
    // Of its own per instance, so that Slack does not keep a choice that belongs to another instance.
    block_id: `${FIELD.snapshot}:${alias}`,
    dispatch_action: isRedrawn,
    label: { type: 'plain_text', text: 'Restore point' },
    hint: { type: 'plain_text', text: 'Newest first. Type a date or hour to find an older one.' },
    element: {
      type: 'external_select',
      action_id: ACTION.chooseSnapshot,
      min_query_length: 0,
      placeholder: { type: 'plain_text', text: 'Go back to which moment?' },
      ...(snapshot ? { initial_option: snapshotOption(snapshot, now, zone) } : {}),
    },
  };
}

function reasonKindInput({ reasonKind }: RestoreFormModel): KnownBlock {
  const optionOf = (kind: ReasonKind) => option(REASONS[kind].label, kind, REASONS[kind].description);
  return {
    type: 'input',
    block_id: FIELD.reasonKind,
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Reason' },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseReason,
      placeholder: { type: 'plain_text', text: 'Why is it needed?' },
      options: REASON_KINDS.map(optionOf),
      ...(reasonKind ? { initial_option: optionOf(reasonKind) } : {}),
    },
  };
}

function textInput(
  blockId: string,
  label: string,
  field: { readonly multiline?: boolean; readonly maxLength: number; readonly isRequired: boolean },
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
    },
  };
}
