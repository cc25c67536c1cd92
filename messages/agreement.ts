import type { Vote } from '../src/restore/agreement.ts';
import { voteWith } from '../src/restore/decision-refusal.ts';
import type { Instant } from '../src/restore/names.ts';
import { type Place, placesOf } from '../src/restore/person.ts';
import type { PersonFacts } from '../src/restore/person-facts.ts';
import type { Restore } from '../src/restore/restore.ts';
import { namedByAny, rulesNeeded } from '../src/restore/rules-needed.ts';
import { dependsStill, type FilledRule, filledRules, isFilled, verdictOf } from '../src/restore/votes.ts';
import { everybody, listed, ruleName, seenFor } from './people.ts';
import { acceptedLines } from './proviso.ts';
import { mention, moment, past, quoted } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** Whether the approval is the plain one: one person is enough, so that no rule needs to be named. */
export function isPlain(restore: Pick<Restore, 'plan' | 'terms'>): boolean {
  const [rule, ...others] = rulesNeeded(restore);
  return rule?.needed === 1 && others.length === 0;
}

/** Who is asked, who has said what, and what is still missing. */
export function agreementLines(restore: Restore, words: Words = ENGLISH): readonly string[] {
  const { agreement } = words;
  const votes = votesOf(restore);
  const filled = filledRules(restore, votes);
  const { denialsNeeded } = restore.terms.approval;
  const denials = votes.filter(({ kind }) => kind === 'deny');
  return [
    ...(isPlain(restore)
      ? [agreement.toConfirmOrDeny(everybody(namedByAny(rulesNeeded(restore)), words, seenFor(restore)))]
      : [
          agreement.stillMissing(missingWords(filled, words) || agreement.nobody),
          agreement.mustAgree,
          ...filled.map((one) => ruleLine(restore, one, words)),
        ]),
    ...delegateLines(restore, words),
    ...(denialsNeeded > 1 ? [agreement.endsIt({ needed: denialsNeeded, soFar: denials.length })] : []),
    ...denials.map((vote) =>
      agreement.no({ by: voterWords(vote, words), at: past(vote.at), why: quoted(vote.why ?? '', 200) }),
    ),
    ...spareLines(votes, filled, words),
    ...acceptedLines(votes, words),
  ];
}

/** `1 of 2 database owners; service owner missing`. Empty when nothing is. */
export function missingWords(filled: readonly FilledRule[], words: Words = ENGLISH): string {
  const { agreement } = words;
  return filled
    .filter((one) => !isFilled(one))
    .map(({ rule: named, filledBy }) => {
      const { needed } = named;
      const rule = ruleName(named, words);
      return needed === 1 ? agreement.missing(rule) : agreement.partly({ soFar: filledBy.length, needed, rule });
    })
    .join('; ');
}

/** What is missing in the request as it stands; undefined while one person is enough or nothing is asked any more. */
export function stillMissing(restore: Restore, words: Words = ENGLISH): string | undefined {
  if (restore.state.status !== 'awaiting-approval' || isPlain(restore)) return undefined;
  return missingWords(filledRules(restore, restore.state.votes), words) || undefined;
}

export interface Effect {
  readonly isDecisive: boolean;
  readonly words: string;
}

/** The places with which this person can still agree, their own first. */
export function placesLeft(restore: Restore, person: PersonFacts): readonly Place[] {
  return placesOf(person, restore).filter((place) => voteWith(place, restore, votesOf(restore)) === undefined);
}

/** What a yes of this person, with this place, at this moment would do. */
export function effectOfYes(
  restore: Restore,
  person: PersonFacts,
  now: Instant,
  { place, words = ENGLISH }: { readonly place: Place | undefined; readonly words?: Words },
): Effect {
  const { planHash } = restore;
  const { effect } = words.agreement;
  const countsFor = place?.countsFor ?? [];
  const standingInFor = place?.standsInFor?.delegator.id;
  const vote = { by: person.id, at: now, kind: 'approve' as const, planHash, countsFor };
  const votes = [...votesOf(restore), standingInFor === undefined ? vote : { ...vote, standingInFor }];
  const filled = filledRules(restore, votes);
  if (verdictOf(restore, votes) === 'approved') {
    if (restore.plan.dryRun) return { isDecisive: true, words: words.dryRun.effect };
    return { isDecisive: true, words: isPlain(restore) ? effect.only : effect.last };
  }
  const own = filled.find(({ filledBy }) => filledBy.some(({ by }) => by === person.id));
  const missing = missingWords(filled, words);
  return {
    isDecisive: false,
    words: own
      ? effect.counts({
          rule: ruleName(own.rule, words),
          soFar: own.filledBy.length,
          needed: own.rule.needed,
          missing,
        })
      : effect.reserve({ rules: countsFor.map((name) => ruleName({ name }, words)), missing }),
  };
}

/** Everybody who agreed, for `Confirmed by …`. */
export function agreedBy(votes: readonly Vote[], words: Words = ENGLISH): string {
  return listed(
    votes.filter((vote) => vote.kind === 'approve' && !dependsStill(vote)).map((vote) => voterWords(vote, words)),
    words,
  );
}

/** `@b`, or `@b for @a` when they stand in for somebody. */
export function voterWords({ by, standingInFor }: Pick<Vote, 'by' | 'standingInFor'>, words: Words): string {
  return standingInFor === undefined
    ? mention.person(by)
    : words.delegation.voter({ by: mention.person(by), standingInFor: mention.person(standingInFor) });
}

/** Who holds the place of somebody who is asked, as was known when the request was made. */
function delegateLines({ request }: Restore, words: Words): readonly string[] {
  const { delegates = [] } = request;
  if (delegates.length === 0) return [];
  const each = delegates.map(({ to, from, until }) =>
    words.delegation.askedToo({ to: mention.person(to), from: mention.person(from), until: moment(until) }),
  );
  return [words.delegation.allAskedToo(listed(each, words))];
}

function ruleLine(restore: Restore, one: FilledRule, words: Words): string {
  const { rule, filledBy } = one;
  const agreed = filledBy.map((vote) => `${voterWords(vote, words)} ${past(vote.at)}`);
  return words.agreement.rule({
    isFilled: isFilled(one),
    name: ruleName(rule, words),
    soFar: filledBy.length,
    needed: rule.needed,
    agreed: listed(agreed, words),
    asked: everybody(rule, words, seenFor(restore)),
  });
}

function spareLines(votes: readonly Vote[], filled: readonly FilledRule[], words: Words): readonly string[] {
  const spare = votes.filter(
    (vote) =>
      vote.kind === 'approve' &&
      !dependsStill(vote) &&
      !filled.some(({ filledBy }) => filledBy.some(({ by }) => by === vote.by)),
  );
  return spare.length > 0 ? [words.agreement.spare(agreedBy(spare, words))] : [];
}

function votesOf({ state }: Restore): readonly Vote[] {
  return state.status === 'awaiting-approval' ? state.votes : [];
}
