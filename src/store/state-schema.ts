import { z } from 'zod';
import { STEPS } from '../restore/state.ts';
import { accessSeen, fingerprint } from './receipt-schema.ts';
import { instant, text } from './stored-values.ts';
import { approval, vote } from './vote-schema.ts';

const approved = { approval };
const preflighted = {
  ...approved,
  preflight: z.strictObject({ at: instant, lossMinutes: z.number(), requestId: text.exactOptional() }),
};
const baselined = {
  ...preflighted,
  baseline: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('taken'), fingerprint, access: accessSeen.exactOptional() }),
    z.strictObject({ kind: z.literal('not-taken'), why: text }),
  ]),
};
const safeguarded = {
  ...baselined,
  safetySnapshot: z.strictObject({ snapshotId: text, requestedAt: instant, completedAt: instant }).exactOptional(),
};
const sent = {
  ...safeguarded,
  intent: z.strictObject({ attemptId: text, at: instant, requestId: text.exactOptional() }),
};
const startWatch = z.strictObject({
  since: instant,
  lookedAt: instant,
  unwatched: z.strictObject({ from: instant, until: instant, times: z.number() }).exactOptional(),
});
const reached = {
  approval: sent.approval.exactOptional(),
  preflight: sent.preflight.exactOptional(),
  baseline: sent.baseline.exactOptional(),
  safetySnapshot: sent.safetySnapshot,
  intent: sent.intent.exactOptional(),
};

/** Where a restore stands, with what was reached on the way there. */
export const state = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('awaiting-approval'),
    expiresAt: instant,
    votes: z.array(vote).default([]),
    looking: z.strictObject({ by: text, until: instant }).exactOptional(),
  }),
  z.strictObject({ status: z.literal('approved'), startAt: instant, lapsesAt: instant, ...approved }),
  z.strictObject({ status: z.literal('taking-baseline'), ...preflighted }),
  z.strictObject({ status: z.literal('requesting-safety-snapshot'), sentAt: instant.exactOptional(), ...baselined }),
  z.strictObject({
    status: z.literal('awaiting-safety-snapshot'),
    snapshotId: text,
    requestedAt: instant,
    ...baselined,
  }),
  z.strictObject({ status: z.literal('ready-to-restore'), ...safeguarded }),
  z.strictObject({ status: z.literal('restore-sent'), watch: startWatch.exactOptional(), ...sent }),
  z.strictObject({ status: z.literal('start-unclear'), why: text, ...sent }),
  z.strictObject({
    status: z.literal('restoring'),
    startedAt: instant,
    leftRunningAt: instant.exactOptional(),
    runningSeenAt: instant.exactOptional(),
    ...sent,
  }),
  z.strictObject({ status: z.literal('verifying'), restoredAt: instant, ...sent }),
  z.strictObject({ status: z.literal('completed'), restoredAt: instant, at: instant, ...sent }),
  z.strictObject({
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
      'not-as-agreed',
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
  z.strictObject({ status: z.literal('rehearsed'), at: instant, calls: z.array(text), ...baselined }),
  z.strictObject({ status: z.literal('denied'), by: text, at: instant, why: text }),
  z.strictObject({ status: z.literal('withdrawn'), by: text, at: instant }),
  z.strictObject({ status: z.literal('cancelled'), by: text, at: instant, ...reached }),
  z.strictObject({ status: z.literal('expired'), at: instant, expiresAt: instant.exactOptional() }),
  z.strictObject({ status: z.literal('lapsed'), at: instant, lapsesAt: instant.exactOptional(), ...approved }),
]);
