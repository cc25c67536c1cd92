import { describe, expect, it } from 'vitest';
import { isOver, type MadeInstance, type MadeState } from '../../../src/restore/new-instance/made-instance.ts';
import { isSettled, owedSayings, type Saying, warnAt } from '../../../src/restore/new-instance/sayings.ts';
import { madeAs, madeInstance } from '../../support/made.ts';

const ID = '0000aaaa';
/** Sent at noon of the 10th, to be removed at noon of the 11th. */
const SOON = '2026-11-10T12:01:00.000Z';
const WARNED = '2026-11-11T10:00:00.000Z';
const OVER = '2026-11-11T12:00:00.000Z';

const SENT: MadeState = { status: 'sent' };
const NOT_MADE: MadeState = { status: 'not-made', at: SOON, why: 'Aura refused.' };
const REMOVING: MadeState = { status: 'removing', auraId: ID, at: OVER };
const REMOVED: MadeState = { status: 'removed', auraId: ID, at: OVER, by: 'bot' };
const FOUND = { foundAt: SOON };
const ALONE = { leftAlone: { at: OVER, name: 'Staging' } };

const sayings = (made: MadeInstance, now: string) => owedSayings(made, now).map(({ saying }) => saying);

describe('what is said of a made instance', () => {
  it.each<[string, MadeState, Partial<MadeInstance>, string, readonly Saying[]]>([
    ['that was sent, nothing', SENT, {}, SOON, []],
    ['that was sent and is not what the bot made, that it is left alone', SENT, ALONE, SOON, ['left-alone']],
    ['that was not made, that', NOT_MADE, {}, SOON, ['not-made']],
    ['that was made, that', madeAs(ID), {}, SOON, ['made']],
    ['that was found in the list, that', madeAs(ID), FOUND, SOON, ['found']],
    ['until it is warned of its end, no more', madeAs(ID), {}, '2026-11-11T09:59:59.999Z', ['made']],
    ['two hours before its end, that it ends', madeAs(ID), {}, WARNED, ['made', 'ends-soon']],
    ['whose end is here, no warning', madeAs(ID), {}, OVER, ['made']],
    ['that people took over, that it is left alone', madeAs(ID), ALONE, OVER, ['made', 'left-alone']],
    [
      'that is found and ends and is left alone, all',
      madeAs(ID),
      { ...FOUND, ...ALONE },
      WARNED,
      ['found', 'ends-soon', 'left-alone'],
    ],
    ['that is being removed, nothing', REMOVING, {}, OVER, []],
    ['that is being removed and was found, that it was found', REMOVING, FOUND, OVER, ['found']],
    ['that is gone, that', REMOVED, {}, OVER, ['removed']],
    ['that was found and is gone, both', REMOVED, FOUND, OVER, ['found', 'removed']],
  ])('%s', (_, state, facts, now, said) => {
    const made = madeInstance({ state, ...facts });
    expect(sayings(made, now)).toEqual(said);
    const [first, ...others] = said;
    if (first) expect(sayings({ ...made, said: { [first]: now } }, now)).toEqual(others);
  });

  it('is said in the audit channel, and the warning to its owner', () => {
    expect(owedSayings(madeInstance({ state: madeAs(ID) }), WARNED)).toEqual([
      { saying: 'made', to: 'C1AUDIT' },
      { saying: 'ends-soon', to: 'U1RITA' },
    ]);
  });
});

it.each([
  ['a day', OVER, WARNED],
  ['eight hours', '2026-11-10T20:00:00.000Z', '2026-11-10T18:00:00.000Z'],
  ['an hour', '2026-11-10T13:00:00.000Z', '2026-11-10T12:45:00.000Z'],
])('the end of a life of %s is warned of in time', (_, removeAt, at) => {
  expect(warnAt(madeInstance({ removeAt }))).toBe(at);
});

it.each<[string, MadeState, Readonly<Record<string, string>>, string, over: boolean, settled: boolean]>([
  ['one that is there is neither', madeAs(ID), { made: SOON }, OVER, false, false],
  [
    'one that lives for long is neither, days later',
    madeAs(ID),
    { made: SOON },
    '2026-11-17T12:00:00.000Z',
    false,
    false,
  ],
  ['one that was sent is neither', SENT, {}, OVER, false, false],
  ['one that never was is over at once', { ...NOT_MADE, neverWas: true }, { 'not-made': SOON }, SOON, true, true],
  ['one that is being removed is neither', REMOVING, {}, OVER, false, false],
  ['one that is gone is over, and settled once that was said', REMOVED, { removed: OVER }, OVER, true, true],
  ['one that is gone is not settled before', REMOVED, {}, OVER, true, false],
  [
    'one that was not made may still come for two days',
    NOT_MADE,
    { 'not-made': SOON },
    '2026-11-12T12:00:59.999Z',
    false,
    false,
  ],
  ['and then is over', NOT_MADE, { 'not-made': SOON }, '2026-11-12T12:01:00.000Z', true, true],
])('%s', (_, state, said, now, over, settled) => {
  const made = madeInstance({ state, said });
  expect([isOver(made, now), isSettled(made, now)]).toEqual([over, settled]);
});
