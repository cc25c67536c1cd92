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

const took = (...minutes: readonly number[]) => minutes.map((one) => ({ ms: one * 60_000, unsureMs: 0 }));

it.each([
  [took(12), 12, 12],
  [took(20, 10, 30), 20, 30],
  [took(1, 2, 3, 4, 5, 6, 7, 8, 9, 60), 5, 9],
  [took(0.5, 0.5), 0, 1],
])(
  'by earlier restores: half of them took no longer than the one end, nine of ten no longer than the other',
  (all, from, to) => {
    expect(estimateDowntime(undefined, '8GB', { of: 'instance', took: all })).toEqual({
      fromMinutes: from,
      toMinutes: to,
      basis: 'history',
      runs: all.length,
      of: 'instance',
    });
  },
);

it('an end that was seen late may have been as late as that', () => {
  const late = { of: 'size', took: [{ ms: 600_000, unsureMs: 120_000 }] } as const;
  expect(estimateDowntime(undefined, '8GB', late)).toMatchObject({ fromMinutes: 10, toMinutes: 12, of: 'size' });
});

it('no earlier restore is no history, and what the operator expects comes before any', () => {
  expect(estimateDowntime(undefined, '8GB', { of: 'instance', took: [] }).basis).toBe('rule-of-thumb');
  expect(estimateDowntime({ fromMinutes: 1, toMinutes: 2 }, '8GB', { of: 'instance', took: took(9) }).basis).toBe(
    'configured',
  );
});
