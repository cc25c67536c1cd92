import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { createWatchStart } from '../../src/steps/watch-start.ts';
import { makeRestore, type RestoreIn, TAKEN_AT } from '../support/make-restore.ts';
import { makeFakeAura, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep, wordsOf } from './step-run.ts';

const sent = makeRestore('restore-sent');
const unclear = makeRestore('start-unclear');
const START_WATCH_MS = 10 * 60_000;

async function watch(
  instance: typeof RUNNING | Error,
  restore: RestoreIn<'restore-sent' | 'start-unclear'> = sent,
  now = restore.since,
) {
  const { aura, calls } = makeFakeAura({ instance });
  const step = createWatchStart({
    aura,
    methods: {},
    timing: { pollMs: POLL_MS, startWatchMs: START_WATCH_MS },
  });
  const run = await runStep(step, restore, now);
  expect(calls, 'only reads, whatever happens').toEqual(['read instance a1b2c3d4']);
  return run;
}

it.each(['restoring', 'overwriting'])('a file that a person was to upload is not what shows as %s', async (status) => {
  const file = { name: 'orders.dump', kind: 'dump', sizeBytes: 17 } as const;
  const chosen = { method: 'backup-file', file, savedAt: TAKEN_AT } as const;
  const awaited = makeRestore('restore-sent', { draft: { chosen }, policy: { methods: ['backup-file'] } });
  expect(eventOf(await watch(reporting(status), awaited))).toMatchObject({
    type: 'step-failed',
    reason: 'restored-elsewhere',
    condition: 'unknown',
  });
});

describe.each([
  ['whose answer was lost', sent],
  ['about which a person is asked', unclear],
] as const)('a restore call %s', (_, restore) => {
  it.each(['restoring', 'loading', 'overwriting'])('was carried out when Aura reports %s', async (status) => {
    expect(eventOf(await watch(reporting(status), restore))).toEqual({ type: 'start-seen', status });
  });

  it('ended badly when Aura reports that loading failed', async () => {
    expect(eventOf(await watch(reporting('loading failed'), restore))).toMatchObject({
      type: 'step-failed',
      step: 'watch-start',
      reason: 'restore-failed',
      condition: 'broken',
    });
  });

  it('ended with the instance when somebody deleted it', async () => {
    expect(eventOf(await watch(refusal('not-found-instance'), restore))).toMatchObject({
      reason: 'instance-deleted',
      condition: 'unknown',
    });
  });

  it.each(TROUBLES)('is looked for again after %s', async (_name, trouble) => {
    const late = addMinutes(restore.since, 600);
    expect(wordsOf(await watch(trouble, restore, late))).toMatch(/Still trying/);
  });

  it('is looked for again when the bot’s credentials are refused meanwhile', async () => {
    expect(wordsOf(await watch(refusal('credentials'), restore))).toMatch(/Still trying/);
  });
});

describe('a restore call whose answer was lost', () => {
  const deadline = instantOf(Date.parse(sent.state.intent.at) + START_WATCH_MS);

  it('is looked for closely, because a small restore is over in seconds', async () => {
    const run = await watch(RUNNING);
    expect(run.outcome).toMatchObject({ kind: 'look-again', afterMs: 3_000 });
    expect(wordsOf(run)).toMatch(/looking for the start/);
  });

  it('becomes a question to people at the end of the watch, and not a millisecond before', async () => {
    const before = instantOf(Date.parse(deadline) - 1);
    expect((await watch(RUNNING, sent, before)).outcome.kind).toBe('look-again');
    expect(eventOf(await watch(RUNNING, sent, deadline))).toEqual({
      type: 'start-not-seen',
      why: expect.stringMatching(/10 minutes.*"running"/),
    });
  });

  it('is still asked about when Aura says a word nobody knows', async () => {
    expect(eventOf(await watch(reporting('some word of tomorrow'), sent, deadline))).toMatchObject({
      type: 'start-not-seen',
      why: expect.stringContaining('some word of tomorrow'),
    });
  });
});

describe('a restore call about which a person is asked', () => {
  it('stays a question, however long they think', async () => {
    const run = await watch(RUNNING, unclear, addMinutes(unclear.since, 6_000));
    expect(run.outcome).toMatchObject({ kind: 'look-again', afterMs: POLL_MS });
  });
});
