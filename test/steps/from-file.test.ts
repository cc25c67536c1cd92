import { describe, expect, it } from 'vitest';
import { utcMinute } from '../../src/restore/instant.ts';
import type { Instant } from '../../src/restore/names.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { NotBegunError } from '../../src/steps/methods/method.ts';
import type { UploadHost, UploadSeen } from '../../src/steps/methods/upload-host.ts';
import { createSendRestore } from '../../src/steps/send-restore.ts';
import { createWatchRestore } from '../../src/steps/watch-restore.ts';
import { createWatchStart } from '../../src/steps/watch-start.ts';
import { afterEvents, inStatus, makeRestore, type RestoreIn, TAKEN_AT } from '../support/make-restore.ts';
import { makeFakeAura, RUNNING, reporting } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep, wordsOf } from './step-run.ts';

const FILE = { name: 'orders.dump', kind: 'dump', sizeBytes: 17, sha256: 'ab'.repeat(32) } as const;
const UPLOAD = { method: 'upload', file: { ...FILE, directory: 'exports' }, savedAt: TAKEN_AT } as const;
const BY_HAND = { method: 'backup-file', file: FILE, savedAt: TAKEN_AT } as const;
const POLICY = { methods: ['upload', 'backup-file'] as const, fileLoadMinutes: 60 };
const TIMING = { pollMs: POLL_MS, startWatchMs: 120_000 };
const MINUTE_MS = 60_000;

const later = (at: Instant, minutes: number) => new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();

interface Begun {
  readonly id: string;
  readonly file: string;
}

function hostOf(facts: { readonly found?: 'there' | 'changed' | 'not-here'; readonly seen?: UploadSeen } = {}) {
  const begun: Begun[] = [];
  const announced: unknown[] = [];
  const host: UploadHost = {
    announce: async (attempt) => {
      announced.push(attempt);
    },
    find: async () => facts.found ?? 'there',
    begin: async ({ id }, { file }) => {
      begun.push({ id, file: file.name });
    },
    look: async () => facts.seen ?? { kind: 'not-here' },
  };
  return { host, begun, announced };
}

describe('sending an upload', () => {
  const ready = makeRestore('ready-to-restore', { draft: { chosen: UPLOAD }, policy: POLICY });
  async function send(host: UploadHost | undefined, isSaved = true) {
    const { aura, calls } = makeFakeAura({});
    const methods = createMethods({ aura, timing: TIMING, host });
    const step = createSendRestore({
      methods,
      timing: TIMING,
      newAttemptId: () => 'attempt-1',
      calendarOf: () => undefined,
    });
    return { run: await runStep(step, ready, ready.since, isSaved), calls };
  }

  it('begins it once, after the intent is saved, and sends Aura nothing', async () => {
    const { host, begun } = hostOf();
    const { run, calls } = await send(host);
    expect(run.saved).toEqual([{ type: 'restore-intended', attemptId: 'attempt-1' }]);
    expect(begun).toEqual([{ id: 'attempt-1', file: 'orders.dump' }]);
    expect(run.outcome).toMatchObject({ kind: 'look-again' });
    expect(calls).toEqual(['read instance a1b2c3d4']);
  });

  it('is announced on its host before the intent, so that one whose worker dies in between is known not to have begun', async () => {
    const { host, begun, announced } = hostOf();
    const before = Date.now();
    await send(host, false);
    expect(announced).toEqual([{ id: 'attempt-1', notAfterMs: expect.any(Number) }]);
    const [{ notAfterMs }] = announced as [{ notAfterMs: number }];
    expect(notAfterMs - before).toBeGreaterThanOrEqual(TIMING.startWatchMs / 2);
    expect(notAfterMs - before).toBeLessThan(TIMING.startWatchMs);
    expect(begun).toEqual([]);
  });

  it('is put off, and nothing is on record, while its host cannot announce it', async () => {
    const { host, begun } = hostOf();
    const full = new NotBegunError('The disk refuses.');
    const { run } = await send({ ...host, announce: () => Promise.reject(full) });
    expect([run.saved, begun]).toEqual([[], []]);
    expect(wordsOf(run)).toBe('The disk refuses.');
    await expect(send({ ...host, announce: () => Promise.reject(new Error('a bug')) })).rejects.toThrow('a bug');
  });

  it('begins nothing when another worker was first', async () => {
    const { host, begun } = hostOf();
    await send(host, false);
    expect(begun).toEqual([]);
  });

  it.each([
    ['without the tool', undefined],
    ['without the file', hostOf({ found: 'not-here' }).host],
  ])('leaves it to another worker %s', async (_, host) => {
    const { run } = await send(host);
    expect(run.saved).toEqual([]);
    expect(wordsOf(run)).toBe('Waiting for a worker that has neo4j-admin and the file orders.dump of exports.');
  });

  it('ends it when the file is another by now', async () => {
    const { run } = await send(hostOf({ found: 'changed' }).host);
    expect(run.saved).toEqual([]);
    expect(eventOf(run)).toMatchObject({ type: 'step-failed', reason: 'file-not-usable', condition: 'unchanged' });
  });

  it('ends it with the instance unchanged when it was certainly not begun', async () => {
    const { host } = hostOf();
    const failing = { ...host, begin: () => Promise.reject(new NotBegunError('The disk is full.')) };
    const { run } = await send(failing);
    expect(eventOf(run)).toMatchObject({
      type: 'step-failed',
      reason: 'restore-refused',
      why: 'The disk is full.',
      condition: 'unchanged',
    });
  });
});

async function watch(
  restore: RestoreIn<'restore-sent' | 'start-unclear'>,
  facts: { seen?: UploadSeen; status?: string; now?: Instant },
) {
  const { aura, calls } = makeFakeAura({ instance: facts.status ? reporting(facts.status) : RUNNING });
  const { host } = hostOf(facts.seen ? { seen: facts.seen } : {});
  const step = createWatchStart({ aura, methods: createMethods({ aura, timing: TIMING, host }), timing: TIMING });
  const run = await runStep(step, restore, facts.now ?? restore.since);
  expect(calls, 'only reads').toEqual(['read instance a1b2c3d4']);
  return run;
}

describe('watching an upload', () => {
  const sent = makeRestore('restore-sent', { draft: { chosen: UPLOAD }, policy: POLICY });
  const sentAt = sent.state.intent.at;
  const ended = (facts: Partial<Extract<UploadSeen, { kind: 'ended' }>>): UploadSeen => ({
    kind: 'ended',
    at: sentAt,
    cause: 'unknown',
    effect: 'none',
    ...facts,
  });

  it.each<[UploadSeen, RegExp]>([
    [{ kind: 'beginning' }, /is being started/],
    [{ kind: 'under-way', phase: 'checking' }, /checksum and form are being checked/],
    [{ kind: 'under-way', phase: 'authenticating' }, /logs in/],
    [{ kind: 'under-way', phase: 'uploading', percent: 40 }, /it is being uploaded, 40 percent/],
    [{ kind: 'under-way', phase: 'importing', percent: 40 }, /Aura, which loads it \(estimated 40 percent\)/],
    [{ kind: 'not-here' }, /Another worker uploads .* sees only what Aura shows/],
    [{ kind: 'abandoned', mayHaveBegun: false }, /ended without a word\. It is not started again/],
    [{ kind: 'abandoned', mayHaveBegun: true }, /ended without a word after the file was with Aura/],
    [ended({ cause: 'load-failed', effect: 'possible' }), /loading it failed\. Looking for a sign of it/],
  ])('that is %j says so and looks again', async (seen, words) => {
    const run = await watch(sent, { seen });
    expect(wordsOf(run)).toMatch(words);
    expect(run.saved).toEqual([]);
  });

  it.each<[UploadSeen, RegExp]>([
    [{ kind: 'never-began' }, /never began/],
    [ended({ cause: 'wrong-password', said: 'Invalid' }), /password of the database is wrong\. neo4j-admin: "Invalid"/],
    [ended({ cause: 'file-changed' }), /its content is not what was agreed to/],
    [ended({ cause: 'a cause of a later release' }), /for a reason that neo4j-admin did not name/],
  ])('that is %j ends with the instance unchanged', async (seen, why) => {
    expect(eventOf(await watch(sent, { seen }))).toMatchObject({
      type: 'step-failed',
      step: 'watch-start',
      reason: 'restore-refused',
      condition: 'unchanged',
      why: expect.stringMatching(why),
    });
  });

  it('that Aura shows has begun, whatever the host knows of it', async () => {
    for (const seen of [{ kind: 'not-here' }, { kind: 'abandoned', mayHaveBegun: false }, ended({})] as const)
      expect(eventOf(await watch(sent, { seen, status: 'loading' }))).toEqual({
        type: 'start-seen',
        status: 'loading',
      });
  });

  it('that was loaded between two looks has begun', async () => {
    expect(eventOf(await watch(sent, { seen: ended({ effect: 'loaded' }) }))?.type).toBe('start-seen');
  });

  it.each<[string, UploadSeen, number]>([
    ['whose end leaves open what Aura did, after the start watch', ended({ cause: 'stopped', effect: 'possible' }), 2],
    ['on another host, when its time is over', { kind: 'not-here' }, 62],
    ['whose program is gone, when its time is over', { kind: 'abandoned', mayHaveBegun: false }, 62],
  ])('%s is for a person to judge', async (_, seen, minutes) => {
    const before = await watch(sent, { seen, now: later(sentAt, minutes - 0.1) });
    expect(before.outcome.kind).toBe('look-again');
    const run = await watch(sent, { seen, now: later(sentAt, minutes) });
    expect(eventOf(run)?.type).toBe('start-not-seen');
  });

  it('that is under way may take its time', async () => {
    const run = await watch(sent, { seen: { kind: 'under-way', phase: 'uploading' }, now: later(sentAt, 600) });
    expect(run.outcome.kind).toBe('look-again');
  });
});

describe('an upload that Aura loads', () => {
  const loading = inStatus(
    afterEvents(makeRestore('restoring', { draft: { chosen: UPLOAD }, policy: POLICY }), ['start-seen']),
    'restoring',
  );
  async function watchLoad(host: UploadHost | undefined, restore = loading) {
    const { aura } = makeFakeAura({ instance: reporting('loading') });
    const methods = createMethods({ aura, timing: TIMING, host });
    const step = createWatchRestore({ aura, methods, timing: { pollMs: POLL_MS, startLagMs: 90_000 } });
    return wordsOf(await runStep(step, restore));
  }
  const seenBy = (seen: UploadSeen) => hostOf({ seen }).host;
  const AURA = 'Aura reports the instance as "loading".';
  const FORTY = `${AURA} neo4j-admin estimates 40 percent, by the time that has passed.`;

  it('is told with what neo4j-admin estimates of it', async () => {
    expect(await watchLoad(seenBy({ kind: 'under-way', phase: 'importing', percent: 40 }))).toBe(FORTY);
  });

  it.each<[string, UploadHost | undefined]>([
    ['that has no tool', undefined],
    ['on another host', seenBy({ kind: 'not-here' })],
    ['that cannot read how far it is', { ...hostOf().host, look: () => Promise.reject(new Error('disk')) }],
    ['before the first estimate', seenBy({ kind: 'under-way', phase: 'uploading', percent: 100 })],
  ])('is told by what Aura shows by a worker %s, which contradicts no other', async (_, host) => {
    expect(await watchLoad(host)).toBe(AURA);
    const observation = { at: loading.since, words: FORTY };
    expect(await watchLoad(host, { ...loading, observation })).toBe(FORTY);
    const earlier = { at: loading.since, words: 'Aura reports the instance as "updating". neo4j-admin estimates 10.' };
    expect(await watchLoad(host, { ...loading, observation: earlier })).toBe(AURA);
  });
});

describe('a file that is being loaded', () => {
  const ways: readonly NonNullable<Parameters<typeof makeRestore>[1]>['draft'][] = [
    { chosen: UPLOAD },
    { chosen: BY_HAND },
  ];
  async function watchAs(status: string, draft: (typeof ways)[number]) {
    const begun = afterEvents(makeRestore('restoring', { ...(draft ? { draft } : {}), policy: POLICY }), [
      'start-seen',
    ]);
    const seenRunning = inStatus(afterEvents(begun, ['running-seen']), 'restoring');
    const { aura } = makeFakeAura({ instance: reporting(status) });
    const methods = createMethods({ aura, timing: TIMING });
    return runStep(createWatchRestore({ aura, methods, timing: { pollMs: POLL_MS, startLagMs: 90_000 } }), seenRunning);
  }

  it.each(['restoring', 'overwriting'])(
    'is not taken for what somebody else does when Aura shows "%s"',
    async (status) => {
      for (const draft of ways)
        expect(eventOf(await watchAs(status, draft))).toMatchObject({
          type: 'step-failed',
          step: 'watch-restore',
          reason: 'restored-elsewhere',
          condition: 'unknown',
          why: expect.stringMatching(`"${status}".*No file load does that: somebody else restores it`),
        });
    },
  );

  it.each(['loading', 'updating'])('goes on when Aura shows "%s" again', async (status) => {
    for (const draft of ways) expect((await watchAs(status, draft)).saved).toEqual([{ type: 'running-lost', status }]);
  });

  it('is told apart by file loads only: what else Aura calls a restore of ours is not known', async () => {
    expect((await watchAs('overwriting', undefined)).outcome.kind).toBe('look-again');
  });
});

describe('watching a person who uploads by hand', () => {
  const sent: Restore & RestoreIn<'restore-sent'> = makeRestore('restore-sent', {
    draft: { chosen: BY_HAND },
    policy: POLICY,
  });
  const sentAt = sent.state.intent.at;

  it('waits until the limit and says until when', async () => {
    const run = await watch(sent, { now: later(sentAt, 59.9) });
    expect(wordsOf(run)).toContain('somebody to upload the file orders.dump in the Aura console');
  });

  it('asks a person when the limit is over: a load between two looks would not have been seen', async () => {
    const until = utcMinute(later(sentAt, 60));
    expect(eventOf(await watch(sent, { now: later(sentAt, 60) }))).toEqual({
      type: 'start-not-seen',
      why: `The file orders.dump was to be uploaded in the Aura console until ${until}. No look showed that Aura loaded it; the instance is "running". A load that came and went between two looks would not have been seen. It must not be uploaded any more without a new request.`,
    });
  });

  it('goes on looking while a person is asked, and sees a late load and what somebody else does', async () => {
    const unclear = inStatus(afterEvents(sent, ['start-not-seen']), 'start-unclear');
    const now = later(sentAt, 600);
    expect((await watch(unclear, { now })).outcome.kind).toBe('look-again');
    expect(eventOf(await watch(unclear, { now, status: 'loading' }))?.type).toBe('start-seen');
    expect(eventOf(await watch(unclear, { now, status: 'restoring' }))).toMatchObject({ reason: 'restored-elsewhere' });
  });

  it('sees the load, also at the last moment', async () => {
    expect(eventOf(await watch(sent, { status: 'loading', now: later(sentAt, 60) }))?.type).toBe('start-seen');
  });

  it('sees that the load failed', async () => {
    expect(eventOf(await watch(sent, { status: 'loading failed' }))).toMatchObject({
      reason: 'restore-failed',
      condition: 'broken',
    });
  });
});
