import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headOf } from '../../src/restore/history.ts';
import { sha256OfCanonicalJson } from '../../src/restore/plan.ts';
import type { HistoryEntry } from '../../src/restore/restore.ts';
import { makeRestore } from '../support/make-restore.ts';
import { entryLine, entryLines, header, headLine, nothing, rewritten, verdictOn } from './files-of.ts';

const one = makeRestore('completed', { id: 'R-1' });
const two = makeRestore('failed', { id: 'R-2' });
const { history } = one;
const length = history.length;
const entry = (seq: number): HistoryEntry => history[seq - 1] ?? nothing();
const whole = [header(), ...entryLines(one, two)];
const anchor = headOf(one);

/** A file in which R-1 has these entries, between the untouched ones of R-2. */
function fileWith(entries: readonly HistoryEntry[]): readonly string[] {
  return [header(), ...entryLines({ id: 'R-1', history: entries }, two)];
}

function rehashed(changed: HistoryEntry): HistoryEntry {
  const { hash: _, ...linked } = changed;
  return { ...linked, hash: sha256OfCanonicalJson(linked) };
}

/** What the verdict says was broken: kind, restore and entry. */
function damageIn(file: readonly string[], anchors = [] as readonly (typeof anchor)[]): unknown {
  const verdict = verdictOn([file], anchors);
  return verdict.kind === 'broken' ? [verdict.damage.kind, verdict.restore, verdict.damage.seq] : verdict;
}

const anySeq = fc.integer({ min: 1, max: length });
const innerSeq = fc.integer({ min: 2, max: length - 1 });

describe('a file as it was written', () => {
  it('is unbroken, with its entries and restores counted', () => {
    expect(verdictOn([whole])).toEqual({
      kind: 'unbroken',
      entries: length + two.history.length,
      restores: 2,
      begunLate: [],
      anchorsFound: 0,
      anchorsOutside: [],
    });
  });

  it('is unbroken with heads and with anchors that agree', () => {
    const [first = nothing(), ...rest] = whole;
    const verdict = verdictOn([[first, headLine(one), headLine(two), ...rest]], [anchor, headOf(two)]);
    expect(verdict).toMatchObject({ kind: 'unbroken', anchorsFound: 2, anchorsOutside: [] });
  });
});

describe('the first entry that is not as it was written is named', () => {
  it('when any byte of the file was flipped', () => {
    const bytes = Buffer.from(`${whole.join('\n')}\n`);
    const starts = whole.map((_, index) =>
      Buffer.byteLength(
        whole
          .slice(0, index)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ flip;
        const line = starts.findLastIndex((start) => start <= at) + 1;
        const verdict = verdictOn([flipped.toString('utf8').replace(/\n$/, '').split('\n')]);
        if (verdict.kind === 'unbroken') throw new Error(`nobody noticed byte ${at}`);
        // A line break that is gone or new spoils the line it is in.
        expect(verdict.place?.line).toBe(line);
      }),
      { numRuns: 3000 },
    );
  });

  it('when it was changed, whether or not its own hash was made to fit', () => {
    fc.assert(
      fc.property(anySeq, fc.boolean(), (seq, isRehashed) => {
        const changed = { ...entry(seq), by: 'U0EVE' };
        const forged = history.with(seq - 1, isRehashed ? rehashed(changed) : changed);
        const isLastRehashed = isRehashed && seq === length;
        // Nothing comes after the last entry that could contradict it: the head of the record does.
        const file = isLastRehashed ? [...fileWith(forged).toSpliced(1, 0, headLine(one))] : fileWith(forged);
        expect(damageIn(file)).toEqual(['changed', 'R-1', seq]);
      }),
    );
  });

  it('when it was dropped', () => {
    fc.assert(
      fc.property(innerSeq, fc.integer({ min: 1, max: 3 }), (seq, count) => {
        fc.pre(seq + count <= length);
        expect(damageIn(fileWith(history.toSpliced(seq - 1, count)))).toEqual(['missing', 'R-1', seq]);
      }),
    );
    expect(damageIn(fileWith(history.slice(1)))).toEqual(['missing', 'R-1', 1]);
  });

  it('when one was inserted, true to the chain so far', () => {
    fc.assert(
      fc.property(innerSeq, fc.boolean(), (seq, isFirst) => {
        const forged = rehashed({ ...entry(seq), by: 'U0EVE' });
        const file = fileWith(history.toSpliced(isFirst ? seq - 1 : seq, 0, forged));
        expect(damageIn(file)).toEqual(['inserted', 'R-1', seq]);
      }),
    );
  });

  it('when one stands twice', () => {
    fc.assert(
      fc.property(anySeq, anySeq, (seq, after) => {
        fc.pre(after >= seq);
        expect(damageIn(fileWith(history.toSpliced(after, 0, entry(seq))))).toEqual(['inserted', 'R-1', seq]);
      }),
    );
  });

  it('when one was moved: the first that stands in another’s place', () => {
    fc.assert(
      fc.property(anySeq, anySeq, (seq, to) => {
        fc.pre(seq !== to);
        const moved = history.toSpliced(seq - 1, 1).toSpliced(to - 1, 0, entry(seq));
        expect(damageIn(fileWith(moved))).toEqual(['out of order', 'R-1', seq < to ? seq + 1 : seq]);
      }),
    );
  });

  it('when one was numbered anew, hash and all', () => {
    const last = rehashed({ ...entry(length), seq: length + 1 });
    expect(damageIn(fileWith(history.with(length - 1, last)))).toEqual(['changed', 'R-1', length + 1]);
  });

  it('when a whole restore was passed off as another', () => {
    const file = [header(), ...history.map((one) => entryLine('R-9', one))];
    expect(damageIn(file)).toEqual(['changed', 'R-9', 1]);
  });
});

describe('what only heads and anchors show', () => {
  const cut = (count: number) => fileWith(history.slice(0, length - count));

  it('is an end that was cut off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: length - 1 }), (count) => {
        expect(verdictOn([cut(count)]).kind).toBe('unbroken');
        const expected = ['missing', 'R-1', length - count + 1];
        expect(damageIn(cut(count), [anchor])).toEqual(expected);
        expect(damageIn([...cut(count).toSpliced(1, 0, headLine(one))])).toEqual(expected);
      }),
    );
  });

  it('is a restore of which nothing is left', () => {
    const file = [header(), ...entryLines(two)];
    expect(verdictOn([file]).kind).toBe('unbroken');
    expect(damageIn(file, [anchor])).toEqual(['missing', 'R-1', anchor.seq]);
  });

  it('is a chain that was written anew from one entry on', () => {
    fc.assert(
      fc.property(anySeq, (seq) => {
        const file = fileWith(rewritten(history, seq, { by: 'U0EVE' }));
        expect(verdictOn([file]).kind).toBe('unbroken');
        expect(damageIn(file, [anchor])).toEqual(['changed', 'R-1', length]);
      }),
    );
  });

  it('is named at the first anchor that disagrees', () => {
    const early = headOf({ ...one, history: history.slice(0, 4) });
    const earlier = headOf({ ...one, history: history.slice(0, 2) });
    const file = fileWith(rewritten(history, 3, { by: 'U0EVE' }));
    expect(damageIn(file, [anchor, early, earlier])).toEqual(['changed', 'R-1', 4]);
  });
});

describe('a file that begins in the middle', () => {
  const from = entry(5).at;
  const late = [header({ from }), ...history.slice(4).map((one) => entryLine('R-1', one))];

  it('is unbroken when it says so, and names what could not be checked', () => {
    const early = headOf({ ...one, history: history.slice(0, 3) });
    expect(verdictOn([late], [anchor, early])).toMatchObject({
      kind: 'unbroken',
      begunLate: ['R-1'],
      anchorsFound: 1,
      anchorsOutside: [early],
    });
  });

  it('is broken when it does not say so', () => {
    expect(damageIn(late.with(0, header()))).toEqual(['missing', 'R-1', 1]);
  });

  it('is still broken where an entry is missing, inserted, changed or in the wrong place', () => {
    expect(damageIn(late.toSpliced(3, 1))).toEqual(['missing', 'R-1', 7]);
    expect(damageIn(late.toSpliced(3, 0, entryLine('R-1', entry(1))))).toEqual(['out of order', 'R-1', 1]);
    expect(damageIn(late.with(1, entryLine('R-1', { ...entry(5), by: 'U0EVE' })))).toEqual(['changed', 'R-1', 5]);
  });

  it('holds all anchors of the time it says it covers', () => {
    expect(damageIn(late.slice(0, -2), [anchor])).toEqual(['missing', 'R-1', length - 1]);
    expect(damageIn(late.slice(0, 1), [anchor])).toEqual(['missing', 'R-1', length]);
  });
});

describe('several files, older ones first', () => {
  const day = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' };
  const archive = [header(day), ...entryLines({ id: 'R-1', history: history.slice(0, 6) })];
  const rest = [header({ archivedBefore: day.to }), ...entryLines({ id: 'R-1', history: history.slice(6) })];

  it('are one history', () => {
    expect(verdictOn([archive, rest], [anchor])).toMatchObject({ kind: 'unbroken', entries: length, begunLate: [] });
  });

  it('may overlap where they are the same', () => {
    expect(verdictOn([archive, archive, fileWith(history)])).toMatchObject({ entries: length + two.history.length });
    const other = [
      header(day),
      ...entryLines({ id: 'R-1', history: rewritten(history, 2, { by: 'U0EVE' }).slice(0, 3) }),
    ];
    expect(verdictOn([archive, other])).toMatchObject({ kind: 'broken', damage: { seq: 2 }, place: { file: 'b' } });
  });

  it('are broken when one between them is missing', () => {
    const gap = rest.toSpliced(1, 2);
    expect(verdictOn([archive, gap])).toMatchObject({ kind: 'broken', damage: { kind: 'missing', seq: 7 } });
  });
});

describe('archives, which hold only what has ended', () => {
  const day = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' };
  const ended = { ...day, endedOnly: true } as const;
  const archive = [header(ended), ...entryLines(one)];
  const elsewhere = headOf(two);

  it('do not miss what had not ended when no export is given: its anchors are not checked', () => {
    expect(verdictOn([archive], [anchor, elsewhere])).toMatchObject({
      kind: 'unbroken',
      anchorsFound: 1,
      anchorsOutside: [elsewhere],
    });
  });

  it('do not miss the beginning of what a later export holds the rest of', () => {
    const from = two.history[3]?.at ?? nothing();
    const later = [header({ from }), ...entryLines({ id: 'R-2', history: two.history.slice(3) })];
    const early = headOf({ ...two, history: two.history.slice(0, 2) });
    expect(verdictOn([archive, later], [anchor, early])).toMatchObject({ kind: 'unbroken', anchorsOutside: [early] });
  });

  it('are broken when an anchored entry of what they hold is not there', () => {
    expect(damageIn(archive.slice(0, -2), [anchor])).toEqual(['missing', 'R-1', length - 1]);
    const early = headOf({ ...one, history: history.slice(0, 2) });
    expect(damageIn(archive.toSpliced(1, 3), [early])).toEqual(['missing', 'R-1', 2]);
  });

  it('are broken when an export holds the rest and neither holds what was anchored', () => {
    const rest = [header({ archivedBefore: day.to })];
    expect(verdictOn([archive, rest], [anchor, elsewhere])).toMatchObject({
      kind: 'broken',
      restore: 'R-2',
      damage: { kind: 'missing' },
    });
  });

  it('of an earlier release, which do not say that they hold only what has ended, are read as before', () => {
    const earlier = archive.with(0, header(day));
    expect(verdictOn([earlier, archive], [anchor])).toMatchObject({ kind: 'unbroken', anchorsFound: 1 });
    expect(damageIn(earlier, [elsewhere])).toEqual(['missing', 'R-2', elsewhere.seq]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['is empty', [], 1],
    ['has no first line', entryLines(one), 1],
    ['holds something else', [header(), '{"hello":"world"}'], 2],
    ['ends in half a line', [...whole.slice(0, 3), whole[3]?.slice(0, 50) ?? ''], 4],
  ])('%s: the line is named', (_what, lines, line) => {
    expect(verdictOn([lines])).toMatchObject({ kind: 'unreadable', place: { line } });
  });
});
