import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf, utcMinute } from '../../src/restore/instant.ts';
import { createWatchStart } from '../../src/steps/watch-start.ts';
import { makeRestore, type RestoreIn, TAKEN_AT } from '../support/make-restore.ts';
import { makeFakeAura, RUNNING, refusal, reporting, TROUBLES } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep, type StepRun, wordsOf } from './step-run.ts';

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
    expect((await watch(RUNNING, lookedAt(before), before)).outcome.kind).toBe('look-again');
    expect(eventOf(await watch(RUNNING, lookedAt(before), deadline))).toEqual({
      type: 'start-not-seen',
      why: expect.stringMatching(/10 minutes.*"running"/),
    });
  });

  it('is still asked about when Aura says a word nobody knows', async () => {
    expect(eventOf(await watch(reporting('some word of tomorrow'), lookedAt(deadline), deadline))).toMatchObject({
      type: 'start-not-seen',
      why: expect.stringContaining('some word of tomorrow'),
    });
  });
});

/** The watch went on until then without a break. */
function lookedAt(at: string): RestoreIn<'restore-sent'> {
  return { ...sent, state: { ...sent.state, watch: { since: sent.state.intent.at, lookedAt: at } } };
}

/** What is to be put on record of the watch. */
const watchOf = ({ outcome }: StepRun) => (outcome.kind === 'look-again' ? outcome.watch : undefined);

describe('the watch for the start of a restore call', () => {
  const intentAt = sent.state.intent.at;
  const minutesIn = (minutes: number) => addMinutes(intentAt, minutes);
  const unwatched = () => ({ from: minutesIn(1), until: minutesIn(30), times: 1 });
  const anew = () => ({ since: minutesIn(30), lookedAt: minutesIn(30), unwatched: unwatched() });
  const during = (watch: NonNullable<(typeof sent)['state']['watch']>): typeof sent => ({
    ...sent,
    state: { ...sent.state, watch },
  });

  it('begins with the call, and is put on record with the first look', async () => {
    const now = addMinutes(sent.since, 0.1);
    expect(watchOf(await watch(RUNNING, sent, now))).toEqual({ since: intentAt, lookedAt: now });
  });

  it('is put on record again after a quarter of the longest break, and not with every look', async () => {
    expect(watchOf(await watch(RUNNING, lookedAt(minutesIn(1)), minutesIn(1.24)))).toBeUndefined();
    expect(watchOf(await watch(RUNNING, lookedAt(minutesIn(1)), minutesIn(1.25)))).toEqual({
      since: intentAt,
      lookedAt: minutesIn(1.25),
    });
  });

  it('begins anew when nobody could look for longer than a minute, and says from when to when', async () => {
    expect(watchOf(await watch(RUNNING, lookedAt(minutesIn(1)), minutesIn(2)))).not.toHaveProperty('unwatched');
    const run = await watch(RUNNING, lookedAt(minutesIn(1)), minutesIn(30));
    expect(watchOf(run)).toEqual(anew());
    expect(wordsOf(run)).toContain(
      `From ${utcMinute(minutesIn(1))} to ${utcMinute(minutesIn(30))} nobody could look: what Aura did then was not seen.`,
    );
  });

  it('begins with the first look when nobody had looked at all', async () => {
    const run = await watch(RUNNING, sent, minutesIn(30));
    expect(watchOf(run)).toEqual({ ...anew(), unwatched: { ...unwatched(), from: intentAt } });
  });

  it.each(TROUBLES)('is not gone on with by a look that told nothing: %s', async (_, trouble) => {
    expect(watchOf(await watch(trouble, lookedAt(minutesIn(1)), minutesIn(1.9)))).toBeUndefined();
  });

  it('lasts as long as ever after that, and what nobody saw stays in the question', async () => {
    const going = during({ ...anew(), lookedAt: minutesIn(39.9) });
    expect((await watch(RUNNING, going, minutesIn(39.9))).outcome.kind).toBe('look-again');
    expect(eventOf(await watch(RUNNING, going, minutesIn(40)))).toEqual({
      type: 'start-not-seen',
      why: `The restore call was sent once and its answer was lost. From ${utcMinute(minutesIn(1))} to ${utcMinute(minutesIn(30))} nobody could look: what Aura did then was not seen. In the 10 minutes after that Aura showed no sign of a restore; the instance is "running".`,
    });
  });

  it('that was broken more than once says how often', async () => {
    const run = await watch(RUNNING, during(anew()), minutesIn(50));
    expect(watchOf(run)?.unwatched).toEqual({ from: minutesIn(1), until: minutesIn(50), times: 2 });
    expect(wordsOf(run)).toContain(
      `2 times between ${utcMinute(minutesIn(1))} and ${utcMinute(minutesIn(50))} nobody could look:`,
    );
  });

  describe('after three breaks', () => {
    const thrice = { from: minutesIn(1), until: minutesIn(30), times: 3 };
    const begun = { since: minutesIn(30), lookedAt: minutesIn(30), unwatched: thrice };

    it.each([
      [2, minutesIn(35)],
      [3, minutesIn(30)],
      [4, minutesIn(30)],
    ])('begins anew no more, and only counts: after %i', async (times, since) => {
      const going = during({ ...begun, unwatched: { ...thrice, times } });
      expect(watchOf(await watch(RUNNING, going, minutesIn(35)))).toEqual({
        since,
        lookedAt: minutesIn(35),
        unwatched: { from: minutesIn(1), until: minutesIn(35), times: times + 1 },
      });
    });

    it.each([
      ['with the look after a fourth', begun, 40, 40, 4, 'Since then'],
      [
        'a minute after it',
        { ...begun, lookedAt: minutesIn(39.9), unwatched: { ...thrice, until: minutesIn(39), times: 4 } },
        40,
        39,
        4,
        'In the minute after that',
      ],
      [
        'some minutes after it',
        { ...begun, lookedAt: minutesIn(39.9), unwatched: { ...thrice, until: minutesIn(33), times: 4 } },
        40,
        33,
        4,
        'In the 7 minutes after that',
      ],
    ] as const)('ends in its time: %s', async (_, state, now, until, times, watched) => {
      expect(eventOf(await watch(RUNNING, during(state), minutesIn(now)))).toEqual({
        type: 'start-not-seen',
        why: `The restore call was sent once and its answer was lost. ${times} times between ${utcMinute(minutesIn(1))} and ${utcMinute(minutesIn(until))} nobody could look: what Aura did then was not seen. ${watched} Aura showed no sign of a restore; the instance is "running".`,
      });
    });
  });

  it('names one minute when the break lay in it', async () => {
    const going = during({ ...anew(), unwatched: { ...unwatched(), until: addMinutes(minutesIn(1), 0.5) } });
    expect(wordsOf(await watch(RUNNING, going, minutesIn(30)))).toContain(
      `About ${utcMinute(minutesIn(1))} nobody could look`,
    );
  });
});

describe('a restore call about which a person is asked', () => {
  it('stays a question, however long they think', async () => {
    const run = await watch(RUNNING, unclear, addMinutes(unclear.since, 6_000));
    expect(run.outcome).toMatchObject({ kind: 'look-again', afterMs: POLL_MS });
  });
});
