import type { PersonId } from '../restore/names.ts';
import { accountsOf } from '../restore/person.ts';
import { OVERRIDE_RULE, oneApprover } from '../restore/rules-needed.ts';
import type { ApprovalTerms, PeopleRule } from '../restore/terms.ts';
import { assign } from '../restore/votes.ts';
import type { ConfigFile } from './file-schema.ts';
import type { Problem } from './problem.ts';

type Level = Pick<ConfigFile['defaults'], 'approvers' | 'approvals' | 'deny'>;
type Linked = readonly (readonly PersonId[])[];

/**
 * Who must agree for an instance: `approvals`, or its short form `approvers`; the first of the `levels` that says
 * it counts. What can never be completed, whoever asks, is added to `problems`.
 */
export function approvalFor(
  levels: readonly Level[],
  where: string,
  samePeople: Linked,
  problems: Problem[],
): ApprovalTerms | undefined {
  const settings = levels.find(({ approvers, approvals }) => approvers ?? approvals);
  if (!settings) {
    problems.push({ where: `${where}.approvers`, what: 'is missing: name who may confirm, here or under defaults' });
    return undefined;
  }
  const { approvers, approvals } = settings;
  if (approvers && approvals) {
    problems.push({ where: `${where}.approvals`, what: 'stands beside approvers: keep one of the two' });
    return undefined;
  }
  const denialsNeeded = levels.find(({ deny }) => deny)?.deny?.needed ?? 1;
  const approval = approvers ? oneApprover(approvers) : { rules: approvals ?? [], denialsNeeded };
  const impossible = approvers
    ? onePersonOnly(approvers.users, approvers.groups, samePeople)
    : tooFew(approval, samePeople);
  if (impossible) problems.push({ where: `${where}.${approvers ? 'approvers' : 'approvals'}`, what: impossible });
  return { ...approval, denialsNeeded };
}

/**
 * Why the approvers of freeze overrides can never agree beside the others; undefined when they can. Only what users alone
 * decide can be told here.
 */
export function overrideProblem(
  approval: ApprovalTerms,
  approvers: PeopleRule,
  samePeople: Linked,
): string | undefined {
  const override = { name: OVERRIDE_RULE, needed: 1, ...approvers };
  if (tooFew(approval, samePeople) || !tooFew({ ...approval, rules: [...approval.rules, override] }, samePeople))
    return undefined;
  return 'can never be completed: everybody it names is needed for another rule, and each person counts for one rule only. Add people';
}

function onePersonOnly(users: readonly PersonId[], groups: readonly string[], samePeople: Linked): string | undefined {
  if (groups.length > 0 || humans(users, samePeople).length > 1) return undefined;
  return 'names one person only: when they ask, nobody could confirm. Add another';
}

/** Only what users alone decide can be told here; who is in a group or on call is known elsewhere. */
function tooFew({ rules }: Pick<ApprovalTerms, 'rules'>, samePeople: Linked): string | undefined {
  const ofUsers = rules.filter(({ groups, onCall = [] }) => groups.length + onCall.length === 0);
  const people = humans([...new Set(ofUsers.flatMap(({ users }) => users))], samePeople);
  const mayFill = people.map((accounts) =>
    ofUsers.filter(({ users }) => users.some((user) => accounts.has(user))).map(({ name }) => name),
  );
  const seated = assign(mayFill, ofUsers);
  const short = ofUsers.find(({ needed }, index) => (seated[index]?.length ?? 0) < needed);
  return (
    short &&
    `can never be completed: "${short.name}" needs ${short.needed}, and each person counts for one rule only. Add people`
  );
}

/** The accounts of each human among these, linked ones together. */
function humans(users: readonly PersonId[], samePeople: Linked): readonly ReadonlySet<PersonId>[] {
  return users
    .map((user) => accountsOf(user, samePeople))
    .filter((accounts, index, all) => !all.slice(0, index).some((other) => [...accounts].every((id) => other.has(id))));
}
