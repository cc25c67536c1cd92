import type { KnownBlock, Option } from '@slack/types';
import { type Calendar, freezesAt, nextStarts, windowOutlook } from '../src/restore/calendar.ts';
import { estimateDowntime } from '../src/restore/estimate.ts';
import { addMinutes } from '../src/restore/instant.ts';
import { calendarRefusal } from '../src/restore/request.ts';
import type { Instant, PlannedStart } from '../src/restore/restore.ts';
import { ACTION, FIELD, OFFERED_START, OVERRIDE } from './action-ids.ts';
import type { RestoreFormModel } from './form-model.ts';
import { context, duration, escaped, momentIn, option, quoted } from './slack-text.ts';

const OFFERED = 3;
const WHEN_CONFIRMED = option('As soon as it is confirmed', 'when-confirmed');
const AT_TIME = option('At a time', 'at');

/** When to start: at once, at a time, or at one of the next moments the calendar allows; and whether that would be refused. */
export function startBlocks(model: RestoreFormModel): KnownBlock[] {
  const { start } = model;
  const isPicked = start.kind === 'at' && !start.isOffered;
  return [startRadio(model), ...(isPicked ? [startPicker(start.at, true)] : []), ...calendarBlocks(model)];
}

/** The same for a plan that is changed, in a form that is not drawn again at each choice: it always shows the time. */
export function plannedStartInputs(start: PlannedStart): KnownBlock[] {
  const initial = start.kind === 'at' ? AT_TIME : WHEN_CONFIRMED;
  return [
    radio([WHEN_CONFIRMED, AT_TIME], initial, false),
    startPicker(start.kind === 'at' ? start.at : undefined, false),
  ];
}

function startRadio({ start, chosen, now, zone }: RestoreFormModel): KnownBlock {
  const offered = chosen ? offeredStarts(chosen.policy.calendar, addMinutes(now, chosen.policy.noticeLeadMinutes)) : [];
  const isChosen = start.kind === 'at' && start.isOffered && start.at ? start.at : undefined;
  const offers = [...new Set([...offered, ...(isChosen ? [isChosen] : [])])].map((at) =>
    option(`At the next possible start: ${momentIn(at, zone)}`, `${OFFERED_START}${at}`),
  );
  const initial =
    offers.find(({ value }) => value === `${OFFERED_START}${isChosen}`) ??
    (start.kind === 'at' ? AT_TIME : WHEN_CONFIRMED);
  return radio([WHEN_CONFIRMED, AT_TIME, ...offers], initial, true);
}

function radio(options: Option[], initial: Option, isRedrawn: boolean): KnownBlock {
  return {
    type: 'input',
    block_id: FIELD.start,
    dispatch_action: isRedrawn,
    label: { type: 'plain_text', text: 'Start' },
    element: {
      type: 'radio_buttons',
      action_id: ACTION.chooseStart,
      options,
      initial_option: initial,
    },
  };
}

/** None while a start is possible as soon as it is confirmed: then nobody needs to wait for another. */
function offeredStarts(calendar: Calendar, earliest: Instant): readonly Instant[] {
  const starts = nextStarts(calendar, earliest, OFFERED).map(({ from }) => from);
  return starts[0] === earliest ? [] : starts;
}

function startPicker(at: Instant | undefined, isRedrawn: boolean): KnownBlock {
  return {
    type: 'input',
    block_id: FIELD.startTime,
    dispatch_action: isRedrawn,
    optional: !isRedrawn,
    label: { type: 'plain_text', text: 'Start time' },
    hint: {
      type: 'plain_text',
      text: 'In your own time zone. It never starts before a second person has confirmed.',
    },
    element: {
      type: 'datetimepicker',
      action_id: ACTION.chooseStartTime,
      ...(at ? { initial_date_time: Math.floor(Date.parse(at) / 1000) } : {}),
    },
  };
}

/** What the calendar says to the chosen start: closed, frozen and perhaps to be overridden, or perhaps too short. */
function calendarBlocks({ chosen, start, now, zone, wantsOverride }: RestoreFormModel): KnownBlock[] {
  if (!chosen || (start.kind === 'at' && !start.at)) return [];
  const { policy, look } = chosen;
  const at = start.kind === 'at' && start.at ? start.at : addMinutes(now, policy.noticeLeadMinutes);
  const refusal = calendarRefusal(policy, at);
  if (!refusal) {
    const estimate = estimateDowntime(policy.estimate, look.kind === 'seen' ? look.memory : undefined);
    const outlook = windowOutlook(policy.calendar, at, estimate);
    if (!outlook?.openUntil || outlook.verdict === 'fits') return [];
    const will = outlook.verdict === 'outlasts' ? 'will probably last longer' : 'may last longer';
    const words = `*The restore ${will} than its window:* that closes ${momentIn(outlook.openUntil, zone)}, and a downtime of ${duration(estimate.fromMinutes)} to ${duration(estimate.toMinutes)} is expected.`;
    return [context(words)];
  }
  const freezes = refusal.overridable ? freezesAt(policy.calendar, at) : [];
  const isOverridden = wantsOverride === true && freezes.length > 0;
  return [
    context(`*${isOverridden ? 'Starts in a freeze' : 'Cannot start then'}:* ${escaped(refusal.words)}`),
    ...(freezes.length > 0 ? overrideInputs(freezes, isOverridden) : []),
  ];
}

function overrideInputs(freezes: readonly string[], isOverridden: boolean): KnownBlock[] {
  const no = option('Choose another start', OVERRIDE.no);
  const yes = option('Start in the freeze, with an override', OVERRIDE.yes);
  return [
    {
      type: 'input',
      block_id: FIELD.override,
      dispatch_action: true,
      label: { type: 'plain_text', text: 'This start is frozen' },
      element: {
        type: 'radio_buttons',
        action_id: ACTION.chooseOverride,
        options: [no, yes],
        initial_option: isOverridden ? yes : no,
      },
    },
    ...(isOverridden
      ? [
          context(
            `The plan then says that it overrides ${quoted(freezes.join(', '), 300)}, and the approvers of freeze overrides must agree as well.`,
          ),
          {
            type: 'input' as const,
            block_id: FIELD.overrideReason,
            label: { type: 'plain_text' as const, text: 'Why can it not wait until the freeze is over?' },
            element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 300, multiline: true },
          },
        ]
      : []),
  ];
}
