import type { PersonFacts } from '../src/restore/event.ts';
import type { Instant, Restore, Vote } from '../src/restore/restore.ts';
import { namedByAny, rulesNeeded } from '../src/restore/rules-needed.ts';
import { type FilledRule, filledRules, isFilled, rulesNaming, verdictOf } from '../src/restore/votes.ts';
import { everybody, listed } from './people.ts';
import { escaped, mention, moment, quoted } from './slack-text.ts';

/** Whether the approval is the plain one: one person is enough, so that no rule needs to be named. */
export function isPlain(restore: Pick<Restore, 'plan' | 'terms'>): boolean {
  const [rule, ...others] = rulesNeeded(restore);
  return rule?.needed === 1 && others.length === 0;
}

/** Who is asked, who has said what, and what is still missing. */
export function agreementLines(restore: Restore): readonly string[] {
  const votes = votesOf(restore);
  const filled = filledRules(restore, votes);
  const { denialsNeeded } = restore.terms.approval;
  const denials = votes.filter(({ kind }) => kind === 'deny');
  return [
    ...(isPlain(restore)
      ? [`*To confirm or deny:* ${everybody(namedByAny(rulesNeeded(restore)))}`]
      : [
          `*Still missing:* ${missingWords(filled) || 'nobody'}`,
          '*Must agree, each person for one rule only:*',
          ...filled.map(ruleLine),
        ]),
    ...(denialsNeeded > 1 ? [`*Ends it:* a no of ${denialsNeeded} people; ${denials.length} so far`] : []),
    ...denials.map(({ by, at, why }) => `✗ No by ${mention.person(by)} ${moment(at)}: ${quoted(why ?? '', 200)}`),
    ...spareLines(votes, filled),
  ];
}

/** `1 of 2 database owners; service owner missing`. Empty when nothing is. */
export function missingWords(filled: readonly FilledRule[]): string {
  return filled
    .filter((one) => !isFilled(one))
    .map(({ rule, filledBy }) => {
      const name = escaped(rule.name);
      return rule.needed === 1 ? `${name} missing` : `${filledBy.length} of ${rule.needed} ${name}`;
    })
    .join('; ');
}

/** What is missing in the request as it stands; undefined while one person is enough or nothing is asked any more. */
export function stillMissing(restore: Restore): string | undefined {
  if (restore.state.status !== 'awaiting-approval' || isPlain(restore)) return undefined;
  return missingWords(filledRules(restore, restore.state.votes)) || undefined;
}

export interface Effect {
  readonly isDecisive: boolean;
  readonly words: string;
}

/** What a yes of this person at this moment would do. */
export function effectOfYes(restore: Restore, person: PersonFacts, now: Instant): Effect {
  const { planHash } = restore;
  const countsFor = rulesNaming(person, restore);
  const votes = [...votesOf(restore), { by: person.id, at: now, kind: 'approve' as const, planHash, countsFor }];
  const filled = filledRules(restore, votes);
  if (verdictOf(restore, votes) === 'approved') {
    const begins = 'the bot notifies the stakeholders and begins, or waits for the planned start';
    return {
      isDecisive: true,
      words: isPlain(restore) ? `With your agreement ${begins}.` : `Your agreement is the last one needed: ${begins}.`,
    };
  }
  const own = filled.find(({ filledBy }) => filledBy.some(({ by }) => by === person.id));
  const missing = `Nothing begins yet. Still missing then: ${missingWords(filled)}.`;
  return {
    isDecisive: false,
    words: own
      ? `Your agreement counts for "${escaped(own.rule.name)}" (${own.filledBy.length} of ${own.rule.needed}). ${missing}`
      : `"${countsFor.map(escaped).join('", "')}" has all it needs already; yours is kept in reserve. ${missing}`,
  };
}

/** Everybody who agreed, for `Confirmed by …`. */
export function agreedBy(votes: readonly Vote[]): string {
  return listed(votes.filter(({ kind }) => kind === 'approve').map(({ by }) => mention.person(by)));
}

function ruleLine({ rule, filledBy }: FilledRule): string {
  const agreed = filledBy.map(({ by, at }) => `${mention.person(by)} ${moment(at)}`);
  const who = agreed.length > 0 ? `agreed ${listed(agreed)}` : 'nobody yet';
  return `${filledBy.length >= rule.needed ? '✓' : '…'} ${escaped(rule.name)}, ${filledBy.length} of ${rule.needed}: ${who}. Asked: ${everybody(rule)}`;
}

function spareLines(votes: readonly Vote[], filled: readonly FilledRule[]): readonly string[] {
  const spare = votes.filter(
    ({ by, kind }) => kind === 'approve' && !filled.some(({ filledBy }) => filledBy.some((vote) => vote.by === by)),
  );
  return spare.length > 0 ? [`Agreed too, not needed so far: ${agreedBy(spare)}`] : [];
}

function votesOf({ state }: Restore): readonly Vote[] {
  return state.status === 'awaiting-approval' ? state.votes : [];
}
