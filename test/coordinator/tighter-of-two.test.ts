import { expect, it } from 'vitest';
import { createTighterOfTwo } from '../../src/coordinator/tighter-of-two.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { tighterInstance } from '../../src/restore/policy/instance-rules.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';

const DAY = 24 * 60;

/** What was weighed, and the answers. */
function weighing() {
  const weighed: string[] = [];
  const tighterOf = createTighterOfTwo((inForce, proposed, now) => {
    weighed.push(`${inForce.lossBoundMinutes} ${proposed.lossBoundMinutes} ${proposed.auraId}`);
    return tighterInstance(inForce, proposed, now);
  });
  const of = (before: number, after: number, now = NOW, facts: Partial<InstancePolicy> = {}) => {
    const version = (lossBoundMinutes: number) => ({
      hash: `bound-${lossBoundMinutes}`,
      rules: makePolicy({ lossBoundMinutes, ...facts }),
    });
    return tighterOf({ askedUnder: version(before), inForce: version(after) }, now).lossBoundMinutes;
  };
  return { of, weighed };
}

it('weighs the same two rules once a day, and says the same each time', () => {
  const { of, weighed } = weighing();
  expect([of(10, 20), of(10, 20), of(10, 20, addMinutes(NOW, 5))]).toEqual([10, 10, 10]);
  expect(weighed).toHaveLength(1);
  of(10, 20, addMinutes(NOW, DAY));
  expect(weighed).toHaveLength(2);
});

it('takes no other two rules, and none of another instance, for the same', () => {
  const { of, weighed } = weighing();
  expect([of(10, 20), of(30, 20), of(10, 5), of(10, 20, NOW, { auraId: 'ffffffff' })]).toEqual([10, 20, 5, 10]);
  expect(weighed).toHaveLength(4);
});

it('keeps no more than the latest', () => {
  const { of, weighed } = weighing();
  for (let bound = 1; bound <= 101; bound++) of(bound, 200);
  of(101, 200);
  expect(weighed).toHaveLength(101);
  of(1, 200);
  expect(weighed).toHaveLength(102);
});
