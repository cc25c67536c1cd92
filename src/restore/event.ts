import type { Proviso } from './agreement.ts';
import type { Unchecked } from './approvable.ts';
import type { Calendar } from './calendar.ts';
import type { ClosedStart } from './closed-start.ts';
import type { DriftReason, FailureReason, InstanceCondition } from './failure.ts';
import type { Forbidden } from './forbidden.ts';
import type { MonitoringAct, MonitoringAnswer } from './monitoring-call.ts';
import type { Environment, Instant, PersonId, RestoreId } from './names.ts';
import type { MadeFacts } from './new-instance/made-instance.ts';
import type { PreviewStage, SeenPreview } from './new-instance/preview-stage.ts';
import type { AskedLook, PersonFacts } from './person-facts.ts';
import type { FreezeOverride, Plan, PlannedInstance, SnapshotPoint } from './plan.ts';
import type { LossReceipt } from './receipt/receipt.ts';
import type { Delivery } from './restore.ts';
import type { AnswerKind } from './stakeholder-facts.ts';
import type { Preflight, StartWatch, Step } from './state.ts';
import type { PeopleRule, Terms } from './terms.ts';
import type { Baseline, Validation } from './validation.ts';

/**
 * What happened to a restore: past tense, with its time, and with everything the rules need to judge it.
 * People's events carry the person's facts as Slack told them at the moment of the click.
 */
export type RestoreEvent = PersonEvent | WorkerEvent;

export type PersonEvent = PersonAct &
  /** A yes. It approves the restore when it fills the last rule. */
  (
    | {
        readonly type: 'approved';
        readonly person: PersonFacts;
        readonly planHash: string;
        /** Those who agreed before, read again: an account or membership that is gone takes its vote with it. */
        readonly others?: readonly PersonFacts[];
        /** The round that was shown; absent in forms of earlier releases. */
        readonly round?: number;
        /** What it depends on, as far as the plan does not say it already. */
        readonly proviso?: Pick<Proviso, 'condition' | 'notBefore'>;
        /** Whose place they use. Absent: their own, or the only one they hold. */
        readonly standingInFor?: PersonId;
        /** When restores of the instance may start, by the rules of the restore. Absent: at any time. */
        readonly calendar?: Calendar;
        /** What of it the rules do not allow any more. */
        readonly forbidden?: Forbidden;
      }
    /** A no. It ends the request when so many have said no as the rules ask for. */
    | { readonly type: 'denied'; readonly person: PersonFacts; readonly why: string }
    /** The requester accepts what a yes depends on: the one of this voter and moment. */
    | {
        readonly type: 'proviso-accepted';
        readonly person: PersonFacts;
        readonly of: PersonId;
        readonly votedAt: Instant;
        /** Those who agreed, read again. */
        readonly others?: readonly PersonFacts[];
        /** Who may ask by rules that were changed since. Absent: those who might then. */
        readonly requesters?: PeopleRule;
        /** When restores of the instance may start, by the rules of the restore. Absent: at any time. */
        readonly calendar?: Calendar;
        /** What of it the rules do not allow any more. */
        readonly forbidden?: Forbidden;
      }
    /** The requester does not accept it: the yes falls. */
    | {
        readonly type: 'proviso-declined';
        readonly person: PersonFacts;
        readonly of: PersonId;
        readonly votedAt: Instant;
      }
    | { readonly type: 'vote-taken-back'; readonly person: PersonFacts }
    /** Somebody who may decide says that they are reading the card. */
    | { readonly type: 'looking'; readonly person: PersonFacts }
    /** The requester changed the plan of this hash: every vote falls. */
    | {
        readonly type: 'edited';
        readonly person: PersonFacts;
        readonly planHash: string;
        readonly change: PlanChange;
        /** Nobody could find out whether enough people can approve it now. */
        readonly unchecked?: Unchecked;
      }
    /** A stakeholder has read what is planned. `place` is where they said so: see `Objection`. */
    | { readonly type: 'acknowledged'; readonly person: PersonFacts; readonly place?: string }
    | { readonly type: 'objected'; readonly person: PersonFacts; readonly why: string; readonly place?: string }
    /** An answer to every objection up to this number that has none yet. */
    | {
        readonly type: 'objections-answered';
        readonly person: PersonFacts;
        readonly upTo: number;
        readonly kind: AnswerKind;
        readonly words: string;
      }
    | { readonly type: 'withdrawn'; readonly person: PersonFacts }
    /** The requester has those asked once more who are missing, and at work or the request urgent. */
    | { readonly type: 'nudged'; readonly person: PersonFacts; readonly asked: AskedLook }
    | { readonly type: 'cancelled'; readonly person: PersonFacts }
    /** A person answers whether the restore call whose answer was lost did run. */
    | { readonly type: 'start-judged'; readonly person: PersonFacts; readonly ran: boolean }
    /** Something a person tried was refused; only the history changes. */
    | {
        readonly type: 'attempt-refused';
        readonly by: PersonId;
        readonly attempt: Attempt;
        readonly reason: string;
        readonly onCall?: string;
      }
  );

/** What a requester may change of a plan. */
export interface PlanChange extends Pick<Plan, 'start' | 'checks' | 'noticeChannels'>, OverrideChange {
  /** Absent: it stays. */
  readonly restorePoint?: SnapshotPoint;
}

/** Absent: the plan passes the freezes that it passed before; `none`: it passes none any more. */
export interface OverrideChange {
  readonly freezeOverride?: FreezeOverride | 'none';
}

interface PersonAct {
  readonly at: Instant;
  /** Names the one click or submission. Slack may deliver it more than once; it counts once. */
  readonly interaction?: string;
  /** SHA-256 of the policy in force at that moment, when the history does not hold it yet. */
  readonly policyHash?: string;
}

/** What a person tried to do. */
export type Attempt =
  | 'open-approval'
  | 'approve'
  | 'deny'
  | 'take-back'
  | 'accept-proviso'
  | 'decline-proviso'
  | 'look'
  | 'edit'
  | 'acknowledge'
  | 'object'
  | 'answer'
  | 'withdraw'
  | 'nudge'
  | 'cancel'
  | 'judge-start'
  | 'undo';

interface WorkerAct {
  /** The round of the record that the worker looked at. What it saw in an earlier round is stale. */
  readonly round?: number;
}

export type WorkerEvent = WorkerAct &
  (
    | { readonly type: 'request-expired'; readonly at: Instant }
    | { readonly type: 'approval-lapsed'; readonly at: Instant }
    /** It was seen whom a reminder is due to. */
    | { readonly type: 'reminded'; readonly at: Instant; readonly asked: AskedLook }
    /** The instance and the restore point were seen to be as people agree to. */
    | {
        readonly type: 'agreement-looked';
        readonly at: Instant;
        /** Aura gave no answer: only that the calendar and the rules allow it again is known. */
        readonly isRulesOnly?: true;
      }
    /** The live database was compared with the restore point while people decide or the start is waited for. */
    | { readonly type: 'loss-looked'; readonly at: Instant; readonly receipt: LossReceipt }
    /** A preview of its restore point was asked for, is being made, or gave no counts. */
    | {
        readonly type: 'preview-seen';
        readonly at: Instant;
        readonly preview: RestoreId;
        readonly snapshotId: string;
        readonly stage: Exclude<PreviewStage, { kind: 'counted' }>;
      }
    /** What its restore point holds was counted in a new instance. `counted`: how its checks came out there. */
    | {
        readonly type: 'preview-counted';
        readonly at: Instant;
        readonly preview: RestoreId;
        readonly counted?: Pick<SeenPreview, 'snapshotId' | 'stage'>;
      }
    | { readonly type: 'preflight-passed'; readonly at: Instant; readonly preflight: Preflight }
    | { readonly type: 'baseline-settled'; readonly at: Instant; readonly baseline: Baseline }
    /** What was agreed to is no longer so: the votes lapse, and people are asked anew. */
    | {
        readonly type: 'drifted';
        readonly at: Instant;
        readonly step: Step;
        readonly reason: DriftReason;
        readonly why: string;
        /** What closes the start; absent for every other reason. */
        readonly closed?: ClosedStart;
        /** When restores of the instance may start, where that closes the start. Absent: no later start that waits is known to be possible. */
        readonly calendar?: Calendar;
        /** The instance as Aura shows it now. */
        readonly seen?: Pick<PlannedInstance, 'type' | 'memory' | 'projectId'>;
      }
    /** The policy became tighter than the terms: what is tighter holds at once. */
    | {
        readonly type: 'rules-tightened';
        readonly at: Instant;
        readonly terms: Terms;
        readonly policyHash: string;
        /** What the instance counts as, where that is stricter than the plan says. */
        readonly environment?: Environment;
      }
    /** A dry run has looked at everything; these calls would follow. */
    | { readonly type: 'rehearsed'; readonly at: Instant; readonly calls: readonly string[] }
    | { readonly type: 'safety-snapshot-intended'; readonly at: Instant }
    | {
        readonly type: 'safety-snapshot-requested';
        readonly at: Instant;
        readonly snapshotId: string;
        readonly requestId?: string;
      }
    | { readonly type: 'safety-snapshot-completed'; readonly at: Instant }
    /** The planned start was missed, and the restore is about to start after all, or is held up still. */
    | { readonly type: 'start-late'; readonly at: Instant; readonly why: string; readonly isHeldUp?: true }
    | {
        readonly type: 'restore-intended';
        readonly at: Instant;
        readonly attemptId: string;
        /** When restores of the instance may start, as the operator has it now. Absent: at any time. */
        readonly calendar?: Calendar;
      }
    /** Aura took the restore call, but its answer still says `running`: the start is yet to be seen. */
    | { readonly type: 'restore-answered'; readonly at: Instant; readonly requestId: string }
    /** Aura answered the restore call with yes. */
    | {
        readonly type: 'restore-accepted';
        readonly at: Instant;
        readonly requestId?: string;
        readonly status: string;
        readonly made?: MadeFacts;
      }
    /** A read showed that the instance had left `running` after the intent. */
    | { readonly type: 'start-seen'; readonly at: Instant; readonly status: string; readonly made?: MadeFacts }
    | { readonly type: 'start-not-seen'; readonly at: Instant; readonly why: string }
    /** The restore call was sent, as stands outside the records, which do not know of it: they went back to an older state. */
    | {
        readonly type: 'sent-before-seen';
        readonly at: Instant;
        readonly attemptId: string;
        readonly sentAt: Instant;
        readonly why: string;
      }
    | { readonly type: 'running-seen'; readonly at: Instant }
    | { readonly type: 'running-lost'; readonly at: Instant; readonly status: string }
    | { readonly type: 'restore-finished'; readonly at: Instant }
    | {
        readonly type: 'verification-finished';
        readonly at: Instant;
        readonly validation: Exclude<Validation, { status: 'not-started' | 'running' }>;
      }
    | {
        readonly type: 'step-failed';
        readonly at: Instant;
        readonly step: Step;
        readonly reason: FailureReason;
        readonly why: string;
        readonly condition: InstanceCondition;
        readonly requestId?: string;
        /** The intent whose call was refused or never left. Absent: nothing was sent by whoever says so. */
        readonly attemptId?: string;
      }
    | {
        readonly type: 'step-observed';
        readonly at: Instant;
        readonly words: string;
        /** Present when Aura gave no usable answer: since when, as far as this look knows. */
        readonly unansweredSince?: Instant;
        /** Of the start, where this look was for it. */
        readonly watch?: StartWatch;
      }
    /** Another restore put the instance back to this one's safety snapshot. */
    | { readonly type: 'undone'; readonly at: Instant; readonly undoneBy: RestoreId }
    /** A promised word to stakeholders fell due. */
    | { readonly type: 'update-due'; readonly at: Instant }
    /** The monitoring of the instance is about to be asked. */
    | { readonly type: 'monitoring-called'; readonly at: Instant; readonly act: MonitoringAct }
    | {
        readonly type: 'monitoring-answered';
        readonly at: Instant;
        readonly act: MonitoringAct;
        /** Which call it answers. */
        readonly calledAt: Instant;
        readonly answer: MonitoringAnswer;
      }
    | { readonly type: 'stall-noticed'; readonly at: Instant; readonly limitMinutes: number }
    | { readonly type: 'message-settled'; readonly at: Instant; readonly key: string; readonly delivery: Delivery }
  );
