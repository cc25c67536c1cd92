import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MadeState } from '../../../src/restore/new-instance/made-instance.ts';
import { type Finding, findings, type Listed } from '../../../src/restore/new-instance/reaping.ts';
import { MARK, madeAs, madeInstance, PROJECT } from '../../support/made.ts';

const ID = '0000aaaa';
const SOURCE: Listed = { id: 'a1b2c3d4', name: 'Orders', projectId: PROJECT };
const own = (changes: Partial<Listed> = {}): Listed => ({
  id: ID,
  name: `rb-R-17-${MARK}`,
  projectId: PROJECT,
  ...changes,
});
const { projectId: _, ...OF_UNKNOWN_PROJECT } = own();
const OVER = '2026-11-11T12:00:00.000Z';
const BEFORE = '2026-11-11T11:59:59.000Z';

const IN_USE: ReadonlySet<string> = new Set([SOURCE.id, 'eeeeeeee']);

function allOf(
  state: MadeState,
  listed: readonly Listed[],
  now: string,
  inUse = IN_USE,
  more: Parameters<typeof madeInstance>[0] = {},
): readonly Finding[] {
  return findings({
    records: [madeInstance({ ...more, state })],
    listed,
    inUse,
    mark: MARK,
    now,
    isRecorded: (id) => id === 'R-17',
  });
}
const look = (...of: Parameters<typeof allOf>) => allOf(...of).map(({ kind }) => kind);

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
    [
      'that certainly never was: of its name is somebody else’s',
      { ...notMade, neverWas: true },
      [SOURCE, own()],
      '2026-11-10T14:00:00.000Z',
      [],
    ],
    ...(['sent', 'not-made'] as const).flatMap((status): readonly (typeof cases)[number][] => {
      const state: MadeState = status === 'sent' ? { status } : notMade;
      const at = '2026-11-10T14:00:00.000Z';
      const created = (createdAt: string) => [SOURCE, own({ createdAt })];
      return [
        [`${status}: created with the call`, state, created('2026-11-10T12:00:02.000Z'), at, ['found']],
        [`${status}: created by a clock that is behind`, state, created('2026-11-10T11:58:00.000Z'), at, ['found']],
        [
          `${status}: created by one as far behind as may be`,
          state,
          created('2026-11-10T11:55:00.000Z'),
          at,
          ['found'],
        ],
        [`${status}: created as late as may be`, state, created('2026-11-10T13:00:00.000Z'), at, ['found']],
        [`${status}: created by hand before the call`, state, created('2026-11-10T09:00:00.000Z'), at, ['left-alone']],
        [`${status}: created by hand long after it`, state, created('2026-11-10T13:30:00.000Z'), at, ['left-alone']],
      ];
    }),
  ];
  it.each(cases)('%s', (_, state, listed, now, kinds) => expect(look(state, listed, now)).toEqual(kinds));

  it.each<[string, MadeState, readonly Listed[], string, Finding['kind'][]]>([
    ['whose project Aura does not say: removed all the same', madeAs(ID), [OF_UNKNOWN_PROJECT], OVER, ['remove']],
    ['being removed, renamed meanwhile: left alone', removing, [own({ name: 'Staging' })], OVER, ['left-alone']],
    ['being removed, in another project: left alone', removing, [own({ projectId: 'other' })], OVER, ['left-alone']],
    ['being removed, nothing of its project listed', removing, [own({ id: '1', projectId: 'other' })], OVER, []],
    [
      'whose answer was lost, in another project',
      { status: 'sent' },
      [own({ projectId: 'other' })],
      OVER,
      ['left-alone'],
    ],
    [
      'whose answer was lost, a configured one by its name',
      { status: 'sent' },
      [own({ id: 'eeeeeeee' })],
      OVER,
      ['left-alone'],
    ],
    [
      'whose answer was lost, the source by its name',
      { status: 'sent' },
      [own({ id: SOURCE.id })],
      OVER,
      ['left-alone'],
    ],
    ['that was given up, twice by its name', notMade, [own(), own({ id: '1111aaaa' })], OVER, ['left-alone']],
    ['that was given up, to the last moment', notMade, [own()], '2026-11-12T12:10:59.999Z', ['found']],
    ['that was given up for good', notMade, [own()], '2026-11-12T12:11:00.000Z', []],
    ['not listed ten minutes after', madeAs(ID), [SOURCE], '2026-11-10T12:10:00.000Z', ['gone']],
    ['not listed until then', madeAs(ID), [SOURCE], '2026-11-10T12:09:59.999Z', []],
    ['being removed before its time', removing, [own()], BEFORE, ['remove']],
    ['being removed, gone at once', removing, [SOURCE], '2026-11-10T12:00:10.000Z', ['gone']],
    ['gone, whatever is there by its name', { ...removing, status: 'removed', by: 'bot' }, [own()], OVER, []],
  ])('one %s', (_, state, listed, now, kinds) => expect(look(state, listed, now)).toEqual(kinds));

  it('never removes the source, although it is configured no more', () => {
    const listed = [{ ...SOURCE, name: `rb-R-17-${MARK}` }];
    expect(look(madeAs(SOURCE.id), listed, OVER, new Set())).toEqual(['left-alone']);
  });

  it('says who made it go', () => {
    const found = (state: MadeState) => allOf(state, [SOURCE], OVER).map((one) => 'by' in one && one.by);
    expect(found(removing)).toEqual(['bot']);
    expect(found(madeAs(ID))).toEqual(['others']);
  });

  it('says which instance it means', () => {
    const made = madeInstance({ state: madeAs(ID) });
    expect(allOf(made.state, [own()], OVER)).toEqual([{ kind: 'remove', made, auraId: ID }]);
    const renamed = own({ name: 'Staging' });
    expect(allOf(made.state, [renamed], OVER)).toEqual([{ kind: 'left-alone', made, listed: renamed }]);
    const sent = madeInstance({ state: { status: 'sent' } });
    expect(allOf(sent.state, [SOURCE, own()], OVER)).toEqual([{ kind: 'found', made: sent, auraId: ID }]);
    expect(allOf(sent.state, [own(), own({ id: '1111aaaa' })], OVER)).toEqual([
      { kind: 'left-alone', made: sent, listed: own() },
    ]);
    expect(allOf(sent.state, [SOURCE], OVER)).toEqual([{ kind: 'not-found', made: sent }]);
  });

  it('takes a configured instance for no stray, whatever its name, and tells the strays of others apart', () => {
    const listed = [
      own({ id: 'eeeeeeee', name: `rb-R-99-${MARK}` }),
      own({ id: '2222aaaa', name: `rb-R-99-${MARK}` }),
      own({ id: '3333aaaa', name: 'rb-R-17-zzzzzzzz' }),
    ];
    expect(allOf({ status: 'removed', auraId: ID, at: OVER, by: 'bot' }, listed, OVER)).toEqual([
      { kind: 'stray', listed: listed[1], isOurMark: true },
      { kind: 'stray', listed: listed[2], isOurMark: false },
    ]);
  });

  it('leaves what it has left alone once to people for good, also when its name is the old one again', () => {
    const leftAlone = { at: OVER, name: 'Staging' };
    for (const state of [madeAs(ID), removing])
      expect(look(state, [SOURCE, own()], '2026-11-20T12:00:00.000Z', IN_USE, { leftAlone })).toEqual([]);
    expect(look(madeAs(ID), [SOURCE], '2026-11-20T12:00:00.000Z', IN_USE, { leftAlone })).toEqual(['gone']);
  });

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
      { numRuns: 10_000 },
    );
    expect(removals).toBeGreaterThan(10);
  });
});
