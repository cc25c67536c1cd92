import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnchors } from '../../src/audit/anchors.ts';
import { headOf } from '../../src/restore/history.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { AnchorDaily } from '../../src/slack/daily-anchor.ts';
import { createDailyAnchorRecord } from '../../src/store/daily-anchor-record.ts';
import { KEY } from '../../src/store/keys.ts';
import { save } from '../audit/recorded.ts';
import { afterEvents } from '../support/make-restore.ts';
import { usePosting } from '../support/posting.ts';
import { until } from '../support/until.ts';
import { openAnchorWorker } from './anchor-worker.ts';

const AUDIT = 'C0AUDIT';
const OTHER = 'C0OTHER';

const here = usePosting({ channels: [AUDIT, OTHER] });
let workers: readonly AnchorDaily[];
let close: () => void;
beforeEach(async () => {
  const all = await Promise.all(['one', 'two', 'three'].map((name) => worker(name)));
  workers = all.map(({ anchorDaily }) => anchorDaily);
  close = () => {
    for (const { end } of all) end();
  };
});
afterEach(() => close());

function worker(name: string, killedAfterPosts?: number) {
  return openAnchorWorker({
    target: here.test.server.target,
    apiUrl: here.slack.apiUrl,
    token: here.slack.app.botToken,
    name,
    auditChannels: [AUDIT, OTHER],
    ...(killedAfterPosts === undefined ? {} : { killedAfterPosts }),
  });
}

/** A worker in a process of its own that looks again and again; resolves when it has begun to look. */
async function workerProcess(name: string) {
  const program = fileURLToPath(new URL('./anchor-worker-process.ts', import.meta.url));
  const { socketPath } = here.test.server.target;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', program, socketPath, here.slack.apiUrl, here.slack.app.botToken, name],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
  return {
    async end() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** As if the last anchor had been done this many days ago. */
async function lastDone(daysAgo: number): Promise<void> {
  const day = new Date(Date.parse(await here.test.store.now()) - daysAgo * 86_400_000).toISOString().slice(0, 10);
  await here.test.redis.hset(KEY.auditDaily, 'day', day);
}

async function allWorkers(): Promise<void> {
  for (let round = 0; round < 3; round++) await Promise.all(workers.map((anchorDaily) => anchorDaily()));
}

const said = (channel = AUDIT) => here.slack.messages(channel).map(({ text }) => text);
const anchored = (channel = AUDIT) => {
  const read = readAnchors(said(channel).join('\n'));
  return read.kind === 'anchors' ? read.anchors : [];
};
const byId = (restores: readonly Restore[]) => restores.map(headOf);

describe('the daily anchor', () => {
  it('is posted once, although several workers find it due at once', async () => {
    const restores = [
      await save(here.test, 'completed', { id: 'R-1' }),
      await save(here.test, 'restoring', { id: 'R-2' }),
    ];
    await lastDone(1);
    await allWorkers();
    expect(said()).toHaveLength(1);
    expect(anchored()).toEqual(byId(restores));
  });

  it('is posted once by two processes that look at it all the time', async () => {
    await allWorkers();
    const processes = await Promise.all(['P1', 'P2'].map((name) => workerProcess(name)));
    try {
      for (let round = 1; round <= 20; round++) {
        await save(here.test, 'denied', { id: `R-${round}` });
        await lastDone(1);
        await until('the anchor', () => anchored().some(({ restoreId }) => restoreId === `R-${round}`));
        await until('its end', async () => (await here.test.redis.hlen(KEY.sending('audit'))) === 0);
      }
    } finally {
      for (const { end } of processes) await end();
    }
    expect(said()).toHaveLength(20);
    expect(anchored()).toHaveLength(20);
  }, 60_000);

  it('is over what changed since the one before, and there is none when nothing did', async () => {
    await save(here.test, 'completed', { id: 'R-1' });
    const open = await save(here.test, 'restoring', { id: 'R-2' });
    await allWorkers();
    await lastDone(1);
    await allWorkers();
    expect(said()).toHaveLength(1);
    const later = afterEvents(open, ['step-observed']);
    await here.test.store.save(open.version, later);
    await lastDone(1);
    await allWorkers();
    expect(said()).toHaveLength(2);
    expect(anchored().at(-1)).toEqual(headOf(later));
    expect(anchored()).toHaveLength(3);
  });

  it('is posted once on return when it was due several times while the bot was down', async () => {
    const restores = [await save(here.test, 'completed', { id: 'R-1' })];
    await lastDone(5);
    await allWorkers();
    expect(said()).toHaveLength(1);
    expect(anchored()).toEqual(byId(restores));
  });

  it('waits for the next day', async () => {
    await allWorkers();
    await save(here.test, 'completed', { id: 'R-1' });
    await allWorkers();
    expect(said()).toEqual([]);
  });

  it('goes to the audit channel of each restore', async () => {
    const first = await save(here.test, 'completed', { id: 'R-1' });
    const second = await save(here.test, 'completed', { id: 'R-2', policy: { auditChannel: OTHER } });
    await allWorkers();
    expect([anchored(), anchored(OTHER)]).toEqual([byId([first]), byId([second])]);
  });

  it('is not said again when Slack took it and its answer was lost', async () => {
    await save(here.test, 'completed', { id: 'R-1' });
    here.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
    await allWorkers();
    await here.leasesRunOut();
    await allWorkers();
    expect(said()).toHaveLength(1);
    expect(await here.test.redis.hkeys(KEY.auditDaily)).toEqual(['day', 'after']);
  });

  it.each([
    ['cannot be read', (key: string) => here.test.redis.hset(key, 'document', '{}')],
    ['is no JSON', (key: string) => here.test.redis.hset(key, 'document', '{')],
    ['is of another type', (key: string) => here.test.redis.set(key, 'damaged')],
    ['is gone', (key: string) => here.test.redis.del(key)],
  ])('of a record that %s stands in every audit channel, and no other waits for it', async (_, damage) => {
    const damaged = await save(here.test, 'completed', { id: 'R-1' });
    const whole = await save(here.test, 'completed', { id: 'R-2' });
    await damage(KEY.restore('R-1'));
    await allWorkers();
    const head = { ...headOf(damaged), instance: 'record cannot be read' };
    expect([anchored(), anchored(OTHER)]).toEqual([[head, headOf(whole)], [head]]);
    expect(await here.test.redis.hkeys(KEY.auditDaily)).toEqual(['day', 'after']);
  });

  it.each(['a (b)', 'a\nb', 'a'.repeat(4_000)])(
    'of a record whose alias no line can hold stands without it: %j',
    async (alias) => {
      const damaged = await save(here.test, 'completed', { id: 'R-1', policy: { alias } });
      await allWorkers();
      expect(anchored()).toEqual([{ ...headOf(damaged), instance: 'record cannot be read' }]);
    },
  );

  it('is over every other entry when the audit stream holds what is none', async () => {
    const { hash, at } = headOf(await save(here.test, 'completed', { id: 'R-1' }));
    const entry = { seq: 1, at, facts: {}, previous: '', hash };
    for (const fields of [
      ['made', 'up'],
      ['restore', 'R-7', 'entry', '{'],
      ['restore', 'R-8', 'entry', JSON.stringify({ ...entry, hash: 'none' })],
      ['restore', 'R-9', 'entry', JSON.stringify({ ...entry, seq: 0 })],
      ['restore', 'R-9', 'entry', JSON.stringify({ ...entry, at: at.replace('Z', `${'0'.repeat(40)}Z`) })],
      ['restore', `R-${'1'.repeat(40)}`, 'entry', JSON.stringify(entry)],
      ['restore', 'not of\nthis form', 'entry', JSON.stringify(entry)],
    ])
      await here.test.redis.xadd(KEY.audit, '*', ...fields);
    const later = await save(here.test, 'completed', { id: 'R-2' });
    await allWorkers();
    expect(anchored().map(({ restoreId }) => restoreId)).toEqual(['R-1', later.id]);
  });

  it('that is begun and not finished is known by its day', async () => {
    const { unfinished } = createDailyAnchorRecord(here.test.redis);
    expect(await unfinished()).toBeUndefined();
    await save(here.test, 'completed', { id: 'R-1' });
    here.slack.faults.add({ kind: 'away', times: 2 });
    await allWorkers();
    expect(await unfinished()).toBe((await here.test.store.now()).slice(0, 10));
    await here.leasesRunOut();
    await allWorkers();
    await here.leasesRunOut();
    await allWorkers();
    expect(await unfinished()).toBeUndefined();
  });

  it('that a channel refused stays owed there, and the next one is over those days too', async () => {
    const first = await save(here.test, 'completed', { id: 'R-1' });
    const elsewhere = await save(here.test, 'completed', { id: 'R-2', policy: { auditChannel: OTHER } });
    here.slack.faults.add({
      kind: 'error',
      method: 'chat.postMessage',
      error: 'not_in_channel',
      channel: AUDIT,
      times: 2,
    });
    const { behind } = createDailyAnchorRecord(here.test.redis);
    await allWorkers();
    await lastDone(1);
    const second = await save(here.test, 'completed', { id: 'R-3' });
    await allWorkers();
    expect(anchored(OTHER)).toEqual(byId([elsewhere]));
    expect([said(), [...(await behind()).keys()]]).toEqual([[], [AUDIT]]);
    await lastDone(1);
    await allWorkers();
    expect(anchored()).toEqual(byId([first, second]));
    expect(anchored(OTHER)).toEqual(byId([elsewhere]));
    expect(await here.test.redis.hkeys(KEY.auditDaily)).toEqual(['day', 'after']);
  });

  it('is said later when Slack is away, by whichever worker comes next', async () => {
    await save(here.test, 'completed', { id: 'R-1' });
    here.slack.faults.add({ kind: 'away', times: 2 });
    await allWorkers();
    await here.leasesRunOut();
    await allWorkers();
    await here.leasesRunOut();
    await allWorkers();
    expect(said()).toHaveLength(1);
  });

  it('is finished by another worker with the same heads when one was killed between two messages', async () => {
    const restores = [];
    for (let number = 1; number <= 60; number++) restores.push(await save(here.test, 'denied', { id: `R-${number}` }));
    const killed = await worker('killed', 1);
    await expect(killed.anchorDaily()).rejects.toThrow('killed');
    killed.end();
    expect(said()).toHaveLength(2);
    await save(here.test, 'denied', { id: 'R-61' });
    await here.leasesRunOut();
    await allWorkers();
    expect(said().length).toBeGreaterThan(2);
    // Only for the message in doubt: what was settled need not be looked for.
    expect(here.slack.calls.filter(({ method }) => method === 'conversations.history')).toHaveLength(1);
    expect(anchored()).toEqual(byId(restores));
  });
});
