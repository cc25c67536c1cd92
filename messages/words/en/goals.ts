import type { Ways } from '../ways.ts';

const deed: Ways = {
  back: ({ target, point }) => `restore of ${target} to its snapshot of ${point}`,
  replaced: ({ target, by }) => `overwrite of ${target} with ${by}`,
  beside: ({ target, point }) => `new instance beside ${target} from the snapshot of ${point}`,
};

const short: Ways = {
  back: ({ point }) => `to ${point}`,
  replaced: ({ by }) => `overwrite with ${by}`,
  beside: ({ point }) => `new instance from the snapshot of ${point}`,
};

/** What a plan does to which data, in the middle of a sentence. */
export const goals = {
  /** What replaces everything. A time that is not said stands on the card. */
  by: {
    live: (facts: { source: string; hasBegun: boolean }) =>
      `the data of ${facts.source} as it ${facts.hasBegun ? 'was when the copy began' : 'is when the copy begins'}`,
    snapshot: (facts: { source: string; point: string | undefined }) =>
      `the data of ${facts.source} as it was ${facts.point ?? 'at the restore point on the card'}`,
    file: (facts: { file: string; point: string | undefined }) =>
      `the content of the file ${facts.file}${facts.point ? `, saved ${facts.point}` : ''}`,
  },
  /** The same as a fact of its own. */
  data: (by: string) => by,
  deed,
  /** The same where the instance is named already. */
  short,
};
