import type { DriftReason } from '../../../src/restore/failure.ts';

/** What to do before people agree again. */
const afterDrift: Readonly<Record<DriftReason, string>> = {
  'instance-not-found': 'Nobody can agree to it as it is; the requester can withdraw it and ask anew.',
  'instance-not-running':
    'Wait until the instance is running, or resume or repair it in the Aura console, before anybody agrees again.',
  'restored-elsewhere': 'Whoever agrees now agrees to it with the data as that other restore left it.',
  'rules-tightened': 'Whoever the tighter rules name must agree now.',
  'instance-changed': 'The plan now names the instance as it is.',
  'snapshot-not-found': 'The requester can choose another restore point with "Edit…".',
  'snapshot-not-usable': 'The requester can choose another restore point with "Edit…".',
  'not-as-agreed': 'Whoever agrees now agrees to the plan as the card shows it now.',
  'loss-grew': 'Whoever agrees now agrees to the data loss as it is now.',
  'no-longer-allowed':
    'Nobody can agree to what the rules do not allow; the requester can withdraw it and ask anew for what they allow.',
  'outside-window':
    'Nobody can agree to it while no start is possible; the requester can choose another start with "Edit…".',
};

/** A plan that is another than it was, and people who are asked anew. */
export const change = {
  fact: (facts: { label: string; was: string; is: string }) => `*${facts.label}:* was ${facts.was}; is now ${facts.is}`,
  labels: {
    environment: 'Environment',
    instance: 'Instance',
    restorePoint: 'Restore point',
    start: 'Start',
    freezeOverride: 'Freeze override',
    checks: 'Checks',
    willBeTold: 'Will be told',
  },
  unknown: 'unknown',
  noOverride: 'none',
  project: (id: string) => `project ${id}`,
  askedAnew: (facts: { because: string; votes: string }) =>
    `*Asked anew:* ${facts.because}${facts.votes ? ` Votes that fell by it: ${facts.votes}.` : ''}`,
  toVoter: (because: string) =>
    `people are asked anew, and votes so far no longer count: ${because} Those who are asked decide anew on the card.`,
  toRequester: (because: string) =>
    `the plan is not what it was when you asked for it. ${because} Those who are asked decide on the card.`,
  askedInVain: (facts: { at: string; status: string }) =>
    `people were asked anew ${facts.at}. It has ended meanwhile, so nothing is left to decide: ${facts.status}. The card says why they were asked and what came of it.`,
  toVoterShort: 'people are asked anew.',
  edited: (facts: { by: string; at: string }) => `${facts.by} changed the plan ${facts.at}.`,
  startAccepted: (facts: { by: string; of: string; at: string }) =>
    `${facts.by} accepted the later start that ${facts.of} asked for, ${facts.at}.`,
  putOff: (facts: { by: string; at: string; why: string }) =>
    `${facts.by} put it off after an objection (${facts.at}): "${facts.why}". Nothing was sent. The requester can choose another start with "Edit…".`,
  driftedUnvoted: (facts: { at: string; reason: DriftReason; why: string; instead?: string | undefined }) =>
    `What was asked for is no longer so (${facts.at}): ${facts.why} Nobody had voted. ${facts.instead ?? afterDrift[facts.reason]}`,
  drifted: (facts: { at: string; reason: DriftReason; why: string; instead?: string | undefined }) =>
    `What was agreed to is no longer so (${facts.at}): ${facts.why} Nothing was sent. ${facts.instead ?? afterDrift[facts.reason]}`,
};
