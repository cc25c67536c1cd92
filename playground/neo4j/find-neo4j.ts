import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** Where Maven puts the jars; kept between runs, in a folder for each content of the file that names them. */
const CACHE = '.cache/neo4j';
const NAMED_IN = 'tools/neo4j/pom.xml';

export type Neo4jProgram =
  | { readonly kind: 'available'; readonly library: string; readonly java: string }
  | { readonly kind: 'missing'; readonly why: string };

/**
 * Finds or fetches a Neo4j Community server and its `neo4j-admin`, also when what is wanted has changed: needs Java 17 or later, and Maven the first time. Says what it downloads.
 * Never rejects for something that is merely not there.
 */
export async function prepareNeo4j(say: (line: string) => void): Promise<Neo4jProgram> {
  const java = 'java';
  const version = javaVersion(java);
  if (version === undefined || version < 17) return { kind: 'missing', why: 'Java 17 or later is not installed' };
  const library = resolve(
    CACHE,
    `lib-${createHash('sha256').update(readFileSync(NAMED_IN)).digest('hex').slice(0, 12)}`,
  );
  if (existsSync(library)) return { kind: 'available', library, java };
  if (!works('mvn')) return { kind: 'missing', why: 'Maven is not installed' };
  say('Fetching Neo4j Community 5.26 with Maven (about 125 MB, once)…');
  const half = `${library}.half-${process.pid}`;
  mkdirSync(half, { recursive: true });
  const child = spawn('mvn', ['-B', '-f', NAMED_IN, 'dependency:copy-dependencies', `-DoutputDirectory=${half}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let copied = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.includes('Copying')) return;
    copied++;
    if (copied % 50 === 0) say(`  ${copied} of about 210 files`);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    rmSync(half, { recursive: true, force: true });
    return { kind: 'missing', why: 'Maven could not fetch it' };
  }
  keep(half, library);
  return { kind: 'available', library, java };
}

/** Another process may have been quicker. What an older version of this file fetched is not needed any more. */
function keep(half: string, library: string): void {
  try {
    renameSync(half, library);
  } catch (error) {
    if (!existsSync(library)) throw error;
  }
  for (const name of readdirSync(resolve(CACHE))) {
    const left = join(resolve(CACHE), name);
    const isBeingFetched = name.includes('.half-') && left !== half;
    if (left !== library && !isBeingFetched) rmSync(left, { recursive: true, force: true });
  }
}

function javaVersion(java: string): number | undefined {
  try {
    const text = execFileSync(java, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/^\w+ (\d+)/.exec(text)?.[1]);
  } catch {
    return undefined;
  }
}

function works(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
