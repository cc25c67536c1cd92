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
      'all that the long words of 5.26 add',
      [
        'neo4j 5.26.30',
        'Determined DumpSize=1267957 bytes from archive at /b/neo4j.dump',
        ...UPLOADING.slice(0, -1),
        'copying to URL: https://storage.example.com/signed/1',
        'Upload',
        '....................  10%',
      ],
      { phase: 'uploading', percent: 10, ...seen },
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
      'no consent at the call that loads, which may be the second of two',
      [...SENT, 'The target database contained data and consent to overwrite the data was not given. Aborting'],
      1,
      { kind: 'no-consent', effect: 'possible' },
    ],
    [
      'no password, and nobody to ask for it',
      [
        'Cannot invoke "java.io.Console.readPassword(String, Object[])" because the return value of "java.lang.System.console()" is null',
      ],
      1,
      { kind: 'wrong-password', effect: 'none' },
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
      'a connection that breaks while the file is sent, in the words of Java',
      [...AUTHENTICATED, 'Error writing request body to server'],
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
    [
      'a command nobody knows',
      ["Unmatched argument at index 1: 'upload'"],
      2,
      { kind: 'bad-arguments', effect: 'none', said: "Unmatched argument at index 1: 'upload'" },
    ],
    [
      'a certificate that nobody trusts',
      [
        'Failed to authenticate with the aura console',
        'org.neo4j.cli.CommandFailedException: Failed to authenticate',
        '\tat org.neo4j.export.UploadCommand.execute(UploadCommand.java:247)',
        'Caused by: javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path',
        '\t... 14 more',
      ],
      1,
      {
        kind: 'unreachable',
        effect: 'none',
        mayRunAgain: true,
        said: expect.stringContaining('PKIX path building failed'),
      },
    ],
    [
      'a proxy that lets nobody through',
      [
        'org.neo4j.cli.CommandFailedException: Failed to authenticate',
        'Caused by: java.io.IOException: Unable to tunnel through proxy. Proxy returns "HTTP/1.1 403 Forbidden"',
      ],
      1,
      { kind: 'unreachable', said: expect.stringContaining('Unable to tunnel through proxy') },
    ],
    [
      'the words that a newer tool leaves to the cause',
      [
        'org.neo4j.cli.CommandFailedException: Upload command failed',
        'Caused by: org.neo4j.cli.CommandFailedException: Invalid username/password credentials',
        '\tat org.neo4j.export.aura.AuraClient.errorResponse(AuraClient.java:520)',
      ],
      1,
      { kind: 'wrong-password', effect: 'none', said: 'Invalid username/password credentials' },
    ],
    [
      'a cause that nobody knows, in its own words',
      [
        ...AUTHENTICATED,
        'org.neo4j.cli.CommandFailedException: Upload command failed',
        'Caused by: org.neo4j.cli.CommandFailedException: Aura is made of cheese today',
      ],
      1,
      { kind: 'unknown', effect: 'none', said: 'Aura is made of cheese today' },
    ],
    [
      'an answer of Aura that says something else than the tool',
      [
        ...AUTHENTICATED,
        '=== Unexpected response ===',
        'Response data: {"Message":"The database is too large for this instance.","Reason":"ImportExceedsMaxSize"}',
        'The database is too large for this instance. Minimum storage space required: 9.3 GB',
        "Run with '--verbose' for a more detailed error message.",
      ],
      1,
      {
        kind: 'too-big',
        said: 'The database is too large for this instance. Minimum storage space required: 9.3 GB',
      },
    ],
    [
      'an error of Aura at the call that loads',
      [
        ...SENT,
        'We encountered a problem while communicating to the Neo4j Aura system. ',
        'You can re-try using the existing dump by running this command: ',
        'neo4j-admin database upload --from-path=/b --to-uri=neo4j+s://a1b2c3d4.databases.neo4j.io neo4j',
      ],
      1,
      { kind: 'aura-error', effect: 'possible', mayRunAgain: false },
    ],
    [
      'a tool that is too old',
      [
        ...AUTHENTICATED,
        'We encountered a problem while communicating to the Neo4j Aura system. Please check that you are using the latest version of neo4j-admin database upload and upgrade if necessary.',
      ],
      1,
      { kind: 'tool-too-old', effect: 'none' },
    ],
    [
      'a tar without a dump',
      ['TAR file /b/neo4j.tar does not contain dump for  database neo4j'],
      1,
      { kind: 'file-unreadable', effect: 'none' },
    ],
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
