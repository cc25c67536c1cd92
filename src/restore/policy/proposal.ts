import { addMinutes } from '../instant.ts';
import type { Instant, PersonId } from '../names.ts';
import { areSamePerson, isNamedBy } from '../person.ts';
import type { PersonFacts } from '../person-facts.ts';
import type { InstancePolicy, Policy } from '../policy.ts';
import { namedByAny } from '../rules-needed.ts';
import type { ApprovalRule, PeopleRule } from '../terms.ts';
import { assign } from '../votes.ts';
import { hashOf } from './hash.ts';
import { onCallNamesOf } from './on-call-rules.ts';
import type { PolicyChange } from './policy-change.ts';

/** Whatever the rules ask for, one person alone never loosens them: nobody knows who wrote the file. */
const FEWEST_PEOPLE = 2;

/** How long a looser rule may wait for answers: whoever agrees still has in mind why it was proposed. */
const OPEN_FOR_MINUTES = 24 * 60;

/** The rules in force of one instance: those whom they bind must agree to a looser one. */
export interface Bound {
  readonly auraId: string;
  readonly alias: string;
  readonly rules: readonly ApprovalRule[];
  readonly denialsNeeded: number;
}

export interface PolicyVote {
  readonly by: PersonId;
  readonly at: Instant;
  readonly kind: 'agree' | 'refuse';
  /** The rules that name them, each as `auraId/name`. */
  readonly countsFor: readonly string[];
}

/** A change that loosens a rule and waits for those whom the rule binds. */
export interface Proposal {
  /** Which proposal of this record; counted from 1. */
  readonly number: number;
  /** SHA-256 over the change and the rules it is voted by: what people agree to. */
  readonly hash: string;
  readonly at: Instant;
  readonly change: PolicyChange;
  /** As they were in force when this was proposed, before the same file tightened anything. */
  readonly bound: readonly Bound[];
  /** Where it is shown: the approvals channels in force and the proposed ones. */
  readonly channels: readonly string[];
  readonly votes: readonly PolicyVote[];
  /** From when on no answer counts; absent in records of earlier releases, where it is a day as well. */
  readonly expiresAt?: Instant;
  /** `replaced`: the file was changed before people had decided. `expired`: too few of them had answered in time. */
  readonly state:
    | { readonly status: 'open' }
    | { readonly status: 'agreed' | 'replaced' | 'expired'; readonly at: Instant }
    | { readonly status: 'refused'; readonly at: Instant; readonly by: PersonId };
}

/** Which proposal a change would be. Equal changes of equal rules are the same proposal. */
export function proposalOf(
  change: PolicyChange,
  inForce: Policy,
  { number, at }: Pick<Proposal, 'number' | 'at'>,
): Proposal {
  const bound = boundBy(change, inForce);
  return {
    number,
    hash: hashOf({ change, bound }),
    at,
    expiresAt: addMinutes(at, OPEN_FOR_MINUTES),
    change,
    bound: bound.map(({ auraId, alias, approval: { rules, denialsNeeded } }) => ({
      auraId,
      alias,
      rules,
      denialsNeeded,
    })),
    channels: channelsOf(change, bound),
    votes: [],
    state: { status: 'open' },
  };
}

/** From when on no answer to it counts, whether or not anybody has noticed yet. */
export function expiryOf({ at, expiresAt }: Pick<Proposal, 'at' | 'expiresAt'>): Instant {
  return expiresAt ?? addMinutes(at, OPEN_FOR_MINUTES);
}

/** True while an answer at `at` would still count. */
export function isOpenAt(proposal: Pick<Proposal, 'at' | 'expiresAt' | 'state'>, at: Instant): boolean {
  return proposal.state.status === 'open' && at < expiryOf(proposal);
}

/** Everybody who may agree or refuse. */
export function peopleBound({ bound }: Pick<Proposal, 'bound'>): PeopleRule {
  return namedByAny(bound.flatMap(({ rules }) => rules));
}

/** The names of the rules in force that name a person, each as `auraId/name`. */
export function rulesBinding(person: PersonFacts, { bound }: Pick<Proposal, 'bound'>): readonly string[] {
  return bound.flatMap(({ auraId, rules }) =>
    rules.filter((rule) => isNamedBy(rule, person)).map(({ name }) => `${auraId}/${name}`),
  );
}

/** A rule in force with those who agreed by it. A person counts for one rule of an instance, and for every instance. */
export interface AgreedRule {
  readonly alias: string;
  readonly rule: ApprovalRule;
  readonly agreed: readonly PolicyVote[];
}

export function agreedRules(
  { bound, votes }: Pick<Proposal, 'bound' | 'votes'>,
  samePeople: Policy['samePeople'],
): readonly AgreedRule[] {
  const agreeing = eachHumanOnce(votes, samePeople).filter(({ kind }) => kind === 'agree');
  return bound.flatMap(({ auraId, alias, rules }) => {
    const named = rules.map((rule) => ({ ...rule, name: `${auraId}/${rule.name}` }));
    const seats = assign(
      agreeing.map(({ countsFor }) => countsFor),
      named,
    );
    return rules.map((rule, index) => ({
      alias,
      rule,
      agreed: agreeing.filter((_, vote) => seats[index]?.includes(vote)),
    }));
  });
}

/** What the votes amount to. A refusal that is complete counts before an agreement that is. */
export function verdictOn(
  proposal: Pick<Proposal, 'bound' | 'votes'>,
  samePeople: Policy['samePeople'],
): 'open' | 'agreed' | 'refused' {
  const humans = eachHumanOnce(proposal.votes, samePeople);
  const refusing = humans.filter(({ kind }) => kind === 'refuse').length;
  if (refusing >= Math.min(...proposal.bound.map(({ denialsNeeded }) => denialsNeeded))) return 'refused';
  const rules = agreedRules(proposal, samePeople);
  const isFilled = rules.length > 0 && rules.every(({ rule, agreed }) => agreed.length >= rule.needed);
  return isFilled && humans.length - refusing >= FEWEST_PEOPLE ? 'agreed' : 'open';
}

/** How many people must agree at least. */
export function peopleNeeded({ bound }: Pick<Proposal, 'bound'>): number {
  const ofInstances = bound.map(({ rules }) => rules.reduce((sum, { needed }) => sum + needed, 0));
  return Math.max(FEWEST_PEOPLE, ...ofInstances);
}

function eachHumanOnce(votes: readonly PolicyVote[], samePeople: Policy['samePeople']): readonly PolicyVote[] {
  return votes.filter((vote, index) => !votes.slice(0, index).some(({ by }) => areSamePerson(by, vote.by, samePeople)));
}

/** The instances whose people are bound by what would change; all of them for what is true of all. */
function boundBy(change: PolicyChange, { instances }: Policy): readonly InstancePolicy[] {
  switch (change.kind) {
    case 'links':
      return instances;
    case 'on-call':
      return instances.filter((instance) => onCallNamesOf(instance).length > 0);
    case 'instance-added':
      return [];
    case 'instance-removed':
    case 'settings':
      return [change.before];
    case 'name-reused': {
      const others = instances.filter(
        ({ alias, auraId }) => alias === change.after.alias || auraId === change.after.auraId,
      );
      const all = [change.before, ...others];
      return all.filter(({ auraId }, index) => all.findIndex((one) => one.auraId === auraId) === index);
    }
    default:
      return change satisfies never;
  }
}

function channelsOf(change: PolicyChange, bound: readonly InstancePolicy[]): readonly string[] {
  const proposed = 'after' in change && 'approvalsChannel' in change.after ? [change.after.approvalsChannel] : [];
  return [...new Set([...bound.map(({ approvalsChannel }) => approvalsChannel), ...proposed])];
}
