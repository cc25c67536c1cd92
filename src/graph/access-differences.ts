import { type AccessSeen, accessLoss, type NamesLoss } from '../restore/receipt/access.ts';

/** What became of users and roles, in the words of the record; empty when all is as it was, or nobody could see it. */
export function accessDifferences(before: AccessSeen, after: AccessSeen): readonly string[] {
  const { users, roles } = accessLoss(before, after);
  return [...differences('users', users), ...differences('roles', roles)];
}

function differences(what: string, loss: NamesLoss): readonly string[] {
  if (loss.kind === 'unknown') return [];
  const named = (how: string, names: readonly string[]) =>
    names.length > 0 ? [`${what} that ${how}: ${names.join(', ')}`] : [];
  return [
    ...named('came back', loss.back),
    ...named('vanished', loss.gone),
    ...named(
      'have other roles again',
      loss.changed.map(({ name }) => name),
    ),
    ...(loss.unnamed > 0 ? [`${loss.unnamed} more ${what}`] : []),
  ];
}
