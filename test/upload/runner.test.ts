import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { UploadLook } from '../../src/upload/runner.ts';
import { PASSWORD, startUploadWorld, type UploadWorld } from '../support/uploads.ts';

const WITHIN = { timeout: 50_000, interval: 50 };
const worlds: UploadWorld[] = [];

async function world(options?: Parameters<typeof startUploadWorld>[0]): Promise<UploadWorld> {
  const started = await startUploadWorld(options);
  worlds.push(started);
  return started;
}

const instanceOf = ({ aura }: UploadWorld) => aura.instances.find('a1b2c3d4');

/** Every process whose arguments name this attempt; the first is its supervisor. */
function processesOf(attemptId: string): readonly { readonly pid: number; readonly args: string }[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(attemptId))
    .map((line) => ({ pid: Number.parseInt(line, 10), args: line.trim().replace(/^\d+ /, '') }));
}

/** The environment of a process; none when it has just ended. */
function surroundingsOf(pid: number): readonly string[] {
  try {
    return [readFileSync(`/proc/${pid}/environ`, 'utf8')].filter(Boolean);
  } catch {
    return [];
  }
}

async function seen<K extends UploadLook['kind']>(from: UploadWorld, attemptId: string, kind: K) {
  return vi.waitFor(async () => {
    const look = await from.runner.look(attemptId);
    if (look.kind !== kind) throw new Error(`it is ${look.kind}`);
    return look as Extract<UploadLook, { kind: K }>;
  }, WITHIN);
}

describe('an upload beside the bot', () => {
  afterEach(async () => {
    for (const one of worlds.splice(0)) await one.close();
  });

  it('loads the file into the instance, once, and says so', async () => {
    const at = await world();
    const attempt = at.attempt();
    expect(await at.runner.look(attempt.attemptId)).toEqual({ kind: 'not-here' });
    expect(await at.runner.start(attempt, PASSWORD)).toBe('started');
    const { progress } = await at.ended(attempt.attemptId);
    expect(progress).toMatchObject({ phase: 'done', runs: 1, end: { kind: 'done', effect: 'loaded', exitCode: 0 } });
    expect(instanceOf(at)).toMatchObject({
      status: 'running',
      dataVersion: `file ${attempt.file.sha256.slice(0, 12)}`,
    });
    expect(at.console.loads).toBe(1);
  });

  it('is never started twice for one attempt, by whomever', async () => {
    const at = await world({ tool: { pauseMs: 50 } });
    const attempt = at.attempt();
    const starts = await Promise.all(
      [at.runner, at.restarted(), at.restarted()].map((runner) => runner.start(attempt, PASSWORD)),
    );
    expect(starts.filter((one) => one === 'started')).toHaveLength(1);
    await at.ended(attempt.attemptId);
    expect(await at.restarted().start(attempt, PASSWORD)).toBe('already-claimed');
    expect(at.console.loads).toBe(1);
    expect(at.console.calls.filter(({ path }) => path.endsWith('/auth'))).toHaveLength(1);
  });

  it('goes on when the bot ends, and the next bot sees how far it is', async () => {
    const at = await world({ tool: { pauseMs: 200 } });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    const next = at.restarted();
    await vi.waitFor(async () => {
      expect(await next.look(attempt.attemptId)).toMatchObject({
        kind: 'under-way',
        progress: { phase: 'uploading', percent: expect.any(Number) },
      });
    }, WITHIN);
    expect((await at.ended(attempt.attemptId)).progress.end?.kind).toBe('done');
  });

  it('gives the password to the tool by its surroundings only: not on any command line, not on disk', async () => {
    const at = await world({ tool: { pauseMs: 200 } });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    await vi.waitFor(async () => {
      expect(await at.runner.look(attempt.attemptId)).toMatchObject({ progress: { phase: 'uploading' } });
    }, WITHIN);
    const commands = processesOf(attempt.attemptId);
    expect(commands.length).toBeGreaterThan(1);
    for (const { args } of commands) expect(args).not.toContain(PASSWORD);
    await at.ended(attempt.attemptId);
    const directory = join(at.home, 'uploads', attempt.attemptId);
    for (const name of readdirSync(directory, { withFileTypes: true })) {
      if (name.isFile()) expect(readFileSync(join(directory, name.name), 'utf8')).not.toContain(PASSWORD);
    }
  });

  it('passes none of the secrets of the bot on', async () => {
    const at = await world({
      env: { SLACK_BOT_TOKEN: 'xoxb-secret', AURA_CLIENT_SECRET: 'secret too' },
      tool: { pauseMs: 200 },
    });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    await seen(at, attempt.attemptId, 'under-way');
    const surroundings = processesOf(attempt.attemptId).flatMap(({ pid }) => surroundingsOf(pid));
    expect(surroundings.length).toBeGreaterThan(0);
    for (const one of surroundings) expect(one).not.toMatch(/xoxb-secret|secret too/);
    await at.ended(attempt.attemptId);
  });

  it('says that the password is wrong, and changes nothing', async () => {
    const at = await world();
    const attempt = at.attempt();
    await at.runner.start(attempt, 'wrong');
    const { progress } = await at.ended(attempt.attemptId);
    expect(progress).toMatchObject({
      phase: 'failed',
      runs: 1,
      end: { kind: 'wrong-password', effect: 'none', exitCode: 1, said: 'Invalid username/password credentials' },
    });
    expect(instanceOf(at).dataVersion).toBe('now');
  });

  it('says that the data does not fit, before anything is uploaded', async () => {
    const at = await world({ storageBytes: 10 });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    const { progress } = await at.ended(attempt.attemptId);
    expect(progress.end).toMatchObject({ kind: 'too-big', effect: 'none' });
    expect(at.console.calls.map(({ path }) => path)).not.toContain('/v2/databases/a1b2c3d4/import');
  });

  it('is run once more after a blip of the login, and not a third time', async () => {
    const at = await world();
    at.console.add({ at: 'auth', as: 503, times: 1 });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress).toMatchObject({ runs: 2, end: { kind: 'done' } });

    at.console.add({ at: 'auth', as: 503, times: 9 });
    const again = at.attempt();
    await at.runner.start(again, PASSWORD);
    expect((await at.ended(again.attemptId)).progress).toMatchObject({
      runs: 2,
      end: { kind: 'unreachable', effect: 'none' },
    });
    expect(at.console.loads).toBe(1);
  });

  it.each([
    ['before Aura is told to load', 'place', 'none'],
    ['when Aura is told to load', 'upload-complete', 'possible'],
  ] as const)('is not run again when the way fails %s', async (_, where, effect) => {
    const at = await world();
    at.console.add({ at: where, as: 503, times: 1 });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress).toMatchObject({ runs: 1, end: { effect, exitCode: 1 } });
  });

  it('loads nothing when the file is written to after its checksum was read', async () => {
    const at = await world({ tool: { pauseMs: 500 } });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    await vi.waitFor(async () => {
      expect(await at.runner.look(attempt.attemptId)).toMatchObject({ progress: { phase: 'uploading' } });
    }, WITHIN);
    writeFileSync(attempt.file.path, 'DZV1 the orders of tomorrow!');
    const { end } = (await at.ended(attempt.attemptId)).progress;
    expect(end).toEqual({
      kind: 'stopped',
      effect: 'none',
      said: 'the file was changed after its checksum was read',
    });
    expect(at.console.loads).toBe(0);
  });

  it('leaves open what Aura did when it misses consent at the call that loads: it may have had that call before', async () => {
    const at = await world();
    at.console.add({ at: 'upload-complete', as: 409, times: 1 });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress.end).toMatchObject({ kind: 'no-consent', effect: 'possible' });
  });

  it('is stopped when it hangs at 97 percent, and says so', async () => {
    const at = await world({ tool: { hangAt: 97 } });
    const attempt = at.attempt({ silenceMs: 5_000 });
    await at.runner.start(attempt, PASSWORD);
    const { progress } = await at.ended(attempt.attemptId);
    expect(progress.end).toEqual({ kind: 'stopped', effect: 'none', said: 'it said nothing for 5 seconds' });
    await vi.waitFor(() => expect(processesOf(attempt.attemptId)).toEqual([]), WITHIN);
    expect(at.console.loads).toBe(0);
  });

  it('is stopped when it is not with Aura in time', async () => {
    const at = await world({ tool: { pauseMs: 30_000 } });
    const attempt = at.attempt({ sentBefore: Date.now() + 6_000 });
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress.end).toMatchObject({
      kind: 'stopped',
      effect: 'none',
      // Where the machine is busy the time is over before the file was read.
      said: expect.stringMatching(/^(?:the time for the upload was over|it took too long to read the file)$/),
    });
    expect(at.console.loads).toBe(0);
  });

  it('leaves open what Aura did when the load fails', async () => {
    const at = await world();
    at.aura.faults.add({ kind: 'restore-ends', as: 'loading failed', times: 1 });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    const { progress } = await at.ended(attempt.attemptId);
    expect(progress.end).toMatchObject({ kind: 'load-failed', effect: 'possible', exitCode: 1 });
    expect(progress.end?.said).toBe('Error: The dump could not be loaded. See: https://aura.support.neo4j.com');
  });

  it('does not touch Aura with another file than was agreed to', async () => {
    const at = await world();
    const attempt = at.attempt();
    writeFileSync(attempt.file.path, 'DZV1 the orders of sometime..');
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress.end).toEqual({ kind: 'file-changed', effect: 'none' });
    expect(at.console.calls).toEqual([]);
  });

  it('does not touch Aura with a file that is no archive', async () => {
    const at = await world({ content: 'a letter to my aunt' });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress.end).toEqual({ kind: 'file-unreadable', effect: 'none' });
    expect(at.console.calls).toEqual([]);
  });

  it('is seen to be abandoned when its supervisor is killed, with what the tool had done by then', async () => {
    const at = await world({ tool: { hangAt: 50 } });
    const attempt = at.attempt();
    await at.runner.start(attempt, PASSWORD);
    await vi.waitFor(async () => {
      expect(await at.runner.look(attempt.attemptId)).toMatchObject({ progress: { phase: 'uploading', percent: 50 } });
    }, WITHIN);
    const [supervisor, ...others] = processesOf(attempt.attemptId);
    if (supervisor) process.kill(supervisor.pid, 'SIGKILL');
    expect(await seen(at, attempt.attemptId, 'abandoned')).toMatchObject({ mayHaveBegun: false });
    expect(await at.restarted().start(attempt, PASSWORD)).toBe('already-claimed');
    for (const { pid } of others) process.kill(pid, 'SIGKILL');
  });

  it('has nothing loaded after its time when its supervisor was killed while the tool uploads', async () => {
    const at = await world({ tool: { pauseMs: 3_000 } });
    const attempt = at.attempt({ sentBefore: Date.now() + 20_000 });
    await at.runner.start(attempt, PASSWORD);
    await vi.waitFor(async () => {
      expect(await at.runner.look(attempt.attemptId)).toMatchObject({ progress: { phase: 'uploading' } });
    }, WITHIN);
    const [supervisor, ...others] = processesOf(attempt.attemptId);
    if (supervisor) process.kill(supervisor.pid, 'SIGKILL');
    expect(others).not.toEqual([]);
    await vi.waitFor(() => expect(processesOf(attempt.attemptId)).toEqual([]), WITHIN);
    expect(at.console.loads).toBe(0);
    expect(at.console.calls.map(({ path }) => path).filter((path) => path.endsWith('/upload-complete'))).toEqual([]);
    expect(await seen(at, attempt.attemptId, 'abandoned')).toMatchObject({ mayHaveBegun: false });
  });

  it('leaves open what Aura does when its time is over while Aura loads', async () => {
    const at = await world({ tool: { pollMs: 60_000 } });
    const attempt = at.attempt({ sentBefore: Date.now() + 20_000 });
    await at.runner.start(attempt, PASSWORD);
    const { end } = (await at.ended(attempt.attemptId)).progress;
    expect(end).toEqual({ kind: 'stopped', effect: 'possible', said: 'the time for the upload was over' });
    expect(at.console.loads).toBe(1);
  });

  it('is known never to have begun when the bot died after it was announced', async () => {
    const at = await world();
    const [attempt, late] = [at.attempt(), at.attempt()];
    await at.runner.announce(attempt.attemptId, attempt.beginBefore);
    await at.runner.announce(late.attemptId, Date.now() - 9_000);
    expect(await at.restarted().look(attempt.attemptId)).toEqual({ kind: 'beginning' });
    expect(await at.restarted().look(late.attemptId), 'a clock may be a little off').toEqual({ kind: 'beginning' });
    await at.runner.announce(late.attemptId, Date.now() - 11_000);
    expect(await at.restarted().look(late.attemptId)).toEqual({ kind: 'never-began' });
    expect(await at.runner.look(at.attempt().attemptId), 'of another host').toEqual({ kind: 'not-here' });
    await at.runner.start(attempt, PASSWORD);
    expect((await at.ended(attempt.attemptId)).progress.end?.kind).toBe('done');
  });

  it('never begins when it was claimed and the bot died before its supervisor was started', async () => {
    const at = await world();
    const attempt = at.attempt();
    mkdirSync(join(at.home, 'uploads', attempt.attemptId), { recursive: true });
    expect(await at.runner.look(attempt.attemptId)).toEqual({ kind: 'beginning' });
    expect(await at.runner.start(attempt, PASSWORD)).toBe('already-claimed');
    expect(at.console.calls).toEqual([]);
  });

  it.each(['', '{"attemptId":'])(
    'never begins when the bot died while it wrote what its supervisor is told: %j',
    async (written) => {
      const at = await world();
      const attempt = at.attempt();
      const directory = join(at.home, 'uploads', attempt.attemptId);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'attempt.json'), written);
      expect(await at.runner.look(attempt.attemptId)).toEqual({ kind: 'beginning' });
      const longAgo = new Date(Date.now() - 60_000);
      utimesSync(directory, longAgo, longAgo);
      expect(await at.runner.look(attempt.attemptId)).toEqual({ kind: 'never-began' });
      expect(await at.runner.start(attempt, PASSWORD)).toBe('already-claimed');
    },
  );

  it('does nothing when its supervisor comes too late', async () => {
    const at = await world();
    const attempt = at.attempt({ beginBefore: Date.now() - 60_000 });
    await at.runner.start(attempt, PASSWORD);
    await seen(at, attempt.attemptId, 'never-began');
    await vi.waitFor(() => expect(processesOf(attempt.attemptId)).toEqual([]), WITHIN);
    expect(at.console.calls).toEqual([]);
  });
});
