import { describe, expect, it } from 'vitest';
import { toolFailure } from '../../src/upload/tool-failure.ts';
import { afterLines, type ToolState } from '../../src/upload/tool-output.ts';

const AUTHENTICATED = ['Detected source dump file at: /b/neo4j.dump', 'Successfully authenticated with Aura.'];
const UPLOADING = [...AUTHENTICATED, 'Generating crc32 of archive, this may take some time...', 'Upload'];
const SENT = [...UPLOADING, '....................  10%', '.................... 100%', 'Upload completed successfully'];
const RECEIVED = [
  ...SENT,
  'We have received your export and it is currently being loaded into your Aura instance.',
  'You can wait here, or abort this command and head over to the console to be notified of when your database is running.',
];
const LOADED = [
  ...RECEIVED,
  'Import progress (estimated)',
  '.................... 100%',
  'Your data was successfully pushed to Aura and is now running.',
];

describe('what the tool says', () => {
  const seen = { isAuthenticated: true, mayHaveBegun: false };
  const begun = { isAuthenticated: true, mayHaveBegun: true };
  it.each<[string, readonly string[], ToolState]>([
    ['nothing', [], { phase: 'authenticating', isAuthenticated: false, mayHaveBegun: false }],
    ['that it knows the password', AUTHENTICATED, { phase: 'uploading', ...seen }],
    ['that it begins to upload', UPLOADING, { phase: 'uploading', percent: 0, ...seen }],
    ['ten percent', [...UPLOADING, '....................  10%'], { phase: 'uploading', percent: 10, ...seen }],
    ['97 percent', [...UPLOADING, '..................  97%'], { phase: 'uploading', percent: 97, ...seen }],
    [
      'that it uploads to AWS',
      [...AUTHENTICATED, 'Uploading to AWS (This may take a some time depending on file size and connection speed)'],
      { phase: 'uploading', percent: 0, ...seen },
    ],
    [
      'that all is with AWS',
      [...AUTHENTICATED, 'Total bytes copied: 4096'],
      { phase: 'uploading', percent: 100, ...begun },
    ],
    [
      'that the file was there already',
      [...AUTHENTICATED, 'Detected already uploaded object, proceeding to import'],
      { phase: 'uploading', percent: 100, ...begun },
    ],
    ['that all was sent', SENT, { phase: 'uploading', percent: 100, ...begun }],
    ['that Aura has it', RECEIVED, { phase: 'importing', percent: 0, ...begun }],
    [
      'how far the import may be',
      [...RECEIVED, 'Import progress', '....................  40%'],
      { phase: 'importing', percent: 40, ...begun },
    ],
    ['that it is over', LOADED, { phase: 'done', ...begun }],
    ['a line nobody knows', [...UPLOADING, 'Something new 12% done'], { phase: 'uploading', percent: 0, ...seen }],
    [
      'a percentage before anything',
      ['....................  10%'],
      { phase: 'authenticating', isAuthenticated: false, mayHaveBegun: false },
    ],
  ])('%s', (_, lines, state) => {
    expect(afterLines(lines)).toEqual(state);
  });
});

describe('how the tool fails', () => {
  it.each<[string, readonly string[], number | undefined, object]>([
    [
      'the wrong password',
      ['Invalid username/password credentials'],
      1,
      { kind: 'wrong-password', effect: 'none', mayRunAgain: false },
    ],
    [
      'no password',
      [
        "Please supply a password, either by '--to-password' parameter, 'NEO4J_PASSWORD' environment variable, or prompt",
      ],
      1,
      { kind: 'wrong-password', effect: 'none' },
    ],
    [
      'a user who is no administrator',
      ['The credentials provided do not give administrative access to the target database'],
      1,
      { kind: 'not-administrator', effect: 'none' },
    ],
    [
      'no consent at the door',
      ['No consent to overwrite database. Aborting'],
      1,
      { kind: 'no-consent', effect: 'none' },
    ],
    [
      'no consent after the upload',
      [...SENT, 'The target database contained data and consent to overwrite the data was not given. Aborting'],
      1,
      { kind: 'no-consent', effect: 'none' },
    ],
    [
      'an instance nobody knows',
      ['We encountered a problem while contacting your Neo4j Aura instance, please check your Bolt URI'],
      1,
      { kind: 'unknown-instance', effect: 'none' },
    ],
    [
      'a file that is too big',
      [...AUTHENTICATED, 'Database is too large. Minimum storage space required: 9.3 GB'],
      1,
      { kind: 'too-big', effect: 'none', mayRunAgain: false },
    ],
    [
      'a blip while logging in',
      ['Unexpected response code 503 from request: Authorization'],
      1,
      { kind: 'unreachable', effect: 'none', mayRunAgain: true },
    ],
    [
      'a network away while logging in',
      ['Failed to authenticate with the aura console', 'Failed to authenticate'],
      1,
      { kind: 'unreachable', effect: 'none', mayRunAgain: true },
    ],
    [
      'a blip after logging in',
      [...AUTHENTICATED, 'Unexpected response code 503 from request: Size check'],
      1,
      { kind: 'unreachable', effect: 'none', mayRunAgain: false },
    ],
    [
      'a blip at the call that loads',
      [...SENT, 'Unexpected response code 503 from request: Trigger'],
      1,
      { kind: 'unreachable', effect: 'possible', mayRunAgain: false },
    ],
    ['wrong arguments', ["Unmatched arguments from index 1: 'upload'"], 2, { kind: 'bad-arguments', effect: 'none' }],
    ['wrong arguments, by the exit code', [], 64, { kind: 'bad-arguments', effect: 'none', mayRunAgain: false }],
    [
      'a load that did not begin',
      [
        ...RECEIVED,
        "Timed out waiting for database load to start as the database did not enter 'loading' state in time.",
      ],
      1,
      { kind: 'load-did-not-begin', effect: 'possible' },
    ],
    [
      'a load that failed',
      [...RECEIVED, 'Error: Source dumpfile has legacy indexes enabled. See: https://aura.support.neo4j.com'],
      1,
      { kind: 'load-failed', effect: 'possible' },
    ],
    [
      'exit code 1 in the import without a reason',
      [...RECEIVED, 'Upload command failed'],
      1,
      { kind: 'load-failed', effect: 'possible', mayRunAgain: false },
    ],
    ['no reason at all', ['Upload command failed'], 1, { kind: 'unknown', effect: 'none', mayRunAgain: false }],
    ['being stopped while it uploads', UPLOADING, undefined, { kind: 'stopped', effect: 'none', mayRunAgain: false }],
    [
      'a good end in words that nobody knows',
      [...UPLOADING, '.................... 100%', 'Restore accepted.'],
      0,
      { kind: 'unknown', effect: 'possible', mayRunAgain: false },
    ],
    ['a good end without a word', [], 0, { kind: 'unknown', effect: 'possible', mayRunAgain: false }],
    [
      'being stopped when all of the file may be sent',
      [...UPLOADING, '.................... 100%'],
      undefined,
      { kind: 'stopped', effect: 'possible' },
    ],
    [
      'a bad end in words that nobody knows, half way',
      [...UPLOADING, '..........  50%', 'It went wrong'],
      1,
      { kind: 'unknown', effect: 'none' },
    ],
    [
      'being stopped while Aura loads',
      RECEIVED,
      undefined,
      { kind: 'stopped', effect: 'possible', mayRunAgain: false },
    ],
  ])('%s', (_, lines, exitCode, failure) => {
    expect(toolFailure(lines, exitCode)).toMatchObject(failure);
  });

  it('is told in the words of the tool', () => {
    expect(toolFailure(['  Invalid username/password credentials ', 'Run with --verbose'], 1).said).toBe(
      'Invalid username/password credentials',
    );
  });
});
