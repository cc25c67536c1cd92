import type { Ways } from '../ways.ts';

const stopped: Ways<{ id: string }> = {
  back: ({ id, target, point }) => `${id} is stopped. ${target} was not rolled back to ${point}.`,
  replaced: ({ id, target, by }) => `${id} is stopped. ${target} was not overwritten with ${by}.`,
  beside: ({ id, target, point }) =>
    `${id} is stopped. No new instance beside ${target} was made from the snapshot of ${point}.`,
};

/** Answers to commands. */
export const replies = {
  noneOpen: 'No restore is open. `/restore` asks for one.',
  snapshots: {
    about: (facts: { tier: string; frequency: string }) =>
      `Tier: ${facts.tier}; scheduled snapshots: ${facts.frequency}.`,
    frequency: (frequency: string) => frequency,
    none: (facts: { alias: string; days: number; about: string }) =>
      `*${facts.alias}* has no snapshots in the ${facts.days} days that were looked at. ${facts.about}`,
    title: (facts: { alias: string; daysRead: number; daysKept: number; about: string }) =>
      `*Snapshots of ${facts.alias}*, newest first, ${facts.daysRead} of ${facts.daysKept} days read. ${facts.about}`,
    more: (facts: { count: number; alias: string }) =>
      `and ${facts.count} older ones; the form of \`/restore ${facts.alias}\` finds them by date`,
    mayBeDifferential: 'may be differential',
    cannotBeUsed: (why: string) => `cannot be used: ${why}`,
    replaces: (facts: { alias: string; tier: string }) =>
      `No snapshot was taken: of an instance of ${facts.tier}, as *${facts.alias}* is, Aura keeps only the latest one. A new one would take the place of the one there is, and with it the only way back. If that is what you want, export the old one in the Aura console first, so that it is kept, and take the new one there.`,
    taken: (facts: { alias: string; snapshot: string }) =>
      `Aura is taking a snapshot of *${facts.alias}* (${facts.snapshot}). \`/restore snapshots ${facts.alias}\` shows when it is complete.`,
  },
  stopped,
  help: {
    what: 'A restore puts an Aura instance back to a snapshot. Everything written after it is lost, so a second person must confirm.',
    commands: [
      ['/restore', 'open the form to ask for a restore'],
      ['/restore <instance>', 'the same, with the instance chosen'],
      ['/restore status [id]', 'where a restore stands; without id, yours'],
      ['/restore list', 'all open restores'],
      ['/restore cancel <id>', 'stop a restore before its restore call is sent'],
      ['/restore undo <id>', 'ask to go back to how it was before a restore'],
      ['/restore advise <instance>', 'which way back fits, and why'],
      ['/restore snapshots <instance>', 'the restore points Aura keeps'],
      ['/restore snapshot <instance>', 'take a snapshot now; needs no approval'],
      ['/restore exports [instance]', 'what must leave Aura, what is due or overdue, and the files of an instance'],
      ['/restore export <instance>', 'have its owners export it now, before a deployment'],
      [
        '/restore delegate [@person] [until 2026-12-01]',
        'let somebody decide for you for a time; shows and ends it too',
      ],
      ['/restore help', 'this list'],
    ] as readonly (readonly [usage: string, words: string])[],
  },
  unknown: (facts: { typed: string; meant: string }) =>
    `\`/restore\` knows no command or instance "${facts.typed}".${facts.meant} \`/restore help\` lists what there is.`,
  didYouMean: (words: string) => ` Did you mean ${words}?`,
  itsCard: (link: string) => `Its card: ${link}`,
};
