import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../../chaos/defects.ts';
import { COMPLETE, lineOf, saysBroken } from '../../chaos/violation.ts';

describe('a deliberate defect', () => {
  it.each(DEFECTS)('can still be put into the code: $name', ({ file, replace }) => {
    const code = readFileSync(file, 'utf8');
    for (const [text, by] of replace) {
      expect(code.split(text)).toHaveLength(2);
      expect(by).not.toBe(text);
    }
  });
});

describe('a printout', () => {
  const printout = [
    lineOf('crash points', { promise: COMPLETE, restoreId: '', words: 'no scene reaches a save of attempt-refused' }),
    lineOf('crash points', { promise: 'nothing lost', restoreId: 'R-3', words: 'card never reached Slack' }),
  ].join('\n');

  it('says of a promise that it was broken, and in which words', () => {
    expect(saysBroken(printout, 'nothing lost')).toBe(true);
    expect(saysBroken(printout, 'nothing lost', 'card never')).toBe(true);
    expect(saysBroken(printout, 'nothing stuck')).toBe(false);
  });

  it('takes nothing that the campaign left out for a promise that the bot broke', () => {
    expect(saysBroken(printout, 'nothing lost', 'no scene reaches')).toBe(false);
    expect(saysBroken(printout.split('\n')[0] ?? '', 'nothing lost')).toBe(false);
  });
});
