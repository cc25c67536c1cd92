import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleFault } from '../../playground/aura/import-console.ts';
import type { UploadAttempt } from '../../src/upload/attempt.ts';
import { sha256OfFile } from '../../src/upload/checksum.ts';
import { hasUpload } from '../../src/upload/has-upload.ts';
import { toolFailure } from '../../src/upload/tool-failure.ts';
import { type RealAdmin, startRealAdmin } from '../support/real-admin.ts';
import { hasNoNeo4j } from '../support/real-neo4j.ts';
import { until as untilSo } from '../support/until.ts';
import { PASSWORD, startUploadWorld, type UploadWorld } from '../support/uploads.ts';

type Change = Partial<UploadAttempt>;

/** Long enough for Java programs that start on a machine with much else to do. */
const LIMIT_MS = 300_000;
const LARGE_BYTES = 64 * 2 ** 20;
const OPTIONS = { timeout: LIMIT_MS, concurrent: true };

async function fileAt(path: string, kind: UploadAttempt['file']['kind']): Promise<UploadAttempt['file']> {
  return { path, name: basename(path), kind, sizeBytes: statSync(path).size, sha256: await sha256OfFile(path) };
}

/** What the real program says, does and takes; a proxy leads it to the simulated console. */
describe.skipIf(hasNoNeo4j)('the real neo4j-admin (skipped without Java and Maven)', OPTIONS, () => {
  let admin: RealAdmin;
  const worlds: UploadWorld[] = [];
  const env = { PATH: process.env.PATH ?? '' };

  beforeAll(async () => {
    admin = await startRealAdmin();
  }, LIMIT_MS);
  afterAll(async () => {
    for (const one of worlds) await one.close();
    admin?.close();
  });

  async function world(options: Parameters<typeof startUploadWorld>[0] = {}): Promise<UploadWorld> {
    const started = await startUploadWorld({ admin, ...options });
    worlds.push(started);
    return started;
  }

  async function start(at: UploadWorld, { password = PASSWORD, ...change }: { password?: string } & Change = {}) {
    const attempt = at.attempt({ silenceMs: LIMIT_MS, beginBefore: Date.now() + LIMIT_MS, ...change });
    expect(await at.runner.start(attempt, password)).toBe('started');
    return attempt;
  }

  async function upload(at: UploadWorld, change: Parameters<typeof start>[1] = {}) {
    const { attemptId } = await start(at, change);
    return at.ended(attemptId);
  }

  const instanceOf = ({ aura }: UploadWorld) => aura.instances.find('a1b2c3d4');
  /** The calls to the console by their last word, those to the storage by their method. */
  const stepsOf = ({ console }: UploadWorld) =>
    console.calls.map(({ path, method }) => (path.startsWith('/signed/') ? method : path.split('/').at(-1)));
  const until = (what: string, isSo: () => Promise<boolean>) => untilSo(what, isSo, LIMIT_MS);

  it('loads a dump of its own into the instance, once, over blips on the way, and asks nothing of anybody else', async () => {
    const at = await world();
    at.console.add({ at: 'size', as: 503, times: 1 });
    at.console.add({ at: 'put', as: 503, times: 1 });
    at.console.add({ at: 'status', as: 500, times: 1 });
    const { progress } = await upload(at);
    expect(progress).toMatchObject({ phase: 'done', runs: 1, end: { kind: 'done', effect: 'loaded', exitCode: 0 } });
    const { sha256 } = at.attempt().file;
    expect(instanceOf(at)).toMatchObject({ status: 'running', dataVersion: `file ${sha256.slice(0, 12)}` });
    expect(stepsOf(at).filter((step) => step === 'PUT')).toHaveLength(3);
    expect(at.console.loads).toBe(1);
    expect(at.proxy?.refused).toEqual([]);
  });

  it('says that the password is wrong, which stands on no command line', async () => {
    const at = await world();
    const { progress } = await upload(at, { password: 'wrong' });
    expect(progress.end).toEqual({
      kind: 'wrong-password',
      effect: 'none',
      exitCode: 1,
      said: 'Invalid username/password credentials',
    });
    expect(progress.runs).toBe(1);
    expect(stepsOf(at)).toEqual(['auth']);
  });

  it('says why Aura cannot be reached, and is run once more', async () => {
    const at = await world({ isTrusted: false });
    const { progress } = await upload(at);
    expect(progress).toMatchObject({ runs: 2, end: { kind: 'unreachable', effect: 'none', exitCode: 1 } });
    expect(progress.end?.said).toContain('unable to find valid certification path to requested target');
    expect(at.console.calls).toEqual([]);
  });

  it('takes a tar with a dump in it, and says that Aura could not load it', async () => {
    const at = await world();
    at.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
    const { progress } = await upload(at, {
      file: await fileAt(await admin.makeTar('orders.tar', 'neo4j.dump'), 'tar'),
    });
    expect(progress.end).toEqual({
      kind: 'load-failed',
      effect: 'possible',
      exitCode: 1,
      said: 'Error: The dump could not be loaded. See: https://aura.support.neo4j.com',
    });
    expect(at.console.loads).toBe(1);
  });

  it('takes a full backup by the name of the database in it, and is not believed about a call that Java repeated', async () => {
    const at = await world();
    at.console.add({ at: 'upload-complete', as: 'lost', times: 1 });
    const path = await admin.makeBackup('orders-2026-11-20T02-00-00.backup', 'warehouse', 'full');
    const { progress } = await upload(at, { file: await fileAt(path, 'backup') });
    expect(progress.end).toMatchObject({ kind: 'no-consent', effect: 'possible', exitCode: 1 });
    expect(stepsOf(at)).toEqual(['auth', 'size', 'import', 'POST', 'PUT', 'upload-complete', 'upload-complete']);
    expect(at.console.loads).toBe(1);
  });

  it.each([
    [
      'a differential backup',
      'backup',
      'file-differential',
      () => admin.makeBackup('d.backup', 'neo4j', 'differential'),
    ],
    ['a tar without a dump', 'tar', 'file-unreadable', () => admin.makeTar('empty.tar', 'letter.txt')],
    ['a letter as a dump', 'dump', 'file-unreadable', () => admin.makeFile('letter.dump', 'a letter to my aunt')],
  ] as const)('does not touch Aura with %s', async (_, kind, problem, make) => {
    const at = await world();
    const { progress } = await upload(at, { file: await fileAt(await make(), kind) });
    expect(progress.end).toMatchObject({ kind: problem, effect: 'none' });
    expect(at.console.calls).toEqual([]);
  });

  it('says that the connection broke half way, and the instance is certainly unchanged', async () => {
    const at = await world();
    at.console.add({ at: 'put', as: 'hang', times: 1 });
    // No socket takes all of it while nobody reads.
    const large = await admin.makeFile(
      'large.dump',
      Buffer.concat([readFileSync(admin.dump), Buffer.alloc(LARGE_BYTES)]),
    );
    const begun = await start(at, { file: await fileAt(large, 'dump') });
    await until('the file to be on its way', async () => {
      const look = await at.runner.look(begun.attemptId);
      const { phase, percent = 0 } = look.kind === 'under-way' ? look.progress : { phase: 'none' };
      return phase === 'uploading' && percent >= 10 && percent < 100;
    });
    at.proxy?.cut();
    const { progress } = await at.ended(begun.attemptId);
    expect(progress).toMatchObject({ runs: 1, end: { kind: 'unreachable', effect: 'none', exitCode: 1 } });
    expect(at.console.loads).toBe(0);
  });

  it('killed while Aura loads leaves open what Aura did', async () => {
    const at = await world();
    at.console.add({ at: 'status', as: 'hang', times: 1 });
    const begun = await start(at);
    await until('Aura to load it', async () => {
      const look = await at.runner.look(begun.attemptId);
      return look.kind === 'under-way' && look.progress.phase === 'importing';
    });
    for (const pid of javaOf(begun.attemptId)) process.kill(pid, 'SIGKILL');
    const { progress } = await at.ended(begun.attemptId);
    expect(progress.end).toMatchObject({ kind: 'stopped', effect: 'possible' });
    expect(at.console.loads).toBe(1);
  });

  it.each<[string, Partial<ConsoleFault> | undefined, object]>([
    [
      'without consent',
      undefined,
      { kind: 'no-consent', effect: 'none', said: 'No consent to overwrite database. Aborting' },
    ],
    [
      'when the data does not fit',
      { at: 'size', as: 422 },
      {
        kind: 'too-big',
        effect: 'none',
        said: expect.stringMatching(/^The database is too large for this instance\. Minimum storage space required: /),
      },
    ],
  ])('gives up in words that are understood %s', async (_, fault, failure) => {
    const at = await world();
    if (fault) at.console.add({ at: 'auth', as: 500, times: 1, ...fault });
    const { lines, exitCode } = await admin.upload(at, { isAgreed: fault !== undefined });
    expect(exitCode).toBe(1);
    expect(toolFailure(lines, exitCode)).toMatchObject(failure);
  });

  it('gives up in words that are understood when the address is none of Aura', async () => {
    const args = [
      '--to-user=neo4j',
      '--to-password=any',
      '--to-uri=bolt://db.example.com',
      `--from-path=${dirname(admin.dump)}`,
    ];
    const { lines, exitCode } = await admin.run(['database', 'upload', 'neo4j', ...args]);
    expect(toolFailure(lines, exitCode)).toMatchObject({
      kind: 'unknown-instance',
      effect: 'none',
      mayRunAgain: false,
    });
  });

  it('has the upload, which is found out before any file is offered', async () => {
    expect(await hasUpload(admin.tool, env)).toBe(true);
    expect(await hasUpload([join(admin.home, 'nowhere')], env)).toBe(false);
  });
});

/** The processes of the tool itself that work for an attempt. */
function javaOf(attemptId: string): readonly number[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(attemptId) && line.includes('AdminTool'))
    .map((line) => Number.parseInt(line, 10));
}
