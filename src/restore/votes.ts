import type { Vote } from './agreement.ts';
import type { PersonId } from './names.ts';
import { areSamePerson } from './person.ts';
import type { Restore } from './restore.ts';
import { rulesNeeded } from './rules-needed.ts';
import type { ApprovalRule } from './terms.ts';

/** What votes are about and judged by. */
type Asked = Pick<Restore, 'request' | 'plan' | 'planHash' | 'terms'>;

/** A rule with the votes that fill it. */
export interface FilledRule {
  readonly rule: ApprovalRule;
  readonly filledBy: readonly Vote[];
}

/** What votes amount to: nothing yet, a yes, or a no. */
export type Verdict = 'open' | 'approved' | 'denied';

/** What the votes amount to. A no that is complete counts before a yes that is complete. */
export function verdictOf(restore: Asked, votes: readonly Vote[]): Verdict {
  const denials = counting(restore, votes, 'deny').length;
  if (denials >= restore.terms.approval.denialsNeeded && denials > 0) return 'denied';
  const filled = filledRules(restore, votes);
  return filled.length > 0 && filled.every(isFilled) ? 'approved' : 'open';
}

/** Each rule the plan needs, with the votes that fill it: as many in all as any way of assigning them can fill. */
export function filledRules(restore: Asked, votes: readonly Vote[]): readonly FilledRule[] {
  const rules = rulesNeeded(restore);
  const approving = counting(restore, votes, 'approve');
  const seats = assign(
    approving.map(({ countsFor }) => countsFor),
    rules,
  );
  return rules.map((rule, index) => ({
    rule,
    filledBy: approving.filter((_, vote) => seats[index]?.includes(vote)),
  }));
}

export function isFilled({ rule, filledBy }: FilledRule): boolean {
  return filledBy.length >= rule.needed && rule.needed > 0;
}

/** The vote that this human has cast, under whichever of their accounts, or that somebody cast with their place. */
export function voteOf(
  person: PersonId,
  votes: readonly Vote[],
  samePeople: readonly (readonly PersonId[])[],
): Vote | undefined {
  return votes.find((vote) => isOf(vote, person, samePeople));
}

/** Whether it is this human's vote, or one with their place: of all these only one counts. */
export function isOf(vote: Vote, person: PersonId, samePeople: readonly (readonly PersonId[])[]): boolean {
  return humansIn(vote).some((id) => areSamePerson(id, person, samePeople));
}

/** Whether it is a yes that depends on something which the requester has not accepted. */
export function dependsStill({ proviso }: Pick<Vote, 'proviso'>): boolean {
  return proviso !== undefined && proviso.acceptedAt === undefined;
}

function humansIn({ by, standingInFor }: Vote): readonly PersonId[] {
  return standingInFor === undefined ? [by] : [by, standingInFor];
}

/**
 * Seats candidates at rules, one rule each at most and no more than a rule needs, so that as many seats as possible are
 * taken. Takes for each candidate the names of the rules they may fill; answers for each rule the candidates' indexes.
 */
export function assign(
  candidates: readonly (readonly string[])[],
  rules: readonly Pick<ApprovalRule, 'name' | 'needed'>[],
): readonly (readonly number[])[] {
  const seated: number[][] = rules.map(() => []);
  /** Finds the candidate a seat, if need be by moving others to seats that they may take as well. */
  const seat = (candidate: number, tried: Set<number>): boolean =>
    rules.some(({ name, needed }, index) => {
      const taken = seated[index];
      if (!taken || tried.has(index) || !candidates[candidate]?.includes(name)) return false;
      tried.add(index);
      if (taken.length >= needed) {
        const moved = taken.findIndex((other) => seat(other, tried));
        if (moved < 0) return false;
        taken.splice(moved, 1);
      }
      taken.push(candidate);
      return true;
    });
  candidates.forEach((_, candidate) => {
    seat(candidate, new Set());
  });
  return seated;
}

/** Votes of this kind for the plan as it is, each human and each place once and never the requester's: whatever the record holds. */
function counting({ request, planHash, terms }: Asked, votes: readonly Vote[], kind: Vote['kind']): readonly Vote[] {
  return votes.filter(
    (vote, index) =>
      vote.kind === kind &&
      !dependsStill(vote) &&
      vote.planHash === planHash &&
      !isOf(vote, request.requestedBy, terms.samePeople) &&
      !votes.slice(0, index).some((earlier) => humansIn(vote).some((id) => isOf(earlier, id, terms.samePeople))),
  );
}
