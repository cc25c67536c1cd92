import type { Attempt } from './event.ts';
import type { ExportRefusal } from './exports/export-course.ts';
import { appendEntry } from './history.ts';
import type { Instant, PersonId, RestoreId } from './names.ts';
import { onCallWords } from './on-call.ts';
import type { PolicyRefusal } from './policy/policy-refusal.ts';
import type { PolicyVote } from './policy/proposal.ts';
import type { InstancePolicy } from './policy.ts';
import type { Refusal } from './refusal.ts';
import type { HistoryEntry } from './restore.ts';
import type { ShadowRefusal } from './shadow/course.ts';

/** Speakable id of a refused request: `N-12`. */
export type RefusedRequestId = string;

/**
 * What somebody tried to begin: to ask for a restore or to open the form for one, to have a snapshot taken or exports made, to hand
 * their place over. Or what they tried with a delegation, with an export that is due or with a restore in the console; and with a
 * restore or the rules, when their history has no room for more.
 */
export type RequestAttempt =
  | ('request' | 'open-form' | 'snapshot' | 'export' | 'delegate' | 'end-delegation' | 'record-export')
  | ('verify-shadow' | 'announce-shadow')
  | Attempt
  | PolicyVote['kind'];

/** Who tried what on which instance, by which click or submission. */
export interface TriedOn {
  readonly by: PersonId;
  readonly attempt: RequestAttempt;
  /** Absent: it belongs to none. */
  readonly instance?: Pick<InstancePolicy, 'alias' | 'auraId' | 'auditChannel'>;
  /** The id of the record that they tried it on. Absent: there is none. */
  readonly about?: string;
  /** The same where Slack delivers the click again, another where the person clicks again. */
  readonly interaction?: string;
  /** Names what a form was sent with. One that became a restore was not refused, however often it is delivered. */
  readonly submission?: string | undefined;
}

/** Why it was refused. */
export type RequestRefused = Refusal | ExportRefusal | PolicyRefusal | ShadowRefusal;

/**
 * The record of what the rules refused before there was a restore. It is never changed: its history has one entry, which is
 * chained and audited as a restore's are.
 */
export interface RefusedRequest {
  readonly schemaVersion: 1;
  readonly id: RefusedRequestId;
  readonly instance?: Pick<InstancePolicy, 'alias' | 'auraId'>;
  /** Where its entry is anchored. Absent: in every audit channel. */
  readonly auditChannel?: string;
  readonly history: readonly HistoryEntry[];
}

/** A form with something left empty, with dates out of order, or that no exported file can be like, is asked about at its field: nobody was refused yet. */
export function isQuestion({ reason }: RequestRefused): boolean {
  return QUESTIONS.has(reason);
}

const QUESTIONS: ReadonlySet<string> = new Set<RequestRefused['reason']>([
  ...(['field-missing', 'other-way-unexplained'] as const),
  ...(['file-kind', 'file-size', 'checksum', 'taken-in-the-future'] as const),
  ...(['delegation-in-the-past', 'delegation-ends-too-soon'] as const),
]);

/** The record of a refusal. `policyHash`: of the rules in force then. */
export function newRefusedRequest(
  id: RefusedRequestId,
  { by, attempt, instance, about, interaction }: TriedOn,
  refusal: RequestRefused,
  { at, policyHash }: { readonly at: Instant; readonly policyHash?: string | undefined },
): RefusedRequest {
  const inTheWay = otherRestoreIn(refusal);
  const onCall = 'onCall' in refusal && refusal.onCall ? onCallWords(refusal.onCall) : '';
  return {
    schemaVersion: 1,
    id,
    ...(instance
      ? { instance: { alias: instance.alias, auraId: instance.auraId }, auditChannel: instance.auditChannel }
      : {}),
    history: appendEntry([], {
      at,
      event: 'attempt-refused',
      by,
      facts: {
        restore: id,
        attempt,
        reason: refusal.reason,
        ...(instance ? { alias: instance.alias, instance: instance.auraId } : {}),
        ...(about ? { about } : {}),
        ...(inTheWay ? { inTheWay } : {}),
        ...(onCall ? { onCall } : {}),
        ...(interaction ? { interaction } : {}),
        ...(policyHash ? { policy: policyHash } : {}),
      },
    }),
  };
}

/** The restore because of which there is not another one. */
export function otherRestoreIn(refusal: RequestRefused): RestoreId | undefined {
  if (refusal.reason === 'instance-claimed') return refusal.by;
  return refusal.reason === 'asked-again' ? refusal.with : undefined;
}
