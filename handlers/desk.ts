import type { Logger } from 'pino';
import type { AuraInstance } from '../src/aura/client.ts';
import type { SnapshotList } from '../src/aura/snapshot-days.ts';
import type { Coordinator } from '../src/coordinator.ts';
import type { Delegations } from '../src/delegations.ts';
import type { ExportKeeper } from '../src/exports/export-keeper.ts';
import type { PolicyKeeper } from '../src/policy-keeper.ts';
import type { OfferedFile } from '../src/restore/backup-file.ts';
import type { EarlierRestores } from '../src/restore/estimate.ts';
import type { Instant, PersonId, RestoreId } from '../src/restore/names.ts';
import type { Method, PlannedInstance, RestorePoint } from '../src/restore/plan.ts';
import type { InstancePolicy, Policy } from '../src/restore/policy.ts';
import type { LossReceipt } from '../src/restore/receipt/receipt.ts';
import type { Snapshot } from '../src/restore/snapshot.ts';
import type { ShadowKeeper } from '../src/shadow/shadow-keeper.ts';
import type { Candidates } from '../src/slack/candidates.ts';
import type { Directory } from '../src/slack/directory.ts';
import type { Home } from '../src/slack/slack-user.ts';

/** Everything a handler may ask of the rest of the bot. No handler sees Redis, BullMQ or a token. */
export interface Desk {
  /** The rules in force, at most seconds old: for offering. What is decided is judged by the coordinator. */
  readonly policy: Policy;
  /** The workspace the bot serves. */
  readonly home: Home;
  readonly rules: Pick<PolicyKeeper, 'record' | 'answer'>;
  readonly coordinator: Coordinator;
  readonly directory: Directory;
  readonly candidates: Candidates;
  readonly delegations: Delegations;
  readonly exports: Pick<ExportKeeper, 'find' | 'record' | 'askBeforeDeployment' | 'listExportedFiles' | 'active'>;
  readonly shadows: Pick<ShadowKeeper, 'find' | 'act'>;
  readonly lists: RestoreLists;
  readonly aura: AuraDesk;
  readonly outlook: Outlook;
  readonly files: FileDesk;
  /** What all instances that the bot makes cost in this month, with what is still to come. */
  spentOnNewInstances(): Promise<number>;
  readonly log: Logger;
  /** The store's clock. Rejects when the store cannot be reached. */
  now(): Promise<Instant>;
}

/** What people look up: lists of ids, latest first, and where a card stands. */
export interface RestoreLists {
  open(): Promise<readonly RestoreId[]>;
  ended(limit: number): Promise<readonly RestoreId[]>;
  byPerson(person: PersonId, limit: number): Promise<readonly RestoreId[]>;
  /** The open restore that holds an instance. */
  holderOf(auraId: string): Promise<RestoreId | undefined>;
  /** Permalink of the restore's card, once it was posted. */
  linkTo(id: RestoreId): Promise<string | undefined>;
}

/** What can be said of a restore before it is asked for. None of it ever rejects: what is not known is left out. */
export interface Outlook {
  /** How long earlier restores by this method took. */
  earlier(
    instance: Pick<PlannedInstance, 'auraId' | 'type' | 'memory'>,
    method: Method,
  ): Promise<EarlierRestores | undefined>;
  /**
   * What a restore would lose of the live data, which is looked at for it: some seconds. At once what was seen less than a minute
   * ago. Nothing when the bot cannot get into the database.
   */
  loss(query: LossQuery): Loss;
}

/** An instance, and what it would be put back to. */
export interface LossQuery {
  readonly alias: string;
  readonly auraId: string;
  readonly point: RestorePoint;
  /** Whose snapshot it is, or which instance is copied; for a file the instance itself. */
  readonly owner: Pick<PlannedInstance, 'alias' | 'auraId'>;
}

/** What is known of a loss at once, and what will be. */
export interface Loss {
  readonly seen?: LossReceipt;
  readonly coming?: Promise<LossReceipt>;
}

/** The files that workers could upload. */
export interface FileDesk {
  /** Newest first. Rejects when the store cannot be reached. */
  offered(): Promise<readonly OfferedFile[]>;
}

/** What a form or command asks Aura while a person waits. Rejects with the errors of `src/aura/errors.ts`. */
export interface AuraDesk {
  instance(auraId: string): Promise<AuraInstance>;
  snapshot(auraId: string, snapshotId: string): Promise<Snapshot>;
  /**
   * The snapshots of all the days Aura keeps them, newest first. `onProgress` hears what is known so far after each
   * day, so that a form can fill while older days are still being read.
   */
  snapshots(
    policy: InstancePolicy,
    type: string | undefined,
    onProgress?: (soFar: SnapshotList) => void,
  ): Promise<SnapshotList>;
  takeSnapshot(auraId: string): Promise<{ readonly snapshotId: string }>;
}
