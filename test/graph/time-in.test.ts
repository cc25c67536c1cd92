import { expect, it } from 'vitest';
import { timeIn } from '../../src/graph/time-in.ts';

it.each([
  ['2026-11-21T03:04:05Z', '2026-11-21T03:04:05.000Z'],
  ['2026-11-21T03:04Z', '2026-11-21T03:04:00.000Z'],
  ['2026-11-21T03:04:05.123456789Z', '2026-11-21T03:04:05.123Z'],
  ['2026-11-21T04:04:05+01:00[Europe/Berlin]', '2026-11-21T03:04:05.000Z'],
  ['2026-11-21T03:04:05', '2026-11-21T03:04:05.000Z'],
  ['2026-11-21', '2026-11-21T00:00:00.000Z'],
])('%s is a moment, as Neo4j writes it', (text, at) => {
  expect(timeIn(text)).toBe(Date.parse(at));
});

it.each(['Ridge No. 39', '39', '', '2026-13-45', 'PT5M', null, undefined, 12])('%s is none', (text) => {
  expect(timeIn(text)).toBeUndefined();
});
