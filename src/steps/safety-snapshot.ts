import type { AuraClient } from '../aura/client.ts';
import { AuraRefusedError } from '../aura/errors.ts';
import type { Clocks } from '../restore/clock-difference.ts';
import type { Instant } from '../restore/names.ts';
import { stretchOf } from '../restore/next-look.ts';
import { type Plan, snapshotIdOf } from '../restore/plan.ts';
import { accessUnknown } from '../restore/receipt/access.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import { daysOfSafetySnapshot, type FoundSafetySnapshot, findSafetySnapshot } from '../restore/safety-snapshot.ts';
import { expiryRefusal } from '../restore/sending.ts';
import type { Snapshot } from '../restore/snapshot.ts';
import { keepLooking } from './aura-trouble.ts';
import { type Methods, methodFor } from './methods/method.ts';
import { notSent, unknownMethod } from './preflight.ts';
import { giveUp, lookAgain, type RunStep, report, type StepContext, type StepOutcome, type Timing } from './step.ts';
import type { Looks } from './watch-restore.ts';

/** A snapshot that was asked for without an answer shows in the list within this time, or was never begun. */
const APPEARS_WITHIN_MS = 60_000;
/** Whoever asked for it, in another worker, may still be about to record the answer. */
const ANSWERED_WITHIN_MS = 10_000;
/** A snapshot id that Aura just gave out may be unknown to it for a moment. */
const KNOWN_WITHIN_MS = 60_000;

type SafetySnapshotStep = 'request-safety-snapshot' | 'watch-safety-snapshot';
type Waiting = StepContext<'awaiting-safety-snapshot'>['restore'];
type Aura = Pick<AuraClient, 'takeSnapshot' | 'listSnapshots' | 'getSnapshot'>;

/**
 * Asks Aura for the safety snapshot. The asking is saved first; a run that finds it saved looks for the snapshot before
 * it asks again. Asking twice is harmless, only wasteful; taking an older snapshot for ours would lose what it lacks.
 */
export function createRequestSafetySnapshot(parts: {
  readonly aura: Aura;
  readonly methods: Methods;
  readonly timing: Pick<Timing, 'snapshotPollMs'>;
  /** Absent: nothing is known about other clocks. */
  readonly clocks?: Clocks;
}): RunStep<'requesting-safety-snapshot'> {
  const { aura, timing, clocks } = parts;

  async function find(plan: Plan, sentAt: Instant, now: Instant): Promise<FoundSafetySnapshot> {
    const listed: Snapshot[] = [];
    for (const day of daysOfSafetySnapshot(sentAt, now)) {
      listed.push(...(await aura.listSnapshots(plan.instance.auraId, day, 'reconcile')));
    }
    return findSafetySnapshot(listed, { sentAt, restorePointId: snapshotIdOf(plan), clocks });
  }

  return async function requestSafetySnapshot({ restore, now, saveFirst }) {
    const { plan, state } = restore;
    const late = tooLate('request-safety-snapshot', restore, now);
    if (late) return late;
    if (plan.dryRun) return rehearse(parts.methods, plan);
    try {
      if (state.sentAt) {
        const found = await find(plan, state.sentAt, now);
        if (found.kind === 'taken') {
          return report({ type: 'safety-snapshot-requested', snapshotId: found.snapshotId });
        }
        const sinceMs = Date.parse(now) - Date.parse(state.sentAt);
        if (sinceMs < (found.kind === 'not-seen' ? APPEARS_WITHIN_MS : ANSWERED_WITHIN_MS)) {
          return lookAgain(timing.snapshotPollMs, 'Asked Aura for the safety snapshot; looking for it in the list.');
        }
      } else if (!(await saveFirst({ type: 'safety-snapshot-intended' }))) {
        return lookAgain(timing.snapshotPollMs);
      }
      const { snapshotId, requestId } = await aura.takeSnapshot(plan.instance.auraId);
      return report({ type: 'safety-snapshot-requested', snapshotId, ...(requestId ? { requestId } : {}) });
    } catch (error) {
      return requestFailed(error, timing.snapshotPollMs);
    }
  };
}

/** A dry run ends where a restore would change something first: all is looked at once more, and the calls are listed. */
async function rehearse(methods: Methods, plan: Plan): Promise<StepOutcome> {
  const step = 'request-safety-snapshot';
  const method = methodFor(methods, plan);
  if (!method) return unknownMethod(step, plan);
  const look = await method.look(plan, { step, priority: 'person-waiting' });
  if (look.kind === 'obstacle') return look.outcome;
  return report({
    type: 'rehearsed',
    calls: [
      ...(plan.method === 'new-instance' ? [] : [`POST /v1/instances/${plan.instance.auraId}/snapshots`]),
      ...method.calls(plan),
    ],
  });
}

function requestFailed(error: unknown, pollMs: number): StepOutcome {
  if (!(error instanceof AuraRefusedError)) return keepLooking(error);
  if (error.meaning === 'busy-retry-later' || error.meaning === 'rate-limited') {
    return lookAgain(
      pollMs,
      'Aura is busy with another operation on the instance; waiting to take the safety snapshot.',
    );
  }
  return withoutSafetySnapshot('request-safety-snapshot', error.forPeople, error.requestId);
}

/** Waits for the safety snapshot to be complete, until the execution expiry, and looks less often while looks are scarce. Without it there is no restore. */
export function createWatchSafetySnapshot(parts: {
  readonly aura: Aura;
  readonly timing: Pick<Timing, 'snapshotPollMs'>;
  /** Absent: looks are never scarce. */
  readonly looks?: Pick<Looks, 'lineEndsAtMs'>;
  /** Where the baseline is kept as what the safety snapshot holds. Absent: nowhere. */
  readonly fingerprints?: Pick<Fingerprints, 'keep'>;
}): RunStep<'awaiting-safety-snapshot'> {
  const { aura, timing, looks } = parts;

  /** Whoever wants to go back to it will ask what that loses. Nothing waits for it, and nothing fails with it. */
  async function keepBaseline({ plan, state }: Waiting, { snapshotId, takenAt }: Snapshot): Promise<void> {
    if (state.baseline.kind !== 'taken') return;
    const { fingerprint, access = accessUnknown('no-fingerprint') } = state.baseline;
    const kept = { snapshotId, snapshotAt: takenAt, source: 'on-the-way' as const, fingerprint, access };
    await parts.fingerprints?.keep(plan.instance.auraId, kept).catch(() => undefined);
  }

  async function nextMs(now: Instant): Promise<number> {
    const nowMs = Date.parse(now);
    const lineMs = ((await looks?.lineEndsAtMs()) ?? nowMs) - nowMs;
    return timing.snapshotPollMs * stretchOf(lineMs, timing.snapshotPollMs);
  }

  return async function watchSafetySnapshot({ restore, now }) {
    const { plan, state } = restore;
    const late = tooLate('watch-safety-snapshot', restore, now);
    if (late) return late;
    const waitedMs = Date.parse(now) - Date.parse(restore.since);
    try {
      const snapshot = await aura.getSnapshot(plan.instance.auraId, state.snapshotId, 'poll');
      switch (snapshot.status.toLowerCase()) {
        case 'completed':
          await keepBaseline(restore, snapshot);
          return report({ type: 'safety-snapshot-completed' });
        case 'failed':
        case 'cancelled':
          return withoutSafetySnapshot('watch-safety-snapshot', `Aura reports the snapshot as "${snapshot.status}".`);
        default:
          return lookAgain(await nextMs(now), `Aura reports the safety snapshot as "${snapshot.status}".`);
      }
    } catch (error) {
      const isUnknown = error instanceof AuraRefusedError && error.meaning === 'not-found-snapshot';
      if (!isUnknown) return keepLooking(error);
      if (waitedMs < KNOWN_WITHIN_MS) return lookAgain(timing.snapshotPollMs);
      return withoutSafetySnapshot('watch-safety-snapshot', 'Aura does not know the snapshot it was asked to take.');
    }
  };
}

/** Past the execution expiry no call follows a safety snapshot, so that nothing waits for one any more. */
function tooLate(
  step: SafetySnapshotStep,
  restore: Pick<Waiting, 'plan' | 'terms'> & { readonly state: Pick<Waiting['state'], 'approval'> },
  now: Instant,
): StepOutcome | undefined {
  const refusal = expiryRefusal(restore, restore.state.approval, now);
  return refusal && notSent(step, refusal);
}

function withoutSafetySnapshot(step: SafetySnapshotStep, why: string, requestId?: string): StepOutcome {
  return giveUp({
    step,
    reason: 'safety-snapshot-failed',
    why,
    condition: 'unchanged',
    ...(requestId ? { requestId } : {}),
  });
}
