import type { Amount, UnknownBecause } from '../../../src/restore/receipt/amount.ts';

/** How good a number is: four words, of which none stands for another. */
const kinds: Readonly<Record<Amount['kind'], string>> = {
  known: 'known',
  sampled: 'sampled',
  estimated: 'estimated',
  unknown: 'unknown',
};

const because: Readonly<Record<UnknownBecause, string>> = {
  'no-fingerprint': 'nothing was counted near the restore point',
  'no-credentials': 'the bot has no way into the database',
  'no-answer': 'the database did not answer',
  'not-permitted': "the bot's user may not see it",
  'not-configured': 'no freshness check is configured for it',
  'not-offered': 'this edition or tier of Neo4j does not offer it',
  'too-costly': 'counting it would cost more than its budget',
  'out-of-time': 'the time for the look was used up',
  refused: 'the question is not a pure read, or Neo4j does not accept it',
  'no-number': 'the answer is not one number',
  'cannot-be-judged': 'its condition could not be judged for any of them, as when times are compared with texts',
  'in-a-file': 'nobody can look into a file before Aura has loaded it',
  'not-documented': 'Aura does not say whether they come with the data',
};

/** What a restore would lose of the data. */
export const receipt = {
  kinds,
  because,
  title: '*What would be lost from the data:*',
  nothing: '*What would be lost from the data:* nothing; the live database is not touched.',
  impossible: '*What would be lost from the data:* unknown, because the bot has no way into this database.',
  beingLooked: '*What would be lost from the data:* being looked at now.',
  lookedAt: (at: string) => `Looked at ${at}.`,
  onTheWay: (facts: { gap: string; isAfter: boolean }) =>
    `Compared with counts taken ${facts.gap} ${facts.isAfter ? 'after' : 'before'} the snapshot; what was written in between is not told apart.`,
  preview: 'Compared with the snapshot itself: exact.',
  between: (facts: { before: string; after: string }) =>
    `This restore point was never counted. Compared with what lies between the counts of ${facts.before} and ${facts.after}.`,
  exportedPreview: 'Compared with the snapshot itself, as it was counted in a preview.',
  exported: (facts: { id: string; snapshot: string }) =>
    `That is the snapshot ${facts.snapshot}, of which the file is recorded as the export ${facts.id}; nobody has counted what is in the file itself.`,
  file: 'What is in the file was never counted.',
  liveSource: (at: string) =>
    `Compared with the source as it was counted ${at}; it may change until the start, when Aura copies it.`,
  sourceNotSeen: (why: string) => `The source could not be counted, because ${why}.`,
  noSource: 'This restore point was never counted, so what it holds is unknown.',
  lastWrite: {
    seen: (facts: { at: string; of: string }) => `• Last write: ${facts.at}, by the newest ${facts.of}`,
    none: '• Last write: the freshness checks found no time at all',
    unknown: (why: string) => `• Last write: unknown, because ${why}`,
  },
  nodes: 'all nodes',
  relationships: 'all relationships',
  label: (name: string) => name,
  type: (name: string) => `relationships ${name}`,
  lost: (facts: { what: string; count: string; now: string; before: string; kind: string }) =>
    `• ${facts.what}: ${facts.count} would be lost (${facts.now} now, ${facts.before} then); ${facts.kind}`,
  back: (facts: { what: string; count: string; now: string; before: string; kind: string }) =>
    `• ${facts.what}: ${facts.count} would come back (${facts.now} now, ${facts.before} then); ${facts.kind}`,
  sameCount: (facts: { what: string; now: string; kind: string }) =>
    `• ${facts.what}: as many as then (${facts.now}); ${facts.kind}`,
  lostToSource: (facts: { what: string; count: string; now: string; before: string; kind: string }) =>
    `• ${facts.what}: ${facts.count} fewer afterwards (${facts.now} now, ${facts.before} in the source); ${facts.kind}`,
  gainedFromSource: (facts: { what: string; count: string; now: string; before: string; kind: string }) =>
    `• ${facts.what}: ${facts.count} more afterwards (${facts.now} now, ${facts.before} in the source); ${facts.kind}`,
  sameAsSource: (facts: { what: string; now: string; kind: string }) =>
    `• ${facts.what}: as many as in the source (${facts.now}); ${facts.kind}`,
  schemaOfSource: {
    changed: 'The source has other indexes and constraints; these come with it.',
    unknown: 'Whether the source has the same indexes and constraints is unknown.',
  },
  howManyUnknown: (why: string) =>
    `• how much of what is there now would be lost: unknown, because ${why}. All of it is replaced:`,
  thereNow: (facts: { what: string; now: string; kind: string }) => `• ${facts.what}: ${facts.now} now; ${facts.kind}`,
  moreKinds: (count: string) => `• and ${count} more labels and types`,
  about: (facts: { what: string; why: string }) => `• ${facts.what}: unknown, because ${facts.why}`,
  countsUnknown: (why: string) => `• counts: unknown, because ${why}`,
  allUnknown: (why: string) => `• counts, users and roles: unknown, because ${why}`,
  more: (count: number) => `• and ${count} more that differ`,
  /** Equal counts must not calm anybody. */
  same: (count: number) =>
    `${count} other ${count === 1 ? 'label or type has' : 'labels and types have'} the same count, which does not mean the same data.`,
  schema: {
    changed: 'Indexes and constraints have changed since; they go back too.',
    unknown: 'Whether indexes and constraints changed is unknown.',
  },
  question: (facts: { name: string; value: string; kind: string }) => `• ${facts.name}: ${facts.value}; ${facts.kind}`,
  sampledValue: (facts: { value: string; atMost: string; looked: string; of: string }) =>
    `about ${facts.value}, hardly more than ${facts.atMost} (${facts.looked} of ${facts.of} looked at)`,
  estimatedValue: (value: string) => `about ${value}`,
  users: {
    back: (names: string) => `• Users that would come back, with the password of then: ${names}`,
    gone: (names: string) => `• Users that would vanish: ${names}`,
    changed: (facts: { name: string; now: string; before: string }) =>
      `• User ${facts.name} would be ${facts.before} again (now ${facts.now})`,
    same: '• Users: the same names and roles; passwords cannot be seen and go back to those of then',
    unknown: (why: string) => `• Users: unknown, because ${why}`,
  },
  roles: {
    back: (names: string) => `• Roles that would come back: ${names}`,
    gone: (names: string) => `• Roles that would vanish: ${names}`,
    changed: (facts: { name: string; now: string; before: string }) =>
      `• Role ${facts.name} would be ${facts.before} again (now ${facts.now})`,
    same: '• Roles: the same names; what each permits cannot be seen',
    unknown: (why: string) => `• Roles: unknown, because ${why}`,
  },
  moreNames: (count: number) => `• and ${count} more changes`,
};
