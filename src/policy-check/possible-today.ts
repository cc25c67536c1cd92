import { approvabilityProblem } from '../restore/approvability.ts';
import type { ShortRule } from '../restore/approvable.ts';
import type { PersonId } from '../restore/names.ts';
import { areSamePerson, isNamedBy, requesterRefusal, standingRefusal } from '../restore/person.ts';
import type { PersonFacts } from '../restore/person-facts.ts';
import type { InstancePolicy } from '../restore/policy.ts';
import type { PersonRefusal } from '../restore/refusal.ts';
import { OVERRIDE_RULE } from '../restore/rules-needed.ts';
import type { ApprovalRule } from '../restore/terms.ts';
import { type Names, named, someOf } from './names.ts';
import { otherApprovals } from './new-instance-sentences.ts';

/** Whether requests of one instance could be approved by the people as they are today. */
export interface PossibleToday {
  readonly sentences: readonly string[];
  /** What no requester and no approver can do anything about. */
  readonly problems: readonly string[];
}

/** Stands for a requester whom no rule names: every full member may ask when the configuration names nobody. */
const ANYBODY_ELSE: PersonId = '';

const NOT_COUNTED: Readonly<Partial<Record<PersonRefusal['reason'], string>>> = {
  'not-a-person': 'a bot',
  deactivated: 'not active',
  outsider: 'of another workspace',
  guest: 'a guest',
};

/** Judges an instance by everybody whom its rules name; who is missing in `people` does not count. */
export function possibleToday(
  instance: InstancePolicy,
  people: readonly PersonFacts[],
  samePeople: readonly (readonly PersonId[])[],
  names: Names,
): PossibleToday {
  const askers = possibleRequesters(instance, people);
  if (askers.length === 0) {
    return { sentences: [], problems: ['nobody could ask today: nobody named is an active full member'] };
  }
  const { rules, denialsNeeded } = instance.approval;
  const judge = (needed: readonly ApprovalRule[], what: string) =>
    verdictOn(askers, what, (asker) => approvabilityProblem(needed, asker, people, samePeople), names);
  const override = instance.overrideApprovers && { name: OVERRIDE_RULE, needed: 1, ...instance.overrideApprovers };
  const usual = judge(rules, 'a request');
  const verdicts = [
    usual,
    // What nobody can agree to at any time needs no second sentence about freezes.
    ...(override && usual.problems.length === 0 ? [judge([...rules, override], 'a start in a freeze')] : []),
    ...otherApprovals(instance).map(({ approval, what }) => judge(approval.rules, what)),
  ];
  const most = Math.max(...askers.map((asker) => denyingHumans(rules, asker, people, samePeople)));
  const tooFew =
    most < denialsNeeded ? [`cannot be ended by a no today: ${denialsNeeded} must deny, and ${most} can`] : [];
  return {
    sentences: [
      ...rules.map((rule) => activeSentence(rule, people, names)),
      ...verdicts.flatMap((one) => one.sentences),
    ],
    problems: [...verdicts.flatMap((one) => one.problems), ...tooFew],
  };
}

function possibleRequesters(instance: InstancePolicy, people: readonly PersonFacts[]): readonly PersonId[] {
  const { requesters, alias } = instance;
  const known = people.filter((person) => requesterRefusal(person, requesters, alias) === undefined);
  return [...(requesters ? [] : [ANYBODY_ELSE]), ...known.map(({ id }) => id)];
}

function verdictOn(
  askers: readonly PersonId[],
  what: string,
  problemFor: (asker: PersonId) => readonly ShortRule[] | undefined,
  names: Names,
): PossibleToday {
  const judged = askers.map((asker) => ({ asker, short: problemFor(asker) }));
  const barred = judged.flatMap(({ asker, short }) => (short ? [{ asker, short }] : []));
  const [first] = barred;
  if (!first) return { sentences: [`today ${what} could be approved, whoever asks`], problems: [] };
  if (barred.length === askers.length) {
    return {
      sentences: [],
      problems: [`${what} could not be approved today, whoever asks: ${shortWords(first.short)}`],
    };
  }
  const who = someOf(barred.map(({ asker }) => named(asker, names)));
  return {
    sentences: [`today ${what} could be approved, but not when one of these asks: ${who} (${shortWords(first.short)})`],
    problems: [],
  };
}

function shortWords(short: readonly ShortRule[]): string {
  return short
    .map(({ name, needed, possible }) => `"${name}" needs ${needed}, and ${possible} can be found`)
    .join('; ');
}

function activeSentence(rule: ApprovalRule, people: readonly PersonFacts[], names: Names): string {
  const ofRule = people.filter((person) => isNamedBy(rule, person));
  const able = ofRule.filter((person) => standingRefusal(person) === undefined);
  const who = able.length > 0 ? `: ${someOf(able.map(({ id }) => named(id, names)))}` : '';
  const others = ofRule.flatMap((person) => {
    const refusal = standingRefusal(person);
    return refusal ? [`${named(person.id, names)}, ${NOT_COUNTED[refusal.reason] ?? refusal.reason}`] : [];
  });
  const left = others.length > 0 ? `; not counted: ${someOf(others)}` : '';
  return `today ${able.length} may agree for "${rule.name}"${who}${left}`;
}

function denyingHumans(
  rules: readonly ApprovalRule[],
  asker: PersonId,
  people: readonly PersonFacts[],
  samePeople: readonly (readonly PersonId[])[],
): number {
  const able = people.filter(
    (person) =>
      standingRefusal(person) === undefined &&
      !areSamePerson(person.id, asker, samePeople) &&
      rules.some((rule) => isNamedBy(rule, person)),
  );
  return able.filter(
    ({ id }, index) => !able.slice(0, index).some((earlier) => areSamePerson(earlier.id, id, samePeople)),
  ).length;
}
