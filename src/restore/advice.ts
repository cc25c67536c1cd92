import { CONSOLE_FILE_BYTES } from './gigabytes.ts';
import type { Environment, Instant } from './names.ts';
import type { Method } from './plan.ts';
import type { ReasonKind } from './request.ts';

/** What was read of an instance's snapshots: how many can be put back, on how many of the days on which Aura may keep one. */
export interface SnapshotsRead {
  readonly usable: number;
  /** When the oldest of them was taken. Absent: nobody asks for a moment. */
  readonly oldest?: Instant | undefined;
  readonly daysRead: number;
  readonly daysKept: number;
}

/**
 * Whether Aura keeps a usable snapshot of a moment, or of any when none is given: a moment before the oldest one is one that it
 * does not keep any more. That there is none is known only when every day was read.
 */
export function snapshotsSeen(read: SnapshotsRead | undefined, at?: Instant): Case['snapshot'] {
  if (!read) return 'unknown';
  const { usable, oldest, daysRead, daysKept } = read;
  const isTooOld = at !== undefined && oldest !== undefined && at < oldest;
  if (usable > 0 && !isTooOld) return 'usable';
  return daysRead > 0 && daysRead >= daysKept ? 'none' : 'unknown';
}

/** Where the data is that is to come back. */
export const DATA_PLACES = ['own-snapshot', 'another-instance', 'file'] as const;
export type DataPlace = (typeof DATA_PLACES)[number];

/** What decides which method fits, as far as it is known. */
export interface Case {
  readonly environment: Environment;
  /** The methods that the instance's rules and its tier allow. */
  readonly allowed: readonly Method[];
  /** Where somebody said that the data is. Absent: nobody did, and a snapshot is the first thought. */
  readonly dataIsIn?: DataPlace;
  /**
   * Whether Aura keeps a usable snapshot of the wanted moment: `none` when there is none or the moment is past its retention,
   * `unknown` when Aura could not be asked.
   */
  readonly snapshot: 'usable' | 'none' | 'unknown';
  /** The present state must stay as it is. */
  readonly keepsPresent?: boolean;
  /** The rules of the company ask for a certain archived backup. */
  readonly isForCompliance?: boolean;
  /** It must run without a person at the console. */
  readonly isAutomated?: boolean;
  readonly fileBytes?: number;
  /** The largest file that the console takes. Absent: `CONSOLE_FILE_BYTES`. */
  readonly consoleFileBytes?: number;
  readonly reason?: ReasonKind;
}

/** Why a method fits, from the decision framework of the operations guide. */
export const ADVICE_REASONS = [
  'snapshot-in-retention',
  'snapshot-unknown',
  'no-snapshot',
  'keeps-present',
  'rehearsal',
  'another-instance',
  'in-a-file',
  'compliance',
  'automated',
  'too-large-for-console',
  'file-by-hand',
] as const;
export type AdviceReason = (typeof ADVICE_REASONS)[number];

export interface Advice {
  /** The best method for the case; undefined when none fits, or none of those that fit is allowed. */
  readonly method: Method | undefined;
  readonly reasons: readonly AdviceReason[];
  /** What would fit better and is not allowed, best first. Without a method, empty when nothing fits at all. */
  readonly forbidden: readonly Method[];
}

interface Fit {
  readonly method: Method;
  readonly reasons: readonly AdviceReason[];
}

/** Which method fits a case, by the framework and the instance's rules. A different choice is anybody's right, with a reason. */
export function adviseMethod(one: Case): Advice {
  const fits = fitsOf(one);
  const best = fits.findIndex(({ method }) => one.allowed.includes(method));
  const chosen = fits[best];
  return {
    method: chosen?.method,
    reasons: chosen?.reasons ?? [],
    forbidden: [...new Set(fits.slice(0, best < 0 ? fits.length : best).map(({ method }) => method))],
  };
}

/** What fits, best first. Nothing that replaces the data fits where the present state must stay. */
function fitsOf(one: Case): readonly Fit[] {
  const why = one.snapshot === 'usable' ? 'snapshot-in-retention' : 'snapshot-unknown';
  const beside: Fit = { method: 'new-instance', reasons: besideReasons(one, why) };
  if (one.keepsPresent) return comesFromOwnSnapshot(one) ? [beside] : [];
  if (one.dataIsIn === 'another-instance') return [{ method: 'overwrite', reasons: ['another-instance'] }];
  if (needsFile(one)) return fileFits(one);
  const back: Fit = { method: 'restore-snapshot', reasons: [why] };
  return staysBeside(one) ? [beside, back] : [back, beside];
}

/** A new instance is made from a snapshot of the instance, and from nothing else. */
function comesFromOwnSnapshot(one: Case): boolean {
  return one.dataIsIn !== 'another-instance' && !needsFile(one);
}

function needsFile({ dataIsIn, isForCompliance, snapshot }: Case): boolean {
  return dataIsIn === 'file' || isForCompliance === true || snapshot === 'none';
}

function fileFits(one: Case): readonly Fit[] {
  const why: AdviceReason = one.isForCompliance ? 'compliance' : one.dataIsIn === 'file' ? 'in-a-file' : 'no-snapshot';
  const isLarge = (one.fileBytes ?? 0) > (one.consoleFileBytes ?? CONSOLE_FILE_BYTES);
  const byTool: Fit = {
    method: 'upload',
    reasons: [
      why,
      ...(one.isAutomated ? (['automated'] as const) : []),
      ...(isLarge ? (['too-large-for-console'] as const) : []),
    ],
  };
  const byHand: Fit = { method: 'backup-file', reasons: [why, 'file-by-hand'] };
  if (isLarge || one.isAutomated) return isLarge ? [byTool] : [byTool, byHand];
  return [byHand, byTool];
}

/** A test belongs beside what people work with. */
function staysBeside({ reason, environment }: Case): boolean {
  return reason === 'rollback-test' && environment === 'production';
}

function besideReasons({ keepsPresent, reason }: Case, why: AdviceReason): readonly AdviceReason[] {
  return [
    ...(keepsPresent ? (['keeps-present'] as const) : []),
    ...(reason === 'rollback-test' ? (['rehearsal'] as const) : []),
    why,
  ];
}
