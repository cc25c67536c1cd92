import { expect, it } from 'vitest';
import { type AccessSeen, accessLoss, accessUnknown } from '../../../src/restore/receipt/access.ts';

const seen = (users: readonly string[], roles: readonly string[] = ['admin']): AccessSeen => ({
  users: { kind: 'seen', all: users.map((name) => ({ name, roles: ['reader'] })) },
  roles: { kind: 'seen', all: roles },
});

it('users deleted since the restore point come back, and new ones vanish', () => {
  const { users, roles } = accessLoss(seen(['ayumi', 'new'], ['admin', 'auditor']), seen(['ayumi', 'left'], ['admin']));
  expect(users).toEqual({ kind: 'compared', back: ['left'], gone: ['new'], changed: [], unnamed: 0 });
  expect(roles).toEqual({ kind: 'compared', back: [], gone: ['auditor'], changed: [], unnamed: 0 });
});

it('a user whose roles or suspension changed goes back to what they were', () => {
  const now: AccessSeen = {
    ...seen([]),
    users: {
      kind: 'seen',
      all: [
        { name: 'rita', roles: ['reader'], isSuspended: true },
        { name: 'sam', roles: ['a', 'b'] },
      ],
    },
  };
  const before: AccessSeen = {
    ...seen([]),
    users: {
      kind: 'seen',
      all: [
        { name: 'rita', roles: ['admin'] },
        { name: 'sam', roles: ['b', 'a'] },
      ],
    },
  };
  expect(accessLoss(now, before).users).toMatchObject({
    changed: [{ name: 'rita', now: 'reader; suspended', before: 'admin' }],
  });
});

it('what was not seen at either time is unknown, and never unchanged', () => {
  const none = accessUnknown('not-offered');
  expect(accessLoss(seen(['rita']), none).users).toEqual({ kind: 'unknown', because: 'not-offered' });
  expect(accessLoss(none, seen(['rita'])).users).toEqual({ kind: 'unknown', because: 'not-offered' });
});

it('of very many changes some are named and all are counted', () => {
  const many = seen(Array.from({ length: 40 }, (_, index) => `user-${index}`));
  const { users } = accessLoss(many, seen(['left']));
  if (users.kind !== 'compared') throw new Error('not compared');
  expect(users.gone).toHaveLength(15);
  expect(users.back.length + users.gone.length + users.unnamed).toBe(41);
});

it('names stand in order, and a user without any role as such', () => {
  const users = (all: Extract<AccessSeen['users'], { kind: 'seen' }>['all']): AccessSeen => ({
    ...seen([]),
    users: { kind: 'seen', all },
  });
  const now = users([
    { name: 'z', roles: ['a'] },
    { name: 'b', roles: [] },
    { name: 'n2' },
    { name: 'n1' },
    { name: 'same' },
  ]);
  const before = users([
    { name: 'o2' },
    { name: 'o1' },
    { name: 'same' },
    { name: 'b', roles: ['a'] },
    { name: 'z', roles: [] },
  ]);
  expect(accessLoss(now, before).users).toEqual({
    kind: 'compared',
    back: ['o1', 'o2'],
    gone: ['n1', 'n2'],
    changed: [
      { name: 'b', now: '-', before: 'a' },
      { name: 'z', now: 'a', before: '-' },
    ],
    unnamed: 0,
  });
});

it('what changed of users stands in the order of their names, each with all roles', () => {
  const users = (...all: Extract<AccessSeen['users'], { kind: 'seen' }>['all']): AccessSeen => ({
    ...seen([]),
    users: { kind: 'seen', all },
  });
  const now = users({ name: 'm', roles: ['b', 'a'] }, { name: 'z', isSuspended: true }, { name: 'b', roles: ['c'] });
  const before = users({ name: 'b', roles: [] }, { name: 'm', roles: ['a'] }, { name: 'z' });
  expect(accessLoss(now, before).users).toMatchObject({
    changed: [
      { name: 'b', now: 'c', before: '-' },
      { name: 'm', now: 'a, b', before: 'a' },
      { name: 'z', now: 'suspended', before: '' },
    ],
  });
});

it('changes beyond those that are named are counted as well', () => {
  const all = (role: string): AccessSeen => ({
    ...seen([]),
    users: { kind: 'seen', all: Array.from({ length: 20 }, (_, index) => ({ name: `u${index}`, roles: [role] })) },
  });
  const { users, roles } = accessLoss(all('reader'), all('editor'));
  expect(users.kind === 'compared' && [users.changed.length, users.unnamed]).toEqual([15, 5]);
  expect(roles).toMatchObject({ kind: 'compared', changed: [] });
});
