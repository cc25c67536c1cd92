import { isNamedBy, standingRefusal } from './person.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Plan } from './plan.ts';
import type { PersonRefusal } from './refusal.ts';
import type { Restore } from './restore.ts';
import { namedByAny } from './rules-needed.ts';
import type { Dependant, PeopleRule, StakeholderRule, Terms } from './terms.ts';

/** What says who the stakeholders of a restore are. */
interface Told {
  readonly plan: Pick<Plan, 'noticeChannels' | 'dryRun'>;
  readonly terms: Pick<Terms, 'stakeholders' | 'dependants' | 'addedStakeholders'>;
}

/**
 * Every place with a head message: the channels of the plan, and each person who is named as a stakeholder or an owner. A dry run
 * changes nothing for anybody, so it has none.
 */
export function noticePlaces({ plan, terms }: Told): readonly string[] {
  if (plan.dryRun) return [];
  return [...new Set([...plan.noticeChannels, ...stakeholdersNamed({ terms }).users])];
}

/** True for a place that is a person, who is told in a direct message. */
export function isPerson(place: string): boolean {
  return /^[UW]/.test(place);
}

/** Everybody named as a stakeholder or as the owner of a dependant. */
export function stakeholdersNamed({ terms }: Pick<Told, 'terms'>): PeopleRule {
  const { stakeholders, addedStakeholders, dependants } = terms;
  return namedByAny([...[stakeholders, addedStakeholders].flatMap((rule) => rule ?? []), ...dependants.map(ownersOf)]);
}

/** The user groups that are mentioned in a channel, because nobody can write to a group: of the owners, only those of its dependant. */
export function groupsMentionedIn(channel: string, { terms }: Pick<Told, 'terms'>): readonly string[] {
  const owners = terms.dependants.filter((one) => one.channel === undefined || one.channel === channel);
  const named = [...(terms.stakeholders?.groups ?? []), ...(terms.addedStakeholders?.groups ?? [])];
  return [...new Set([...named, ...owners.flatMap(({ groups = [] }) => groups)])];
}

/**
 * Why this person may not acknowledge or object: they must be named, as a stakeholder or an owner, or do it in a channel that
 * is listed without people, which speaks for everybody in it.
 */
export function stakeholderRefusal(
  restore: Restore,
  person: PersonFacts,
  place: string | undefined,
): PersonRefusal | undefined {
  const standing = standingRefusal(person);
  if (standing) return standing;
  if (isNamedBy(stakeholdersNamed(restore), person)) return undefined;
  return place !== undefined && isOpenTo(restore, place) ? undefined : { reason: 'not-a-stakeholder' };
}

/** A channel of a dependant whose owners are named, or of an instance whose stakeholders are, speaks for those only. */
function isOpenTo({ plan, terms }: Told, channel: string): boolean {
  if (!plan.noticeChannels.includes(channel)) return false;
  const dependants = terms.dependants.filter((one) => one.channel === channel);
  if (dependants.length === 0) return leavesChannelsOpen(terms.stakeholders);
  return dependants.some(speaksForItsChannel);
}

/** Whether everybody in a channel without a dependant may object. */
export function leavesChannelsOpen(stakeholders: StakeholderRule | undefined): boolean {
  return stakeholders === undefined || stakeholders.channelsToo === true;
}

/** Whether everybody in its channel may object. */
export function speaksForItsChannel(dependant: Dependant): boolean {
  return dependant.channelToo === true || namesNobody(ownersOf(dependant));
}

function ownersOf({ users = [], groups = [] }: Dependant): PeopleRule {
  return { users, groups };
}

function namesNobody({ users, groups }: PeopleRule): boolean {
  return users.length + groups.length === 0;
}
