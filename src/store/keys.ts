/** Every key of the bot shares one hash tag, so that scripts over several keys also work on a Redis Cluster. */
export const KEY_PREFIX = '{rb}';

export const KEY = {
  restore: (id: string) => `${KEY_PREFIX}:restore:${id}`,
  claim: (auraId: string) => `${KEY_PREFIX}:claim:${auraId}`,
  byPerson: (person: string) => `${KEY_PREFIX}:by-person:${person}`,
  /** When a restore was last seen not to have ended. */
  looked: (id: string) => `${KEY_PREFIX}:looked:${id}`,
  /** How long the latest restores of an instance by one method took, latest first. */
  tookOfInstance: (auraId: string, method: string) => `${KEY_PREFIX}:took:instance:${auraId}${byMethod(method)}`,
  /** The same of all instances of one type and size. */
  tookOfSize: (type: string, memory: string, method: string) =>
    `${KEY_PREFIX}:took:size:${type}:${memory}${byMethod(method)}`,
  /** What the live database held when each snapshot of an instance was taken: snapshot id → fingerprint. */
  fingerprints: (auraId: string) => `${KEY_PREFIX}:fingerprints:${auraId}`,
  /** When these snapshots were taken: snapshot id → epoch ms. */
  fingerprintTimes: (auraId: string) => `${KEY_PREFIX}:fingerprint-times:${auraId}`,
  /** While it is there, one process does something, or all wait until it is to be done again. */
  lease: (name: string) => `${KEY_PREFIX}:lease:${name}`,
  /** Where the head messages of a restore stand: place → channel, ts and digest. */
  heads: (id: string) => `${KEY_PREFIX}:heads:${id}`,
  card: (id: string) => `${KEY_PREFIX}:card:${id}`,
  /** Drawings of a card whose end is not known: drawing → when what it sent has arrived at the latest, in epoch ms. */
  drawings: (id: string) => `${KEY_PREFIX}:drawings:${id}`,
  /** What a submitted form or a refused click became, for as long as Slack may deliver it again. */
  submission: (interaction: string) => `${KEY_PREFIX}:submission:${interaction}`,
  sending: (id: string) => `${KEY_PREFIX}:sending:${id}`,
  open: `${KEY_PREFIX}:open`,
  ended: `${KEY_PREFIX}:ended`,
  due: `${KEY_PREFIX}:due`,
  /** Restores that changed where there is no worker, until one has heard of them. */
  bell: `${KEY_PREFIX}:bell`,
  /** Cards whose last drawing is older than the record: id → version owed. */
  redraw: `${KEY_PREFIX}:redraw`,
  /** Restores that owe somebody a message. */
  owing: `${KEY_PREFIX}:owing`,
  audit: `${KEY_PREFIX}:audit`,
  /** Entries of ended restores recorded before this moment were archived. */
  auditArchivedBefore: `${KEY_PREFIX}:audit:archived-before`,
  /** How far the daily anchors have come. */
  auditDaily: `${KEY_PREFIX}:audit:daily`,
  /** Held by the worker that posts a daily anchor now. */
  auditDailyLease: `${KEY_PREFIX}:audit:daily-lease`,
  auraRequests: `${KEY_PREFIX}:aura:requests`,
  auraTokens: `${KEY_PREFIX}:aura:token-requests`,
  /** Where the line of polls ends, in epoch ms. */
  auraPolls: `${KEY_PREFIX}:aura:polls`,
  /** By how much the line of polls moved in all its life, in ms. */
  auraLineMoved: `${KEY_PREFIX}:aura:line-moved`,
  /** When the turn of one poll comes, in epoch ms, less how much the line had moved by then. */
  auraTurn: (what: string) => `${KEY_PREFIX}:aura:turn:${what}`,
  /** While it is there, Aura asked to be left alone. */
  auraHoldOff: `${KEY_PREFIX}:aura:hold-off`,
  /** When any moment of the request budget was noted last, in epoch ms: later than now when Redis' clock was set back. */
  auraNotedAt: `${KEY_PREFIX}:aura:noted-at`,
  auraToken: `${KEY_PREFIX}:aura:token`,
  /** Held by the process that fetches the next token. */
  auraTokenFetch: `${KEY_PREFIX}:aura:token-fetch`,
  delegation: (id: string) => `${KEY_PREFIX}:delegation:${id}`,
  /** Delegations by whose place it is and by who holds it: id → when it ends, in epoch ms. */
  delegatedFrom: (person: string) => `${KEY_PREFIX}:delegated-from:${person}`,
  delegatedTo: (person: string) => `${KEY_PREFIX}:delegated-to:${person}`,
  /** All delegations: id → when it ends, in epoch ms. */
  delegations: `${KEY_PREFIX}:delegations`,
  /** Delegations of which somebody must be told something. */
  delegationsOwing: `${KEY_PREFIX}:delegations:owing`,
  delegationSequence: `${KEY_PREFIX}:delegation-sequence`,
  /** What instances were when they were last looked at for restores that are not ours: Aura id → status and time. */
  instancesSeen: `${KEY_PREFIX}:instances-seen`,
  /** Held by the worker that looks at something now. */
  looking: (what: string) => `${KEY_PREFIX}:looking:${what}`,
  shadow: (id: string) => `${KEY_PREFIX}:shadow:${id}`,
  /** The shadow restore that is under way on an instance. */
  shadowOn: (auraId: string) => `${KEY_PREFIX}:shadow-on:${auraId}`,
  /** All shadow restores of an instance: id → when it was found, in epoch ms. */
  shadowsOf: (auraId: string) => `${KEY_PREFIX}:shadows-of:${auraId}`,
  /** Shadow restores that are followed, looked at or still owe a message. */
  shadowsActive: `${KEY_PREFIX}:shadows-active`,
  shadowSequence: `${KEY_PREFIX}:shadow-sequence`,
  /** What was refused before there was a restore. */
  refused: (id: string) => `${KEY_PREFIX}:refused:${id}`,
  refusedSequence: `${KEY_PREFIX}:refused-sequence`,
  export: (id: string) => `${KEY_PREFIX}:export:${id}`,
  /** Exports that are open or still owe a message. */
  exportsActive: `${KEY_PREFIX}:exports-active`,
  /** The open export of each plan: reason, Aura id and plan → id. */
  exportsOpen: `${KEY_PREFIX}:exports-open`,
  /** Until when each plan's exports were opened: Aura id and plan → instant. */
  exportsDue: `${KEY_PREFIX}:exports-due`,
  /** Recorded files of an instance: export → when the data was saved, in epoch ms. */
  exportedFiles: (alias: string) => `${KEY_PREFIX}:exported-files:${alias}`,
  exportSequence: `${KEY_PREFIX}:export-sequence`,
  /** An instance that the bot made. */
  made: (id: string) => `${KEY_PREFIX}:made:${id}`,
  /** All of them by when they end, in epoch ms. */
  madeByEnd: `${KEY_PREFIX}:made:by-end`,
  /** Those of which something may still be owed. */
  madeOpen: `${KEY_PREFIX}:made:open`,
  /** Counts how often one was begun: whoever adds up costs sees whether another did meanwhile. */
  madeLedger: `${KEY_PREFIX}:made:ledger`,
  /** Stands in the names of all of them. */
  madeMark: `${KEY_PREFIX}:made:mark`,
  /** Instances with such a name that no record explains: id → when people were told. */
  madeStrays: `${KEY_PREFIX}:made:strays`,
  /** While it is there, a process holds the one-time password of the instance of this name. */
  passwordHeld: (name: string) => `${KEY_PREFIX}:made:password-held:${name}`,
  /** Held by the worker that reaps now. */
  madeLease: `${KEY_PREFIX}:made:lease`,
  sequence: `${KEY_PREFIX}:sequence`,
  /** The files that each worker could upload. */
  fileOffers: `${KEY_PREFIX}:file-offers`,
  /** The record of the rules in force. */
  policy: `${KEY_PREFIX}:policy`,
  policySequence: `${KEY_PREFIX}:policy:sequence`,
  /** A policy that was in force, by its hash. */
  policyOf: (hash: string) => `${KEY_PREFIX}:policy:of:${hash}`,
  /** The text of a calendar file, by its hash. */
  calendarText: (fileHash: string) => `${KEY_PREFIX}:policy:calendar:${fileHash}`,
} as const;

/** The one method of earlier releases has the keys that it had then. */
function byMethod(method: string): string {
  return method === 'restore-snapshot' ? '' : `:${method}`;
}
