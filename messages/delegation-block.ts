import type { Button, KnownBlock } from '@slack/types';
import type { Delegation } from '../src/restore/delegation.ts';
import type { Instant, PersonId } from '../src/restore/names.ts';
import { ACTION } from './action-ids.ts';
import { mention, moment } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** One place that this person handed over or holds, with the way to end it. */
export function delegationBlock(
  { id, from, to, startsAt, endsAt }: Delegation,
  { person, now }: { readonly person: PersonId; readonly now: Instant },
  { delegation }: Words,
): KnownBlock {
  const times = { from: startsAt > now ? moment(startsAt) : undefined, until: moment(endsAt) };
  const isGiven = from === person;
  const words = isGiven
    ? delegation.given({ to: mention.person(to), ...times })
    : delegation.held({ of: mention.person(from), ...times });
  const button: Button = {
    type: 'button',
    action_id: ACTION.endDelegation,
    text: { type: 'plain_text', text: isGiven ? delegation.takeBack : delegation.handBack },
    value: id,
  };
  return { type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true }, accessory: button };
}
