import { expect, it } from 'vitest';
import { estimateDowntime } from '../../src/restore/estimate.ts';

it("the operator's own expectation wins", () => {
  expect(estimateDowntime({ fromMinutes: 20, toMinutes: 40 }, '64GB')).toEqual({
    fromMinutes: 20,
    toMinutes: 40,
    basis: 'configured',
  });
});

it.each([
  ['8GB', 29],
  ['0.5GB', 7],
  ['384GB', 1157],
])('without one, an instance with %s is expected back after at most %i minutes, by rule of thumb', (memory, atMost) => {
  expect(estimateDowntime(undefined, memory)).toEqual({ fromMinutes: 5, toMinutes: atMost, basis: 'rule-of-thumb' });
});

it.each([undefined, '', 'huge'])(
  'memory that cannot be read (%s) counts as a common size, not as nothing',
  (memory) => {
    expect(estimateDowntime(undefined, memory)).toEqual(estimateDowntime(undefined, '8GB'));
  },
);
