import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Rest } from '../../src/queue/work-worker.ts';
import { dueStep, isUnderWay } from '../../src/restore/due-step.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { hasEnded, type Step } from '../../src/restore/state.ts';
import { createRunDueStep } from '../../src/steps/run-step.ts';
import { lookAgain, report, type StepContext, type StepOutcome, type Steps } from '../../src/steps/step.ts';
import { makeRestore, STATUSES } from '../support/make-restore.ts';
import { makeRecordKeeper } from './record-keeper.ts';
import { everyStep } from './step-run.ts';

const STALL_MINUTES = 15;
const DONE: Rest = { kind: 'done' };
const restoring = makeRestore('restoring');

type Play = (context: Pick<StepContext, 'saveFirst'>) => Promise<StepOutcome>;

/** Runs the due step of a restore, with every step played by one function. */
function desk(restore: Restore, play: Play | StepOutcome) {
  const keeper = makeRecordKeeper(restore, dueStep(restore)?.at);
  const ran: Step[] = [];
  const refreshed: string[] = [];
  const playing =
    (step: Step): Play =>
    async (context) => {
      ran.push(step);
      return typeof play === 'function' ? play(context) : play;
    };
  const steps: Steps = {
    'expire-request': playing('expire-request'),
    remind: playing('remind'),
    'look-at-agreement': playing('look-at-agreement'),
    preflight: playing('preflight'),
    'take-baseline': playing('take-baseline'),
    'request-safety-snapshot': playing('request-safety-snapshot'),
    'watch-safety-snapshot': playing('watch-safety-snapshot'),
    'send-restore': playing('send-restore'),
    'watch-start': playing('watch-start'),
    'watch-restore': playing('watch-restore'),
    verify: playing('verify'),
  };
  const run = createRunDueStep({
    coordinator: keeper.coordinator,
    steps,
    timing: { stallMs: everyStep(STALL_MINUTES * 60_000) },
    refreshCard: (id) => refreshed.push(id),
    log: pino({ level: 'silent' }),
  });
  return { ...keeper, ran, refreshed, run: (turn = restore.turn, id = restore.id) => run(id, turn) };
}

describe('a reminder', () => {
  it.each(STATUSES.filter((status) => !hasEnded(status)))(
    'for a restore that is %s has its due step carried out, and no other',
    async (status) => {
      const restore = makeRestore(status);
      const { run, ran } = desk(restore, lookAgain(1_000));
      expect(await run()).toEqual({ kind: 'again', afterMs: 1_000 });
      expect(ran).toEqual([dueStep(restore)?.step]);
    },
  );

  it.each(STATUSES.filter(hasEnded))('for a restore that is %s is spent', async (status) => {
    const { run, ran } = desk(makeRestore(status), lookAgain(1_000));
    expect(await run()).toEqual(DONE);
    expect(ran).toEqual([]);
  });

  it('for an earlier or a later turn, or for a restore nobody knows, is spent', async () => {
    const { run, ran } = desk(restoring, lookAgain(1_000));
    expect(await run(restoring.turn - 1)).toEqual(DONE);
    expect(await run(restoring.turn + 1)).toEqual(DONE);
    expect(await run(restoring.turn, 'R-99')).toEqual(DONE);
    expect(ran).toEqual([]);
  });

  it('that comes too early waits for exactly the rest of the time', async () => {
    const approved = makeRestore('approved');
    const { run, ran, wind } = desk(approved, lookAgain(1_000));
    wind(-2);
    expect(await run()).toEqual({ kind: 'again', afterMs: 120_000 });
    expect(ran).toEqual([]);
  });
});

describe('a clock of the records that was set back', () => {
  it.each(STATUSES.filter(isUnderWay))('keeps no restore that is %s from being looked at', async (status) => {
    const restore = makeRestore(status);
    const { run, ran, wind } = desk(restore, lookAgain(1_000));
    wind(-24 * 60);
    for (let looks = 0; looks < 2; looks++) expect(await run()).toEqual({ kind: 'again', afterMs: 1_000 });
    expect(ran).toEqual([dueStep(restore)?.step, dueStep(restore)?.step]);
  });

  it('has no request expire, and nobody reminded, before the moment that people were told', async () => {
    const { run, ran, wind } = desk(makeRestore('awaiting-approval'), lookAgain(1_000));
    wind(-24 * 60);
    expect(await run()).toEqual({ kind: 'again', afterMs: 86_400_000 });
    expect(ran).toEqual([]);
  });
});

describe('what a step came to', () => {
  it('is on record, and the reminder is spent', async () => {
    const { run, record } = desk(makeRestore('verifying'), report({ type: 'step-observed', words: 'Looking.' }));
    expect(await run()).toEqual(DONE);
    expect(record().observation?.words).toBe('Looking.');
  });

  it('is dropped when it no longer fits the record', async () => {
    const { run, record } = desk(restoring, report({ type: 'restore-finished' }));
    expect(await run()).toEqual(DONE);
    expect(record()).toEqual(restoring);
  });

  it('that fails unforeseen is the queue’s to look at again; nothing is on record', async () => {
    const { run, record } = desk(restoring, () => Promise.reject(new TypeError('a bug')));
    await expect(run()).rejects.toThrow('a bug');
    expect(record()).toEqual(restoring);
  });
});

describe('a step that looks again', () => {
  it('has its words put on record once', async () => {
    const { run, record, refreshed } = desk(restoring, lookAgain(1_000, 'Aura reports "restoring".'));
    for (let looks = 0; looks < 3; looks++) expect(await run()).toEqual({ kind: 'again', afterMs: 1_000 });
    expect(record().history.filter(({ event }) => event === 'step-observed')).toHaveLength(1);
    expect(refreshed).toEqual(['R-17', 'R-17']);
  });

  it('has its watch for the start put on record also when the words are no news', async () => {
    const sent = makeRestore('restore-sent');
    const watched = (lookedAt: string) => ({ since: sent.state.intent.at, lookedAt });
    const looks = [watched(addMinutes(sent.since, 1)), watched(addMinutes(sent.since, 2))];
    const { run, record } = desk(sent, async () => ({
      ...lookAgain(1_000, 'Looking for the start.'),
      ...(looks[0] ? { watch: looks[0] } : {}),
    }));
    await run();
    expect(record()).toMatchObject({ state: { watch: looks.shift() } });
    const { observation } = record();
    await run();
    expect(record()).toMatchObject({ state: { watch: looks.shift() }, observation });
    await run();
    expect(record().history.filter(({ event }) => event === 'step-observed')).toHaveLength(2);
  });

  it('without words leaves only the elapsed time on the card to be redrawn', async () => {
    const { run, record, refreshed } = desk(restoring, lookAgain(1_000));
    await run();
    expect(record()).toEqual(restoring);
    expect(refreshed).toEqual(['R-17']);
  });

  it('is called stalled once, when nothing new showed for longer than the limit', async () => {
    const { run, record, wind } = desk(restoring, lookAgain(1_000, 'Aura reports "restoring".'));
    const stalls = () => record().history.filter(({ event }) => event === 'stall-noticed');
    await run();
    wind(STALL_MINUTES);
    await run();
    expect(stalls()).toEqual([]);
    wind(0.001);
    await run();
    await run();
    expect(stalls()).toEqual([expect.objectContaining({ facts: { limitMinutes: STALL_MINUTES } })]);
    expect(record().stalledAt).toBe(stalls()[0]?.at);
  });
});

describe('a step that saves before it acts', () => {
  it('hears whether it was the first', async () => {
    const heard: boolean[] = [];
    const { run } = desk(restoring, async ({ saveFirst }) => {
      heard.push(await saveFirst({ type: 'running-seen' }), await saveFirst({ type: 'running-seen' }));
      return lookAgain(1_000);
    });
    await run();
    expect(heard).toEqual([true, false]);
  });

  it('has spent its reminder when what it saved began another turn', async () => {
    const { run, record } = desk(makeRestore('ready-to-restore'), async ({ saveFirst }) => {
      await saveFirst({ type: 'restore-intended', attemptId: 'attempt-1' });
      return lookAgain(1_000, 'these words would be of the turn before');
    });
    expect(await run()).toEqual(DONE);
    expect(record().state.status).toBe('restore-sent');
    expect(record().observation).toBeUndefined();
  });
});

describe('a step whose wait was over before it could rest', () => {
  it('is looked at again at once, and says nothing', async () => {
    const outcome = { ...lookAgain(1_000, 'Waiting.'), hasCome: ({ version }: Restore) => version > restoring.version };
    const { run, record } = desk(restoring, async ({ saveFirst }) => {
      await saveFirst({ type: 'running-seen' });
      return outcome;
    });
    expect(await run()).toEqual({ kind: 'again', afterMs: 0 });
    expect(record().observation).toEqual(restoring.observation);
    const waiting = desk(restoring, outcome);
    expect(await waiting.run()).toEqual({ kind: 'again', afterMs: 1_000 });
    expect(waiting.record().observation?.words).toBe('Waiting.');
  });
});

describe('a step for which it is not time yet', () => {
  it('rests without a word, a redrawn card or a stall', async () => {
    const { run, record, refreshed, wind } = desk(restoring, { kind: 'not-yet', afterMs: 700 });
    wind(10 * STALL_MINUTES);
    expect(await run()).toEqual({ kind: 'again', afterMs: 700 });
    expect(record()).toEqual(restoring);
    expect(refreshed).toEqual([]);
  });
});
