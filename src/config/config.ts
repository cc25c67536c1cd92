import type { PersonId } from '../restore/names.ts';
import type { Policy } from '../restore/policy.ts';
import type { Timing } from '../steps/step.ts';

/** How to reach the data of an instance. The password is given out only when a connection is made. */
export interface BoltAccess {
  /** Absent: the URL that Aura reports is used. */
  readonly uri?: string;
  readonly user: string;
  readonly password: () => string;
  readonly database: string;
}

/** Where the monitoring of an instance is asked, and how the bot shows who it is. */
export interface MonitoringAccess {
  readonly url: string;
  /** Behind a function, so that printing or serialising the configuration does not give it away. */
  readonly token?: () => string;
}

/** What one look at live data for a loss receipt may cost, and what it asks. */
export interface LossBudget {
  readonly timeMs: number;
  /** So many rows may one question look at. */
  readonly rows: number;
  /** As they stand in the file; `src/graph` reads them. */
  readonly questions: readonly unknown[];
}

/** Where a schedule is kept, and how it is named there. */
export type OnCallSchedule =
  | { readonly provider: 'pagerduty'; readonly id: string }
  | { readonly provider: 'opsgenie'; readonly identifierType: 'id' | 'name'; readonly id: string };

/** The on-call schedules that people rules may name. Keys are given out only when a request is made. */
export interface OnCallAccess {
  readonly schedules: ReadonlyMap<string, OnCallSchedule>;
  /** Slack ids by e-mail address in small letters. */
  readonly people: ReadonlyMap<string, PersonId>;
  /** An older answer is not used for a decision. */
  readonly maxAgeMs: number;
  readonly pagerDuty: { readonly apiUrl: string; readonly token: () => string };
  readonly opsgenie: { readonly apiUrl: string; readonly apiKey: () => string };
}

/** Files to restore from, and what uploads them. */
export interface FileAccess {
  /** The directories that files may lie in, and no others. */
  readonly places: readonly { readonly name: string; readonly directory: string }[];
  /** The command of `neo4j-admin` on this host. Absent: this process uploads nothing. */
  readonly tool?: readonly string[];
  /** The variables that it is started with, besides user and password. */
  readonly surroundings: Readonly<Record<string, string>>;
  /** Where what is known of uploads is kept, on this host. */
  readonly uploadsDirectory: string;
  /** `neo4j-admin` is stopped when it says nothing for so long. */
  readonly silenceMs: number;
}

/** Everything the operator decided, in the bot's words, read once at the start. */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    readonly transport:
      | { readonly kind: 'socket'; readonly appToken: string }
      | { readonly kind: 'http'; readonly signingSecret: string };
  };
  readonly aura: {
    readonly apiUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly requestsPerMinute: number;
  };
  readonly redis: { readonly url: string } | { readonly localDirectory: string };
  /** For development: start although Redis' settings may lose records. */
  readonly allowUnsafeRedis: boolean;
  readonly port: number;
  readonly role: 'all' | 'slack' | 'worker';
  readonly logLevel: string;
  readonly policy: Policy;
  readonly boltByAlias: Readonly<Record<string, BoltAccess>>;
  /** Where the monitoring of each instance is silenced, for those that have it. */
  readonly monitoringByAlias: Readonly<Record<string, MonitoringAccess>>;
  /** The configured checks of each instance, as they stand in the file; `src/graph` reads them. */
  readonly checksByAlias: Readonly<Record<string, readonly unknown[]>>;
  /** How the loss is looked at in each instance that the bot can get into. */
  readonly lossByAlias: Readonly<Record<string, LossBudget>>;
  /** Of how many snapshots of an instance fingerprints are kept. */
  readonly fingerprintsKept: number;
  readonly onCall: OnCallAccess;
  readonly files: FileAccess;
  /** Where the one-time passwords of new instances go. Absent: to their requesters in Slack. */
  readonly passwordDirectory?: string;
  /** The text of each calendar file that was read, by its SHA-256. */
  readonly calendarTexts: Readonly<Record<string, string>>;
  /** How often to look for restores that the bot did not send. Absent: never. */
  readonly shadowLookMs?: number;
  readonly timing: Timing & {
    readonly sweepMs: number;
    readonly cardRefreshMs: number;
    readonly startChecksMs: number;
    /** Between two looks whether a snapshot that is being taken is complete. */
    readonly fingerprintLookMs: number;
    /** How often it is looked whether made instances must be removed. */
    readonly reaperMs: number;
  };
}

/** What a check or a question in the file is called, or what is wrong with it. */
export type ReadCheck = (check: unknown) => { readonly name: string } | { readonly problem: string };
