import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoGraph } from '../../playground/neo4j/demo-graph.ts';
import { prepareNeo4j } from '../../playground/neo4j/find-neo4j.ts';
import { startLocalNeo4j } from '../../playground/neo4j/local-neo4j.ts';
import { sha256OfFile } from '../../src/upload/checksum.ts';
import { lookAtArchive } from '../../src/upload/file-check.ts';
import { hasUpload } from '../../src/upload/has-upload.ts';
import { PASSWORD, startUploadWorld, type UploadWorld } from '../support/uploads.ts';

const program = await prepareNeo4j(() => undefined);
const isRequired = process.env.NEO4J_REQUIRED === '1';
const LIMIT_MS = 60_000;

/**
 * The real program as far as Maven Central has it: `database upload` is in an artifact that is not published there, so what it
 * prints and answers stands in the tables of `tool-output.test.ts`, and its place is taken by a stand-in.
 */
describe.skipIf(program.kind === 'missing' && !isRequired)(
  'the real neo4j-admin (skipped without Java and Maven)',
  () => {
    let home: string;
    let tool: readonly string[];
    let world: UploadWorld;
    const env = { PATH: process.env.PATH ?? '' };

    beforeAll(async () => {
      if (program.kind === 'missing') throw new Error(program.why);
      home = mkdtempSync(join(tmpdir(), 'rb-admin-'));
      const server = await startLocalNeo4j(program, join(home, 'server'));
      await server.ready;
      const graph = createDemoGraph(server);
      await graph.createCatalogue();
      await server.stop();
      const script = join(home, 'neo4j-admin');
      const java = `${program.java} -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '${program.library}/*' org.neo4j.cli.AdminTool`;
      const conf = join(home, 'conf');
      mkdirSync(conf);
      writeFileSync(script, `#!/bin/sh\nNEO4J_HOME='${home}/server' NEO4J_CONF='${conf}' exec ${java} "$@"\n`);
      chmodSync(script, 0o755);
      tool = [script];
      mkdirSync(join(home, 'dumps'));
      execFileSync(script, ['database', 'dump', 'neo4j', `--to-path=${join(home, 'dumps')}`], { stdio: 'ignore' });
      world = await startUploadWorld();
    });
    afterAll(async () => {
      await world?.close();
      rmSync(home, { recursive: true, force: true });
    });

    const look = (directory: string) =>
      lookAtArchive(
        tool,
        { directory, database: 'neo4j' },
        { env, outputFile: join(home, 'info.log'), limitMs: LIMIT_MS },
      );

    it('says of its own dump what is in it', async () => {
      expect(await look(join(home, 'dumps'))).toEqual({
        format: expect.stringMatching(/Neo4j .*Dump/i),
        files: expect.any(Number),
        bytes: expect.any(Number),
      });
      expect(statSync(join(home, 'dumps', 'neo4j.dump')).size).toBeGreaterThan(0);
    });

    it('refuses a file that is none of its own', async () => {
      const letters = join(home, 'letters');
      mkdirSync(letters);
      writeFileSync(join(letters, 'neo4j.dump'), 'a letter to my aunt');
      expect(await look(letters)).toBe('unreadable');
    });

    it('has no upload here, which is found out before any file is offered', async () => {
      expect(await hasUpload(tool, env)).toBe(false);
      expect(await hasUpload([join(home, 'nowhere')], env)).toBe(false);
      expect(await hasUpload(world.attempt().tool, env)).toBe(true);
    });

    it('without the upload ends at once, and Aura is not touched', async () => {
      const { file } = world.attempt();
      copyFileSync(join(home, 'dumps', 'neo4j.dump'), file.path);
      const sha256 = await sha256OfFile(file.path);
      const attempt = world.attempt({
        tool,
        file: { ...file, sizeBytes: statSync(file.path).size, sha256 },
      });
      await world.runner.start(attempt, PASSWORD);
      const { progress } = await world.ended(attempt.attemptId);
      expect(progress.end).toMatchObject({ kind: 'bad-arguments', effect: 'none' });
      expect(world.console.calls).toEqual([]);
    });
  },
);
