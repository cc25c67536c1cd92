import type { KnownBlock, ModalView } from '@slack/types';
import type { Delegation } from '../src/restore/delegation.ts';
import { addMinutes } from '../src/restore/instant.ts';
import { ENGLISH_READER, type Reader } from '../src/restore/language.ts';
import type { Instant, PersonId } from '../src/restore/names.ts';
import { FIELD, VIEW } from './action-ids.ts';
import { delegationBlock } from './delegation-block.ts';
import { coming, context, mention, section, truncate } from './slack-text.ts';
import { wordsFor } from './words/words.ts';

/** What stands in the form when it opens. */
export interface DelegationFormModel {
  /** Who looks at it. */
  readonly person: PersonId;
  readonly now: Instant;
  /** In force or to come, the person being one of the two. */
  readonly delegations: readonly Delegation[];
  readonly to?: PersonId | undefined;
  readonly until?: Instant | undefined;
}

const USUAL_DAYS = 7;
const MOST_SHOWN = 30;

/** Hands the person's place to another one for a time; shows theirs, each with the way to end it. */
export function delegationForm(model: DelegationFormModel, reader: Reader = ENGLISH_READER): ModalView {
  const { now, to, delegations } = model;
  const words = wordsFor(reader);
  const { delegation } = words;
  const until = model.until ?? addMinutes(now, USUAL_DAYS * 1440);
  return {
    type: 'modal',
    callback_id: VIEW.delegationForm,
    title: { type: 'plain_text', text: truncate(delegation.title, 24) },
    submit: { type: 'plain_text', text: delegation.submit },
    close: { type: 'plain_text', text: delegation.close },
    blocks: [
      section(delegation.what),
      ...delegations.slice(0, MOST_SHOWN).map((one) => delegationBlock(one, model, words)),
      {
        type: 'input',
        block_id: FIELD.delegate,
        label: { type: 'plain_text', text: delegation.toWhom },
        element: { type: 'users_select', action_id: 'person', ...(to ? { initial_user: to } : {}) },
      },
      timeInput(FIELD.delegationStart, delegation.from, now),
      timeInput(FIELD.delegationEnd, delegation.until, until),
      context(delegation.hint),
    ],
  };
}

function timeInput(blockId: string, label: string, at: Instant): KnownBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: { type: 'plain_text', text: label },
    element: {
      type: 'datetimepicker',
      action_id: 'time',
      initial_date_time: Math.floor(Date.parse(at) / 1000),
    },
  };
}

/** What came of it, for the one who did it. */
export function delegatedWords(
  { id, to, startsAt, endsAt }: Delegation,
  now: Instant,
  reader: Reader = ENGLISH_READER,
): { readonly text: string } {
  const words = wordsFor(reader);
  const facts = {
    id,
    to: mention.person(to),
    from: startsAt > now ? coming(startsAt, now, words) : undefined,
    until: coming(endsAt, now, words),
  };
  return { text: words.delegation.done(facts) };
}
