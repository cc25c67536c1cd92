/** A rule of an instance that one person fills, as the campaign configured it. */
export interface RuleOfArena {
  readonly name: string;
  readonly group: string;
  readonly people: ReadonlySet<string>;
}

export const APPROVALS_CHANNEL = 'C0APPROVALS';
export const NOTICE_CHANNELS = ['C0NOTICEA', 'C0NOTICEB'] as const;
/** Group of everybody who may approve, as Slack has it. */
export const OWNERS_GROUP = 'S0OWNERS';
/** Group of every other approver. */
export const SERVICE_GROUP = 'S0SERVICE';

/** Who is in the second group. */
export function serviceOwnersAmong(approvers: readonly string[]): readonly string[] {
  return approvers.filter((_, index) => index % 2 === 1);
}

/** The rules of an instance: one approver, or one approver and besides a service owner. */
export function rulesOf(needsTwo: boolean, approvers: readonly string[]): readonly RuleOfArena[] {
  const owners = { name: 'owners', group: OWNERS_GROUP, people: new Set(approvers) };
  const service = { name: 'service owners', group: SERVICE_GROUP, people: new Set(serviceOwnersAmong(approvers)) };
  return needsTwo ? [owners, service] : [owners];
}
