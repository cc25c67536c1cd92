import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { startBotProcess } from '../../playground/bot-process.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { requestRestore, until } from '../../playground/story.ts';
import { startWorld, type World } from '../../playground/world.ts';
import { KEY } from '../../src/store/keys.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { rewritten } from '../audit/files-of.ts';

let world: World;
let bot: Awaited<ReturnType<typeof startBotProcess>> | undefined;
beforeEach(async () => {
  world = await startWorld({ transport: 'socket', settings: { audit: { retention: '30d' } } });
  bot = await startBotProcess(world);
});
afterEach(async () => {
  await bot?.stop();
  await world.close();
});

/** Runs one of the audit commands as an operator would, with the bot's environment or without any. */
async function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = ['--import', 'tsx', `src/commands/audit-${command}.ts`, ...args];
  const options = { env: { PATH: process.env.PATH ?? '', ...env }, timeout: 30_000 };
  return promisify(execFile)(process.execPath, program, options).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
  );
}

/** A restore that was asked for and withdrawn, and its anchor as it stands in the audit channel. */
async function withdrawnRestore(): Promise<string> {
  const card = await requestRestore(world);
  await world.slack.as(PEOPLE.requester.id).click(card, ACTION.withdraw);
  const anchor = await until('the anchor', () =>
    world.slack.messages(CHANNELS.audit.id).find(({ text }) => text.startsWith('Audit anchor for')),
  );
  return anchor.text;
}

/** Writes the history of R-1 anew, record and audit stream, with another requester and every hash recomputed. */
async function forge(): Promise<void> {
  const redis = connectForClicks({ socketPath: join(world.directory, 'redis', 'redis.sock') });
  await redis.connect();
  const restore = (await createRestoreStore(redis).load('R-1'))?.restore;
  const history = rewritten(restore?.history ?? [], 1, { by: 'U0EVE' });
  await redis.hset(KEY.restore('R-1'), 'document', JSON.stringify({ ...restore, history }));
  const others = (await redis.xrange(KEY.audit, '-', '+')).filter(([, fields]) => fields[1] !== 'R-1');
  await redis.del(KEY.audit);
  for (const [, fields] of others) await redis.xadd(KEY.audit, '*', ...fields);
  for (const entry of history) await redis.xadd(KEY.audit, '*', 'restore', 'R-1', 'entry', JSON.stringify(entry));
  redis.disconnect();
}

describe('an auditor', () => {
  it('exports beside the running bot, verifies without it, and sees by the anchor that everything was written anew', async () => {
    const anchors = join(world.directory, 'anchors.txt');
    writeFileSync(anchors, `Restore bot  09:41\n${await withdrawnRestore()}\n`);
    const file = join(world.directory, 'export.jsonl');
    const verify = (...args: string[]) => run('verify', [file, ...args]);

    expect(await run('export', ['--out', file], world.env)).toMatchObject({ code: 0 });
    expect(await verify('--anchors', anchors)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/entries of 1 restores: unbroken\.\n1 anchors agree/),
    });

    await forge();
    await bot?.stop();
    expect(await run('export', ['--out', file], world.env)).toMatchObject({ code: 0 });
    expect(await verify()).toMatchObject({ code: 0 });
    expect(await verify('--anchors', anchors)).toMatchObject({
      code: 1,
      said: expect.stringContaining('of R-1 was changed: the anchor has another hash'),
    });

    expect(await run('archive', ['--dir', join(world.directory, 'archive')], world.env)).toMatchObject({ code: 0 });
  }, 120_000);

  it('is told what cannot be read', async () => {
    const file = join(world.directory, 'broken.jsonl');
    writeFileSync(file, 'hello\n');
    expect(await run('verify', [file])).toMatchObject({ code: 2, said: expect.stringContaining('line 1 is not JSON') });
    expect(await run('verify', ['nowhere.jsonl'])).toMatchObject({ code: 2 });
    expect(await run('verify', [])).toMatchObject({ code: 2 });
    const nobody = join(world.directory, 'nobody');
    mkdirSync(nobody);
    expect(await run('export', [], { DATA_DIR: nobody })).toMatchObject({
      code: 1,
      said: expect.stringContaining('there are no records'),
    });
  }, 60_000);
});
