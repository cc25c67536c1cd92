import type { FailureReason } from '../../../src/restore/failure.ts';
import type { CheckStatus } from '../../../src/restore/validation.ts';
import type { Ways } from '../ways.ts';

const marks: Readonly<Record<CheckStatus, string>> = {
  pass: '✓ passed',
  warn: '⚠ warning',
  fail: '✗ FAILED',
  error: '✗ could not run',
  'timed-out': '✗ timed out',
  'not-run': '– not run',
};

const phases: Readonly<Record<string, string>> = {
  'awaiting-approval': 'waiting for a second person',
  approved: 'waiting for the start',
  'taking-baseline': 'recording the data',
  'requesting-safety-snapshot': 'asking for the safety snapshot',
  'awaiting-safety-snapshot': 'safety snapshot',
  'ready-to-restore': 'last look',
  'restore-sent': 'waiting for the answer',
  'start-unclear': 'waiting for a judgement',
  restoring: 'restore',
  verifying: 'checks',
};

const completed: Ways<{ at: string }> = {
  back: ({ point, at }) => `*Restored to ${point}.* Everything written after that is gone. Finished ${at}.`,
  replaced: ({ target, by, at }) =>
    `*Overwritten: everything in ${target} was replaced by ${by}.* What was not in there is gone. Finished ${at}.`,
  beside: ({ point, at }) =>
    `*The new instance runs, with the data of ${point}.* Ready ${at}. Nothing was overwritten.`,
};

/** What did not happen. */
const nothingDone: Ways = {
  back: ({ point }) => `Nothing was done. The restore point would have been ${point}.`,
  replaced: ({ target, by }) => `Nothing was done. ${target} would have been overwritten with ${by}.`,
  beside: ({ target, point }) =>
    `Nothing was done. The new instance beside ${target} would have had the data of ${point}.`,
};

const stopped: Ways<{ person: string }> = {
  back: ({ person, point }) =>
    `*Stopped* by ${person} before the restore call. The instance was not rolled back to ${point}.`,
  replaced: ({ person, target, by }) =>
    `*Stopped* by ${person} before the data was replaced. ${target} was not overwritten with ${by}.`,
  beside: ({ person, point }) =>
    `*Stopped* by ${person} before the create call. No new instance was made from the snapshot of ${point}.`,
};

/** How a restore came out. */
export const end = {
  completed,
  failed: (facts: { deed: string; reason: FailureReason; why: string }) =>
    `*The ${facts.deed} did not complete.* ${facts.why}`,
  /** In a few words, where the reason is not said. */
  failure: (facts: { reason: FailureReason; why: string }) => facts.why,
  instance: (condition: string) => `*The instance:* ${condition}`,
  whatToDo: (next: string) => `*What to do:* ${next}`,
  denied: (facts: { by: string; why: string }) => `*Denied* by ${facts.by}: ${facts.why}`,
  nothingDone,
  withdrawn: (facts: { by: string; nothingDone: string }) => `*Withdrawn* by ${facts.by}. ${facts.nothingDone}`,
  stopped,
  expired: (facts: { deed: string; until: string; seenLate: string }) =>
    `*Expired.* The ${facts.deed} did not get every agreement that it needed ${facts.until}, and no answer is a no. Nothing was done. Ask again if it is still needed.${facts.seenLate}`,
  lapsed: (facts: { deed: string; by: string; until: string; seenLate: string }) =>
    `*Lapsed.* The ${facts.deed} was confirmed by ${facts.by} but could not start ${facts.until}. Nothing was done. Ask again if it is still needed.${facts.seenLate}`,
  seenLate: (at: string) => ` The bot was away then, and saw it ${at}.`,
  onlySeen:
    "*The answer to the call was lost.* That it ran was seen in the instance's status; a restore that somebody made in the Aura console at that moment would look the same.",
  saidToHaveRun: (facts: { person: string; at: string }) =>
    `*That it ran was said by ${facts.person}, ${facts.at}.* The bot did not see it in Aura.`,
  restore: (outcome: string) => `*Restore:* ${outcome}`,
  dataChecks: (outcome: string) => `*Data checks:* ${outcome}`,
  maybeTold: (facts: { channel: string; why: string; ofTheEnd: boolean }) =>
    `⚠ *Not known whether told:* ${facts.channel}${facts.ofTheEnd ? ', of the end' : ''}. Slack's answer was lost, and the bot may not look there (${facts.why}).`,
  notTold: (facts: { channel: string; why: string; ofTheEnd: boolean }) =>
    `⚠ *Not told:* ${facts.channel}${facts.ofTheEnd ? ', of the end' : ''} (${facts.why})`,
  requestId: (id: string) => `*Aura request id:* ${id}`,
  marks,
  check: (facts: { mark: string; name: string; words: string; owner: string | undefined }) =>
    `${facts.mark}: *${facts.name}*: ${facts.words}${facts.owner ? ` (owner: ${facts.owner})` : ''}`,
  /** Checks that did not run, all for one reason. */
  notRun: (facts: { mark: string; names: string; words: string }) => `${facts.mark}: ${facts.names}: ${facts.words}`,
  wayBack: (facts: { snapshot: string; at: string; how: string; isEvidence: boolean }) =>
    `*The way back:* safety snapshot ${facts.snapshot}, complete since ${facts.at}.${facts.how && ` ${facts.how}`}${facts.isEvidence ? ' It is evidence of the state before: export it in the Aura console before it expires.' : ''}`,
  phases,
  timeTaken: (facts: { phases: string; downtime: string }) =>
    `Time taken: ${facts.phases}. Expected downtime was ${facts.downtime}.`,
};
