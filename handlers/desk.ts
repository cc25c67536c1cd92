import type { Logger } from 'pino';
import type { AuraInstance } from '../src/aura/client.ts';
import type { SnapshotList } from '../src/aura/snapshot-days.ts';
import type { Coordinator } from '../src/coordinator.ts';
import type { Delegations } from '../src/delegations.ts';
import type { ExportKeeper } from '../src/exports/export-keeper.ts';
import type { PolicyKeeper } from '../src/policy-keeper.ts';
import type { Instant, PersonId, RestoreId } from '../src/restore/names.ts';
import type { InstancePolicy, Policy } from '../src/restore/policy.ts';
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
