import type { KnownBlock } from '@slack/types';
import { addMinutes } from '../src/restore/instant.ts';
import type { Reader } from '../src/restore/language.ts';
import type { ReasonKind } from '../src/restore/request.ts';
import { ACTION, FIELD, URGENT } from './action-ids.ts';
import type { RestoreFormModel } from './form-model.ts';
import { context, duration, momentIn, option } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** A security incident does not wait for the morning; everything else does, unless the requester says otherwise. */
export function isUrgentByDefault(kind: ReasonKind | undefined): boolean {
  return kind === 'security-incident';
}

/** The block of the box: of its own for what is urgent by itself, so that Slack shows it checked when such a reason is chosen. */
export function urgencyField(kind: ReasonKind | undefined): string {
  return `${FIELD.urgent}:${isUrgentByDefault(kind) ? 'by-itself' : 'if-chosen'}`;
}

/** Whether people may be woken, and a warning when nobody would be asked in time otherwise. */
export function urgencyBlocks(model: RestoreFormModel, reader: Reader): KnownBlock[] {
  const { asking } = wordsFor(reader);
  const box = option(asking.urgentBox, URGENT, asking.urgentBoxMore);
  const { reasonKind } = model;
  const input: KnownBlock = {
    type: 'input',
    block_id: urgencyField(reasonKind),
    optional: true,
    dispatch_action: true,
    label: { type: 'plain_text', text: asking.urgency },
    element: {
      type: 'checkboxes',
      action_id: ACTION.chooseUrgent,
      options: [box],
      ...(isUrgentByDefault(reasonKind) ? { initial_options: [box] } : {}),
    },
  };
  return [input, ...warning(model, reader)];
}

function warning({ chosen, isUrgent, now }: RestoreFormModel, reader: Reader): KnownBlock[] {
  if (!chosen?.firstAtWork || isUrgent) return [];
  const { requestExpiryMinutes } = chosen.policy;
  if (chosen.firstAtWork < addMinutes(now, requestExpiryMinutes)) return [];
  const words = wordsFor(reader);
  const expiresAfter = duration(requestExpiryMinutes, words);
  const firstAt = momentIn(chosen.firstAtWork, reader.zone, words);
  return [context(words.asking.nobodyAtWork({ expiresAfter, firstAt }))];
}
