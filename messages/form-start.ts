import type { KnownBlock, Option } from '@slack/types';
import { type Calendar, freezesAt, nextStarts, windowOutlook } from '../src/restore/calendar.ts';
import { calendarRefusal } from '../src/restore/draft.ts';
import { type EarlierRestores, estimateDowntime } from '../src/restore/estimate.ts';
import { addMinutes } from '../src/restore/instant.ts';
import type { Reader } from '../src/restore/language.ts';
import { leadMinutesFor } from '../src/restore/lead.ts';
import type { Instant } from '../src/restore/names.ts';
import type { FreezeOverride } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { ACTION, FIELD, OFFERED_START, OVERRIDE } from './action-ids.ts';
import type { RestoreFormModel } from './form-model.ts';
import { context, duration, escaped, momentIn, option, quoted } from './slack-text.ts';
import { type Words, wordsFor } from './words/words.ts';

const OFFERED = 3;

/** When to start: at once, at a time, or at one of the next moments the calendar allows; and whether that would be refused. */
export function startBlocks(model: RestoreFormModel, reader: Reader): KnownBlock[] {
  const { start, chosen } = model;
  const isPicked = start.kind === 'at' && !start.isOffered;
  return [
    startRadio(model, reader),
    ...(isPicked ? [startPicker(start.at, false, wordsFor(reader))] : []),
    ...(chosen
      ? calendarBlocks({ ...model, policy: chosen.policy, memory: memoryOf(chosen), earlier: chosen.earlier }, reader)
      : []),
  ];
}

/** The same for a plan that is changed: it always shows the time. Until the rules are known, nothing is judged. */
export function plannedStartBlocks(
  model: Omit<StartModel, 'policy'> & { readonly policy?: InstancePolicy | undefined },
  leadMinutes: number,
  reader: Reader,
): KnownBlock[] {
  const { start, policy } = model;
  const words = wordsFor(reader);
  const { whenConfirmed, atTime } = choices(leadMinutes, words);
  return [
    radio({ options: [whenConfirmed, atTime], initial: start.kind === 'at' ? atTime : whenConfirmed }, words),
    startPicker(start.kind === 'at' ? start.at : undefined, true, words),
    ...(policy ? calendarBlocks({ ...model, policy }, reader) : []),
  ];
}

/** What decides whether the calendar allows the chosen start. */
export interface StartModel extends Pick<RestoreFormModel, 'now' | 'start' | 'isUrgent' | 'wantsOverride'> {
  readonly policy: InstancePolicy;
  readonly memory?: string | undefined;
  readonly earlier?: EarlierRestores | undefined;
  /** The override that the plan has already. */
  readonly override?: FreezeOverride | undefined;
}

/** Stakeholders have their notice first: a start at once is one after the lead. */
function choices(leadMinutes: number, words: Words): { readonly whenConfirmed: Option; readonly atTime: Option } {
  const { form } = words;
  const atOnce = leadMinutes > 0 ? form.start.afterNotice(duration(leadMinutes, words)) : form.start.whenConfirmed;
  return {
    whenConfirmed: option(atOnce, 'when-confirmed'),
    atTime: option(form.start.atTime, 'at'),
  };
}

function memoryOf({ look }: NonNullable<RestoreFormModel['chosen']>): string | undefined {
  return look.kind === 'seen' ? look.memory : undefined;
}

function startRadio({ start, chosen, now, isUrgent = false }: RestoreFormModel, reader: Reader): KnownBlock {
  const words = wordsFor(reader);
  const leadMinutes = chosen ? leadMinutesFor(chosen.policy, isUrgent) : 0;
  const { whenConfirmed, atTime } = choices(leadMinutes, words);
  const offered = chosen ? offeredStarts(chosen.policy.calendar, addMinutes(now, leadMinutes)) : [];
  const isChosen = start.kind === 'at' && start.isOffered && start.at ? start.at : undefined;
  const offers = [...new Set([...offered, ...(isChosen ? [isChosen] : [])])].map((at) =>
    option(words.form.start.offered(momentIn(at, reader.zone, words)), `${OFFERED_START}${at}`),
  );
  const initial =
    offers.find(({ value }) => value === `${OFFERED_START}${isChosen}`) ??
    (start.kind === 'at' ? atTime : whenConfirmed);
  return radio({ options: [whenConfirmed, atTime, ...offers], initial }, words);
}

function radio(field: { readonly options: Option[]; readonly initial: Option }, { form }: Words): KnownBlock {
  return {
    type: 'input',
    block_id: FIELD.start,
    dispatch_action: true,
    label: { type: 'plain_text', text: form.start.label },
    element: {
      type: 'radio_buttons',
      action_id: ACTION.chooseStart,
      options: field.options,
      initial_option: field.initial,
    },
  };
}

/** None while a start is possible as soon as it is confirmed: then nobody needs to wait for another. */
function offeredStarts(calendar: Calendar, earliest: Instant): readonly Instant[] {
  const starts = nextStarts(calendar, earliest, OFFERED).map(({ from }) => from);
  return starts[0] === earliest ? [] : starts;
}

function startPicker(at: Instant | undefined, isOptional: boolean, { form }: Words): KnownBlock {
  return {
    type: 'input',
    block_id: FIELD.startTime,
    dispatch_action: true,
    optional: isOptional,
    label: { type: 'plain_text', text: form.start.time },
    hint: { type: 'plain_text', text: form.start.timeHint },
    element: {
      type: 'datetimepicker',
      action_id: ACTION.chooseStartTime,
      ...(at ? { initial_date_time: Math.floor(Date.parse(at) / 1000) } : {}),
    },
  };
}

/** What the calendar says to the chosen start: closed, frozen and perhaps to be overridden, or perhaps too short. */
function calendarBlocks(model: StartModel, reader: Reader): KnownBlock[] {
  const { policy, start, now, wantsOverride, isUrgent = false, override } = model;
  if (start.kind === 'at' && !start.at) return [];
  const words = wordsFor(reader);
  const at = start.kind === 'at' && start.at ? start.at : addMinutes(now, leadMinutesFor(policy, isUrgent));
  const refusal = calendarRefusal(policy, at);
  if (!refusal) return outlookBlocks(model, at, reader);
  const freezes = refusal.overridable ? freezesAt(policy.calendar, at) : [];
  const isOverridden = wantsOverride === true && freezes.length > 0;
  const why = escaped(words.calendar.closed(refusal.words, refusal.closed));
  const { inFreeze, notThen } = words.form.start;
  return [
    context(isOverridden ? inFreeze(why) : notThen(why)),
    ...(freezes.length > 0 ? overrideInputs(freezes, { isOverridden, reason: override?.reason }, words) : []),
  ];
}

/** Whether a start that is possible may be too late for its window. */
function outlookBlocks(
  { policy, memory, earlier }: Pick<StartModel, 'policy' | 'memory' | 'earlier'>,
  at: Instant,
  reader: Reader,
): KnownBlock[] {
  const words = wordsFor(reader);
  const estimate = estimateDowntime(policy.estimate, memory, earlier);
  const outlook = windowOutlook(policy.calendar, at, estimate);
  if (!outlook?.openUntil || outlook.verdict === 'fits') return [];
  return [
    context(
      words.form.start.outlasts({
        isSure: outlook.verdict === 'outlasts',
        closes: momentIn(outlook.openUntil, reader.zone, words),
        from: duration(estimate.fromMinutes, words),
        to: duration(estimate.toMinutes, words),
      }),
    ),
  ];
}

function overrideInputs(
  freezes: readonly string[],
  { isOverridden, reason }: { readonly isOverridden: boolean; readonly reason: string | undefined },
  { form }: Words,
): KnownBlock[] {
  const no = option(form.start.another, OVERRIDE.no);
  const yes = option(form.start.override, OVERRIDE.yes);
  return [
    {
      type: 'input',
      block_id: FIELD.override,
      dispatch_action: true,
      label: { type: 'plain_text', text: form.start.frozen },
      element: {
        type: 'radio_buttons',
        action_id: ACTION.chooseOverride,
        options: [no, yes],
        initial_option: isOverridden ? yes : no,
      },
    },
    ...(isOverridden
      ? [
          context(form.start.overrides(quoted(freezes.join(', '), 300))),
          {
            type: 'input' as const,
            block_id: FIELD.overrideReason,
            label: { type: 'plain_text' as const, text: form.start.whyNotWait },
            element: {
              type: 'plain_text_input' as const,
              action_id: 'text',
              max_length: 300,
              multiline: true,
              ...(reason ? { initial_value: reason.slice(0, 300) } : {}),
            },
          },
        ]
      : []),
  ];
}
