import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareNeo4j } from '../../playground/neo4j/find-neo4j.ts';
import { PASSWORD, type UploadWorld } from './uploads.ts';

const run = promisify(execFile);
const program = await prepareNeo4j(() => undefined);

const ADDRESS = 'neo4j+s://a1b2c3d4.databases.neo4j.io';

interface ToolEnd {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** The real `neo4j-admin` with a database of its own, which it has dumped. */
export interface RealAdmin {
  readonly home: string;
  /** The command to start it. */
  readonly tool: readonly string[];
  /** A dump that it made. */
  readonly dump: string;
  /** Runs it to its end, with nobody to ask. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<ToolEnd>;
  /** Has it upload its dump to the instance of this world, without the supervisor of the bot. */
  upload(world: Pick<UploadWorld, 'proxy'>, options: { readonly isAgreed: boolean }): Promise<ToolEnd>;
  /** Writes a backup archive of the same database, as Enterprise would, in which the database is called `database`. */
  makeBackup(name: string, database: string, kind: 'full' | 'differential'): Promise<string>;
  /** Packs its dump as a file of this name. */
  makeTar(name: string, as: string): Promise<string>;
  makeFile(name: string, content: string | Buffer): Promise<string>;
  close(): void;
}

/** Makes a small database with it and dumps that. Fails where there is no Java or Maven. */
export async function startRealAdmin(): Promise<RealAdmin> {
  if (program.kind === 'missing') throw new Error(program.why);
  const { java, library } = program;
  const home = mkdtempSync(join(tmpdir(), 'rb-admin-'));
  const at = (name: string) => join(home, name);
  for (const name of ['conf', 'dumps']) mkdirSync(at(name));
  const quick = '-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1';
  const command = `exec ${java} ${quick} -cp '${library}/*' org.neo4j.cli.AdminTool "$@"`;
  writeFileSync(at('neo4j-admin'), `#!/bin/sh\nNEO4J_HOME='${home}' NEO4J_CONF='${at('conf')}' ${command}\n`, {
    mode: 0o755,
  });
  writeFileSync(at('products.csv'), 'name:ID,price:int\nespresso,250\ncortado,310\n');
  // It writes a report of what it imported to where it stands.
  const there = { cwd: home };
  await run(at('neo4j-admin'), ['database', 'import', 'full', 'neo4j', `--nodes=Product=${at('products.csv')}`], there);
  await run(at('neo4j-admin'), ['database', 'dump', 'neo4j', `--to-path=${at('dumps')}`], there);

  function runTool(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ToolEnd> {
    return new Promise((resolve) => {
      const surroundings = { PATH: process.env.PATH ?? '', ...env };
      const child = execFile(at('neo4j-admin'), args, { env: surroundings }, (error, out, err) => {
        const exitCode = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
        resolve({ lines: `${out}\n${err}`.split('\n'), exitCode });
      });
      child.stdin?.end();
    });
  }

  return {
    home,
    tool: [at('neo4j-admin')],
    dump: join(at('dumps'), 'neo4j.dump'),
    run: runTool,
    upload({ proxy }, { isAgreed }) {
      const args = ['database', 'upload', 'neo4j', `--from-path=${at('dumps')}`, `--to-uri=${ADDRESS}`, '--verbose'];
      const env = { NEO4J_USERNAME: 'neo4j', NEO4J_PASSWORD: PASSWORD, JAVA_TOOL_OPTIONS: proxy?.javaOptions ?? '' };
      return runTool(isAgreed ? [...args, '--overwrite-destination=true'] : args, env);
    },
    async makeBackup(name, database, kind) {
      const file = at(name);
      await run(java, ['-cp', join(library, '*'), 'tools/neo4j/MakeBackup.java', home, file, database, kind]);
      return file;
    },
    async makeTar(name, as) {
      const folder = mkdtempSync(at('tar-'));
      copyFileSync(join(at('dumps'), 'neo4j.dump'), join(folder, as));
      await run('tar', ['-cf', at(name), '-C', folder, as]);
      return at(name);
    },
    async makeFile(name, content) {
      writeFileSync(at(name), content);
      return at(name);
    },
    close: () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}
