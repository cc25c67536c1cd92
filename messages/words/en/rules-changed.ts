/** What audit channels hear of changed rules. */
export const rulesChanged = {
  headline: 'The rules of the restore bot.',
  inForce: (facts: { hash: string; number: string | undefined }) =>
    `Policy in force: ${facts.hash}.${facts.number === undefined ? '' : ` Looser rule ${facts.number}.`}`,
  recordGone: (instances: string) =>
    `*The record of the rules was gone.* The bot had recorded a policy before, and Redis does not hold it any more. A new record was begun, for ${instances} databases, with the rules as the bot last knew them, or else as the configuration file has them; nobody was asked. If you did not remove it yourself, find out what happened to Redis, and compare the file with what was agreed to.`,
  first: (instances: string) =>
    `*The rules are in force as the configuration file has them*, for ${instances} databases. No policy was recorded before. If this is not the first start of the bot, the records were lost, and nobody was asked about these rules.`,
  file: (facts: { atOnce: string | undefined; waiting: string | undefined }) => {
    const atOnce = facts.atOnce === undefined ? '' : ` In force at once: ${facts.atOnce}.`;
    const waiting =
      facts.waiting === undefined
        ? ' Nothing in it is looser.'
        : ` Looser, and waiting until those who are bound by the rules have agreed: ${facts.waiting}.`;
    return `*The bot was started with another configuration file.*${atOnce}${waiting}`;
  },
  agreed: (facts: { what: string; by: string }) =>
    `*A looser rule is in force:* ${facts.what}. The last who was needed to agree was ${facts.by}. It holds for requests from now on; open ones keep their rules.`,
  refused: (facts: { what: string; by: string }) =>
    `*A looser rule was refused* by ${facts.by}: ${facts.what}. What is in force stays.`,
  expired: (what: string) =>
    `*A looser rule has expired* because not enough people answered: ${what}. What is in force stays; the next start with the same file proposes it again.`,
};
