import { z } from 'zod';
import { UnreadableRecordError } from '../coordinator.ts';
import { WEEKDAYS } from '../restore/calendar-times.ts';
import { DRIFT_REASONS } from '../restore/failure.ts';
import type { RestoreId } from '../restore/names.ts';
import { FILE_KINDS, METHODS } from '../restore/plan.ts';
import { REASON_KINDS } from '../restore/request.ts';
import { type Restore, SCHEMA_VERSION } from '../restore/restore.ts';
import { APPROVERS_RULE, oneApprover } from '../restore/rules-needed.ts';
import { ANSWERS } from '../restore/stakeholder-facts.ts';
import { STEPS } from '../restore/state.ts';
import { HISTORY_OF, STAGES, type Terms } from '../restore/terms.ts';
import { accessSeen, fingerprint, lossReceipt } from './receipt-schema.ts';

const text = z.string();
const instant = z.iso.datetime();
const count = z.number();

export const peopleRule = z.object({
  users: z.array(text),
  groups: z.array(text),
  onCall: z.array(text).exactOptional(),
});
const snapshotPoint = z.object({
  snapshotId: text,
  takenAt: instant,
  profile: text,
  exportable: z.boolean().exactOptional(),
});
const livePoint = z.object({ isLive: z.literal(true), takenAt: instant });
const filePoint = z.object({
  file: z.object({
    name: text,
    kind: z.enum(FILE_KINDS),
    sizeBytes: count,
    sha256: text.exactOptional(),
    directory: text.exactOptional(),
  }),
  takenAt: instant,
});
const plannedInstance = z.object({
  alias: text,
  auraId: text,
  name: text,
  environment: z.enum(['production', 'staging', 'development']),
  type: text.exactOptional(),
  memory: text.exactOptional(),
  projectId: text.exactOptional(),
});
const planOfAnyMethod = {
  instance: plannedInstance,
  start: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('when-confirmed') }),
    z.object({ kind: z.literal('at'), at: instant }),
  ]),
  lossBoundMinutes: z.number(),
  checks: z.array(text),
  noticeChannels: z.array(text),
  keepsEvidence: z.boolean(),
  freezeOverride: z.object({ freezes: z.array(text), reason: text }).exactOptional(),
  dryRun: z.literal(true).exactOptional(),
};
const plan = z.discriminatedUnion('method', [
  z.object({ method: z.literal('restore-snapshot'), restorePoint: snapshotPoint, ...planOfAnyMethod }),
  z.object({
    method: z.literal('overwrite'),
    source: plannedInstance,
    restorePoint: z.union([snapshotPoint, livePoint]),
    ...planOfAnyMethod,
  }),
  z.object({ method: z.literal('backup-file'), restorePoint: filePoint, ...planOfAnyMethod }),
  z.object({ method: z.literal('upload'), restorePoint: filePoint, ...planOfAnyMethod }),
  z.object({
    method: z.literal('new-instance'),
    restorePoint: snapshotPoint,
    toMake: z.object({
      type: text,
      memory: text,
      liveForMinutes: z.number(),
      price: z.object({ perHour: z.number(), currency: text, asOf: text }),
      monthlyCap: z.number(),
    }),
    ...planOfAnyMethod,
  }),
]);
export const approvalTerms = z.object({
  rules: z.array(
    peopleRule.extend({ name: text, needed: z.number(), escalatesTo: z.array(z.enum(STAGES)).exactOptional() }),
  ),
  denialsNeeded: z.number(),
});
const reminders = z.object({
  afterMinutes: z.array(z.number()),
  nudges: z.object({ everyMinutes: z.number(), most: z.number() }),
  escalation: z.array(peopleRule.extend({ stage: z.enum(STAGES), afterMinutes: z.number() })),
  workingHours: z.object({ days: z.array(z.enum(WEEKDAYS)), from: text, to: text }).exactOptional(),
});
const reminded = z.object({
  round: z.number(),
  sent: z.array(z.object({ kind: z.enum(['reminder', 'nudge', ...STAGES]), at: instant, to: z.array(text) })),
  lookAt: instant.exactOptional(),
});
const minutesRange = { fromMinutes: z.number(), toMinutes: z.number() };
/** The bot's default, which a record of the first release did not keep. */
const FIRST_RELEASE_EXPIRY_MINUTES = 60;

/** The first release knew one rule, `approvers`, of which one person was enough. */
const terms = z
  .object({
    approval: approvalTerms.exactOptional(),
    approvers: peopleRule.exactOptional(),
    overrideApprovers: peopleRule.exactOptional(),
    approvalsChannel: text,
    auditChannel: text.exactOptional(),
    requestExpiryMinutes: z.number().default(FIRST_RELEASE_EXPIRY_MINUTES),
    executionExpiryMinutes: z.number(),
    reminders: reminders.exactOptional(),
    noticeLeadMinutes: z.number(),
    usualNoticeLeadMinutes: z.number().exactOptional(),
    contact: text,
    actionRequired: text,
    objectives: z.object({ rpoMinutes: z.number().exactOptional(), rtoMinutes: z.number().exactOptional() }),
    estimate: z.discriminatedUnion('basis', [
      z.object({ ...minutesRange, basis: z.enum(['configured', 'rule-of-thumb']) }),
      z.object({ ...minutesRange, basis: z.literal('history'), runs: z.number(), of: z.enum(HISTORY_OF) }),
    ]),
    receipt: z.object({ refreshMinutes: z.number() }).exactOptional(),
    dependants: z.array(
      z.object({
        name: text,
        owner: text.exactOptional(),
        users: z.array(text).exactOptional(),
        groups: z.array(text).exactOptional(),
        channel: text.exactOptional(),
      }),
    ),
    stakeholders: peopleRule.exactOptional(),
    objections: z.enum(['hold', 'tell']).exactOptional(),
    updateMinutes: z.number().exactOptional(),
    fileLoadMinutes: z.number().exactOptional(),
    samePeople: z.array(z.array(text)),
    delegation: z.enum(['allowed', 'forbidden']).exactOptional(),
    mayActFor: z.array(z.array(text)).exactOptional(),
    lossBoundMinutes: z.number().exactOptional(),
    previews: z.literal(true).exactOptional(),
    policyHash: text.exactOptional(),
    retentionDays: count.exactOptional(),
  })
  .transform(({ approval, approvers, ...kept }, context): Terms => {
    const known = approval ?? (approvers && oneApprover(approvers));
    if (known) return { ...kept, approval: known };
    context.addIssue({ code: 'custom', path: ['approval'], message: 'names nobody who may approve' });
    return z.NEVER;
  });
const request = z.object({
  requestedBy: text,
  requestedAt: instant,
  delegates: z.array(z.object({ to: text, from: text, until: instant })).exactOptional(),
  reason: z.object({ kind: z.enum(REASON_KINDS), text }),
  undoes: text.exactOptional(),
  otherThanAdvised: z.object({ advised: z.enum(METHODS), why: text }).exactOptional(),
  ticket: text.exactOptional(),
  expectedImpact: text.exactOptional(),
  urgent: z.literal(true).exactOptional(),
  interaction: text.exactOptional(),
});

const proviso = z.object({
  condition: text.exactOptional(),
  notBefore: instant.exactOptional(),
  acceptedAt: instant.exactOptional(),
});
const vote = z.object({
  by: text,
  standingInFor: text.exactOptional(),
  at: instant,
  kind: z.enum(['approve', 'deny']),
  planHash: text,
  why: text.exactOptional(),
  countsFor: z.array(text),
  onCall: z.array(text).exactOptional(),
  proviso: proviso.exactOptional(),
});
const askedAnew = z.object({
  at: instant,
  before: plan,
  votes: z.array(vote),
  because: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('edited'), by: text }),
    z.object({ kind: z.literal('start-accepted'), by: text, of: text }),
    z.object({ kind: z.literal('drifted'), reason: z.enum(DRIFT_REASONS), why: text }),
    z.object({ kind: z.literal('put-off'), by: text, why: text }),
  ]),
});
/** In the first release one vote was the whole approval. */
const approval = z
  .object({
    by: text,
    at: instant,
    planHash: text,
    agreedLossMinutes: z.number(),
    votes: z.array(vote).exactOptional(),
  })
  .transform(({ votes, ...kept }) => {
    const { by, at, planHash } = kept;
    return { ...kept, votes: votes ?? [{ by, at, kind: 'approve' as const, planHash, countsFor: [APPROVERS_RULE] }] };
  });
const approved = { approval };
const preflighted = {
  ...approved,
  preflight: z.object({ at: instant, lossMinutes: z.number(), requestId: text.exactOptional() }),
};
const baselined = {
  ...preflighted,
  baseline: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('taken'), fingerprint, access: accessSeen.exactOptional() }),
    z.object({ kind: z.literal('not-taken'), why: text }),
  ]),
};
const safeguarded = {
  ...baselined,
  safetySnapshot: z.object({ snapshotId: text, requestedAt: instant, completedAt: instant }).exactOptional(),
};
const sent = {
  ...safeguarded,
  intent: z.object({ attemptId: text, at: instant, requestId: text.exactOptional() }),
};
const reached = {
  approval: sent.approval.exactOptional(),
  preflight: sent.preflight.exactOptional(),
  baseline: sent.baseline.exactOptional(),
  safetySnapshot: sent.safetySnapshot,
  intent: sent.intent.exactOptional(),
};

const state = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('awaiting-approval'),
    expiresAt: instant,
    votes: z.array(vote).default([]),
    looking: z.object({ by: text, until: instant }).exactOptional(),
  }),
  z.object({ status: z.literal('approved'), startAt: instant, lapsesAt: instant, ...approved }),
  z.object({ status: z.literal('taking-baseline'), ...preflighted }),
  z.object({ status: z.literal('requesting-safety-snapshot'), sentAt: instant.exactOptional(), ...baselined }),
  z.object({ status: z.literal('awaiting-safety-snapshot'), snapshotId: text, requestedAt: instant, ...baselined }),
  z.object({ status: z.literal('ready-to-restore'), ...safeguarded }),
  z.object({ status: z.literal('restore-sent'), ...sent }),
  z.object({ status: z.literal('start-unclear'), why: text, ...sent }),
  z.object({
    status: z.literal('restoring'),
    startedAt: instant,
    leftRunningAt: instant.exactOptional(),
    runningSeenAt: instant.exactOptional(),
    ...sent,
  }),
  z.object({ status: z.literal('verifying'), restoredAt: instant, ...sent }),
  z.object({ status: z.literal('completed'), restoredAt: instant, at: instant, ...sent }),
  z.object({
    status: z.literal('failed'),
    at: instant,
    during: z.enum(STEPS),
    reason: z.enum([
      'instance-not-found',
      'instance-not-running',
      'restored-elsewhere',
      'instance-changed',
      'snapshot-not-found',
      'snapshot-not-usable',
      'loss-grew',
      'rules-tightened',
      'outside-window',
      'too-late',
      'aura-refused',
      'aura-credentials',
      'safety-snapshot-failed',
      'restore-refused',
      'restore-failed',
      'file-not-usable',
      'instance-deleted',
      'did-not-run',
      'step-gave-up',
    ]),
    why: text,
    condition: z.enum(['unchanged', 'restored', 'unknown', 'broken']),
    ...reached,
  }),
  z.object({ status: z.literal('rehearsed'), at: instant, calls: z.array(text), ...baselined }),
  z.object({ status: z.literal('denied'), by: text, at: instant, why: text }),
  z.object({ status: z.literal('withdrawn'), by: text, at: instant }),
  z.object({ status: z.literal('cancelled'), by: text, at: instant, ...reached }),
  z.object({ status: z.literal('expired'), at: instant, expiresAt: instant.exactOptional() }),
  z.object({ status: z.literal('lapsed'), at: instant, lapsesAt: instant.exactOptional(), ...approved }),
]);

export const validationOutcome = z.object({
  status: z.enum(['passed', 'warned', 'failed', 'error', 'not-run']),
  at: instant,
  words: text,
  results: z.array(
    z.object({
      name: text,
      severity: z.enum(['error', 'warn']),
      status: z.enum(['pass', 'warn', 'fail', 'error', 'timed-out', 'not-run']),
      words: text,
      owner: text.exactOptional(),
      durationMs: z.number().exactOptional(),
    }),
  ),
  fingerprint: fingerprint.exactOptional(),
});
const validation = z.discriminatedUnion('status', [
  z.object({ status: z.literal('not-started') }),
  z.object({ status: z.literal('running') }),
  validationOutcome,
]);

export const delivery = z.discriminatedUnion('status', [
  z.object({ status: z.literal('posted'), channel: text, ts: text, at: instant }),
  z.object({ status: z.literal('undeliverable'), why: text, at: instant }),
]);

const objection = z.object({
  by: text,
  at: instant,
  why: text,
  place: text.exactOptional(),
  holds: z.boolean(),
  answer: z.object({ by: text, at: instant, kind: z.enum(ANSWERS), words: text }).exactOptional(),
});

export const historyEntry = z.object({
  seq: z.number(),
  at: instant,
  event: text,
  by: text.exactOptional(),
  entered: z.enum(state.options.map((option) => option.shape.status.value)).exactOptional(),
  facts: z.record(text, z.union([z.string(), z.number(), z.boolean()])),
  previous: text,
  hash: text,
});

/** From the last look before the call to the end. */
const NEEDS_SAFETY_SNAPSHOT: ReadonlySet<string> = new Set([
  'ready-to-restore',
  'restore-sent',
  'start-unclear',
  'restoring',
  'verifying',
  'completed',
]);

const record = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id: text,
  version: z.number(),
  turn: z.number(),
  request,
  plan,
  planHash: text,
  terms,
  askedAnew: z.array(askedAnew).exactOptional(),
  declined: z.array(z.object({ to: text, by: text, at: instant, proviso })).exactOptional(),
  reminded: reminded.exactOptional(),
  state,
  since: instant,
  observation: z.object({ at: instant, words: text, unansweredSince: instant.exactOptional() }).exactOptional(),
  lateStart: z.object({ at: instant, plannedAt: instant, why: text }).exactOptional(),
  movedStart: z.object({ at: instant, from: instant, to: instant }).exactOptional(),
  acknowledgements: z.array(z.object({ by: text, at: instant })).exactOptional(),
  objections: z.array(objection).exactOptional(),
  lossReceipt: lossReceipt.exactOptional(),
  updates: z.array(z.object({ promisedFor: instant, at: instant })).exactOptional(),
  stalledAt: instant.exactOptional(),
  made: z
    .object({
      auraId: text,
      name: text,
      connectionUrl: text.exactOptional(),
      removeAt: instant,
      password: z.enum(['handed-over', 'lost', 'unknown']),
    })
    .exactOptional(),
  validation,
  undone: z.object({ by: text, at: instant }).exactOptional(),
  deliveries: z.record(text, delivery),
  history: z.array(historyEntry),
});

const restore = record.superRefine(({ plan, state }, context) => {
  // Only what overwrites nothing needs no way back.
  const isAtTheCall = NEEDS_SAFETY_SNAPSHOT.has(state.status) && !('safetySnapshot' in state);
  if (plan.method === 'new-instance' || !isAtTheCall) return;
  context.addIssue({ code: 'custom', path: ['state', 'safetySnapshot'], message: 'is missing' });
});

/**
 * Reads a stored record. Records outlive deploys, so this is an edge like any other: what cannot be read is refused
 * loudly, with the path of what is wrong, and never guessed at.
 */
export function parseRestore(json: string): Restore {
  return restore.parse(JSON.parse(json));
}

/** The same for a restore that is known by its id. Throws `UnreadableRecordError`. */
export function readRestore(id: RestoreId, json: string): Restore {
  try {
    return parseRestore(json);
  } catch (cause) {
    throw new UnreadableRecordError(id, { cause });
  }
}
