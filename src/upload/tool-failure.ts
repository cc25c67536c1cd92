import { afterLines } from './tool-output.ts';

/** Why a run of the tool did not end well. */
export type ToolFailureKind =
  | 'wrong-password'
  | 'not-administrator'
  | 'unknown-instance'
  | 'no-consent'
  | 'too-big'
  | 'file-not-found'
  | 'file-unreadable'
  | 'tool-too-old'
  | 'bad-arguments'
  | 'unreachable'
  | 'aura-error'
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

/** The first that fits a line counts. */
const SAYINGS: readonly (readonly [line: RegExp, kind: ToolFailureKind])[] = [
  [/Invalid username\/password credentials/, 'wrong-password'],
  // It would ask for what it was not given, and there is nobody to ask.
  [/Please supply a password|java\.io\.Console\.read/, 'wrong-password'],
  [/do not give administrative access/, 'not-administrator'],
  [/please check your Bolt URI|Invalid Bolt URI/, 'unknown-instance'],
  [/No consent to overwrite|consent to overwrite the data was not given/, 'no-consent'],
  [/Minimum storage space required|too large/, 'too-big'],
  [
    /Could not find any archive files|Dump file '.*' does not exist|source directory '.*' doesn't exist/,
    'file-not-found',
  ],
  [/Found \d+ backup files/, 'file-not-found'],
  [/Unable to check size of|does not contain dump for|Unsupported format|invalid file format/, 'file-unreadable'],
  [/you are using the latest version of/, 'tool-too-old'],
  [/Unmatched arguments?|Unknown options?|Missing required/, 'bad-arguments'],
  [/Timed out waiting for database load to start/, 'load-did-not-begin'],
  [/something has failed during the loading|^Error: .*See: /, 'load-failed'],
  [/Unexpected response code 5\d\d|Failed to (?:authenticate|initiate a? ?resumable upload)/, 'unreachable'],
  [/java\.net\.\w+Exception|unable to find valid certification path|Unable to tunnel through proxy/, 'unreachable'],
  [
    /Connection (?:refused|reset)|Broken pipe|Error writing (?:request body )?to server|Unexpected end of file from server|timed out/,
    'unreachable',
  ],
  [/Upload failed after numerous attempts/, 'unreachable'],
  [/Unexpected response code|problem while communicating to the Neo4j Aura system/, 'aura-error'],
  [/authorization token is invalid or has expired|Failed to trigger import/, 'aura-error'],
];

/** What the tool was answered and how it came there is no word of its own. */
const NOT_ITS_OWN =
  /^(?:Response (?:data|message)|Picked up \w+|NOTE: Picked up \w+|VM Arguments):|^at |^\.\.\. \d+ more$/;
const EXCEPTION = /^(?:Caused by: )?(?:org\.neo4j\.[\w.$]+(?:Exception|Error): )*/;
const COMMAND_FAILED = /^(?:Caused by: )?org\.neo4j\.cli\.CommandFailedException: (.+)$/;
const MOST_SAID = 300;

const BAD_ARGUMENTS_EXIT = [2, 64];

/**
 * What a run came to that ended with `exitCode` (undefined: it was stopped or killed) and did not succeed. Judged by how
 * far its output shows it had come; what the output leaves open counts as possible.
 */
export function toolFailure(lines: readonly string[], exitCode: number | undefined): ToolFailure {
  const { isAuthenticated, mayHaveBegun, phase } = afterLines(lines);
  const [said, named] = lastSaying(lines);
  const kind = named ?? unnamedKind(exitCode, phase === 'importing');
  // A no to the call that loads proves nothing: Java itself repeats a call whose answer was lost, and Aura may have obeyed the first.
  const mayBeTouched = mayHaveBegun || mayHaveGoneOn(lines, kind, exitCode);
  return {
    kind,
    ...(said === undefined ? {} : { said }),
    effect: mayBeTouched ? 'possible' : 'none',
    mayRunAgain: kind === 'unreachable' && !isAuthenticated && !mayHaveBegun,
  };
}

/** A newer tool may say in other words that Aura has the file: what ended well, or was stopped with all of it sent, leaves that open. */
function mayHaveGoneOn(lines: readonly string[], kind: ToolFailureKind, exitCode: number | undefined): boolean {
  return exitCode === 0 || (kind === 'stopped' && afterLines(lines).percent === 100);
}

/** The last word counts: it is the deepest cause of what the tool gave up for. What nobody knows is said and has no kind. */
function lastSaying(lines: readonly string[]): readonly [said?: string, kind?: ToolFailureKind] {
  const own = lines.map((line) => line.trim()).filter((line) => !NOT_ITS_OWN.test(line));
  for (const line of own.toReversed()) {
    const said = line.replace(EXCEPTION, '');
    const kind = SAYINGS.find(([form]) => form.test(said))?.[1];
    if (kind) return [said.slice(0, MOST_SAID), kind];
  }
  const unknown = own.map((line) => COMMAND_FAILED.exec(line)?.[1]).findLast((said) => said !== undefined);
  return unknown === undefined ? [] : [unknown.slice(0, MOST_SAID)];
}

function unnamedKind(exitCode: number | undefined, isImporting: boolean): ToolFailureKind {
  if (exitCode === undefined) return 'stopped';
  if (BAD_ARGUMENTS_EXIT.includes(exitCode)) return 'bad-arguments';
  return isImporting ? 'load-failed' : 'unknown';
}
