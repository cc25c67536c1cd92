import { addMinutes } from '../instant.ts';
import type { Instant, PersonId, RestoreId } from '../names.ts';
import type { MadeId } from './name.ts';
import type { CostlyTime, Price } from './price.ts';

/** What Aura was asked to make. */
export interface MadeShape {
  readonly type: string;
  readonly memory: string;
  readonly region: string;
  readonly cloudProvider: string;
  readonly projectId: string;
}

/** Whether somebody was handed the one-time password. `unknown`: the process ended before that could be noted. */
export type PasswordFate = 'handed-over' | 'lost' | 'unknown';

/**
 * How far a made instance has come. The record begins as `sent`, saved before the one create call: whoever finds it so only
 * looks for the name, and nobody sends again.
 */
export type MadeState =
  | { readonly status: 'sent' }
  | {
      readonly status: 'made';
      readonly auraId: string;
      readonly at: Instant;
      readonly connectionUrl?: string;
      readonly password: PasswordFate;
    }
  /**
   * Aura refused, or nothing by its name was seen. It is still looked for a while, unless it `neverWas`: then whatever has its name
   * is somebody else's. Absent in records of earlier releases.
   */
  | { readonly status: 'not-made'; readonly at: Instant; readonly why: string; readonly neverWas?: true }
  | { readonly status: 'removing'; readonly auraId: string; readonly at: Instant }
  | { readonly status: 'removed'; readonly auraId: string; readonly at: Instant; readonly by: 'bot' | 'others' };

/** An Aura instance that the bot makes from a snapshot, and removes at its time whatever becomes of the restore. */
export interface MadeInstance {
  readonly schemaVersion: 1;
  readonly id: MadeId;
  readonly version: number;
  readonly restoreId: RestoreId;
  /** Who is warned before it ends. */
  readonly owner: PersonId;
  readonly name: string;
  readonly source: { readonly alias: string; readonly auraId: string; readonly snapshotId: string };
  readonly shape: MadeShape;
  readonly price: Price;
  readonly auditChannel: string;
  /** Where its owner can be told what only they see. */
  readonly ownersChannel: string;
  readonly sentAt: Instant;
  readonly removeAt: Instant;
  readonly state: MadeState;
  /** When it was found in Aura's list although nothing had answered the create call. */
  readonly foundAt?: Instant;
  /** It should have been removed but is called otherwise in Aura: then it is people's for good, whatever it is called later. */
  readonly leftAlone?: { readonly at: Instant; readonly name: string };
  /** What was said of it, by the key of the message. */
  readonly said: Readonly<Record<string, Instant>>;
}

/** What the record of a restore keeps of its new instance. Never the password. */
export interface MadeFacts {
  readonly auraId: string;
  readonly name: string;
  readonly connectionUrl?: string;
  readonly removeAt: Instant;
  readonly password: PasswordFate;
}

/** How long something that seems not to have been made is still looked for. */
export const LATE_MINUTES = 2 * 24 * 60;

/** True when nothing is owed any more: it is gone, or certainly never was. */
export function isOver({ state }: Pick<MadeInstance, 'state'>, now: Instant): boolean {
  if (state.status === 'removed') return true;
  if (state.status !== 'not-made') return false;
  return state.neverWas === true || now >= addMinutes(state.at, LATE_MINUTES);
}

/** The time in which it costs something: to its removal, or to the planned one when that is still to come. */
export function costlyTimeOf({ state, sentAt, removeAt, price }: MadeInstance, now: Instant): CostlyTime | undefined {
  if (state.status === 'not-made') return undefined;
  const planned = removeAt > now ? removeAt : now;
  return { from: sentAt, to: state.status === 'removed' ? state.at : planned, perHour: price.perHour };
}
