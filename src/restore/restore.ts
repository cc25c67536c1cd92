/**
 * What a restore is. These are the words of the whole project; code, messages, docs and commits use them and no synonyms.
 *
 * - **Restore**: one attempt to bring one Aura instance's data back, from the request to its end.
 * - **Method**: how the data comes back: from a snapshot, from another instance, from a file, or beside it in a new instance.
 * - **Instance**: an Aura database instance, known to people by its alias and to Aura by its id.
 * - **Restore point**: what an instance is put back to, a snapshot as a rule. Everything written after it is lost.
 * - **Dry run**: a restore whose changing calls are listed and not made.
 * - **Data loss**: the time from the restore point to the moment of the restore. It grows while people think.
 * - **Request**: who asks, why, for what. **Plan**: exactly what would be done; its hash is what people agree to.
 * - **Terms**: the rules in force when the request was made (who may approve, how long, who is told).
 * - **Requester**, **approver**: who asks, and who agrees. They are never the same person.
 * - **Approval rule**: people of whom so many must agree. A plan needs all its rules, each person fills at most one.
 * - **Vote**: one human's yes or no to one plan hash. **Approval**: the votes that together fill every rule.
 * - **Place**: what makes somebody an approver. **Delegation**: a place handed to another person, the **delegate**, for a time.
 * - **Proviso**: what a yes depends on (a condition, a later start). The yes counts once the requester has accepted it.
 * - **Refusal**: why something a person did changed nothing. **Refused request**: one that never became a restore, and its record.
 * - **Step**: one thing a worker does for a restore. **Due step**: the one that is owed now.
 * - **Baseline**: the fingerprint of the data as it was just before the restore. **Fingerprint**: counts and schema of a graph.
 * - **Fingerprint on the way**: one taken of the live database soon after one of its snapshots, and kept for it.
 * - **Loss receipt**: what a restore would lose of the live data, compared with the restore point's fingerprint.
 * - **Question**: what the operator wants a receipt to answer, such as how many orders came since.
 * - **Safety snapshot**: the on-demand snapshot taken just before the restore: the way back. **Undo**: a restore to it.
 * - **Intent**: the record that the restore call is about to be sent, saved before it is sent. At most one per restore.
 * - **Verification**: the look at the restored data. **Check**: one question of it. Its outcome is the **validation**.
 * - **Card**: the one message in the approvals channel that follows a restore. **Notice**: a message to stakeholders, posted once.
 * - **Stakeholder**: who is told of a restore because their service needs the instance. **Dependant**: such a service.
 * - **Head message**: the one message that says in a channel where a restore stands; notices are replies in its thread.
 * - **Objection**: a stakeholder's reason against the start. It **holds** the start until somebody who may answers it.
 * - **Shadow restore**: one that somebody made past the bot, in the Aura console or with other credentials.
 * - **Export**: a restore point that must leave Aura as a file, which its **owners** see to and record.
 * - **Made instance**: one that the bot made from a snapshot. The **reaper** removes it at its time. A **preview** is one that is
 *   made to look at a restore point before going back to it.
 * - **Claim**: an instance belongs to at most one open restore.
 * - **History**: every event of a restore, each entry linked to the one before by a hash.
 * - **Head**: the latest entry of a history. **Anchor**: a head said in a message, where nobody can rewrite it with the records.
 * - **Turn**: how often the state has changed; a job for an earlier turn is stale.
 * - **Round**: how often people were asked anew, because the plan was edited or the world drifted from it.
 * - **Reminder**: the bot asks those who have not answered once more. **Nudge**: the requester has it do so.
 * - **Stage**: people who are told when those whom the rules name do not answer. **Escalation**: that they are.
 */

import type { AskedAnew, DeclinedProviso, KnownDrift, NewlyAsked } from './agreement.ts';
import type { Approvability } from './approvable.ts';
import type { MonitoringCall } from './monitoring-call.ts';
import type { Instant, PersonId, RestoreId } from './names.ts';
import type { MadeFacts } from './new-instance/made-instance.ts';
import type { SeenPreview } from './new-instance/preview-stage.ts';
import type { Plan } from './plan.ts';
import type { LossReceipt } from './receipt/receipt.ts';
import type { Reminded } from './reminded.ts';
import type { Request } from './request.ts';
import type { Acknowledgement, MovedStart, NewlyTold, Objection, PromisedUpdate } from './stakeholder-facts.ts';
import type { RestoreState, Status } from './state.ts';
import type { Terms } from './terms.ts';
import type { Validation } from './validation.ts';

/** What became of a message that was owed. */
export type Delivery =
  | { readonly status: 'posted'; readonly channel: string; readonly ts: string; readonly at: Instant }
  | {
      readonly status: 'undeliverable';
      readonly why: string;
      readonly at: Instant;
      /** Nobody knows whether it was posted: an answer of Slack was lost, and the bot may not look. */
      readonly mayHaveArrived?: true;
    };

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
  /** What holds it up lasted still when this was said. Absent: it was about to start. */
  readonly isHeldUp?: true;
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
  /** Present when it could not be checked at the request, or at a change of its plan, whether enough people can approve. */
  readonly approvability?: Approvability;
  /** The latest round in which anybody was reminded; absent: nobody was yet. */
  readonly reminded?: Reminded;
  /** When all was last seen to be as people agree to, and in which round; absent: nobody has looked yet. */
  readonly agreementLook?: { readonly round: number; readonly at: Instant };
  /** What was seen to be no longer as planned; of another round, it says nothing any more. */
  readonly drift?: KnownDrift;
  readonly state: RestoreState;
  /** When the state was entered. */
  readonly since: Instant;
  readonly observation?: Observation;
  /** Present when the start was missed, from the moment this was said. */
  readonly lateStart?: LateStart;
  readonly movedStart?: MovedStart;
  /** Whom a change asked besides, oldest first; each of them hears of it in the card's thread. */
  readonly newlyAsked?: readonly NewlyAsked[];
  /** Which groups tighter rules name as stakeholders besides, oldest first; they hear of it in the threads of the notices. */
  readonly newlyTold?: readonly NewlyTold[];
  /** What would be lost, as it was seen last before the restore begins; see `currentReceipt`. */
  readonly lossReceipt?: LossReceipt;
  /** The latest preview of it that was counted. */
  readonly previewed?: { readonly by: RestoreId; readonly at: Instant };
  /** How far each preview of it has come, the one that moved last at the end; absent in records of earlier releases. */
  readonly previews?: readonly SeenPreview[];
  /** Of the start that is planned now; one for each human. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** In the order they came; the first is number 1. */
  readonly objections?: readonly Objection[];
  /** Oldest first. */
  readonly updates?: readonly PromisedUpdate[];
  /** The latest call to the instance's monitoring. Absent: none was made. */
  readonly monitoring?: MonitoringCall;
  /** When the current state was first said to be stalled. */
  readonly stalledAt?: Instant;
  /** The new instance of the method `new-instance`, once Aura has told its id. */
  readonly made?: MadeFacts;
  readonly validation: Validation;
  /** Present when another restore put the instance back to this one's safety snapshot. */
  readonly undone?: { readonly by: RestoreId; readonly at: Instant };
  /** What became of each owed message, by its key: see `owed-messages.ts`. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly history: readonly HistoryEntry[];
}
