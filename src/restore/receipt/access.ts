import type { UnknownBecause } from './amount.ts';

/** A user of the database. Passwords cannot be seen. */
export interface UserSeen {
  readonly name: string;
  /** Absent where there are no roles. */
  readonly roles?: readonly string[];
  readonly isSuspended?: boolean;
}

export type Seen<T> =
  | { readonly kind: 'seen'; readonly all: readonly T[] }
  | { readonly kind: 'not-seen'; readonly because: UnknownBecause };

/** Who may do what in a database, as far as it could be seen. */
export interface AccessSeen {
  readonly users: Seen<UserSeen>;
  /** Names. */
  readonly roles: Seen<string>;
}

/** Something that a restore would change of a user, in the words of Neo4j. */
export interface UserChange {
  readonly name: string;
  readonly now: string;
  readonly before: string;
}

/** What a restore would do to a list of names. */
export type NamesLoss =
  | {
      readonly kind: 'compared';
      /** Gone since the restore point; they come back. */
      readonly back: readonly string[];
      /** New since the restore point; they vanish. */
      readonly gone: readonly string[];
      readonly changed: readonly UserChange[];
      /** How many more there are that are not named here. */
      readonly unnamed: number;
    }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

export interface AccessLoss {
  readonly users: NamesLoss;
  readonly roles: NamesLoss;
}

const MOST_NAMES = 15;

/** Nothing is known about users and roles, for one reason. */
export function accessUnknown(because: UnknownBecause): AccessSeen {
  return { users: { kind: 'not-seen', because }, roles: { kind: 'not-seen', because } };
}

/** What would become of users and roles. What was not seen at either time is unknown, never unchanged. */
export function accessLoss(now: AccessSeen, then: AccessSeen): AccessLoss {
  return {
    users: namesLoss(now.users, then.users),
    roles: namesLoss(withName(now.roles), withName(then.roles)),
  };
}

function withName(roles: Seen<string>): Seen<UserSeen> {
  return roles.kind === 'seen' ? { kind: 'seen', all: roles.all.map((name) => ({ name })) } : roles;
}

function namesLoss(now: Seen<UserSeen>, then: Seen<UserSeen>): NamesLoss {
  if (now.kind === 'not-seen') return { kind: 'unknown', because: now.because };
  if (then.kind === 'not-seen') return { kind: 'unknown', because: then.because };
  const [are, were] = [byName(now.all), byName(then.all)];
  const back = then.all.flatMap(({ name }) => (are.has(name) ? [] : [name])).sort();
  const gone = now.all.flatMap(({ name }) => (were.has(name) ? [] : [name])).sort();
  const changed = now.all
    .flatMap((user) => {
      const was = were.get(user.name);
      const [is, before] = [stateOf(user), was ? stateOf(was) : ''];
      return was && is !== before ? [{ name: user.name, now: is, before }] : [];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const named = { back: first(back), gone: first(gone), changed: first(changed) };
  const all = back.length + gone.length + changed.length;
  return { kind: 'compared', ...named, unnamed: all - named.back.length - named.gone.length - named.changed.length };
}

function byName(users: readonly UserSeen[]): ReadonlyMap<string, UserSeen> {
  return new Map(users.map((user) => [user.name, user]));
}

function stateOf({ roles, isSuspended }: UserSeen): string {
  const named = roles ? [...roles].sort().join(', ') || '-' : '';
  return [named, isSuspended ? 'suspended' : ''].filter(Boolean).join('; ');
}

function first<T>(all: readonly T[]): readonly T[] {
  return all.slice(0, MOST_NAMES);
}
