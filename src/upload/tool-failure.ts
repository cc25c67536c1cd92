import { afterLines } from './tool-output.ts';

/** Why a run of the tool did not end well. */
export type ToolFailureKind =
  | 'wrong-password'
  | 'not-administrator'
  | 'unknown-instance'
  | 'no-consent'
  | 'too-big'
  | 'file-not-found'
  | 'tool-too-old'
  | 'bad-arguments'
  | 'unreachable'
  | 'load-did-not-begin'
  | 'load-failed'
  | 'stopped'
  | 'unknown';

export interface ToolFailure {
  readonly kind: ToolFailureKind;
  /** The line of the output that says so, for people; absent when none does. */
  readonly said?: string;
  /** `none`: the instance certainly holds what it held. `possible`: Aura must be looked at. */
  readonly effect: 'none' | 'possible';
  /** Whether the same command may be run once more: nothing was changed, and nothing says that it would fail again. */
  readonly mayRunAgain: boolean;
}

const SAYINGS: readonly (readonly [line: RegExp, kind: ToolFailureKind])[] = [
  [/Invalid username\/password credentials/, 'wrong-password'],
  [/Please supply a password/, 'wrong-password'],
  [/do not give administrative access/, 'not-administrator'],
  [/please check your Bolt URI|Invalid Bolt URI/, 'unknown-instance'],
  [/No consent to overwrite|consent to overwrite the data was not given/, 'no-consent'],
  [/Minimum storage space required|too large/, 'too-big'],
  [
    /Could not find any archive files|Dump file '.*' does not exist|source directory '.*' doesn't exist/,
    'file-not-found',
  ],
  [/Found \d+ backup files/, 'file-not-found'],
  [/latest version of the push-to-cloud/, 'tool-too-old'],
  [/Unmatched arguments|Unknown option|Missing required/, 'bad-arguments'],
  [/Timed out waiting for database load to start/, 'load-did-not-begin'],
  [/something has failed during the loading|^Error: .*See: /, 'load-failed'],
  [
    /Unexpected response code 5\d\d|Failed to authenticate|UnknownHostException|Connection (refused|reset)|timed out/,
    'unreachable',
  ],
];

/** Aura answers these before it touches the data, although the file was sent by then. */
const REFUSED_BEFORE_LOADING: ReadonlySet<ToolFailureKind> = new Set(['no-consent']);
const BAD_ARGUMENTS_EXIT = [2, 64];

/**
 * What a run came to that ended with `exitCode` (undefined: it was stopped or killed) and did not succeed. Judged by how
 * far its output shows it had come; what the output leaves open counts as possible.
 */
export function toolFailure(lines: readonly string[], exitCode: number | undefined): ToolFailure {
  const { isAuthenticated, mayHaveBegun, phase } = afterLines(lines);
  const [said, named] = firstSaying(lines);
  const kind = named ?? unnamedKind(exitCode, phase === 'importing');
  const isUntouched = REFUSED_BEFORE_LOADING.has(kind) || !(mayHaveBegun || mayHaveGoneOn(lines, kind, exitCode));
  return {
    kind,
    ...(said === undefined ? {} : { said }),
    effect: isUntouched ? 'none' : 'possible',
    mayRunAgain: kind === 'unreachable' && !isAuthenticated && !mayHaveBegun,
  };
}

/** A newer tool may say in other words that Aura has the file: what ended well, or was stopped with all of it sent, leaves that open. */
function mayHaveGoneOn(lines: readonly string[], kind: ToolFailureKind, exitCode: number | undefined): boolean {
  return exitCode === 0 || (kind === 'stopped' && afterLines(lines).percent === 100);
}

function firstSaying(lines: readonly string[]): readonly [said?: string, kind?: ToolFailureKind] {
  for (const line of lines) {
    const kind = SAYINGS.find(([form]) => form.test(line))?.[1];
    if (kind) return [line.trim(), kind];
  }
  return [];
}

function unnamedKind(exitCode: number | undefined, isImporting: boolean): ToolFailureKind {
  if (exitCode === undefined) return 'stopped';
  if (BAD_ARGUMENTS_EXIT.includes(exitCode)) return 'bad-arguments';
  return isImporting ? 'load-failed' : 'unknown';
}
