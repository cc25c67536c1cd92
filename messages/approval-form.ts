import type { KnownBlock, ModalView } from '@slack/types';
import { asksForTime, offeredTimes } from '../src/restore/confirmation.ts';
import type { PersonFacts } from '../src/restore/event.ts';
import type { Instant, Restore } from '../src/restore/restore.ts';
import { roundOf } from '../src/restore/round.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { effectOfYes } from './agreement.ts';
import { lossLines, overrideLines } from './card-request.ts';
import { context, environmentLabel, escaped, mention, moment, option, section, utc } from './slack-text.ts';

/**
 * The confirmation of a second person: what would be lost as of `now`, two words only somebody who read it types, and what
 * this person's agreement does.
 */
export function approvalForm(restore: Restore, now: Instant, voter: PersonFacts): ModalView {
  const { id, plan, planHash, request } = restore;
  const { alias, environment } = plan.instance;
  const isTimeAsked = asksForTime(restore);
  const point = isTimeAsked ? 'the restore point on the card' : `its snapshot of ${moment(plan.restorePoint.takenAt)}`;
  const effect = effectOfYes(restore, voter, now);
  return {
    type: 'modal',
    callback_id: VIEW.approvalForm,
    private_metadata: JSON.stringify({ id, planHash, round: roundOf(restore) }),
    title: { type: 'plain_text', text: `Confirm ${id}`.slice(0, 24) },
    submit: { type: 'plain_text', text: effect.isDecisive ? 'Restore' : 'Agree' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(
        `*${escaped(alias)}* · *${environmentLabel(environment)}*\nis put back to ${point}, as asked by ${mention.person(request.requestedBy)}.`,
      ),
      section([...lossLines(restore, now, isTimeAsked), ...overrideLines(restore)].join('\n')),
      {
        type: 'input',
        block_id: FIELD.restoreWord,
        label: { type: 'plain_text', text: 'Type RESTORE' },
        element: { type: 'plain_text_input', action_id: 'word', max_length: 20 },
      },
      {
        type: 'input',
        block_id: FIELD.instanceName,
        label: { type: 'plain_text', text: 'Type the name of the instance that will be overwritten' },
        hint: { type: 'plain_text', text: 'It stands in bold at the top of this form.' },
        element: { type: 'plain_text_input', action_id: 'name', max_length: 100 },
      },
      ...(isTimeAsked ? timeInputs(offeredTimes(restore, voter.id)) : []),
      section(effect.words),
      context(`You confirm exactly the plan ${planHash.slice(0, 12)} on the card.`),
    ],
  };
}

/** The restore point's time, to be known from the card: chosen among three, or typed by whoever prefers that. */
function timeInputs(times: readonly Instant[]): KnownBlock[] {
  return [
    {
      type: 'input',
      block_id: FIELD.restorePointTime,
      optional: true,
      label: { type: 'plain_text', text: "Which time is the restore point's?" },
      hint: { type: 'plain_text', text: 'It stands on the card. Everything written after it will be lost.' },
      element: {
        type: 'radio_buttons',
        action_id: 'time',
        options: times.map((time) => option(utc(time), time)),
      },
    },
    {
      type: 'input',
      block_id: FIELD.restorePointTyped,
      optional: true,
      label: { type: 'plain_text', text: 'Or type it' },
      hint: { type: 'plain_text', text: 'In UTC, such as 2026-11-21 03:04. One of the two answers is enough.' },
      element: { type: 'plain_text_input', action_id: 'typed', max_length: 30 },
    },
  ];
}
