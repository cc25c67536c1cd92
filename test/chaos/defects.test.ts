import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../../chaos/defects.ts';

describe('a deliberate defect', () => {
  it.each(DEFECTS)('can still be put into the code: $name', ({ file, replace }) => {
    const code = readFileSync(file, 'utf8');
    for (const [text, by] of replace) {
      expect(code.split(text)).toHaveLength(2);
      expect(by).not.toBe(text);
    }
  });
});
