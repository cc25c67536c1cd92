import type { Button, KnownBlock } from '@slack/types';
import { shortHash } from '../../src/restore/policy/hash.ts';
import { agreedRules, type Proposal, peopleBound, peopleNeeded } from '../../src/restore/policy/proposal.ts';
import type { Policy } from '../../src/restore/policy.ts';
import { ACTION } from '../action-ids.ts';
import { everybody, listed } from '../people.ts';
import { context, escaped, header, type Message, mention, past, quoted, section } from '../slack-text.ts';
import { spokenText } from '../spoken.ts';
import { ENGLISH } from '../words/words.ts';
import { aboutWords, looserLines } from './change-words.ts';

/** The card of a looser rule that waits: what would change, for whom, who must agree, and what holds until then. */
export function proposalCard(proposal: Proposal, samePeople: Policy['samePeople']): Message {
  const { change, state, number, at, hash } = proposal;
  const about = aboutWords(change);
  const isOpen = state.status === 'open';
  const blocks: KnownBlock[] = [
    header(`Looser rule ${number} · ${isOpen ? 'waits for agreement' : DECIDED[state.status]}`),
    section(
      `The bot was started ${past(at)} with a configuration file that would loosen a rule of *${about}*. Who changed the file is not known to the bot.`,
    ),
    section(
      `*What would become looser*\n${looserLines(change, at)
        .map((line) => `• ${line}`)
        .join('\n')}`,
    ),
    section(agreementWords(proposal, samePeople)),
    section(stateWords(proposal)),
    ...(isOpen ? [buttons(proposal, about)] : []),
    context(`Proposal ${shortHash(hash)}. An answer counts for exactly this.`),
  ];
  return { text: spokenText(cardText(proposal), blocks, ENGLISH), blocks };
}

const DECIDED: Readonly<Record<Exclude<Proposal['state']['status'], 'open'>, string>> = {
  agreed: 'agreed to, in force',
  refused: 'refused',
  replaced: 'replaced by another file',
};

function cardText({ change, state, number }: Proposal): string {
  const about = aboutWords(change);
  return state.status === 'open'
    ? `Looser rule ${number}: the configuration file would loosen a rule of ${about}. It waits until those whom the rule binds have agreed.`
    : `Looser rule ${number} of ${about}: ${DECIDED[state.status]}.`;
}

function agreementWords(proposal: Proposal, samePeople: Policy['samePeople']): string {
  const several = proposal.bound.length > 1;
  const lines = agreedRules(proposal, samePeople).map(({ alias, rule, agreed }) => {
    const who =
      agreed.length > 0
        ? `agreed ${listed(agreed.map(({ by, at }) => `${mention.person(by)} ${past(at)}`))}`
        : 'nobody yet';
    const of = several ? `${escaped(alias)}, ${quoted(rule.name, 60)}` : quoted(rule.name, 60);
    return `${agreed.length >= rule.needed ? '✓' : '…'} ${of}, ${agreed.length} of ${rule.needed}: ${who}`;
  });
  const answers = proposal.votes.map(
    ({ by, kind, at }) => `${mention.person(by)} ${kind === 'agree' ? 'agrees' : 'refuses'} (${past(at)})`,
  );
  return [
    `*Who must agree:* those who are bound by the rule that is in force, and at least ${peopleNeeded(proposal)} different people: ${everybody(peopleBound(proposal))}`,
    ...lines,
    `*Answers so far:* ${answers.length > 0 ? listed(answers) : 'none'}`,
  ].join('\n');
}

function stateWords({ state }: Proposal): string {
  switch (state.status) {
    case 'open':
      return 'Until then the tighter rule stays in force, for every request. Requests that are open when it changes keep the rules they were asked under. To take it back, change the file and start the bot again.';
    case 'agreed':
      return `In force since ${past(state.at)}, for requests from then on. Requests that were open keep the rules they were asked under.`;
    case 'refused':
      return `Refused ${past(state.at)} by ${mention.person(state.by)}. The tighter rule stays in force. The file still says otherwise: correct it, or it is proposed again when it changes.`;
    case 'replaced':
      return `The file was changed again ${past(state.at)}. Answers to this one count no longer; what is looser in the new file is asked anew.`;
    default:
      return state satisfies never;
  }
}

function buttons({ hash, number }: Proposal, about: string): KnownBlock {
  return {
    type: 'actions',
    block_id: 'rb_policy_actions',
    elements: [
      button(ACTION.agreeToPolicy, 'Agree to the looser rule', {
        hash,
        title: `Agree to looser rule ${number}?`,
        text: `The rule of ${about} becomes looser when enough people have agreed. You cannot take this back.`,
      }),
      button(ACTION.refusePolicy, 'Refuse', {
        hash,
        title: `Refuse looser rule ${number}?`,
        text: `The rule of ${about} stays as it is. You cannot take this back.`,
      }),
    ],
  };
}

function button(
  actionId: string,
  label: string,
  { hash, title, text }: { readonly hash: string; readonly title: string; readonly text: string },
): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: label },
    value: hash,
    confirm: {
      title: { type: 'plain_text', text: title },
      text: { type: 'plain_text', text: text.slice(0, 300) },
      confirm: { type: 'plain_text', text: label.slice(0, 30) },
      deny: { type: 'plain_text', text: 'Back' },
    },
  };
}
