import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingLines, listLines, sections } from '../../messages/shortened.ts';
import { LIMIT } from '../../messages/slack-limits.ts';
import { allWords, ENGLISH } from '../../messages/words/words.ts';

const lines = fc.array(fc.stringMatching(/^[a-z ]{1,400}$/), { minLength: 1, maxLength: 40 });

describe('a text that does not fit', () => {
  it.each(allWords())('keeps its first lines and counts the others: %#', (words) => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 500, max: 3000 }), (all, length) => {
        const kept = fittingLines(all.join('\n'), length, words).split('\n');
        expect(kept.join('\n').length).toBeLessThanOrEqual(length);
        if (kept.length === all.length && kept.join('\n') === all.join('\n')) return;
        const said = kept.slice(0, -1);
        expect(said).toEqual(all.slice(0, said.length));
        const left = all.slice(said.length).filter((line) => line.trim() !== '').length;
        if (left > 0) expect(kept.at(-1)).toBe(words.basics.moreLines(left));
      }),
    );
  });

  it('stays as it is when it fits', () => {
    expect(fittingLines('a\nb', 3, ENGLISH)).toBe('a\nb');
  });
});

describe('a long list', () => {
  const list = (length: number, most: number) =>
    listLines({
      before: ['before'],
      items: Array.from({ length }, (_, index) => `${index} ${'x'.repeat(298)}`),
      most,
      more: (count) => `${count} more`,
      after: ['after'],
    });

  it('shows what fits, says how many do not, and never leaves out what follows it', () => {
    expect(list(3, 15)).toHaveLength(5);
    expect(list(30, 2).slice(-2)).toEqual(['28 more', 'after']);
    const cut = list(30, 15);
    expect(cut.join('\n').length).toBeLessThanOrEqual(LIMIT.text);
    expect(cut.slice(-2)).toEqual(['18 more', 'after']);
    expect(cut).toHaveLength(15);
  });

  it('stands in as many sections as it needs, whole', () => {
    const cut = list(30, 15);
    const texts = sections(cut).map((block) => (block.type === 'section' ? block.text?.text : undefined));
    expect(texts).toHaveLength(2);
    expect(texts.join('\n')).toBe(cut.join('\n'));
  });
});
