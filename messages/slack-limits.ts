/** Slack's limits, from the Block Kit reference (docs.slack.dev/reference/block-kit), in characters or items. */
export const LIMIT = {
  blocks: 50,
  homeBlocks: 100,
  header: 150,
  section: 3000,
  context: 2000,
  optionText: 75,
  options: 100,
  /** Undocumented: all blocks of a message together may hold about 12,000 characters (bolt-js issues 2509 and 2867). */
  messageTotal: 10_000,
} as const;
