import type { DriftReason } from '../../../src/restore/failure.ts';

/** Something is no longer as planned, and nobody had agreed to it yet. */
const seen: Readonly<Record<DriftReason, string>> = {
  'instance-not-found': 'Aura does not know an instance of this plan any more.',
  'instance-not-running': 'The instance is not running.',
  'restored-elsewhere': 'Somebody else has brought other data into the instance.',
  'rules-tightened': 'The rules have become tighter.',
  'instance-changed': 'The instance was changed.',
  'snapshot-not-found': 'The restore point is gone.',
  'snapshot-not-usable': 'The restore point cannot be used any more.',
  'not-as-agreed': 'What is on record is not what was agreed to.',
  'loss-grew': 'The data loss has grown.',
  'no-longer-allowed': 'The rules do not allow this any more.',
  'outside-window': 'The rules allow no start then.',
};

interface Facts {
  readonly reason: DriftReason;
  readonly at: string;
  readonly why: string;
  readonly isGone: boolean;
  /** False where another restore point is no help. */
  readonly mayEdit: boolean;
}

function next({ isGone, mayEdit }: Facts, who: string): string {
  if (!isGone) {
    return 'It can be approved all the same, and starts only if that is over by then; if it is not, people are asked anew.';
  }
  const can = mayEdit
    ? `${who} can choose another restore point with "Edit…", or withdraw it.`
    : `${who} can withdraw it and ask anew.`;
  return `Nobody can approve it as it is. ${can}`;
}

export const drift = {
  card: (facts: Facts & { readonly requester: string }) =>
    `*${seen[facts.reason]}* Seen ${facts.at}: ${facts.why} ${next(facts, facts.requester)} The bot keeps looking.`,
  noted: (facts: Facts) =>
    `it is no longer as you asked for it. ${seen[facts.reason]} Seen ${facts.at}: ${facts.why} ${next(facts, 'You')} The bot keeps looking.`,
  over: (facts: { readonly at: string; readonly since: string; readonly why: string }) =>
    `the instance and the restore point were seen to be as planned again, ${facts.at}. What was otherwise since ${facts.since}: ${facts.why} It can be approved as it is.`,
  allowedAgain: (facts: { readonly at: string; readonly since: string; readonly why: string }) =>
    `it was seen ${facts.at} that the rules allow it again. What stood against it since ${facts.since}: ${facts.why} It can be approved as it is.`,
  refused: (facts: { readonly what: 'restore-point' | 'instance'; readonly at: string; readonly why: string }) =>
    facts.what === 'instance'
      ? `Nothing was approved: Aura does not know an instance of this plan any more. Seen ${facts.at}: ${facts.why} The requester can withdraw it and ask anew. You can still deny it.`
      : `Nothing was approved: the restore point of this plan is gone, or cannot be used any more. Seen ${facts.at}: ${facts.why} The requester can choose another restore point with "Edit…", or withdraw it. You can still deny it.`,
};
