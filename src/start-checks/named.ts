import type { Policy } from '../restore/policy.ts';
import { stakeholdersNamed } from '../restore/stakeholders.ts';

/** Slack ids that the configuration or the rules in force name, each with where it stands: `approvals_channel of orders-prod`. */
export type Named = ReadonlyMap<string, readonly string[]>;

/**
 * What the file names, and what the rules in force name past it: people decide there until they agree to the file. To be asked at each
 * look, for the rules change.
 */
export function namedNow(named: (policy: Policy) => Named, file: Policy, inForce: Policy): Named {
  const all = new Map(named(file));
  for (const [id, places] of named(inForce)) {
    const inFile = all.get(id) ?? [];
    const past = places.filter((place) => !inFile.includes(place)).map((place) => `${place} in force`);
    all.set(id, [...inFile, ...past]);
  }
  return all;
}

export function namedChannels({ instances }: Policy): Named {
  return collected(
    instances.flatMap(({ alias, approvalsChannel, auditChannel, noticeChannels }) => [
      [approvalsChannel, `approvals_channel of ${alias}`] as const,
      ...(auditChannel === approvalsChannel ? [] : [[auditChannel, `audit_channel of ${alias}`] as const]),
      ...noticeChannels.map((channel) => [channel, `notice_channels of ${alias}`] as const),
    ]),
  );
}

export function namedGroups({ instances }: Policy): Named {
  return collected(
    instances.flatMap(
      ({ alias, approval, requesters, overrideApprovers, reminders, newInstance, exports, ...told }) => [
        ...approval.rules.flatMap(({ name, groups }) => groups.map((group) => [group, `${name} of ${alias}`] as const)),
        ...(reminders?.escalation ?? []).flatMap(({ groups }) =>
          groups.map((group) => [group, `escalation of ${alias}`] as const),
        ),
        ...(newInstance?.approval?.rules ?? []).flatMap(({ groups }) =>
          groups.map((group) => [group, `new_instance of ${alias}`] as const),
        ),
        ...(newInstance?.preview?.approval?.rules ?? []).flatMap(({ groups }) =>
          groups.map((group) => [group, `new_instance.preview of ${alias}`] as const),
        ),
        ...(exports ?? []).flatMap(({ name, owners }) =>
          owners.groups.map((group) => [group, `owners of the export ${name} of ${alias}`] as const),
        ),
        ...(requesters?.groups ?? []).map((group) => [group, `requesters of ${alias}`] as const),
        ...stakeholdersNamed({ terms: told }).groups.map((group) => [group, `stakeholders of ${alias}`] as const),
        ...(overrideApprovers?.groups ?? []).map((group) => [group, `freeze_override of ${alias}`] as const),
      ],
    ),
  );
}

const MOST_PLACES = 5;

/** `approvals_channel of orders, notice_channels of orders` */
export function placesWords(places: readonly string[]): string {
  const rest = places.length - MOST_PLACES;
  return `${places.slice(0, MOST_PLACES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function collected(pairs: readonly (readonly [id: string, place: string])[]): Named {
  const places = new Map<string, string[]>();
  for (const [id, place] of pairs) {
    const known = places.get(id);
    if (known) known.push(place);
    else places.set(id, [place]);
  }
  return places;
}
