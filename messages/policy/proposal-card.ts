import type { Button, KnownBlock } from '@slack/types';
import type { Reader } from '../../src/restore/language.ts';
import { shortHash } from '../../src/restore/policy/hash.ts';
import { agreedRules, expiryOf, type Proposal, peopleBound, peopleNeeded } from '../../src/restore/policy/proposal.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { ACTION } from '../action-ids.ts';
import { everybody, listed } from '../people.ts';
import { sections } from '../shortened.ts';
import { context, escaped, header, type Message, mention, moment, past, quoted, section } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { aboutWords, looserLines } from './change-words.ts';

/** The card of a looser rule that waits: what would change, for whom, who must agree, and what holds until then. */
export function proposalCard(proposal: Proposal, samePeople: Policy['samePeople'], reader: Reader): Message {
  const words = wordsFor(reader);
  const say = words.looserRule;
  const { change, state, number, at, hash } = proposal;
  const { status } = state;
  const about = aboutWords(change, words);
  const looser = looserLines(change, at, words).map((line) => `• ${line}`);
  const blocks: KnownBlock[] = [
    header(say.heading({ number, status })),
    section(say.proposed({ at: past(at), about })),
    ...sections([say.looser, ...looser]),
    section(agreementWords(proposal, samePeople, words)),
    section(stateWords(proposal, words)),
    ...(status === 'open' ? [buttons(proposal, about, words)] : []),
    context(say.proposal(shortHash(hash))),
  ];
  return { text: spokenText(say.notification({ number, about, status }), blocks, words), blocks };
}

function agreementWords(proposal: Proposal, samePeople: Policy['samePeople'], words: Words): string {
  const say = words.looserRule;
  const several = proposal.bound.length > 1;
  const lines = agreedRules(proposal, samePeople).map(({ alias, rule, agreed }) => {
    const those = agreed.map(({ by, at }) => `${mention.person(by)} ${past(at)}`);
    const who = agreed.length > 0 ? say.agreed(listed(those, words)) : say.nobodyYet;
    const of = several ? `${escaped(alias)}, ${quoted(rule.name, 60)}` : quoted(rule.name, 60);
    const mark = agreed.length >= rule.needed ? '✓' : '…';
    return `${mark} ${say.ruleLine({ rule: of, agreed: agreed.length, needed: rule.needed, who })}`;
  });
  const answers = proposal.votes.map(({ by, kind, at }) =>
    say.answer({ by: mention.person(by), isYes: kind === 'agree', at: past(at) }),
  );
  return [
    say.mustAgree({ people: everybody(peopleBound(proposal), words), needed: peopleNeeded(proposal) }),
    ...lines,
    say.answers(answers.length > 0 ? listed(answers, words) : undefined),
  ].join('\n');
}

function stateWords(proposal: Proposal, { looserRule: { states } }: Words): string {
  const { state } = proposal;
  switch (state.status) {
    case 'open':
      return states.open(moment(expiryOf(proposal)));
    case 'agreed':
      return states.agreed(past(state.at));
    case 'refused':
      return states.refused({ at: past(state.at), by: mention.person(state.by) });
    case 'replaced':
      return states.replaced(past(state.at));
    case 'expired':
      return states.expired(past(state.at));
    default:
      return state satisfies never;
  }
}

function buttons({ hash, number }: Proposal, about: string, { looserRule }: Words): KnownBlock {
  const { agree, refuse, back } = looserRule;
  return {
    type: 'actions',
    block_id: 'rb_policy_actions',
    elements: [
      button(ACTION.agreeToPolicy, { ...agree, title: agree.title(number), text: agree.text(about), hash, back }),
      button(ACTION.refusePolicy, { ...refuse, title: refuse.title(number), text: refuse.text(about), hash, back }),
    ],
  };
}

interface ButtonWords {
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly back: string;
  readonly hash: string;
}

function button(actionId: string, { label, hash, title, text, back }: ButtonWords): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: label },
    value: hash,
    confirm: {
      title: { type: 'plain_text', text: title },
      text: { type: 'plain_text', text: text.slice(0, 300) },
      confirm: { type: 'plain_text', text: label.slice(0, 30) },
      deny: { type: 'plain_text', text: back },
    },
  };
}
