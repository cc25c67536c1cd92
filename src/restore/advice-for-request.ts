import {
  type Advice,
  type AdviceReason,
  adviseMethod,
  type Case,
  type SnapshotsRead,
  snapshotsSeen,
} from './advice.ts';
import { methodsFor, methodsOf, methodsOn } from './chosen-method.ts';
import type { Instant, RestoreId } from './names.ts';
import type { Method } from './plan.ts';
import type { InstancePolicy } from './policy.ts';
import type { ReasonKind } from './request.ts';
import { type Snapshot, usability } from './snapshot.ts';

/** What somebody was advised who told what must hold. */
export interface AdviceGiven {
  /** For this instance, by its alias. */
  readonly alias: string;
  readonly method: Method;
  readonly reasons: readonly AdviceReason[];
}

/** What is known of a request while it is filled in, or when it is sent. */
export interface RequestSoFar {
  readonly policy: InstancePolicy;
  readonly method: Method;
  /** The type of the instance, as Aura names it. Absent: it could not be asked. */
  readonly type?: string | undefined;
  /** What Aura was seen to keep of the instance itself, wherever the data is to come from. Absent: it could not be asked. */
  readonly snapshots?: SnapshotsRead | undefined;
  /** The restore point that it goes back to, of whichever instance. */
  readonly snapshot?: Snapshot | undefined;
  readonly given?: AdviceGiven | undefined;
  readonly undoes?: RestoreId | undefined;
  readonly previewOf?: RestoreId | undefined;
  readonly reasonKind?: ReasonKind | undefined;
  readonly fileBytes?: number | undefined;
  /** When the data of the file was saved: the moment that a snapshot would have to be of. */
  readonly savedAt?: Instant | undefined;
}

/** A list of snapshots as advice goes by it. */
export function snapshotsRead({
  snapshots,
  daysRead,
  daysKept,
}: {
  readonly snapshots: readonly Snapshot[];
  readonly daysRead: number;
  readonly daysKept: number;
}): SnapshotsRead {
  const usable = snapshots.filter((snapshot) => usability(snapshot).usable);
  return { usable: usable.length, oldest: usable.map(({ takenAt }) => takenAt).sort()[0], daysRead, daysKept };
}

/** Whether a request has anything to be advised on: a preview has one way, and so has an instance that allows only one. */
export function hasChoice({
  policy,
  undoes,
  previewOf,
}: Pick<RequestSoFar, 'policy' | 'undoes' | 'previewOf'>): boolean {
  return previewOf === undefined && methodsFor(policy, undoes).length > 1;
}

/**
 * Which method a request is advised to take, by what was seen of the instance and never by the method that it takes; undefined
 * when there is no choice, or nothing to advise. Who told before what must hold was advised by that. Who uploads a file and not
 * a person at the console has said that none is needed there, which nothing that is seen can tell.
 */
export function adviceForRequest(
  request: RequestSoFar,
): (Pick<Advice, 'reasons'> & { readonly method: Method }) | undefined {
  const { policy, method, type, given, undoes, reasonKind, fileBytes } = request;
  if (!hasChoice(request)) return undefined;
  if (given?.alias === policy.alias && methodsOn(type, methodsOf(policy)).includes(given.method)) return given;
  const advice = adviseMethod({
    environment: policy.environment,
    allowed: methodsOn(type, methodsFor(policy, undoes)),
    snapshot: seenOf(request),
    isAutomated: method === 'upload',
    ...(reasonKind ? { reason: reasonKind } : {}),
    ...(isFromFile(method) && fileBytes !== undefined ? { fileBytes } : {}),
    ...(policy.consoleFileBytes === undefined ? {} : { consoleFileBytes: policy.consoleFileBytes }),
  });
  return advice.method && { method: advice.method, reasons: advice.reasons };
}

/** Whoever goes back to a usable snapshot of the instance has seen one, however old the list is. */
function seenOf({ method, snapshot, snapshots, savedAt }: RequestSoFar): Case['snapshot'] {
  const isOwn = method === 'restore-snapshot' || method === 'new-instance';
  if (isOwn && snapshot && usability(snapshot).usable) return 'usable';
  return snapshotsSeen(snapshots, isFromFile(method) ? savedAt : undefined);
}

function isFromFile(method: Method): boolean {
  return method === 'backup-file' || method === 'upload';
}
