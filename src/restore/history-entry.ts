import type { OverrideChange, RestoreEvent } from './event.ts';
import type { NewEntry } from './history.ts';
import type { MadeFacts } from './new-instance/made-instance.ts';
import type { PreviewStage } from './new-instance/preview-stage.ts';
import { onCallWords } from './on-call.ts';
import type { LossReceipt } from './receipt/receipt.ts';
import { pointFacts } from './restore-point-facts.ts';
import type { Status } from './state.ts';

/** What the history keeps of an event: who, when, the status entered by it, and its small facts. Never a secret. */
export function entryOf(event: RestoreEvent, status?: Status, facts: NewEntry['facts'] = {}): NewEntry {
  const by = 'person' in event ? event.person.id : 'by' in event ? event.by : undefined;
  return {
    at: event.at,
    event: event.type,
    ...(by ? { by } : {}),
    ...(status ? { entered: status } : {}),
    facts: {
      ...factsOf(event),
      ...onCallFact(event),
      ...facts,
      ...('interaction' in event && event.interaction ? { interaction: event.interaction } : {}),
      ...('policyHash' in event && event.policyHash ? { policy: event.policyHash } : {}),
    },
  };
}

/** Which schedules were looked at for a person who decided, and what was found. */
function onCallFact(event: RestoreEvent): { onCall?: string } {
  if (!('person' in event) || event.type === 'withdrawn' || event.person.kind === 'unreadable') return {};
  const words = onCallWords(event.person.onCallLooks ?? []);
  return words ? { onCall: words } : {};
}

function overriddenFact(override: OverrideChange['freezeOverride']): { overriddenFreezes?: string } {
  return override && override !== 'none' ? { overriddenFreezes: override.freezes.join(', ') } : {};
}

function factsOf(event: RestoreEvent): NewEntry['facts'] {
  switch (event.type) {
    case 'approved':
      return { planHash: event.planHash };
    case 'proviso-accepted':
    case 'proviso-declined':
      return { of: event.of, votedAt: event.votedAt };
    case 'edited':
      return {
        was: event.planHash,
        ...(event.change.restorePoint ? pointFacts(event.change.restorePoint) : {}),
        ...overriddenFact(event.change.freezeOverride),
      };
    case 'undone':
      return { undoneBy: event.undoneBy };
    case 'preview-seen':
      return {
        preview: event.preview,
        stage: event.stage.kind,
        ...('because' in event.stage ? { because: event.stage.because } : {}),
      };
    case 'preview-counted':
      return { preview: event.preview, ...checkFacts(event.counted?.stage) };
    case 'denied':
      return { why: event.why };
    case 'acknowledged':
      return placeOf(event);
    case 'objected':
      return { why: event.why, ...placeOf(event) };
    case 'objections-answered':
      return { answer: event.kind, words: event.words };
    case 'start-judged':
      return { ran: event.ran };
    case 'attempt-refused':
      return { attempt: event.attempt, reason: event.reason, ...(event.onCall ? { onCall: event.onCall } : {}) };
    case 'loss-looked':
      return receiptFacts(event.receipt);
    case 'preflight-passed':
      return { lossMinutes: Math.round(event.preflight.lossMinutes), ...requestId(event.preflight) };
    case 'baseline-settled':
      return event.baseline.kind === 'taken'
        ? { nodes: event.baseline.fingerprint.nodes, relationships: event.baseline.fingerprint.relationships }
        : { notTaken: event.baseline.why };
    case 'safety-snapshot-requested':
      return { snapshotId: event.snapshotId, ...requestId(event) };
    case 'restore-intended':
      return { attemptId: event.attemptId };
    case 'start-late':
      return { why: event.why };
    case 'restore-answered':
      return { requestId: event.requestId };
    case 'restore-accepted':
      return { status: event.status, ...requestId(event), ...madeFact(event) };
    case 'start-seen':
      return { status: event.status, ...madeFact(event) };
    case 'running-lost':
      return { status: event.status };
    case 'start-not-seen':
      return { why: event.why };
    case 'sent-before-seen':
      return { attemptId: event.attemptId, sentAt: event.sentAt, why: event.why };
    case 'verification-finished':
      return { validation: event.validation.status, words: event.validation.words };
    case 'agreement-looked':
      return event.isRulesOnly ? { words: 'only the calendar and the rules were read' } : {};
    case 'drifted':
      return { step: event.step, reason: event.reason, why: event.why };
    case 'step-failed':
      return {
        step: event.step,
        reason: event.reason,
        why: event.why,
        condition: event.condition,
        ...requestId(event),
      };
    case 'step-observed':
      return { words: event.words };
    case 'stall-noticed':
      return { limitMinutes: event.limitMinutes };
    case 'monitoring-called':
      return { act: event.act };
    case 'monitoring-answered':
      return event.answer.kind === 'done' ? { act: event.act } : { act: event.act, 'given-up': event.answer.why };
    case 'message-settled':
      return event.delivery.status === 'posted'
        ? { message: event.key, channel: event.delivery.channel, ts: event.delivery.ts }
        : { message: event.key, undeliverable: event.delivery.why };
    default:
      return {};
  }
}

/** What people were shown can be told again from these, as far as it is numbers. */
function receiptFacts({ lookedAt, point, source, counts, questions }: LossReceipt): NewEntry['facts'] {
  return {
    lookedAt,
    point,
    source: source.kind,
    differing: counts.kind === 'compared' ? counts.lines.length + counts.unnamed : `unknown: ${counts.because}`,
    ...Object.fromEntries(
      questions.map(({ name, answer }) => [
        `question: ${name}`,
        answer.kind === 'unknown' ? `unknown: ${answer.because}` : `${answer.value} (${answer.kind})`,
      ]),
    ),
  };
}

function checkFacts(stage: PreviewStage | undefined): { checks?: string } {
  if (stage?.kind !== 'counted') return {};
  return { checks: stage.checks.map(({ name, status }) => `${name}: ${status}`).join(', ') };
}

function placeOf({ place }: { readonly place?: string }): { place?: string } {
  return place === undefined ? {} : { place };
}

function madeFact({ made }: { readonly made?: MadeFacts }): { made?: string } {
  return made ? { made: made.auraId } : {};
}

function requestId(facts: { readonly requestId?: string }): { requestId?: string } {
  return facts.requestId ? { requestId: facts.requestId } : {};
}
