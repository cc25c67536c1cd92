import { afterAgreementLook } from './agreement-look.ts';
import { entered, noted, type Outcome, reached, sentPart, stale, verifying } from './change.ts';
import { afterDrift } from './drift.ts';
import { dueStep } from './due-step.ts';
import type { WorkerEvent } from './event.ts';
import { afterMonitoringAnswered, afterMonitoringCalled } from './monitoring.ts';
import type { Instant } from './names.ts';
import type { MadeFacts } from './new-instance/made-instance.ts';
import { afterPreviewCounted, afterPreviewSeen } from './new-instance/seen-preview.ts';
import { withNoticeLead } from './notice-lead.ts';
import { afterReminding } from './nudge.ts';
import { isHeld } from './objection.ts';
import { afterObserving } from './observed.ts';
import { afterTightening } from './policy/tightening.ts';
import { afterUpdateDue } from './promised-update.ts';
import { afterLossLook } from './receipt/next-loss-look.ts';
import type { Delivery, LateStart, Restore } from './restore.ts';
import { roundOf } from './round.ts';
import { sendingRefusal } from './sending.ts';
import { hasEnded } from './state.ts';
import { afterUndone } from './undo.ts';

const NOTHING_OVERWRITTEN = 'nothing is overwritten: a new instance is made';

/** The rules for what a worker saw or did. An event that does not fit the state is stale: another worker was first. */
export function afterWork(restore: Restore, event: WorkerEvent): Outcome {
  const { state } = restore;
  // What the monitoring answers says by itself which call it belongs to, and matters whatever became of the restore meanwhile.
  const isOfRound =
    event.type === 'monitoring-answered' || event.round === undefined || event.round === roundOf(restore);
  if (!isOfRound) return stale();
  switch (event.type) {
    case 'request-expired':
      if (state.status !== 'awaiting-approval' || event.at < state.expiresAt) return stale();
      return entered(restore, event, { status: 'expired', at: event.at, expiresAt: state.expiresAt });

    case 'reminded':
      return afterReminding(restore, event);

    case 'agreement-looked':
      return afterAgreementLook(restore, event);

    case 'loss-looked':
      return afterLossLook(restore, event);

    case 'preview-seen':
      return afterPreviewSeen(restore, event);

    case 'preview-counted':
      return afterPreviewCounted(restore, event);

    case 'approval-lapsed':
      if (state.status !== 'approved' || event.at < state.lapsesAt) return stale();
      return entered(restore, event, {
        status: 'lapsed',
        at: event.at,
        lapsesAt: state.lapsesAt,
        approval: state.approval,
      });

    case 'start-late':
      if (state.status !== 'approved' || restore.lateStart || event.at <= state.startAt) return stale();
      return noted({ ...restore, lateStart: lateStartOf(event, state.startAt) }, event);

    case 'preflight-passed':
      if (state.status !== 'approved' || event.at >= state.lapsesAt || isHeld(restore)) return stale();
      if (restore.plan.method === 'new-instance') {
        // A dry run ends where the first call would be made, which is then not a safety snapshot's.
        return entered(restore, event, {
          status: restore.plan.dryRun ? 'requesting-safety-snapshot' : 'ready-to-restore',
          approval: state.approval,
          preflight: event.preflight,
          baseline: { kind: 'not-taken', why: NOTHING_OVERWRITTEN },
        });
      }
      return entered(restore, event, {
        status: 'taking-baseline',
        approval: state.approval,
        preflight: event.preflight,
      });

    case 'baseline-settled':
      if (state.status !== 'taking-baseline') return stale();
      return entered(restore, event, {
        status: 'requesting-safety-snapshot',
        approval: state.approval,
        preflight: state.preflight,
        baseline: event.baseline,
      });

    case 'drifted':
      return afterDrift(restore, event);

    case 'rules-tightened':
      return afterTightening(restore, event);

    case 'rehearsed': {
      if (state.status !== 'requesting-safety-snapshot' || !restore.plan.dryRun) return stale();
      const { sentAt: _, ...baselined } = state;
      return entered(restore, event, { ...baselined, status: 'rehearsed', at: event.at, calls: event.calls });
    }

    case 'safety-snapshot-intended':
      if (state.status !== 'requesting-safety-snapshot' || state.sentAt || restore.plan.dryRun) return stale();
      return noted({ ...restore, state: { ...state, sentAt: event.at } }, event);

    case 'safety-snapshot-requested': {
      if (state.status !== 'requesting-safety-snapshot' || restore.plan.dryRun) return stale();
      const { sentAt, ...baselined } = state;
      return entered(restore, event, {
        ...baselined,
        status: 'awaiting-safety-snapshot',
        snapshotId: event.snapshotId,
        requestedAt: sentAt ?? event.at,
      });
    }

    case 'safety-snapshot-completed': {
      if (state.status !== 'awaiting-safety-snapshot') return stale();
      const { snapshotId, requestedAt, ...baselined } = state;
      return entered(restore, event, {
        ...baselined,
        status: 'ready-to-restore',
        safetySnapshot: { snapshotId, requestedAt, completedAt: event.at },
      });
    }

    case 'restore-intended':
      if (restore.plan.dryRun) return stale();
      if (state.status !== 'ready-to-restore' || isHeld(restore) || sendingRefusal(restore, state.approval, event))
        return stale();
      return entered(restore, event, {
        ...state,
        status: 'restore-sent',
        intent: { attemptId: event.attemptId, at: event.at },
      });

    case 'restore-answered':
      if (state.status !== 'restore-sent' && state.status !== 'start-unclear' && state.status !== 'restoring')
        return stale();
      if (state.intent.requestId) return stale();
      return noted({ ...restore, state: { ...state, intent: { ...state.intent, requestId: event.requestId } } }, event);

    case 'restore-accepted': {
      const { requestId } = event;
      const known = withMade(restore, event);
      if (state.status === 'restoring' && requestId && !state.intent.requestId) {
        return noted({ ...known, state: { ...state, intent: { ...state.intent, requestId } } }, event);
      }
      if (state.status !== 'restore-sent') return stale();
      const intent = requestId ? { ...state.intent, requestId } : state.intent;
      return entered(known, event, { ...sentPart(state), status: 'restoring', intent, startedAt: event.at });
    }

    case 'start-seen': {
      const known = withMade(restore, event);
      if (state.status === 'restoring' && !state.leftRunningAt) {
        return noted({ ...known, state: { ...state, leftRunningAt: event.at } }, event);
      }
      if (state.status !== 'restore-sent' && state.status !== 'start-unclear') return stale();
      return entered(known, event, {
        ...sentPart(state),
        status: 'restoring',
        startedAt: event.at,
        leftRunningAt: event.at,
      });
    }

    case 'start-not-seen':
      if (state.status !== 'restore-sent') return stale();
      return entered(restore, event, { ...sentPart(state), status: 'start-unclear', why: event.why });

    case 'sent-before-seen':
      if (state.status !== 'ready-to-restore') return stale();
      return entered(restore, event, {
        ...state,
        status: 'start-unclear',
        intent: { attemptId: event.attemptId, at: event.sentAt },
        why: event.why,
      });

    case 'running-seen':
      if (state.status !== 'restoring' || state.runningSeenAt) return stale();
      return noted({ ...restore, state: { ...state, runningSeenAt: event.at } }, event);

    case 'running-lost': {
      if (state.status !== 'restoring' || !state.runningSeenAt) return stale();
      const { runningSeenAt: _, ...still } = state;
      return noted({ ...restore, state: still }, event);
    }

    case 'restore-finished': {
      // Done means seen: a first sighting of `running` must be on record before the second may count.
      if (state.status !== 'restoring' || !state.runningSeenAt) return stale();
      return verifying(restore, event, { ...sentPart(state), status: 'verifying', restoredAt: state.runningSeenAt });
    }

    case 'verification-finished':
      if (state.status !== 'verifying') return stale();
      return entered({ ...restore, validation: event.validation }, event, {
        ...sentPart(state),
        status: 'completed',
        restoredAt: state.restoredAt,
        at: event.at,
      });

    case 'step-failed': {
      const isOwn = dueStep(restore)?.step === event.step;
      if (!isOwn && !isAnswerToSending(restore, event)) return stale();
      return entered(restore, event, {
        ...reached(state),
        status: 'failed',
        at: event.at,
        during: event.step,
        reason: event.reason,
        why: event.why,
        // Our call was refused, yet the instance was seen restoring: then somebody else is restoring it.
        condition: state.status === 'restoring' && !isOwn ? 'unknown' : event.condition,
      });
    }

    case 'step-observed':
      return afterObserving(restore, event);

    case 'stall-noticed':
      if (hasEnded(state.status) || restore.stalledAt) return stale();
      return noted({ ...restore, stalledAt: event.at }, event);

    case 'undone':
      return afterUndone(restore, event);

    case 'update-due':
      return afterUpdateDue(restore, event);

    case 'monitoring-called':
      return afterMonitoringCalled(restore, event);

    case 'monitoring-answered':
      return afterMonitoringAnswered(restore, event);

    case 'message-settled': {
      const { key, delivery } = event;
      if (isSettledAlike(restore.deliveries[key], delivery)) return stale();
      const deliveries = { ...restore.deliveries, [key]: delivery };
      return noted(withNoticeLead({ ...restore, deliveries }, key, event.at), event);
    }

    default:
      return event satisfies never;
  }
}

function lateStartOf(
  { at, why, isHeldUp }: Extract<WorkerEvent, { type: 'start-late' }>,
  plannedAt: Instant,
): LateStart {
  return { at, plannedAt, why, ...(isHeldUp ? { isHeldUp } : {}) };
}

function withMade(restore: Restore, { made }: { readonly made?: MadeFacts }): Restore {
  return made && !restore.made ? { ...restore, made } : restore;
}

/** Posted is for good; giving up for the same reason again is no news. */
function isSettledAlike(before: Delivery | undefined, now: Delivery): boolean {
  if (before?.status === 'posted') return true;
  return before?.status === 'undeliverable' && now.status === 'undeliverable' && before.why === now.why;
}

/**
 * The restore call's refusal arrives when its intent has long moved the state on. No other late failure counts: a run that sent
 * nothing, and saw only later that it should not, knows nothing of the call that another run has sent meanwhile.
 */
function isAnswerToSending({ state }: Restore, event: Extract<WorkerEvent, { type: 'step-failed' }>): boolean {
  return (
    event.step === 'send-restore' &&
    (state.status === 'restore-sent' || state.status === 'start-unclear' || state.status === 'restoring') &&
    event.attemptId === state.intent.attemptId
  );
}
