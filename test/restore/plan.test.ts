import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/restore/plan.ts';
import { hashPlan, sha256OfCanonicalJson } from '../../src/restore/plan.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';

const waiting = makeRestore('awaiting-approval', {
  draft: {
    start: { kind: 'at', at: NOW },
    chosen: {
      method: 'restore-snapshot',
      snapshot: {
        snapshotId: 'snapshot-1',
        takenAt: TAKEN_AT,
        profile: 'Scheduled',
        status: 'Completed',
        exportable: true,
      },
    },
  },
});

type Path = readonly (string | number)[];

/** Where every single value of a plan stands, so that a field added later is tried too. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) =>
    leaves(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A copy in which the value at the path is another one. */
function altered(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return another(value);
  if (Array.isArray(value)) return value.map((part, index) => (index === key ? altered(part, rest) : part));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, part]) => [name, name === key ? altered(part, rest) : part]),
  );
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return `${String(value)}!`;
}

describe('an approval', () => {
  const approval = exampleEvent('approved', waiting);

  it.each(leaves(waiting.plan).map((path) => path.join('.')))('is void when the plan differs in %s', (path) => {
    const where = path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const changed = altered(waiting.plan, where);
    expect(changed).not.toEqual(waiting.plan);
    const planHash = sha256OfCanonicalJson(changed);
    expect(transition({ ...waiting, planHash }, approval)).toEqual({
      kind: 'refused',
      refusal: { reason: 'plan-changed' },
    });
  });

  it.each([
    ['another notice channel', { noticeChannels: [...waiting.plan.noticeChannels, 'C0MORE'] }],
    ['one notice channel less', { noticeChannels: waiting.plan.noticeChannels.slice(1) }],
    ['the channels in another order', { noticeChannels: [...waiting.plan.noticeChannels].reverse() }],
    ['no checks', { checks: [] }],
    ['a start when confirmed', { start: { kind: 'when-confirmed' } }],
  ] satisfies readonly (readonly [string, Partial<Plan>])[])('is void with %s', (_, change) => {
    expect(hashPlan({ ...waiting.plan, ...change })).not.toBe(waiting.planHash);
  });

  it('is void when something is added to the plan or left out of it', () => {
    const { memory: _, ...smaller } = waiting.plan.instance;
    expect(hashPlan({ ...waiting.plan, instance: smaller })).not.toBe(waiting.planHash);
    expect(sha256OfCanonicalJson({ ...waiting.plan, added: 0 })).not.toBe(waiting.planHash);
  });
});

describe('the hash of a plan', () => {
  it('does not depend on the order in which its fields were written', () => {
    const reversed = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, part]) => [key, reversed(part)]),
          )
        : value;
    expect(JSON.stringify(reversed(waiting.plan))).not.toBe(JSON.stringify(waiting.plan));
    expect(sha256OfCanonicalJson(reversed(waiting.plan))).toBe(waiting.planHash);
  });

  it('is the same after the plan went through storage', () => {
    expect(sha256OfCanonicalJson(JSON.parse(JSON.stringify(waiting.plan)))).toBe(waiting.planHash);
  });

  it('is SHA-256 over canonical JSON, so that anybody can check it', () => {
    // printf '{"a":[1,"é"],"b":{"c":true}}' | sha256sum
    expect(sha256OfCanonicalJson({ b: { c: true }, a: [1, 'é'] })).toBe(
      '7f0b7c0fcb848fba7b08e9e91cc9d3018b4093fc88bb8c95b7b6893bbd307fe7',
    );
  });
});
