const events: Readonly<Record<string, string>> = {
  requested: 'asked for',
  approved: 'confirmed',
  'vote-taken-back': 'vote taken back',
  'proviso-accepted': 'condition or later start accepted',
  'proviso-declined': 'condition or later start declined',
  looking: 'being read',
  nudged: 'those who are missing asked once more',
  reminded: 'reminded',
  edited: 'plan changed',
  drifted: 'agreement lapsed',
  'rules-tightened': 'rules became tighter',
  acknowledged: 'acknowledged',
  objected: 'objected to',
  'objections-answered': 'objection answered',
  'update-due': 'promised word to stakeholders due',
  'loss-looked': 'loss looked at',
  'request-expired': 'expired',
  'approval-lapsed': 'lapsed',
  'start-judged': 'start judged',
  'preflight-passed': 'preflight passed',
  'baseline-settled': 'data as it was recorded',
  'safety-snapshot-requested': 'safety snapshot asked for',
  'safety-snapshot-completed': 'safety snapshot complete',
  'restore-intended': 'restore call about to be sent, once',
  'start-late': 'starts late',
  'restore-answered': 'Aura took the restore call',
  'restore-accepted': 'Aura accepted the restore',
  'start-seen': 'instance seen to have left running',
  'start-not-seen': 'no start seen',
  'running-lost': 'instance left running again',
  'restore-finished': 'instance seen running again, twice',
  'verification-finished': 'data checked',
  'step-failed': 'failed',
  'stall-noticed': 'stalled',
  denied: 'denied',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
};

/** A vote that did not decide yet. */
const votes: Readonly<Record<string, string>> = { approved: 'agreed to', denied: 'no said' };

const attempts: Readonly<Record<string, string>> = {
  'open-approval': 'approval',
  approve: 'approval',
  deny: 'denial',
  'take-back': 'taking a vote back',
  'accept-proviso': 'accepting a condition',
  'decline-proviso': 'declining a condition',
  look: 'reading',
  edit: 'change of the plan',
  acknowledge: 'acknowledgement',
  object: 'objection',
  answer: 'answer to an objection',
  withdraw: 'withdrawal',
  nudge: 'nudge',
  cancel: 'stop',
  'judge-start': 'judgement',
};

/** What happened, in the order it did. */
export const history = {
  events,
  votes,
  attempts,
  title: (earlier: number) => `*History*${earlier > 0 ? ` (${earlier} earlier entries not shown)` : ''}`,
  refused: (attempt: string) => `${attempt} refused, tried`,
  entry: (facts: {
    time: string;
    what: string;
    by: string | undefined;
    said: string | undefined;
    proviso: string;
    looks: string;
  }) =>
    `${facts.time} UTC ${facts.what}${facts.by ? ` by ${facts.by}` : ''}${facts.proviso}${facts.said === undefined ? '' : `: ${facts.said}`}${facts.looks}`,
};
