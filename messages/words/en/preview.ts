import type { NotCountedBecause } from '../../../src/restore/new-instance/preview-stage.ts';
import type { CheckStatus } from '../../../src/restore/validation.ts';

const because: Readonly<Record<NotCountedBecause, string>> = {
  'not-agreed': 'it was not agreed to',
  stopped: 'it was stopped before its instance was made',
  'not-made': 'its instance was not made, or does not run; its own card says why',
  'dry-run': 'it was a dry run: no instance was made',
  'password-lost':
    'its one-time password never came: the answer to the create call was lost. Ask for another preview, or look into the instance yourself with a password that you reset in the Aura console',
  'holder-gone':
    'the worker of the bot that held its one-time password is gone. Ask for another preview; whoever runs the bot can set new_instances.password_directory, and then every worker has the password',
  'no-answer': 'its database could not be asked; its own card says why',
};

const statuses: Readonly<Record<CheckStatus, string>> = {
  pass: 'passed',
  warn: 'gave a warning',
  fail: 'failed',
  error: 'could not run',
  'timed-out': 'took too long',
  'not-run': 'was not run',
};

/** What the card of a request says of the previews of its restore point. */
export const preview = {
  statuses,
  asked: (id: string) =>
    `*Preview ${id}:* asked for, waits for agreement. Until it is counted, the numbers above are only as good as they say.`,
  beingMade: (id: string) =>
    `*Preview ${id}:* agreed to; its instance is being made, and then counted and checked. That comes onto this card.`,
  counted: (facts: { id: string; at: string; checks: string }) =>
    `*Preview ${facts.id}:* counted ${facts.at}. ${facts.checks}`,
  noChecks: 'How its checks came out stands on its own card.',
  checks: (facts: { passed: string; all: string; others: string | undefined }) =>
    `Checks in it: ${facts.passed} of ${facts.all} passed${facts.others ? `; ${facts.others}` : ''}.`,
  check: (facts: { name: string; status: string }) => `${facts.name} ${facts.status}`,
  moreChecks: (count: string) => `and ${count} more`,
  notCounted: (facts: { id: string; why: string }) =>
    `*Preview ${facts.id}:* could not be counted, because ${facts.why}.`,
  because,
  liveSame: (at: string) => `Asked of the live database too (${at}): the same results.`,
  liveDiffers: (facts: { at: string; checks: string }) =>
    `Asked of the live database too (${facts.at}), different there: ${facts.checks}.`,
  liveCheck: (facts: { name: string; there: string; live: string }) =>
    `${facts.name} ${facts.there} in the preview and ${facts.live} in the live database`,
};
