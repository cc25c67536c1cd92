import type { PersonId } from './names.ts';

/** People named by Slack user ids and user group ids, and by being on call. */
export interface PeopleRule {
  readonly users: readonly PersonId[];
  readonly groups: readonly string[];
  /** Aliases of on-call schedules; absent in records of earlier releases. Whoever is known to be on one is named. */
  readonly onCall?: readonly string[];
}

/** People of whom so many must agree. */
export interface ApprovalRule extends PeopleRule {
  /** What people call them: `database owners`. Unique among the rules of an instance. */
  readonly name: string;
  /** How many different people; at least one. */
  readonly needed: number;
  /** Stages whose people may agree for this rule as well, from when they were told on. Absent: they are only told. */
  readonly escalatesTo?: readonly Stage[];
}

/** Whom an unanswered request escalates to, one after the other. */
export const STAGES = ['fallback', 'on-call'] as const;

export type Stage = (typeof STAGES)[number];

/** People who are told of a request that nobody has decided about so long after people were asked. */
export interface EscalationStage extends PeopleRule {
  readonly stage: Stage;
  readonly afterMinutes: number;
}

/** How people are asked again while they do not answer. Every time counts from when they were asked, in each round anew. */
export interface ReminderTerms {
  /** When each reminder is due; each wait is longer than the one before. */
  readonly afterMinutes: readonly number[];
  readonly nudges: { readonly everyMinutes: number; readonly most: number };
  /** In the order in which they are told. */
  readonly escalation: readonly EscalationStage[];
  /** By the clock of each person's own zone. Absent: at any hour. */
  readonly workingHours?: {
    readonly days: readonly ('sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat')[];
    readonly from: string;
    readonly to: string;
  };
}

/** Who must agree before a restore may begin, and how many may end it by saying no. */
export interface ApprovalTerms {
  /** Each must be filled, by different people. */
  readonly rules: readonly ApprovalRule[];
  /** So many who say no end the request, whoever has agreed. */
  readonly denialsNeeded: number;
}

export interface MinutesRange {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** Something that needs the instance, with who owns it. */
export interface Dependant {
  readonly name: string;
  /** The owner in plain words. */
  readonly owner?: string;
  /** Its owners in Slack, by user ids and user group ids: they are told, and may object. */
  readonly users?: readonly PersonId[];
  readonly groups?: readonly string[];
  /** Its channel, which is one of those that get the notices. */
  readonly channel?: string;
  /** Whoever is in its channel may object as well, until people have agreed that only its owners may. */
  readonly channelToo?: true;
}

/** Who is told besides the channels and may object. */
export interface StakeholderRule extends PeopleRule {
  /** Whoever is in a channel of the notices may object as well, until people have agreed that only those named may. */
  readonly channelsToo?: true;
}

/** What an objection before the start does: it holds the start until it is answered, or is told and no more. */
export type ObjectionPolicy = 'hold' | 'tell';

/** The rules in force when the request was made. A looser configuration does not touch an open restore; a tighter one does at once. */
export interface Terms {
  readonly approval: ApprovalTerms;
  /** Who must agree as well to a start in a freeze; absent: nobody can. */
  readonly overrideApprovers?: PeopleRule;
  readonly approvalsChannel: string;
  /** Where the audit anchors go; absent in records of earlier releases: the approvals channel. */
  readonly auditChannel?: string;
  /** How long people have to answer, from the request and from each time they are asked anew. */
  readonly requestExpiryMinutes: number;
  readonly executionExpiryMinutes: number;
  /** Absent in records of earlier releases: nobody is reminded. */
  readonly reminders?: ReminderTerms;
  /** The least time between the pre-restore notice and the start. */
  readonly noticeLeadMinutes: number;
  /** The lead of a request that is not urgent, where this one is urgent and has a shorter one. */
  readonly usualNoticeLeadMinutes?: number;
  /** Whom stakeholders ask; plain text or a Slack mention of the operator's choosing. */
  readonly contact: string;
  /** What users must do afterwards, for the post-restore notice. */
  readonly actionRequired: string;
  readonly objectives: { readonly rpoMinutes?: number; readonly rtoMinutes?: number };
  readonly estimate: Estimate;
  /** How the loss is looked at until the restore begins. Absent: it is not, as the bot has no way into the database. */
  readonly receipt?: ReceiptTerms;
  readonly dependants: readonly Dependant[];
  /** Absent: nobody but the owners of dependants is told besides the channels, and whoever is in those may object. */
  readonly stakeholders?: StakeholderRule;
  /** Whom tighter rules named besides since it was asked for: they are told and may object, as those may who could before. */
  readonly addedStakeholders?: PeopleRule;
  /** Absent in records of earlier releases, which knew no objections. */
  readonly objections?: ObjectionPolicy;
  /** How often stakeholders hear of a restore that has started, news or not; absent in records of earlier releases: never. */
  readonly updateMinutes?: number;
  /** Groups of Slack accounts that belong to one human. */
  readonly samePeople: readonly (readonly PersonId[])[];
  /** Whether places may be delegated; absent in records of earlier releases: they may not. */
  readonly delegation?: 'allowed' | 'forbidden';
  /** Those of them that may act for each other as the requester; absent: all. */
  readonly mayActFor?: readonly (readonly PersonId[])[];
  /** How much the data loss may grow, when the rules became tighter than the plan in that. */
  readonly lossBoundMinutes?: number;
  /** What all made instances may cost together in a month, when the rules became tighter than the plan in that. */
  readonly monthlyCap?: number;
  /** While people decide, a new instance may be asked for from the restore point, to look at it first. Absent: none. */
  readonly previews?: true;
  /** How long a file may take until Aura loads it, from the moment everything is prepared; absent: two hours. */
  readonly fileLoadMinutes?: number;
  /** SHA-256 of the policy in force when the request was made; absent in records of earlier releases. */
  readonly policyHash?: string;
  /** How many days Aura keeps the instance's snapshots; absent in records of earlier releases. */
  readonly retentionDays?: number;
}

/** How the live database is looked at for the loss receipt. */
export interface ReceiptTerms {
  readonly refreshMinutes: number;
}

/** How long the instance is expected to be away, and where that number comes from. */
export type Estimate = MinutesRange &
  (
    | { readonly basis: 'configured' | 'rule-of-thumb' }
    /** Half of so many earlier ones took no longer than `fromMinutes`, nine of ten no longer than `toMinutes`. */
    | { readonly basis: 'history'; readonly runs: number; readonly of: HistoryOf }
  );

/** Whose earlier restores those are: the instance's own, or those of all instances of its type and size. */
export const HISTORY_OF = ['instance', 'size'] as const;
export type HistoryOf = (typeof HISTORY_OF)[number];
