import { z } from 'zod';
import { UnreadableRecordError } from '../coordinator.ts';
import { MONITORING_ACTS } from '../restore/monitoring-call.ts';
import type { RestoreId } from '../restore/names.ts';
import { type Restore, SCHEMA_VERSION } from '../restore/restore.ts';
import { ANSWERS } from '../restore/stakeholder-facts.ts';
import { STAGES } from '../restore/terms.ts';
import { approvability } from './approvability-schema.ts';
import { delivery, historyEntry } from './history-schema.ts';
import { plan } from './plan-schema.ts';
import { seenPreview } from './preview-schema.ts';
import { lossReceipt } from './receipt-schema.ts';
import { request } from './request-schema.ts';
import { state } from './state-schema.ts';
import { instant, text } from './stored-values.ts';
import { terms } from './terms-schema.ts';
import { validation } from './validation-schema.ts';
import { askedAnew, knownDrift, proviso } from './vote-schema.ts';

const reminded = z.strictObject({
  round: z.number(),
  sent: z.array(
    z.strictObject({
      kind: z.enum(['reminder', 'nudge', ...STAGES]),
      at: instant,
      to: z.array(text),
      unknown: z.array(text).exactOptional(),
    }),
  ),
  lookAt: instant.exactOptional(),
});

const objection = z.strictObject({
  by: text,
  at: instant,
  why: text,
  place: text.exactOptional(),
  holds: z.boolean(),
  heldSince: instant.exactOptional(),
  answer: z.strictObject({ by: text, at: instant, kind: z.enum(ANSWERS), words: text }).exactOptional(),
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

/** The whole record; its parts stand in the files beside this one, each under its noun: `plan-schema.ts`, `state-schema.ts` … */
const record = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id: text,
  version: z.number(),
  turn: z.number(),
  request,
  plan,
  planHash: text,
  terms,
  askedAnew: z.array(askedAnew).exactOptional(),
  declined: z.array(z.strictObject({ to: text, by: text, at: instant, proviso })).exactOptional(),
  approvability: approvability.exactOptional(),
  reminded: reminded.exactOptional(),
  agreementLook: z.strictObject({ round: z.number(), at: instant }).exactOptional(),
  drift: knownDrift.exactOptional(),
  state,
  since: instant,
  observation: z.strictObject({ at: instant, words: text, unansweredSince: instant.exactOptional() }).exactOptional(),
  lateStart: z
    .strictObject({ at: instant, plannedAt: instant, why: text, isHeldUp: z.literal(true).exactOptional() })
    .exactOptional(),
  movedStart: z.strictObject({ at: instant, from: instant, to: instant }).exactOptional(),
  newlyAsked: z.array(z.strictObject({ at: instant, users: z.array(text), groups: z.array(text) })).exactOptional(),
  newlyTold: z.array(z.strictObject({ at: instant, groups: z.array(text) })).exactOptional(),
  acknowledgements: z.array(z.strictObject({ by: text, at: instant })).exactOptional(),
  objections: z.array(objection).exactOptional(),
  lossReceipt: lossReceipt.exactOptional(),
  previewed: z.strictObject({ by: text, at: instant }).exactOptional(),
  previews: z.array(seenPreview).exactOptional(),
  updates: z.array(z.strictObject({ promisedFor: instant, at: instant })).exactOptional(),
  stalledAt: instant.exactOptional(),
  monitoring: z
    .strictObject({
      act: z.enum(MONITORING_ACTS),
      calledAt: instant,
      answer: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('done'), at: instant, reference: text.exactOptional() }),
          z.strictObject({ kind: z.literal('given-up'), at: instant, why: text }),
        ])
        .exactOptional(),
      reference: text.exactOptional(),
      silenceMayFollow: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  made: z
    .strictObject({
      auraId: text,
      name: text,
      connectionUrl: text.exactOptional(),
      removeAt: instant,
      password: z.enum(['handed-over', 'lost', 'unknown']),
    })
    .exactOptional(),
  validation,
  undone: z.strictObject({ by: text, at: instant }).exactOptional(),
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
 * loudly, with the path of what is wrong, and never guessed at. A field of a newer release is refused too: left out, it would be
 * lost at the next save, and with it what people agreed to. What a newer one keeps in the history and of messages stays as it is.
 */
export function parseRestore(json: string): Restore {
  return restore.parse(JSON.parse(json));
}

/** The same for a restore that is known by its id. Throws `UnreadableRecordError`. */
export function readRestore(id: RestoreId, json: string): Restore {
  try {
    return parseRestore(json);
  } catch (cause) {
    throw new UnreadableRecordError(id, { cause, auraId: instanceNamedIn(id, json) });
  }
}

/** In a record of this very restore and schema, whatever else in it cannot be read. Of another schema it might mean something else. */
function instanceNamedIn(id: RestoreId, json: string): string | undefined {
  const readable = z.object({
    schemaVersion: z.literal(SCHEMA_VERSION),
    id: z.literal(id),
    plan: z.object({ instance: z.object({ auraId: text.min(1) }) }),
  });
  try {
    return readable.parse(JSON.parse(json)).plan.instance.auraId;
  } catch {
    return undefined;
  }
}
