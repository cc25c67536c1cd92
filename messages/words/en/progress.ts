import type { Ways } from '../ways.ts';

const restorePoint: Ways<{ plan: string }> = {
  back: ({ point, plan }) => `Restore point: ${point} · plan ${plan}`,
  replaced: ({ target, by, plan }) => `Everything in ${target} is replaced by ${by} · plan ${plan}`,
  beside: ({ point, plan }) => `Restore point: ${point} · plan ${plan}`,
};

const confirmed: Ways<{ person: string; loss: string }> = {
  back: ({ person, loss }) => `✓ Confirmed by ${person}, who agreed to ${loss} of data loss`,
  replaced: ({ person, target }) => `✓ Confirmed by ${person}, who agreed that everything in ${target} is replaced`,
  beside: ({ person }) => `✓ Confirmed by ${person}`,
};

const verified: Ways<{ loss: string }> = {
  back: ({ loss }) => `✓ Restore point verified; data loss at the start ${loss}`,
  replaced: () => '✓ What the data comes from is there, as it was agreed to',
  beside: () => '✓ Restore point verified',
};

/** Where a confirmed restore stands. */
export const progress = {
  status: (facts: { status: string; elapsed: string }) => `*${facts.status}*, for ${facts.elapsed}`,
  noAnswer: (facts: { since: string; words: string }) =>
    `*Aura has given no usable answer since ${facts.since}.* The bot keeps trying. ${facts.words}`,
  seen: (facts: { words: string; at: string }) => `${facts.words} Seen ${facts.at}.`,
  begunLate: (facts: { plannedAt: string; begunAt: string; heldUpBy: string | undefined }) =>
    `*Began later than planned:* planned ${facts.plannedAt}, began ${facts.begunAt}. ${facts.heldUpBy === undefined ? 'What held it up was not seen: the bot was not running, or could not reach its records.' : `What held it up, as seen last: ${facts.heldUpBy}`}`,
  late: (facts: { isStarted: boolean; by: string; plannedAt: string; why: string }) =>
    `*${facts.isStarted ? 'Started' : 'Starts'} late:* ${facts.by} after its planned start ${facts.plannedAt}. ${facts.why}`,
  starts: (facts: { at: string; lapsesAt: string; isHeld: boolean }) =>
    facts.isHeld
      ? `*Held by an objection.* It was to start ${facts.at}.`
      : `Starts ${facts.at}, or not at all after ${facts.lapsesAt}.`,
  startUnclear: (why: string) => why,
  sayWhatHappened: 'Look at the instance in the Aura console, then say what happened. The call will not be sent again.',
  stalled: (at: string) =>
    `*Stalled:* this step has shown nothing new for a while (noticed ${at}). The bot keeps looking; look at the instance in the Aura console.`,
  sent: (facts: { ago: string; downtime: string }) =>
    `Restore call sent ${facts.ago} ago. Expected downtime: ${facts.downtime}. It can no longer be stopped.`,
  restorePoint,
  checklist: {
    confirmed,
    told: (facts: { told: number; of: number; withPeople: boolean }) =>
      `${facts.told === facts.of ? '✓' : '…'} Stakeholders told: ${facts.told} of ${facts.of} ${facts.withPeople ? 'channels and people' : 'channels'}`,
    maybeTold: (facts: { channel: string; why: string }) =>
      `⚠ Not known whether told: ${facts.channel}. Slack's answer was lost, and the bot may not look there (${facts.why}); please look whether the notice is there.`,
    notTold: (facts: { channel: string; why: string }) => `⚠ Not told: ${facts.channel} (${facts.why})`,
    verified,
    toBeVerified: '… Restore point to be verified',
    documented: (facts: { nodes: number; relationships: number }) =>
      `✓ State documented: ${facts.nodes} nodes, ${facts.relationships} relationships`,
    notDocumented: (why: string) => `– State not documented: ${why}`,
    toBeDocumented: '… State to be documented',
    wayBack: (snapshot: string) => `✓ Way back: safety snapshot ${snapshot}`,
    wayBackToBeTaken: '… Way back: safety snapshot to be taken',
  },
};
