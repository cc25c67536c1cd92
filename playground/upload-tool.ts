#!/usr/bin/env node
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Stands in for `neo4j-admin`: `database upload` and `database load --info` with the arguments, lines and exit codes of
 * the real one, and its calls, to the console that JAVA_OPTS names, as a proxy would come in.
 * What the real one says is asked in `test/upload/real-neo4j-admin.test.ts`.
 * A dump of this playground is any file that begins with DZV1.
 */
const SETTINGS = new URLSearchParams(process.env.JAVA_OPTS ?? '');
const CONSOLE = SETTINGS.get('console') ?? '';
const HANG_AT = Number(SETTINGS.get('hangAt') ?? -1);
const PAUSE_MS = Number(SETTINGS.get('pauseMs') ?? 5);
const EVERY_MS = Number(SETTINGS.get('pollMs') ?? 50);

const TRY_AGAIN = 'We encountered a problem while communicating to the Neo4j Aura system. ';

class Failed extends Error {}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
const [area, command, ...rest] = process.argv.slice(2);
const option = (name: string) => rest.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
const database = rest.find((one) => !one.startsWith('--')) ?? '';

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.stderr.write("Run with '--verbose' for a more detailed error message.\n");
  process.exitCode = 1;
});

async function run(): Promise<void> {
  if (rest.includes('--help')) return say('neo4j-admin database upload [--to-uri=<uri>] --from-path=<path> <database>');
  if (area === 'database' && command === 'load' && rest.includes('--info')) return info();
  if (area === 'database' && command === 'upload') return upload();
  process.exitCode = 64;
}

function archive(): string {
  const directory = option('from-path') ?? '';
  if (!existsSync(directory)) throw new Failed(`The provided source directory '${directory}' doesn't exist`);
  const dump = join(directory, `${database}.dump`);
  if (existsSync(dump)) return dump;
  const any = readdirSync(directory).find((name) => database === '*' && name.endsWith('.dump'));
  if (any) return join(directory, any);
  const backup = readdirSync(directory).find((name) => name.endsWith('.backup'));
  if (backup) return join(directory, backup);
  const tar = join(directory, `${database}.tar`);
  if (existsSync(tar)) return tar;
  throw new Failed('Could not find any archive files');
}

async function isDump(path: string): Promise<boolean> {
  const head = await buffer(createReadStream(path, { start: 0, end: 3 }));
  return head.toString('latin1') === 'DZV1';
}

async function info(): Promise<void> {
  const path = archive();
  if (path.endsWith('.tar'))
    throw new Failed(`Pattern '${database}' did not match any archive file in ${dirname(path)}`);
  if (!(await isDump(path))) throw new Failed('Not a valid Neo4j archive');
  say(`Database: ${path.endsWith('.dump') ? basename(path, '.dump') : 'neo4j'}`);
  say('Format: Neo4j ZSTD Dump.');
  say('Files: 68');
  say(`Bytes: ${statSync(path).size * 10}`);
}

async function call(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  return fetch(path.startsWith('http') ? path : `${CONSOLE}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: body instanceof Buffer ? new Uint8Array(body) : JSON.stringify(body) }),
  });
}

async function progress(): Promise<void> {
  for (let percent = 1; percent <= 100; percent++) {
    if (percent === HANG_AT) {
      say(`${'.'.repeat(18)}  ${percent}%`);
      await sleep(3_600_000);
    }
    if (percent % 10 === 0) {
      say(`${'.'.repeat(20)} ${String(percent).padStart(3)}%`);
      await sleep(PAUSE_MS);
    }
  }
}

async function upload(): Promise<void> {
  const uri = option('to-uri') ?? '';
  const id = /^neo4j\+s:\/\/([^-.]+)(?:-.+)?\.databases\.neo4j\.io$/.exec(uri)?.[1];
  if (!id) throw new Failed(`Invalid Bolt URI '${uri}'`);
  const { NEO4J_USERNAME: user = 'neo4j', NEO4J_PASSWORD: password } = process.env;
  if (!password) {
    throw new Failed(
      "Please supply a password, either by '--to-password' parameter, 'NEO4J_PASSWORD' environment variable, or prompt",
    );
  }
  const path = archive();
  if (!path.endsWith('.tar')) say(`Detected source ${path.endsWith('.backup') ? 'backup' : 'dump'} file at: ${path}`);
  const base = `/v1/databases/${id}/import`;
  const login = await call('POST', `${base}/auth`, {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    confirmed: String(option('overwrite-destination') === 'true'),
  }).catch(() => {
    process.stderr.write('Failed to authenticate with the aura console\n');
    throw new Failed('Failed to authenticate');
  });
  refuse(
    login.status,
    {
      401: 'Invalid username/password credentials',
      403: 'The credentials provided do not give administrative access to the target database',
      404: 'We encountered a problem while contacting your Neo4j Aura instance, please check your Bolt URI',
      409: 'No consent to overwrite database. Aborting',
    },
    'Authorization',
  );
  const { Token } = (await login.json()) as { Token: string };
  say('Successfully authenticated with Aura.');
  const bearer = { authorization: `Bearer ${Token}`, 'content-type': 'application/json' };
  const fullSize = statSync(path).size * 10;
  const size = await retried(() => call('POST', `${base}/size`, bearer, { FullSize: fullSize }));
  if (size.status === 422) {
    const { Message } = (await size.json()) as { Message: string };
    throw new Failed(
      `${Message.replace(/\.$/, '')}. Minimum storage space required: ${(fullSize / 2 ** 30).toFixed(1)} GB`,
    );
  }
  refuse(size.status, {}, 'Size check');
  say('Generating crc32 of archive, this may take some time...');
  const started = await retried(() =>
    call('POST', `/v2/databases/${id}/import`, bearer, { Crc32: 1, DumpSize: 1, FullSize: fullSize }),
  );
  refuse(
    started.status,
    { 401: 'The given authorization token is invalid or has expired' },
    'Initiating upload target',
  );
  const { SignedURI } = (await started.json()) as { SignedURI: string };
  const place = await call('POST', SignedURI, { 'x-goog-resumable': 'start' });
  refuse(place.status, {}, 'Initiating database upload');
  say('Upload');
  await progress();
  await put(place.headers.get('location') ?? '', await buffer(createReadStream(path)));
  say('Upload completed successfully');
  const complete = await call('POST', `${base}/upload-complete`, bearer, { Crc32: 1 });
  if (complete.status === 409) {
    throw new Failed('The target database contained data and consent to overwrite the data was not given. Aborting');
  }
  if (complete.status >= 300) throw new Failed(TRY_AGAIN);
  say('We have received your export and it is currently being loaded into your Aura instance.');
  say(
    'You can wait here, or abort this command and head over to the console to be notified of when your database is running.',
  );
  say('Import progress (estimated)');
  await watch(base, bearer);
  say('Your data was successfully pushed to Aura and is now running.');
  say('Dump successfully uploaded to Aura');
  say(`Your archive at ${path} can now be deleted.`);
}

/** Away for a moment: it asks again by itself. */
async function retried(ask: () => Promise<Response>): Promise<Response> {
  let answer = await ask();
  while ([502, 503, 504].includes(answer.status)) {
    await sleep(EVERY_MS);
    answer = await ask();
  }
  return answer;
}

/** What the storage did not take it sends again, after asking how much came. */
async function put(address: string, content: Buffer): Promise<void> {
  for (;;) {
    const { status } = await call('PUT', address, {}, content);
    if (status === 200) return;
    if (![403, 500, 502, 503, 504].includes(status)) throw new Failed(TRY_AGAIN);
    const asked = await call('PUT', address, { 'content-range': `bytes */${content.length}` }, Buffer.alloc(0));
    if (asked.status === 200) return;
    await sleep(EVERY_MS);
  }
}

async function watch(base: string, bearer: Record<string, string>): Promise<void> {
  let hasStarted = false;
  for (;;) {
    const answer = await call('GET', `${base}/status`, bearer);
    if (answer.status >= 500) process.stderr.write('Received HTTP 5xx error polling status. Retrying...\n');
    else {
      const { Status, Error: problem } = (await answer.json()) as {
        Status: string;
        Error?: { Message: string; Url: string };
      };
      if (Status === 'running' && hasStarted) return say(`${'.'.repeat(20)} 100%`);
      if (Status === 'loading failed') {
        throw new Failed(`Error: ${problem?.Message.replace(/\.$/, '')}. See: ${problem?.Url}`);
      }
      if (Status === 'loading' || Status === 'updating') hasStarted = true;
      else if (Status !== 'running')
        throw new Failed(
          `We're sorry, something has failed during the loading of your database. Please try again and if this problem persists, please open up a support case. Database status: ${Status}`,
        );
    }
    await sleep(EVERY_MS);
  }
}

function refuse(status: number, known: Readonly<Record<number, string>>, request: string): void {
  if (status < 300) return;
  throw new Failed(known[status] ?? `Unexpected response code ${status} from request: ${request}`);
}
