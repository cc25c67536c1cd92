import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { dueStep } from '../../src/restore/due-step.ts';
import { hasEnded, type Step } from '../../src/restore/state.ts';
import { createSteps } from '../../src/steps/all-steps.ts';
import { type MadeElsewhere, unlessMadeElsewhere } from '../../src/steps/made-elsewhere.ts';
import { unlessLapsed } from '../../src/steps/preflight.ts';
import { createRunDueStep } from '../../src/steps/run-step.ts';
import type { Timing } from '../../src/steps/step.ts';
import { makeFingerprint } from '../support/example-events.ts';
import { makePolicy, makeRestore } from '../support/make-restore.ts';
import { type AuraAnswers, makeFakeAura, RESTORE_POINT, RUNNING, reporting, UNREACHABLE } from './fake-aura.ts';
import { makeRecordKeeper } from './record-keeper.ts';
import { everyStep } from './step-run.ts';

const TIMING: Timing = {
  pollMs: 15_000,
  snapshotPollMs: 5_000,
  lateStartMs: 5 * 60_000,
  startWatchMs: 10 * 60_000,
  startLagMs: 90_000,
  verifyConnectMs: 5 * 60_000,
  stallMs: everyStep(60 * 60_000),
};

/** Drives an approved restore by its steps alone, with time passing between the looks, until it ends. */
async function drive(
  aura: ReturnType<typeof makeFakeAura>,
  unfold: (says: AuraAnswers, step: Step) => void,
  madeElsewhere: MadeElsewhere = async () => undefined,
) {
  const approved = makeRestore('approved', { policy: { noticeChannels: [] } });
  const keeper = makeRecordKeeper(approved);
  const run = createRunDueStep({
    coordinator: keeper.coordinator,
    steps: createSteps({
      aura: aura.aura,
      data: {
        takeFingerprint: async () => ({ kind: 'taken', fingerprint: makeFingerprint(keeper.now()) }),
        lookAtData: async () => ({
          kind: 'verified',
          outcome: { status: 'passed', words: 'All checks passed.', results: [] },
        }),
      },
      calendarOf: () => makePolicy().calendar,
      timing: TIMING,
      lookAtAsked: async () => undefined,
      madeElsewhere,
      forbiddenNow: async () => undefined,
    }),
    timing: TIMING,
    refreshCard: () => undefined,
    log: pino({ level: 'silent' }),
  });
  for (let looks = 0; looks < 60; looks++) {
    const due = dueStep(keeper.record());
    if (!due) break;
    keeper.windTo(due.at);
    unfold(aura.says, due.step);
    await run(keeper.record().id, keeper.record().turn);
    keeper.wind(0.5);
  }
  return keeper.record();
}

describe('an approved restore', () => {
  const safetySnapshot = { ...RESTORE_POINT, snapshotId: 'safety-1', profile: 'AdHoc' };
  const sentTo = ({ calls }: ReturnType<typeof makeFakeAura>) => calls.filter((call) => call.startsWith('restore '));

  it('is held by a record that cannot be read, says so once, and goes on when it can be', async () => {
    const aura = makeFakeAura();
    let looks = 0;
    const restore = await drive(
      aura,
      (says, step) => {
        says.snapshot = step === 'watch-safety-snapshot' ? safetySnapshot : RESTORE_POINT;
      },
      async () => (++looks < 5 ? { unreadable: 'R-12' } : undefined),
    );
    expect(looks).toBeGreaterThan(4);
    expect(restore).toMatchObject({ state: { status: 'completed' } });
    const said = restore.history.filter(({ facts }) => String(facts.words).includes('restore R-12 cannot be read'));
    expect(said).toHaveLength(1);
  });

  it('lapses in time also while what others did cannot be looked at', async () => {
    const approved = makeRestore('approved');
    const step = unlessLapsed(
      unlessMadeElsewhere(
        'preflight',
        () => Promise.reject(new Error('damaged')),
        async () => ({ kind: 'not-yet', afterMs: 7 }),
      ),
    );
    const at = (now: string) => step({ restore: approved, now, saveFirst: async () => true });
    await expect(at(approved.since)).rejects.toThrow('damaged');
    expect(await at(approved.state.lapsesAt)).toEqual({ kind: 'event', event: { type: 'approval-lapsed' } });
  });

  it('is carried to its end by its steps alone, with one restore call', async () => {
    const aura = makeFakeAura();
    let watched = 0;
    const restore = await drive(aura, (says, step) => {
      says.snapshot = step === 'watch-safety-snapshot' ? safetySnapshot : RESTORE_POINT;
      if (step === 'watch-restore') says.instance = watched++ < 2 ? reporting('restoring') : RUNNING;
    });
    expect(restore).toMatchObject({ state: { status: 'completed' }, validation: { status: 'passed' } });
    expect(sentTo(aura)).toEqual(['restore a1b2c3d4 to snapshot-1']);
    expect(restore.history.flatMap(({ entered }) => entered ?? [])).toEqual([
      'awaiting-approval',
      'approved',
      'taking-baseline',
      'requesting-safety-snapshot',
      'awaiting-safety-snapshot',
      'ready-to-restore',
      'restore-sent',
      'restoring',
      'verifying',
      'completed',
    ]);
  });

  it('whose answer is lost is found by looking, and not sent again', async () => {
    const aura = makeFakeAura({ restored: UNREACHABLE });
    let watched = 0;
    const restore = await drive(aura, (says, step) => {
      says.snapshot = step === 'watch-safety-snapshot' ? safetySnapshot : RESTORE_POINT;
      if (step === 'watch-start') says.instance = watched++ < 3 ? RUNNING : reporting('restoring');
      if (step === 'watch-restore') says.instance = RUNNING;
    });
    expect(restore.state.status).toBe('completed');
    expect(sentTo(aura)).toHaveLength(1);
  });

  it('whose answer is lost and whose start never shows waits for a person, and is not sent again', async () => {
    const aura = makeFakeAura({ restored: UNREACHABLE });
    const restore = await drive(aura, (says, step) => {
      says.snapshot = step === 'watch-safety-snapshot' ? safetySnapshot : RESTORE_POINT;
    });
    expect(restore.state.status).toBe('start-unclear');
    expect(hasEnded(restore.state.status)).toBe(false);
    expect(sentTo(aura)).toHaveLength(1);
  });
});
