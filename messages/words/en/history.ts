import type { Refusal } from '../../../src/restore/refusal.ts';

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
  'monitoring-called': 'monitoring asked',
  'monitoring-answered': 'monitoring answered',
  'update-due': 'promised word to stakeholders due',
  'loss-looked': 'loss looked at',
  'preview-seen': 'a preview of the restore point has come further',
  'agreement-looked': 'seen to be as agreed to',
  'preview-counted': 'a preview of the restore point was counted',
  'request-expired': 'expired',
  'approval-lapsed': 'lapsed',
  'start-judged': 'judged: it did not run',
  'preflight-passed': 'preflight passed',
  'baseline-settled': 'counts of the data recorded',
  'safety-snapshot-requested': 'safety snapshot asked for',
  'safety-snapshot-completed': 'safety snapshot complete',
  'restore-intended': 'restore call about to be sent, once',
  'start-late': 'starts late',
  'restore-answered': 'Aura took the restore call',
  'restore-accepted': 'Aura accepted the restore',
  'start-seen': 'instance seen to have left running',
  'start-not-seen': 'no start seen',
  'sent-before-seen': 'the card says that the call was sent before, the records do not',
  'running-lost': 'instance left running again',
  'restore-finished': 'instance seen running again, twice',
  'verification-finished': 'data checks',
  'step-failed': 'failed',
  'stall-noticed': 'stalled',
  rehearsed: 'dry run complete',
  denied: 'denied',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
};

/** Why an attempt changed nothing, as its code says it; a code without words stands as it is. */
const reasons: Readonly<Partial<Record<Refusal['reason'], string>>> = {
  'identity-unreadable': 'Slack did not say who they are',
  'not-a-person': 'not a person',
  deactivated: 'account not active',
  guest: 'a guest',
  outsider: 'not of this workspace',
  'own-request': 'their own request',
  'not-an-approver': 'not among those who are asked',
  'not-the-requester': 'not the requester',
  'not-involved': 'neither the requester nor asked',
  'no-longer-a-requester': 'may not ask any more',
  'not-a-stakeholder': 'not a stakeholder',
  'own-objection': 'their own objection',
  'not-your-place': 'does not stand in for this person',
  'already-past': 'it was past that',
  'request-expired': 'the request had expired',
  'plan-changed': 'the plan had changed',
  'plan-gone': 'the restore point or the instance was gone',
  'no-longer-allowed': 'the rules no longer allowed it',
  'start-closed': 'no start was possible then',
  'start-not-allowed': 'a start was not allowed then',
  'already-voted': 'had voted already',
  'no-vote': 'had no vote',
  'proviso-gone': 'the condition was gone',
  'already-acknowledged': 'had acknowledged it already',
  'already-objected': 'had objected already',
  'no-objection': 'no objection was open',
  'wrong-answer': 'a wrong answer',
  'answer-of-earlier-plan': 'an answer of the plan before the change',
  'form-closed': 'too many wrong answers',
  'nothing-changed': 'nothing would have changed',
  'too-late-to-stop': 'too late to stop',
  'too-late-to-undo': 'too late to undo',
  'clocks-apart': 'clocks too far apart',
};

/** A vote that did not decide yet, and what lapsed no vote. */
const votes: Readonly<Record<string, string>> = {
  approved: 'agreed to',
  denied: 'no said',
  drifted: 'seen to be no longer as planned',
};

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
  undo: 'undo',
};

const FURTHER = { apart: '; further ones stand in the audit only', lost: '; further ones are not kept' } as const;

/** What happened, in the order it did. */
export const history = {
  events,
  votes,
  attempts,
  reasons,
  /** The step before a restore that a database without an answer leaves undone. */
  judgedToHaveRun: 'judged: it ran',
  notRecorded: 'counts of the data not recorded',
  title: (earlier: number) =>
    `*History*${earlier > 0 ? ` (${earlier} earlier ${earlier === 1 ? 'entry' : 'entries'} not shown)` : ''}`,
  refused: (attempt: string) => `${attempt} refused, tried`,
  entry: (facts: {
    time: string;
    what: string;
    by: string | undefined;
    /** In the words of the record. */
    said: string | undefined;
    /** In words of this language. */
    because: string | undefined;
    proviso: string;
    looks: string;
    /** More attempts like it may have followed; where they are. */
    further: 'apart' | 'lost' | undefined;
  }) =>
    `${facts.time} UTC ${facts.what}${facts.by ? ` by ${facts.by}` : ''}${facts.proviso}${facts.because === undefined ? '' : `: ${facts.because}`}${facts.said === undefined ? '' : `: ${facts.said}`}${facts.looks}${facts.further === undefined ? '' : FURTHER[facts.further]}`,
};
