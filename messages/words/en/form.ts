import type { UnusableBecause } from '../../../src/restore/snapshot.ts';

const unusable: Readonly<Record<UnusableBecause, string>> = {
  'still-running': 'still running',
  failed: 'failed',
  cancelled: 'cancelled',
  'unknown-status': 'in a state the bot does not know',
};

/** The form a restore is requested with, and what it shares with the form that changes a request. */
export const form = {
  title: 'Request a restore',
  submit: 'Ask for approval',
  close: 'Close',
  opening: 'Opening the form…',
  instance: 'Instance',
  whichInstance: 'Which instance?',
  auraId: (id: string) => `Aura id ${id}`,
  claimed: (facts: { alias: string; card: string }) =>
    `*There is an open restore of ${facts.alias} already: ${facts.card}.* A second one cannot be asked for until it has ended.`,
  /** A new instance touches nothing that an open restore touches. */
  claimedBeside: (facts: { alias: string; card: string }) =>
    `There is an open restore of ${facts.alias}: ${facts.card}. A new instance can be asked for all the same.`,
  asking: 'Asking Aura about the instance and its snapshots…',
  auraTrouble: (words: string) => `*Aura could not be asked.* ${words} Choose the instance again to try once more.`,
  running: 'running',
  notRunning: (status: string) => `*${status}*, so a restore cannot begin until it is running`,
  aura: (facts: { status: string; memory: string | undefined; points: number; daysRead: number; daysKept: number }) =>
    `Aura: ${facts.status}${facts.memory ? ` · ${facts.memory}` : ''}${facts.daysKept === 0 ? '' : ` · ${facts.points} restore ${facts.points === 1 ? 'point' : 'points'} in ${facts.daysRead} of ${facts.daysKept} days${facts.daysRead < facts.daysKept ? ', older ones are being read' : ''}`}`,
  restorePoint: 'Restore point',
  restorePointHint: 'Newest first. Type a date or hour to find an older one.',
  whichMoment: 'Go back to which moment?',
  reason: 'Reason',
  whyNeeded: 'Why is it needed?',
  whatHappened: 'What happened?',
  ticket: 'Ticket',
  expectedImpact: 'Expected impact on people and systems',
  missing: {
    instance: 'Choose the instance.',
    restorePoint: 'Choose the moment to go back to.',
    reason: 'Choose the reason.',
    startTime: 'Choose the start time.',
  },
  snapshot: {
    unusable,
    old: (facts: { at: string; age: string }) => `${facts.at} · ${facts.age} old`,
    cannotBeUsed: (when: string) => `CANNOT BE USED · ${when}`,
    exportable: 'exportable',
    notExportable: 'not exportable',
    mayBeRefused: (kind: string) => `${kind}; may be differential, Aura may refuse it`,
  },
  start: {
    label: 'Start',
    whenConfirmed: 'As soon as it is confirmed',
    afterNotice: (lead: string) => `As soon as it is confirmed and notice was given (${lead})`,
    atTime: 'At a time',
    offered: (at: string) => `At the next possible start: ${at}`,
    time: 'Start time',
    timeHint: 'In your own time zone. It never starts before a second person has confirmed.',
    outlasts: (facts: { isSure: boolean; closes: string; from: string; to: string }) =>
      `*The restore ${facts.isSure ? 'will probably last longer' : 'may last longer'} than its window:* that closes ${facts.closes}, and a downtime of ${facts.from} to ${facts.to} is expected.`,
    inFreeze: (why: string) => `*Starts in a freeze:* ${why}`,
    notThen: (why: string) => `*Cannot start then:* ${why}`,
    frozen: 'This start is frozen',
    another: 'Choose another start',
    override: 'Start in the freeze, with an override',
    overrides: (freezes: string) =>
      `The plan then says that it overrides ${freezes}, and the approvers of freeze overrides must agree as well.`,
    whyNotWait: 'Why can it not wait until the freeze is over?',
  },
  meaning: {
    title: '*What this means*',
    choose: 'Choose a restore point to see what would be lost.',
    goesBackToo: (what: string) => `*Goes back too:* ${what}.`,
    people: (facts: { count: number; isAtLeast: boolean }) => ` (${besidesYou(facts)})`,
    notified: (facts: { count: number; isAtLeast: boolean; unable: number }) =>
      `*Notified when you send it:* ${besidesYou(facts)}.${facts.unable > 0 ? ` ${facts.unable} of them cannot decide: guests, or members of another workspace.` : ''}`,
    askedToConfirm: (people: string) => `*Will be asked to confirm:* ${people}`,
    mustAgree: (facts: { needed: number; rule: string; people: string }) =>
      `*Must agree as ${facts.rule}:* ${facts.needed} of ${facts.people}`,
    unusable: (why: string) => `*This snapshot cannot be used: ${why}.* Choose another one.`,
    dataLoss: (facts: { loss: string; isNow: boolean; verdict: string }) =>
      `*Data loss:* ${facts.loss} ${facts.isNow ? 'if it were now' : 'at the planned start'}, growing; ${facts.verdict}.`,
    caution: '*Caution:* this may be a differential snapshot; Aura may refuse to restore it.',
  },
};

function besidesYou({ count, isAtLeast }: { readonly count: number; readonly isAtLeast: boolean }): string {
  return `${isAtLeast ? 'at least ' : ''}${count} ${count === 1 ? 'person' : 'people'} besides you`;
}
