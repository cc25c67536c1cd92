import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** Where Maven puts the server's jars; kept between runs. */
const LIBRARY = '.cache/neo4j/lib';

export type Neo4jProgram =
  | { readonly kind: 'available'; readonly library: string; readonly java: string }
  | { readonly kind: 'missing'; readonly why: string };

/**
 * Finds or fetches a Neo4j Community server: needs Java 17 or later, and Maven the first time. Says what it downloads.
 * Never rejects for something that is merely not there.
 */
export async function prepareNeo4j(say: (line: string) => void): Promise<Neo4jProgram> {
  const java = 'java';
  const version = javaVersion(java);
  if (version === undefined || version < 17) return { kind: 'missing', why: 'Java 17 or later is not installed' };
  const library = resolve(LIBRARY);
  if (existsSync(library) && readdirSync(library).length > 0) return { kind: 'available', library, java };
  if (!works('mvn')) return { kind: 'missing', why: 'Maven is not installed' };
  say('Fetching Neo4j Community 5.26 with Maven (about 125 MB, once)…');
  const half = `${library}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const child = spawn(
    'mvn',
    ['-B', '-f', 'tools/neo4j/pom.xml', 'dependency:copy-dependencies', `-DoutputDirectory=${half}`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let copied = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.includes('Copying')) return;
    copied++;
    if (copied % 50 === 0) say(`  ${copied} of about 210 files`);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) return { kind: 'missing', why: 'Maven could not fetch it' };
  renameSync(half, library);
  return { kind: 'available', library, java };
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
