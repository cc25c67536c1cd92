import type { Button, KnownBlock } from '@slack/types';
import type { Proviso, Vote } from '../src/restore/agreement.ts';
import type { Restore } from '../src/restore/restore.ts';
import { dependsStill } from '../src/restore/votes.ts';
import { ACTION } from './action-ids.ts';
import { LIMIT } from './slack-limits.ts';
import { mention, moment, past, quoted, section, truncate } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** More than these are settled one after another. */
const MOST_SHOWN = 5;
const LONGEST_SHOWN = 300;

/** Each yes that waits for the requester, with the two buttons for them. */
export function provisoBlocks(restore: Restore, words: Words): KnownBlock[] {
  const { id, request, plan } = restore;
  const say = words.proviso;
  return waiting(restore)
    .slice(0, MOST_SHOWN)
    .flatMap((vote, index): KnownBlock[] => {
      const { by, at, proviso = {} } = vote;
      const value = `${id} ${by} ${at}`;
      const facts = {
        requester: mention.person(request.requestedBy),
        voter: voter(vote, words),
        what: whatOf(proviso, words),
        movesStart: proviso.notBefore !== undefined,
      };
      const button = (actionId: string, label: string): Button => ({
        type: 'button',
        action_id: actionId,
        text: { type: 'plain_text', text: label },
        accessibility_label: truncate(
          words.basics.button({ label, id, alias: plan.instance.alias }),
          LIMIT.accessibilityLabel,
        ),
        value,
      });
      return [
        section(say.waits(facts)),
        {
          type: 'actions',
          block_id: `rb_proviso_${index}`,
          elements: [button(ACTION.acceptProviso, say.accept), button(ACTION.declineProviso, say.decline)],
        },
      ];
    });
}

/** What was accepted, for as long as the card stands. */
export function acceptedLines(votes: readonly Vote[], words: Words): readonly string[] {
  return votes.flatMap((vote) => {
    const { proviso } = vote;
    if (proviso?.acceptedAt === undefined) return [];
    const facts = { voter: voter(vote, words), what: whatOf(proviso, words), at: past(proviso.acceptedAt) };
    return [words.proviso.accepted(facts)];
  });
}

/** For the requester: what waits for them. */
export function provisoAskedWords(restore: Restore, words: Words): string {
  const all = waiting(restore).map((vote) =>
    words.proviso.agrees({ voter: voter(vote, words), what: whatOf(vote.proviso ?? {}, words) }),
  );
  return all.length > 0 ? words.proviso.asked(all.join('; ')) : words.proviso.settledAlready;
}

/** For whoever's yes fell, counted from 1. */
export function provisoDeclinedWords({ declined = [] }: Restore, round: number, words: Words): string {
  const one = declined[round - 1];
  if (!one) return words.proviso.declinedShort;
  return words.proviso.declined({ by: mention.person(one.by), what: whatOf(one.proviso, words) });
}

function waiting({ state }: Restore): readonly Vote[] {
  return state.status === 'awaiting-approval' ? state.votes.filter(dependsStill) : [];
}

/** `on the condition "…" and not before …` */
function whatOf({ condition, notBefore }: Proviso, { proviso }: Words): string {
  return [
    ...(condition === undefined ? [] : [proviso.condition(quoted(condition, LONGEST_SHOWN))]),
    ...(notBefore === undefined ? [] : [proviso.notBefore(moment(notBefore))]),
  ].join(proviso.and);
}

function voter({ by, standingInFor }: Vote, { delegation }: Words): string {
  const person = mention.person(by);
  return standingInFor === undefined
    ? person
    : delegation.voter({ by: person, standingInFor: mention.person(standingInFor) });
}
