/** Restores that somebody made outside the bot. */
export const shadow = {
  title: (alias: string) => `Restore outside the bot: ${alias}`,
  found: (facts: { alias: string; environment: string; status: string; at: string }) =>
    `Somebody else is restoring the database ${facts.alias} (${facts.environment}), or loading other data into it: Aura reports it as "${facts.status}", first seen ${facts.at}. No restore of this bot does that, and nobody agreed to it here.`,
  foundFailed: (facts: { alias: string; environment: string; status: string; at: string }) =>
    `Somebody else has tried to put other data into the database ${facts.alias} (${facts.environment}), and it failed: Aura reports it as "${facts.status}", first seen ${facts.at}. The database is not available. No restore of this bot did that.`,
  before: (facts: { status: string; at: string }) =>
    `Before that it was last seen as "${facts.status}", ${facts.at}; it began between the two.`,
  neverBefore: 'The bot had not looked at it before, so when it began is not known.',
  who: (contact: string) =>
    `Everybody in its Aura project can start a restore in the Aura console, and Aura does not say who did. It may well be meant. Ask ${contact}.`,
  during: (id: string) =>
    `The open request ${id} holds this database and has sent nothing to Aura. If it was agreed to already, it does not start on what nobody agreed to: those who agreed are asked again.`,
  meanwhile:
    'Expect the database to be unavailable, and newer data in it to be gone afterwards. The bot keeps looking and says here when it is running again or has failed.',
  afterFailure: 'Nothing more is followed here. To get the data back, ask for a restore with /restore.',
  act: 'Whoever may ask for a restore of this database can have the data checked here, or have the stakeholders told.',
  verify: 'Verify the data',
  announce: 'Announce it',
  record: (id: string) => `Shadow restore ${id}`,
  runningAgain: (facts: { alias: string; at: string }) =>
    `The database ${facts.alias} is running again, seen ${facts.at}. Which data it holds now, the bot does not know: have it verified.`,
  failed: (facts: { alias: string; status: string; at: string }) =>
    `It failed: Aura reports the database ${facts.alias} as "${facts.status}", seen ${facts.at}. The database is not available. To get the data back, ask for a restore with /restore.`,
  gone: (facts: { alias: string; at: string }) =>
    `Aura does not know the database ${facts.alias} any more, seen ${facts.at}: it was deleted, or is being deleted.`,
  endTitle: {
    'running-again': (alias: string) => `Restore outside the bot is over: ${alias}`,
    failed: (alias: string) => `Restore outside the bot failed: ${alias}`,
    gone: (alias: string) => `Database deleted: ${alias}`,
  },
  verified: (facts: { alias: string; by: string; at: string; words: string }) =>
    `The data of ${facts.alias} was looked at for ${facts.by}, ${facts.at}. ${facts.words}`,
  verifiedTitle: (alias: string) => `Data looked at: ${alias}`,
  verifiedLimits: 'The restore point is not known, so how old the data may be was not judged.',
  notice: {
    title: 'UNPLANNED: Database Restored Outside The Bot',
    underWay: (status: string) => `The database is being restored; Aura reports it as "${status}"`,
    'running-again': 'The database is running again',
    failed: 'The restore failed; the database is not available',
    gone: 'The database was deleted',
    data: 'Newer data may be gone; to which moment it was put back is not known',
    wait: (contact: string) => `Wait for word from ${contact}`,
    by: (by: string) => `Told for ${by}. Nobody agreed to this restore here.`,
    contact: (contact: string) => `Please contact ${contact} with concerns`,
    about: (facts: { alias: string; environment: string; id: string }) =>
      `Database ${facts.alias}, ${facts.environment} · shadow restore ${facts.id}`,
  },
  refusal: {
    beingVerified: (facts: { by: string; at: string }) =>
      `Nothing was changed: ${facts.by} has asked for it already, ${facts.at}. The result comes in the thread, as soon as the database is running.`,
    announcedAlready: (facts: { by: string; at: string }) =>
      `Nothing was changed: ${facts.by} has had the stakeholders told already, ${facts.at}.`,
  },
  done: {
    verify: (alias: string) =>
      `The data of ${alias} is looked at as soon as the database is running. The result comes in the thread of the message.`,
    announce: (alias: string) => `The stakeholders of ${alias} are told now.`,
  },
};
