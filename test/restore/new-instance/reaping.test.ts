import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MadeInstance, MadeState } from '../../../src/restore/new-instance/made-instance.ts';
import { type Finding, findings, type Listed } from '../../../src/restore/new-instance/reaping.ts';
import { isSettled, owedSayings } from '../../../src/restore/new-instance/sayings.ts';
import { MARK, madeAs, madeInstance, PROJECT } from '../../support/made.ts';

const ID = '0000aaaa';
const SOURCE: Listed = { id: 'a1b2c3d4', name: 'Orders', projectId: PROJECT };
const own = (changes: Partial<Listed> = {}): Listed => ({
  id: ID,
  name: `rb-R-17-${MARK}`,
  projectId: PROJECT,
  ...changes,
});
const OVER = '2026-11-11T12:00:00.000Z';
const BEFORE = '2026-11-11T11:59:59.000Z';

function look(state: MadeState, listed: readonly Listed[], now: string, changes: Partial<MadeInstance> = {}) {
  return findings({
    records: [madeInstance({ state, ...changes })],
    listed,
    inUse: new Set([SOURCE.id, 'eeeeeeee']),
    mark: MARK,
    now,
    isRecorded: (id) => id === 'R-17',
  }).map((finding) => finding.kind);
}

describe('what the reaper finds', () => {
  const notMade: MadeState = { status: 'not-made', at: '2026-11-10T12:11:00.000Z', why: 'not found' };
  const removing: MadeState = { status: 'removing', auraId: ID, at: OVER };
  const cases: readonly [string, MadeState, readonly Listed[], string, Finding['kind'][]][] = [
    ['before its time: nothing', madeAs(ID), [SOURCE, own()], BEFORE, []],
    ['at its time: it is removed', madeAs(ID), [SOURCE, own()], OVER, ['remove']],
    ['long after, the reaper having been down', madeAs(ID), [SOURCE, own()], '2026-12-24T00:00:00.000Z', ['remove']],
    ['renamed by people: left alone', madeAs(ID), [SOURCE, own({ name: 'Staging' })], OVER, ['left-alone']],
    ['in another project: left alone', madeAs(ID), [SOURCE, own({ projectId: 'other' })], OVER, ['left-alone']],
    [
      'one that became a configured instance: left alone',
      madeAs('eeeeeeee'),
      [SOURCE, own({ id: 'eeeeeeee' })],
      OVER,
      ['left-alone'],
    ],
    [
      'whose record names the source itself: left alone',
      madeAs(SOURCE.id),
      [{ ...SOURCE, name: `rb-R-17-${MARK}` }],
      OVER,
      ['left-alone'],
    ],
    ['gone already', madeAs(ID), [SOURCE], OVER, ['gone']],
    ['not listed yet', madeAs(ID), [SOURCE], '2026-11-10T12:01:00.000Z', []],
    ['not listed, nor anything of its project', madeAs(ID), [], OVER, []],
    ['being removed and still there', removing, [SOURCE, own()], '2026-11-11T12:20:00.000Z', ['remove']],
    ['removed', removing, [SOURCE], '2026-11-11T12:01:00.000Z', ['gone']],
    [
      'whose answer was lost: found by its name',
      { status: 'sent' },
      [SOURCE, own()],
      '2026-11-10T12:01:00.000Z',
      ['found'],
    ],
    [
      'whose answer was lost, twice by its name',
      { status: 'sent' },
      [own(), own({ id: '1111aaaa' })],
      '2026-11-10T12:01:00.000Z',
      ['left-alone'],
    ],
    ['whose answer was lost: not there yet', { status: 'sent' }, [SOURCE], '2026-11-10T12:09:00.000Z', []],
    [
      'whose answer was lost: not there any more',
      { status: 'sent' },
      [SOURCE],
      '2026-11-10T12:10:00.000Z',
      ['not-found'],
    ],
    ['that was given up and comes late', notMade, [SOURCE, own()], '2026-11-10T14:00:00.000Z', ['found']],
    ['that was given up', notMade, [SOURCE], '2026-11-10T14:00:00.000Z', []],
  ];
  it.each(cases)('%s', (_, state, listed, now, kinds) => expect(look(state, listed, now)).toEqual(kinds));

  it('tells people of what no record explains, and never removes it', () => {
    const stray = own({ id: '2222aaaa', name: `rb-R-99-${MARK}` });
    const others = own({ id: '3333aaaa', name: 'rb-R-17-zzzzzzzz' });
    expect(look(madeAs(ID), [SOURCE, own(), stray, others], BEFORE)).toEqual(['stray', 'stray']);
  });

  it('removes only what a record names by its id, under the name the bot gave, and nothing in use', () => {
    const id = fc.constantFrom(ID, SOURCE.id, 'eeeeeeee', '1111aaaa');
    const listed = fc.array(
      fc.record({
        id,
        name: fc.constantFrom(`rb-R-17-${MARK}`, `rb-R-99-${MARK}`, 'rb-R-17-zzzzzzzz', 'Production'),
        projectId: fc.constantFrom(PROJECT, 'other'),
      }),
      { maxLength: 5 },
    );
    const state: fc.Arbitrary<MadeState> = fc.oneof(
      fc.constant<MadeState>({ status: 'sent' }),
      fc.constant(notMade),
      id.map(madeAs),
      id.map((auraId): MadeState => ({ status: 'removing', auraId, at: OVER })),
      id.map((auraId): MadeState => ({ status: 'removed', auraId, at: OVER, by: 'bot' })),
    );
    const now = fc.constantFrom('2026-11-10T12:01:00.000Z', BEFORE, OVER, '2026-12-24T00:00:00.000Z');
    let removals = 0;
    fc.assert(
      fc.property(state, listed, now, (of, all, at) => {
        const inUse = new Set([SOURCE.id, 'eeeeeeee']);
        const records = [madeInstance({ state: of })];
        const found = findings({ records, listed: all, inUse, mark: MARK, now: at, isRecorded: () => true });
        for (const finding of found) {
          if (finding.kind !== 'remove') continue;
          removals++;
          expect(of).toMatchObject({ auraId: finding.auraId });
          expect(inUse.has(finding.auraId)).toBe(false);
          expect(all).toContainEqual({ id: finding.auraId, name: `rb-R-17-${MARK}`, projectId: PROJECT });
          expect(of.status === 'removing' || at >= OVER).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(removals).toBeGreaterThan(10);
  });
});

describe('what is said of a made instance', () => {
  it('is each said once: that it is there, that it ends, that it is gone', () => {
    const made = madeInstance({ state: madeAs(ID) });
    const sayings = (now: string, one = made) => owedSayings(one, now).map(({ saying, to }) => `${saying} ${to}`);
    expect(sayings('2026-11-10T12:01:00.000Z')).toEqual(['made C1AUDIT']);
    expect(sayings('2026-11-11T10:00:00.000Z')).toEqual(['made C1AUDIT', 'ends-soon U1RITA']);
    expect(sayings(OVER, { ...made, said: { made: OVER } })).toEqual([]);
    const removed = { ...made, state: { status: 'removed', auraId: ID, at: OVER, by: 'bot' } } as const;
    expect(sayings(OVER, removed)).toEqual(['removed C1AUDIT']);
    expect(isSettled(removed, OVER)).toBe(false);
    expect(isSettled({ ...removed, said: { removed: OVER } }, OVER)).toBe(true);
  });
});
