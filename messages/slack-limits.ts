/** Slack's limits, from the Block Kit reference (docs.slack.dev/reference/block-kit), in characters or items. */
export const LIMIT = {
  blocks: 50,
  homeBlocks: 100,
  header: 150,
  section: 3000,
  /** `chat.update` refuses more than 4,000 characters of plain text. */
  text: 3900,
  context: 2000,
  optionText: 75,
  /** Of a button, for screen readers. */
  accessibilityLabel: 75,
  options: 100,
} as const;
