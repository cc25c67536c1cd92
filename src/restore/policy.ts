import type { Calendar } from './calendar.ts';
import type { ExportPlan } from './exports/export-plan.ts';
import type { Language } from './language.ts';
import type { Environment, PersonId } from './names.ts';
import type { NewInstanceRules } from './new-instance/rules.ts';
import type { OnCallRules } from './on-call.ts';
import type { Method } from './plan.ts';
import type {
  ApprovalTerms,
  Dependant,
  MinutesRange,
  ObjectionPolicy,
  PeopleRule,
  ReceiptTerms,
  ReminderTerms,
  StakeholderRule,
} from './terms.ts';
import type { WorkingHours } from './working-hours.ts';

/** The fields of the form that an instance may make mandatory. */
export type RequirableField = 'ticket' | 'expected-impact';

/** What the operator decided for one instance. Read from the configuration file; every default is the safe one. */
export interface InstancePolicy {
  readonly alias: string;
  readonly auraId: string;
  readonly environment: Environment;
  /** Absent: every active full member of the workspace may ask. */
  readonly requesters?: PeopleRule;
  readonly approval: ApprovalTerms;
  readonly approvalsChannel: string;
  /** Where the audit anchors go. */
  readonly auditChannel: string;
  readonly noticeChannels: readonly string[];
  readonly noticeLeadMinutes: number;
  /** Of an urgent request. Absent: the same as of any other; never longer. */
  readonly urgentNoticeLeadMinutes?: number;
  readonly contact: string;
  readonly actionRequired: string;
  readonly requestExpiryMinutes: number;
  readonly executionExpiryMinutes: number;
  readonly lossBoundMinutes: number;
  readonly objectives: { readonly rpoMinutes?: number; readonly rtoMinutes?: number };
  readonly requiredFields: readonly RequirableField[];
  /** Overrides the tier's default number of days Aura keeps snapshots. */
  readonly retentionDays?: number;
  /** The operator's own expectation of the downtime. */
  readonly estimate?: MinutesRange;
  readonly dependants: readonly Dependant[];
  /** Absent: nobody is told besides the channels, and whoever is in those may object. */
  readonly stakeholders?: StakeholderRule;
  readonly objections: ObjectionPolicy;
  /** How often stakeholders hear of a restore that has started, news or not. */
  readonly updateMinutes: number;
  readonly checkNames: readonly string[];
  /** How data may come back to it. Absent: from its own snapshots only. */
  readonly methods?: readonly Method[];
  /** How the loss is looked at until the restore begins. Absent: there is no way into the database. */
  readonly receipt?: ReceiptTerms;
  /** The largest file that the Aura console takes. Absent: four gigabytes. */
  readonly consoleFileBytes?: number;
  /** How long a file may take until Aura loads it, from the moment everything is prepared. Absent: two hours. */
  readonly fileLoadMinutes?: number;
  /** What may be made from its snapshots. Absent: nothing. */
  readonly newInstance?: NewInstanceRules;
  /** When restores may start. */
  readonly calendar: Calendar;
  /** Who must agree as well to a start in a freeze. Absent: freezes cannot be overridden. */
  readonly overrideApprovers?: PeopleRule;
  /** Nobody may hand their place over. Absent: they may. */
  readonly delegation?: 'forbidden';
  /** When those who are asked are at work, by the clock of each one's own zone. Absent: always. */
  readonly workingHours?: WorkingHours;
  /** Of its card and notices, where the channel has none of its own. Absent: English. */
  readonly language?: Language;
  /** Which restore points must leave Aura. Absent: none. */
  readonly exports?: readonly ExportPlan[];
  /** How they are asked again. Absent: they are not. */
  readonly reminders?: ReminderTerms;
}

/** The rules of the whole workspace. */
export interface Policy {
  readonly instances: readonly InstancePolicy[];
  /** Groups of Slack accounts that belong to one human. */
  readonly samePeople: readonly (readonly PersonId[])[];
  /** The language of what is said in a channel, by its id. */
  readonly channelLanguages?: Readonly<Record<string, Language>>;
  /** Absent: no schedule is configured. */
  readonly onCall?: OnCallRules;
  /** The linked accounts that may also act for each other as a requester; absent: all of `samePeople`. */
  readonly mayActFor?: readonly (readonly PersonId[])[];
}

/** The policy of an instance by its alias or Aura id; people type either. */
export function instanceByName(policy: Policy, name: string): InstancePolicy | undefined {
  const wanted = name.trim().toLowerCase();
  return policy.instances.find(
    (instance) => instance.alias.toLowerCase() === wanted || instance.auraId.toLowerCase() === wanted,
  );
}
