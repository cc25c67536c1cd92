/**
 * What a restore is. These are the words of the whole project; code, messages, docs and commits use them and no synonyms.
 *
 * - **Restore**: one attempt to put one Aura instance back to one of its snapshots, from the request to its end.
 * - **Instance**: an Aura database instance, known to people by its alias and to Aura by its id.
 * - **Restore point**: the snapshot an instance is put back to. Everything written after it is lost.
 * - **Data loss**: the time from the restore point to the moment of the restore. It grows while people think.
 * - **Request**: who asks, why, for what. **Plan**: exactly what would be done; its hash is what people agree to.
 * - **Terms**: the rules in force when the request was made (who may approve, how long, who is told).
 * - **Requester**, **approver**: who asks, and who agrees. They are never the same person.
 * - **Approval rule**: people of whom so many must agree. A plan needs all its rules, each person fills at most one.
 * - **Vote**: one human's yes or no to one plan hash. **Approval**: the votes that together fill every rule.
 * - **Place**: what makes somebody an approver. **Delegation**: a place handed to another person, the **delegate**, for a time.
 * - **Proviso**: what a yes depends on (a condition, a later start). The yes counts once the requester has accepted it.
 * - **Refusal**: why something a person did changed nothing.
 * - **Step**: one thing a worker does for a restore. **Due step**: the one that is owed now.
 * - **Baseline**: the fingerprint of the data as it was just before the restore. **Fingerprint**: counts and schema of a graph.
 * - **Safety snapshot**: the on-demand snapshot taken just before the restore: the way back.
 * - **Intent**: the record that the restore call is about to be sent, saved before it is sent. At most one per restore.
 * - **Verification**: the look at the restored data. **Check**: one question of it. Its outcome is the **validation**.
 * - **Card**: the one message in the approvals channel that follows a restore. **Notice**: a message to stakeholders, posted once.
 * - **Stakeholder**: who is told of a restore because their service needs the instance. **Dependant**: such a service.
 * - **Head message**: the one message that says in a channel where a restore stands; notices are replies in its thread.
 * - **Objection**: a stakeholder's reason against the start. It **holds** the start until somebody who may answers it.
 * - **Claim**: an instance belongs to at most one open restore.
 * - **History**: every event of a restore, each entry linked to the one before by a hash.
 * - **Head**: the latest entry of a history. **Anchor**: a head said in a message, where nobody can rewrite it with the records.
 * - **Turn**: how often the state has changed; a job for an earlier turn is stale.
 * - **Round**: how often people were asked anew, because the plan was edited or the world drifted from it.
 * - **Reminder**: the bot asks those who have not answered once more. **Nudge**: the requester has it do so.
 * - **Stage**: people who are told when those whom the rules name do not answer. **Escalation**: that they are.
 */

/** A UTC instant as ISO 8601 with milliseconds, `2026-11-21T03:04:05.000Z`. Such strings compare in time order. */
export type Instant = string;

/** Speakable id of a restore: `R-17`. */
export type RestoreId = string;

/** Slack user id (`U…` or `W…`). */
export type PersonId = string;

export type Environment = 'production' | 'staging' | 'development';

export const REASON_KINDS = [
  'accidental-deletion',
  'corrupted-data',
  'failed-migration',
  'security-incident',
  'rollback-test',
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

export interface Reason {
  readonly kind: ReasonKind;
  readonly text: string;
}

export interface PlannedInstance {
  readonly alias: string;
  readonly auraId: string;
  /** The name Aura shows. */
  readonly name: string;
  readonly environment: Environment;
  /** Aura's instance type such as `professional-db`, as it was when the plan was made. */
  readonly type?: string;
  readonly memory?: string;
  /** The Aura project (`tenant_id`) that owned it; absent in records of earlier releases. */
  readonly projectId?: string;
}

export interface RestorePoint {
  readonly snapshotId: string;
  readonly takenAt: Instant;
  /** Aura's profile: `Scheduled`, `AdHoc`, or a word it invents later. */
  readonly profile: string;
  readonly exportable?: boolean;
}

export type PlannedStart = { readonly kind: 'when-confirmed' } | { readonly kind: 'at'; readonly at: Instant };

/** A start although freezes hold, as it was asked for: no other freeze may hold then. */
export interface FreezeOverride {
  /** The names of the freezes that do not count. */
  readonly freezes: readonly string[];
  /** Why it cannot wait, in the requester's words. */
  readonly reason: string;
}

/** Exactly what would be done. Approval binds to its hash: see `plan.ts`. */
export interface Plan {
  readonly method: 'restore-snapshot';
  readonly instance: PlannedInstance;
  readonly restorePoint: RestorePoint;
  readonly start: PlannedStart;
  /** How much the data loss may grow beyond what the approver agreed to before the approval lapses. */
  readonly lossBoundMinutes: number;
  /** Names of the configured checks that will run afterwards. */
  readonly checks: readonly string[];
  /** Slack channels that receive both notices. */
  readonly noticeChannels: readonly string[];
  /** True for a security incident: the safety snapshot is evidence and is named as such. */
  readonly keepsEvidence: boolean;
  /** Needs the agreement of its own approvers: see `rules-needed.ts`. */
  readonly freezeOverride?: FreezeOverride;
}

export interface Request {
  readonly requestedBy: PersonId;
  readonly requestedAt: Instant;
  /** Who held the place of somebody who is asked, as far as was known then; decisions look again. */
  readonly delegates?: readonly Delegate[];
  readonly reason: Reason;
  readonly ticket?: string;
  readonly expectedImpact?: string;
  /** People may be asked outside their working hours. */
  readonly urgent?: true;
  /** Names the one submission of the form. Slack may deliver it more than once; it counts once. */
  readonly interaction?: string;
}

/** Somebody who holds an approver's place until a moment. */
export interface Delegate {
  readonly to: PersonId;
  readonly from: PersonId;
  readonly until: Instant;
}

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

/** Some people were asked once more at one moment; what is owed for it is in `owed-reminders.ts`. */
export interface Reminder {
  readonly kind: 'reminder' | 'nudge' | Stage;
  readonly at: Instant;
  /** An escalation whose people are all away asks nobody yet, but what they may do counts from then on. */
  readonly to: readonly PersonId[];
}

/** What was done in one round so that people answer. */
export interface Reminded {
  readonly round: number;
  /** In the order in which it was decided. */
  readonly sent: readonly Reminder[];
  /** When the next one may be due; absent: none is to come. */
  readonly lookAt?: Instant;
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
  readonly dependants: readonly Dependant[];
  /** People who are told besides the channels and may object. Absent: nobody but the owners of dependants. */
  readonly stakeholders?: PeopleRule;
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
  /** SHA-256 of the policy in force when the request was made; absent in records of earlier releases. */
  readonly policyHash?: string;
}

/** A stakeholder has read what is planned. */
export interface Acknowledgement {
  readonly by: PersonId;
  readonly at: Instant;
}

/** A stakeholder says why the restore should not start. */
export interface Objection {
  readonly by: PersonId;
  readonly at: Instant;
  readonly why: string;
  /** Where it was raised: a channel that got the notices, or the objector themselves. Absent: elsewhere. */
  readonly place?: string;
  /** True when the start waits for its answer: it came before the start, and the terms say so. */
  readonly holds: boolean;
  readonly answer?: ObjectionAnswer;
}

/** What becomes of a restore that was objected to: it goes on all the same, is put off, or ends. */
export const ANSWERS = ['go-on', 'put-off', 'stop'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

export interface ObjectionAnswer {
  readonly by: PersonId;
  readonly at: Instant;
  readonly kind: AnswerKind;
  readonly words: string;
}

/** A word to stakeholders that was promised for a moment and fell due, news or not. */
export interface PromisedUpdate {
  readonly promisedFor: Instant;
  /** When the bot saw that it was due. */
  readonly at: Instant;
}

/** A start that was moved, because the last notice before it came later than it should. */
export interface MovedStart {
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
}

/** How long the instance is expected to be away, and where that number comes from. */
export interface Estimate extends MinutesRange {
  readonly basis: 'configured' | 'rule-of-thumb';
}

export interface Vote {
  readonly by: PersonId;
  /** Whose place it is, when the voter stands in for somebody by a delegation. */
  readonly standingInFor?: PersonId;
  readonly at: Instant;
  readonly kind: 'approve' | 'deny';
  readonly planHash: string;
  /** The reason of a no. */
  readonly why?: string;
  /** Names of the rules that named this person when they voted; the vote fills at most one of them. */
  readonly countsFor: readonly string[];
  /** Aliases of the schedules that they were known to be on when they voted. */
  readonly onCall?: readonly string[];
  /** What the yes depends on; it counts for nothing until the requester has accepted it. */
  readonly proviso?: Proviso;
}

/** At least one of condition and later start. */
export interface Proviso {
  /** In the voter's own words. */
  readonly condition?: string;
  /** No start before this moment. */
  readonly notBefore?: Instant;
  /** When the requester accepted it; absent: not yet. */
  readonly acceptedAt?: Instant;
}

/** A yes that fell because the requester did not accept what it depended on. */
export interface DeclinedProviso {
  readonly to: PersonId;
  readonly by: PersonId;
  readonly at: Instant;
  readonly proviso: Proviso;
}

/** Why people were asked again, and what fell by it. */
export interface AskedAnew {
  readonly at: Instant;
  /** The plan until then. */
  readonly before: Plan;
  /** What they had said of it. */
  readonly votes: readonly Vote[];
  readonly because:
    | { readonly kind: 'edited'; readonly by: PersonId }
    /** The requester accepted the later start that `of` asked for. */
    | { readonly kind: 'start-accepted'; readonly by: PersonId; readonly of: PersonId }
    | { readonly kind: 'drifted'; readonly reason: DriftReason; readonly why: string }
    /** The answer to an objection. */
    | { readonly kind: 'put-off'; readonly by: PersonId; readonly why: string };
}

export interface Approval {
  /** Whose vote completed it. */
  readonly by: PersonId;
  readonly at: Instant;
  readonly planHash: string;
  /** The data loss the last approver agreed to, counted to the planned start. */
  readonly agreedLossMinutes: number;
  /** Everybody's, the completing one included. */
  readonly votes: readonly Vote[];
}

export interface Preflight {
  readonly at: Instant;
  readonly lossMinutes: number;
  readonly requestId?: string;
}

/** Counts and schema of a graph at a moment. */
export interface Fingerprint {
  readonly takenAt: Instant;
  readonly server: string;
  readonly nodes: number;
  readonly relationships: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
  readonly schemaHash: string;
}

export type Baseline =
  | { readonly kind: 'taken'; readonly fingerprint: Fingerprint }
  | { readonly kind: 'not-taken'; readonly why: string };

export interface SafetySnapshot {
  readonly snapshotId: string;
  readonly requestedAt: Instant;
  readonly completedAt: Instant;
}

/** Saved before the restore call is sent; whoever finds it later only looks. */
export interface Intent {
  readonly attemptId: string;
  readonly at: Instant;
  /** Aura's request id of the accepted call, when the answer arrived. */
  readonly requestId?: string;
}

interface Approved {
  readonly approval: Approval;
}
interface Preflighted extends Approved {
  readonly preflight: Preflight;
}
interface Baselined extends Preflighted {
  readonly baseline: Baseline;
}
interface Safeguarded extends Baselined {
  readonly safetySnapshot: SafetySnapshot;
}
interface Sent extends Safeguarded {
  readonly intent: Intent;
}

/** What is known of the instance when a restore ends without success. */
export type InstanceCondition = 'unchanged' | 'restored' | 'unknown' | 'broken';

/** Everything that may exist when a restore ends early, as far as it got. */
export type Reached = Partial<Sent>;

/** Each status carries exactly the facts that exist in it. The dangerous ones cannot exist without a safety snapshot. */
export type RestoreState =
  | {
      readonly status: 'awaiting-approval';
      readonly expiresAt: Instant;
      /** Those that stand, in the order they were cast; one for each human. */
      readonly votes: readonly Vote[];
      /** Who said that they are reading it, so that not everybody does; anybody may still decide. */
      readonly looking?: { readonly by: PersonId; readonly until: Instant };
    }
  | ({ readonly status: 'approved'; readonly startAt: Instant; readonly lapsesAt: Instant } & Approved)
  | ({ readonly status: 'taking-baseline' } & Preflighted)
  | ({ readonly status: 'requesting-safety-snapshot'; readonly sentAt?: Instant } & Baselined)
  | ({
      readonly status: 'awaiting-safety-snapshot';
      readonly snapshotId: string;
      readonly requestedAt: Instant;
    } & Baselined)
  | ({ readonly status: 'ready-to-restore' } & Safeguarded)
  | ({ readonly status: 'restore-sent' } & Sent)
  | ({ readonly status: 'start-unclear'; readonly why: string } & Sent)
  | ({
      readonly status: 'restoring';
      readonly startedAt: Instant;
      /** When a read first showed that the instance had left `running`. */
      readonly leftRunningAt?: Instant;
      /** When it was first seen `running` again. */
      readonly runningSeenAt?: Instant;
    } & Sent)
  | ({ readonly status: 'verifying'; readonly restoredAt: Instant } & Sent)
  | ({ readonly status: 'completed'; readonly restoredAt: Instant; readonly at: Instant } & Sent)
  | ({
      readonly status: 'failed';
      readonly at: Instant;
      readonly during: Step;
      readonly reason: FailureReason;
      readonly why: string;
      readonly condition: InstanceCondition;
    } & Reached)
  | { readonly status: 'denied'; readonly by: PersonId; readonly at: Instant; readonly why: string }
  | { readonly status: 'withdrawn'; readonly by: PersonId; readonly at: Instant }
  | ({ readonly status: 'cancelled'; readonly by: PersonId; readonly at: Instant } & Reached)
  /** `expiresAt`: until when an answer was possible; absent in records of earlier releases. `at`: when the bot saw it. */
  | { readonly status: 'expired'; readonly at: Instant; readonly expiresAt?: Instant }
  /** `lapsesAt`: until when it could have started; absent in records of earlier releases. `at`: when the bot saw it. */
  | ({ readonly status: 'lapsed'; readonly at: Instant; readonly lapsesAt?: Instant } & Approved);

export type Status = RestoreState['status'];
export type StateOf<S extends Status> = Extract<RestoreState, { status: S }>;

export const STEPS = [
  'expire-request',
  'remind',
  'preflight',
  'take-baseline',
  'request-safety-snapshot',
  'watch-safety-snapshot',
  'send-restore',
  'watch-start',
  'watch-restore',
  'verify',
] as const;
/** What a worker may owe a restore. */
export type Step = (typeof STEPS)[number];

/** Why a restore ended without success, as a code that tests and metrics can rely on. */
export type FailureReason =
  | 'instance-not-found'
  | 'instance-not-running'
  | 'instance-changed'
  | 'snapshot-not-found'
  | 'snapshot-not-usable'
  | 'loss-grew'
  | 'rules-tightened'
  | 'outside-window'
  | 'too-late'
  | 'aura-refused'
  | 'aura-credentials'
  | 'safety-snapshot-failed'
  | 'restore-refused'
  | 'restore-failed'
  | 'instance-deleted'
  | 'did-not-run'
  | 'step-gave-up';

/** What may turn out differently between the agreement and the start, while nothing was sent. */
export const DRIFT_REASONS = [
  'instance-not-running',
  'instance-changed',
  'snapshot-not-found',
  'snapshot-not-usable',
  'loss-grew',
  'rules-tightened',
] as const satisfies readonly FailureReason[];
export type DriftReason = (typeof DRIFT_REASONS)[number];

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'error' | 'timed-out' | 'not-run';

export interface CheckResult {
  readonly name: string;
  readonly severity: 'error' | 'warn';
  readonly status: CheckStatus;
  readonly words: string;
  readonly owner?: string;
  readonly durationMs?: number;
}

/** Separate from the restore's status on purpose: a restore can be complete while its data is wrong. */
export type Validation =
  | { readonly status: 'not-started' }
  | { readonly status: 'running' }
  | {
      readonly status: ValidationOutcome;
      readonly at: Instant;
      readonly results: readonly CheckResult[];
      readonly words: string;
      readonly fingerprint?: Fingerprint;
    };

/** `passed`, `warned` (only warnings), `failed` (a check said no), `error` (a check could not run), `not-run` (none could). */
export type ValidationOutcome = 'passed' | 'warned' | 'failed' | 'error' | 'not-run';

/** What became of a message that was owed. */
export type Delivery =
  | { readonly status: 'posted'; readonly channel: string; readonly ts: string; readonly at: Instant }
  | { readonly status: 'undeliverable'; readonly why: string; readonly at: Instant };

/** What a step saw last, in words for people; changes only when the words change. */
export interface Observation {
  readonly at: Instant;
  readonly words: string;
  /** Since when Aura has given no usable answer; absent while it answers. */
  readonly unansweredSince?: Instant;
}

/** A start that comes later than everybody was told. */
export interface LateStart {
  /** When this was said; the restore starts after that. */
  readonly at: Instant;
  readonly plannedAt: Instant;
  readonly why: string;
}

export interface HistoryEntry {
  readonly seq: number;
  readonly at: Instant;
  /** The event's type. */
  readonly event: string;
  /** The person who did it; absent when the bot did. */
  readonly by?: PersonId;
  /** The status the restore entered by it, when it changed. */
  readonly entered?: Status;
  /** Small facts of the event. Never a secret. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Hash of the entry before; empty for the first. */
  readonly previous: string;
  /** SHA-256 over the canonical form of all the above. */
  readonly hash: string;
}

export const SCHEMA_VERSION = 1;

/** The record: the truth about one restore. Saved whole, by compare-and-set on `version`. */
export interface Restore {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly id: RestoreId;
  /** Grows with every saved change. */
  readonly version: number;
  readonly turn: number;
  readonly request: Request;
  readonly plan: Plan;
  readonly planHash: string;
  readonly terms: Terms;
  /** Each time that votes fell and people were asked again, oldest first; absent: never. */
  readonly askedAnew?: readonly AskedAnew[];
  /** What the requester did not accept, oldest first; absent: nothing. */
  readonly declined?: readonly DeclinedProviso[];
  /** The latest round in which anybody was reminded; absent: nobody was yet. */
  readonly reminded?: Reminded;
  readonly state: RestoreState;
  /** When the state was entered. */
  readonly since: Instant;
  readonly observation?: Observation;
  /** Present when the start was missed, from the moment this was said. */
  readonly lateStart?: LateStart;
  readonly movedStart?: MovedStart;
  /** Of the start that is planned now; one for each human. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** In the order they came; the first is number 1. */
  readonly objections?: readonly Objection[];
  /** Oldest first. */
  readonly updates?: readonly PromisedUpdate[];
  /** When the current state was first said to be stalled. */
  readonly stalledAt?: Instant;
  readonly validation: Validation;
  /** What became of each owed message, by its key: see `owed-messages.ts`. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly history: readonly HistoryEntry[];
}

const TERMINAL: ReadonlySet<Status> = new Set([
  'completed',
  'failed',
  'denied',
  'withdrawn',
  'cancelled',
  'expired',
  'lapsed',
]);

/** True when nothing more will be done: the claim on the instance is released. */
export function hasEnded(status: Status): boolean {
  return TERMINAL.has(status);
}
