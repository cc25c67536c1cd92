import type { KnownBlock } from '@slack/types';
import { methodsFor } from '../src/restore/chosen-method.ts';
import type { Method } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { ACTION, COPIED, FIELD } from './action-ids.ts';
import { whyWords } from './advice-form.ts';
import { fileBlocks } from './form-file.ts';
import type { RestoreFormModel } from './form-model.ts';
import { newInstanceBlocks } from './form-new-instance.ts';
import { adviceTimeWords } from './loss-words.ts';
import { context, environmentLabel, option } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** The choice of the method, where there is one, and what the method asks for besides a restore point. */
export function methodBlocks(model: RestoreFormModel, words: Words): KnownBlock[] {
  const { chosen, method = 'restore-snapshot' } = model;
  if (!chosen) return [];
  const offered = methodsFor(chosen.policy, model.undoes);
  return [
    ...(offered.length > 1 ? [methodInput(offered, method, chosen.policy.alias, words)] : []),
    ...adviceBlocks(chosen, method, words),
    ...(method === 'overwrite' ? sourceBlocks(model, chosen.policy, words) : []),
    ...(method === 'backup-file' || method === 'upload' ? fileBlocks(model, chosen.policy.alias, words) : []),
    ...(method === 'new-instance' ? newInstanceBlocks(model, words) : []),
  ];
}

/** Which method fits and what it would take, where there is a choice; who takes another one says why. */
function adviceBlocks(
  { policy, look, advice: advised }: NonNullable<RestoreFormModel['chosen']>,
  method: Method,
  words: Words,
): KnownBlock[] {
  if (!advised) return [];
  const { advice, methods } = words;
  const memory = look.kind === 'seen' ? look.memory : undefined;
  const lines = [
    advice.formAdvice({ method: methods.names[advised.method], why: whyWords(advised.reasons, words) }),
    advice.formLimit(advice.limits[advised.method]),
    ...(look.kind === 'seen'
      ? [advice.takes(adviceTimeWords(advised.method, { policy, memory, earlier: advised.earlier }, words))]
      : []),
  ];
  return [
    context(lines.join(' ')),
    ...(advised.method === method
      ? []
      : [
          {
            type: 'input',
            block_id: `${FIELD.whyOther}:${advised.method}`,
            label: { type: 'plain_text', text: advice.whyOther },
            element: { type: 'plain_text_input', action_id: 'text', max_length: 300 },
          } as const,
        ]),
  ];
}

function methodInput(offered: readonly Method[], method: Method, alias: string, { methods }: Words): KnownBlock {
  const optionOf = (one: Method) => option(methods.names[one], one, methods.descriptions[one]);
  return {
    type: 'input',
    // Of its own per instance: another one may not offer what was chosen for this.
    block_id: `${FIELD.method}:${alias}`,
    dispatch_action: true,
    label: { type: 'plain_text', text: methods.label },
    element: {
      type: 'static_select',
      action_id: ACTION.chooseMethod,
      options: offered.map(optionOf),
      initial_option: optionOf(method),
    },
  };
}

function sourceBlocks(
  { instances, source, isLive }: RestoreFormModel,
  target: InstancePolicy,
  words: Words,
): KnownBlock[] {
  const { methods } = words;
  const optionOf = ({ alias, environment, auraId }: InstancePolicy) =>
    option(`${alias} · ${environmentLabel(environment, words)}`, alias, words.form.auraId(auraId));
  const others = instances.filter(({ alias }) => alias !== target.alias).slice(0, 100);
  if (others.length === 0) return [context(methods.noSource)];
  const what = [option(methods.aSnapshot, COPIED.snapshot), option(methods.asItIs, COPIED.live)] as const;
  return [
    {
      type: 'input',
      block_id: `${FIELD.source}:${target.alias}`,
      dispatch_action: true,
      label: { type: 'plain_text', text: methods.source },
      element: {
        type: 'static_select',
        action_id: ACTION.chooseSource,
        placeholder: { type: 'plain_text', text: methods.whichSource },
        options: others.map(optionOf),
        ...(source ? { initial_option: optionOf(source) } : {}),
      },
    },
    {
      type: 'input',
      block_id: FIELD.copied,
      dispatch_action: true,
      label: { type: 'plain_text', text: methods.copied },
      element: {
        type: 'radio_buttons',
        action_id: ACTION.chooseCopied,
        options: [...what],
        initial_option: isLive ? what[1] : what[0],
      },
    },
  ];
}

/** The instance whose snapshots are offered; undefined when none are. */
export function snapshotsFrom({
  chosen,
  method,
  source,
  isLive,
}: Pick<RestoreFormModel, 'chosen' | 'method' | 'source' | 'isLive'>): InstancePolicy | undefined {
  switch (method) {
    case 'overwrite':
      return isLive ? undefined : source;
    case 'backup-file':
    case 'upload':
      return undefined;
    default:
      return chosen?.policy;
  }
}
