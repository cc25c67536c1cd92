import type { KnownBlock } from '@slack/types';
import { fittingLines } from './shortened.ts';
import { LIMIT } from './slack-limits.ts';
import { escaped } from './slack-text.ts';
import type { Words } from './words/words.ts';

/**
 * A message's plain text: a headline for the notification, then everything the blocks say, in their order. A screen reader
 * reads this in place of the blocks, so nothing may stand in the blocks alone; where there is more than a plain text may hold, it
 * says how many lines follow.
 */
export function spokenText(headline: string, blocks: readonly KnownBlock[], words: Words): string {
  return fittingLines(
    [headline, ...blocks.flatMap((block) => spokenLines(block, words))].join('\n'),
    LIMIT.text,
    words,
  );
}

function spokenLines(block: KnownBlock, { basics }: Words): readonly string[] {
  switch (block.type) {
    case 'header':
      return [escaped(block.text.text)];
    case 'section':
      return block.text ? [block.text.text] : [];
    case 'context':
      return block.elements.flatMap((element) => ('text' in element ? [element.text] : [element.alt_text]));
    case 'rich_text':
      return block.elements.flatMap(({ elements }) =>
        elements.flatMap((element) => ('text' in element && element.text ? [escaped(element.text)] : [])),
      );
    case 'actions': {
      const labels = block.elements.flatMap((element) => (element.type === 'button' ? [element.text.text] : []));
      return labels.length > 0 ? [basics.buttons(labels.join(', '))] : [];
    }
    default:
      return [];
  }
}
