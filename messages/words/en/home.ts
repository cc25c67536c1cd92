import type { Ways } from '../ways.ts';

const wouldLose: Ways<{ loss: string }> = {
  back: ({ loss }) => `would lose ${loss}`,
  replaced: ({ target }) => `would replace everything in ${target}`,
  beside: () => 'would lose nothing',
};

/** The bot's home, and the lists of restores. */
export const home = {
  request: 'Request a restore…',
  refresh: 'Open this page again to refresh it.',
  asOf: (at: string) => `As of ${at}. Open this page again to refresh it.`,
  waiting: 'Waiting for you',
  waitingNone: 'Nothing waits for your decision.',
  mine: 'Asked for by you',
  mineNone: 'You have no open request.',
  places: 'Places handed over',
  placesUnknown: 'The bot cannot look up at the moment who stands in for whom.',
  morePlaces: (count: number) => `and ${count} more: \`/restore delegate\``,
  underWay: 'Under way',
  underWayNone: 'No restore is under way.',
  ended: 'Ended lately',
  endedNone: 'No restore has ended yet.',
  more: (count: number) => `and ${count} more: \`/restore list\``,
  wouldLose,
  line: (facts: { goal: string; by: string; at: string }) => `${facts.goal} · asked for by ${facts.by} ${facts.at}`,
  unreadable: (ids: string) => `The bot cannot read its records of ${ids}. Tell the bot's operator.`,
};
