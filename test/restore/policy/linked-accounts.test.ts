import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areSamePerson, mayActFor } from '../../../src/restore/person.ts';
import { joined, LINKS, type Links } from '../../../src/restore/policy/linked-accounts.ts';
import { NOW } from '../../support/make-restore.ts';

type Lists = Links['samePeople'];

const AB = ['U0A', 'U0B'];
const ALIKE = [
  ['U01', 'U02U03'],
  ['U01U02', 'U03'],
];
const links = (...samePeople: Lists): Links => ({ samePeople });

describe('lists that share an account', () => {
  it.each<[string, Lists, Lists]>([
    ['are one human', [AB, ['U0B', 'U0C']], [['U0A', 'U0B', 'U0C']]],
    ['are one when a later list joins them', [AB, ['U0C', 'U0D'], ['U0D', 'U0A']], [['U0A', 'U0B', 'U0C', 'U0D']]],
    ['say each account once', [AB, AB], [AB]],
    [
      'leave others apart',
      [AB, ['U0C', 'U0D'], ['U0B', 'U0E']],
      [
        ['U0C', 'U0D'],
        ['U0A', 'U0B', 'U0E'],
      ],
    ],
    ['are none of no lists', [], []],
  ])('%s', (_, lists, humans) => {
    expect(joined(lists)).toEqual(humans);
  });
});

describe('a step to other links', () => {
  it.each<[string, Links, Links]>([
    ['the same', links(AB), links(AB)],
    ['the same in another order', links(AB, ['U0C', 'U0D']), links(['U0D', 'U0C'], ['U0B', 'U0A'])],
    ['the same in other lists', links(['U0A', 'U0B', 'U0C']), links(AB, ['U0B', 'U0C'])],
    ['the right to act for each other, said or meant', links(AB), { samePeople: [AB], mayActFor: [AB] }],
  ])('is none when it is %s', (_, from, to) => {
    expect(LINKS.weigh(from, to, NOW)).toEqual([]);
  });

  it.each<[string, Links, Links]>([
    ['a link more', links(), links(AB)],
    ['a link less', links(AB), links()],
    ['the right to act for each other', { samePeople: [AB], mayActFor: [] }, links(AB)],
  ])('waits when it is %s', (_, from, to) => {
    expect(LINKS.weigh(from, to, NOW)).toEqual(['loosens']);
  });
});

describe('until people have agreed', () => {
  it.each<[string, Links, Links, Links]>([
    [
      'a new link counts as one human, who may not act with both accounts',
      links(),
      links(AB),
      { samePeople: [AB], mayActFor: [] },
    ],
    ['a link that is gone alike', links(AB), links(), { samePeople: [AB], mayActFor: [] }],
    ['what both say is as it was', links(AB), links(['U0B', 'U0A']), { samePeople: [['U0A', 'U0B']] }],
    [
      'a longer link may act as far as the shorter one did',
      links(AB),
      links(['U0A', 'U0B', 'U0C']),
      { samePeople: [['U0A', 'U0B', 'U0C']], mayActFor: [AB] },
    ],
    [
      'who might not act with an account still may not',
      { samePeople: [AB], mayActFor: [] },
      links(AB, ['U0C', 'U0D']),
      { samePeople: [AB, ['U0C', 'U0D']], mayActFor: [] },
    ],
    [
      'accounts whose ids run together alike are told apart',
      links(...ALIKE),
      links(...ALIKE, AB),
      { samePeople: [...ALIKE, AB], mayActFor: ALIKE },
    ],
  ])('%s', (_, inForce, proposed, meanwhile) => {
    expect(LINKS.tighter(inForce, proposed)).toEqual(meanwhile);
  });

  it('two accounts are one human as soon as either says so, and act for each other only when both do', () => {
    const accounts = ['U0A', 'U0B', 'U0C', 'U0D', 'U0E'];
    const lists = fc.array(fc.subarray(accounts, { minLength: 2 }), { maxLength: 3 });
    const either = fc
      .tuple(lists, fc.option(lists, { nil: undefined }))
      .map(([samePeople, mayActFor]): Links => ({ samePeople, ...(mayActFor ? { mayActFor } : {}) }));
    fc.assert(
      fc.property(either, either, (inForce, proposed) => {
        const merged = LINKS.tighter(inForce, proposed);
        const all = [...inForce.samePeople, ...proposed.samePeople];
        for (const one of accounts)
          for (const other of accounts) {
            expect(areSamePerson(one, other, merged.samePeople)).toBe(areSamePerson(one, other, all));
            expect(mayActFor(one, other, merged)).toBe(
              mayActFor(one, other, inForce) && mayActFor(one, other, proposed),
            );
          }
      }),
      { numRuns: 200 },
    );
  });
});
