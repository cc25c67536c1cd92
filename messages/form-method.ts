import type { KnownBlock } from '@slack/types';
import { type Advice, adviseMethod, type Case, snapshotsSeen } from '../src/restore/advice.ts';
import { methodsFor, methodsOf } from '../src/restore/chosen-method.ts';
import type { Method } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { ACTION, COPIED, FIELD } from './action-ids.ts';
import { whyWords } from './advice-form.ts';
import { fileBlocks } from './form-file.ts';
import type { InstanceLook, RestoreFormModel } from './form-model.ts';
import { newInstanceBlocks } from './form-new-instance.ts';
import { context, environmentLabel, option } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** The choice of the method, where there is one, and what the method asks for besides a restore point. */
export function methodBlocks(model: RestoreFormModel, words: Words): KnownBlock[] {
  const { chosen, method = 'restore-snapshot' } = model;
  if (!chosen) return [];
  const offered = methodsFor(chosen.policy, model.undoes);
  return [
    ...(offered.length > 1 ? [methodInput(offered, method, chosen.policy.alias, words)] : []),
    ...adviceBlocks(model, chosen, method, words),
    ...(method === 'overwrite' ? sourceBlocks(model, chosen.policy, words) : []),
    ...(method === 'backup-file' || method === 'upload' ? fileBlocks(model, chosen.policy.alias, words) : []),
    ...(method === 'new-instance' ? newInstanceBlocks(model, words) : []),
  ];
}

/** Which method fits, where there is a choice; who takes another one says why. */
function adviceBlocks(
  model: RestoreFormModel,
  { policy, look }: NonNullable<RestoreFormModel['chosen']>,
  method: Method,
  words: Words,
): KnownBlock[] {
  const allowed = methodsFor(policy, model.undoes);
  // Who looks first has not chosen another method yet.
  if (allowed.length < 2 || look.kind === 'looking' || model.previewOf) return [];
  const advised = adviceGiven(model, policy) ?? adviceFor(model, policy, look, method);
  if (!advised.method) return [];
  const { advice, methods } = words;
  const line = advice.formAdvice({ method: methods.names[advised.method], why: whyWords(advised.reasons, words) });
  return [
    context(`${line} ${advice.formLimit(advice.limits[advised.method])}`),
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

/** What was advised to whoever told what must hold, and came here from that. */
function adviceGiven(
  { advised }: RestoreFormModel,
  policy: InstancePolicy,
): Pick<Advice, 'method' | 'reasons'> | undefined {
  return advised?.alias === policy.alias && methodsOf(policy).includes(advised.method) ? advised : undefined;
}

function adviceFor(
  { reasonKind, undoes }: RestoreFormModel,
  policy: InstancePolicy,
  look: InstanceLook,
  method: Method,
): Pick<Advice, 'method' | 'reasons'> {
  return adviseMethod({
    environment: policy.environment,
    allowed: methodsFor(policy, undoes),
    snapshot: snapshotSeen(look),
    ...DATA_OF[method],
    ...(reasonKind ? { reason: reasonKind } : {}),
  });
}

function snapshotSeen(look: InstanceLook): Case['snapshot'] {
  return snapshotsSeen(look.kind === 'seen' ? { ...look, usable: look.usableCount ?? look.snapshotCount } : undefined);
}

/** Who chose one of these says where the data is. */
const DATA_OF: Readonly<Record<Method, Pick<Case, 'dataIsIn' | 'isAutomated'>>> = {
  'restore-snapshot': {},
  'new-instance': {},
  overwrite: { dataIsIn: 'another-instance' },
  'backup-file': { dataIsIn: 'file' },
  upload: { dataIsIn: 'file', isAutomated: true },
};

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
