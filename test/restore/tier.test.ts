import { expect, it } from 'vitest';
import { tierOf } from '../../src/restore/tier.ts';

it.each([
  ['free-db', 30],
  ['professional-db', 7],
  ['business-critical', 30],
  ['enterprise-db', 60],
  ['professional-ds', 7],
  ['enterprise-ds', 14],
])('%s keeps its snapshots for %i days', (type, days) => {
  expect(tierOf(type).retentionDays).toBe(days);
});

it.each([undefined, '', 'galactic-db', 'toString', 'constructor', '__proto__'])(
  'a type nobody knows, like %s, is taken to keep them no longer than the shortest paid tier',
  (type) => {
    expect(tierOf(type)).toMatchObject({ name: 'unknown tier', retentionDays: 7 });
  },
);
