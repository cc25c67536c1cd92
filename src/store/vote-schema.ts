import { z } from 'zod';
import { DRIFT_REASONS } from '../restore/failure.ts';
import { APPROVERS_RULE } from '../restore/rules-needed.ts';
import { plan } from './plan-schema.ts';
import { instant, text } from './stored-values.ts';
import { closedStart } from './times-schema.ts';

/** What a yes depends on. */
export const proviso = z.strictObject({
  condition: text.exactOptional(),
  notBefore: instant.exactOptional(),
  acceptedAt: instant.exactOptional(),
});

/** One person's yes or no. */
export const vote = z.strictObject({
  by: text,
  standingInFor: text.exactOptional(),
  at: instant,
  kind: z.enum(['approve', 'deny']),
  planHash: text,
  lossMinutes: z.number().exactOptional(),
  why: text.exactOptional(),
  countsFor: z.array(text),
  onCall: z.array(text).exactOptional(),
  proviso: proviso.exactOptional(),
});

/** A round of votes that fell, and why. */
export const askedAnew = z.strictObject({
  at: instant,
  before: plan,
  votes: z.array(vote),
  because: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('edited'), by: text }),
    z.strictObject({ kind: z.literal('start-accepted'), by: text, of: text }),
    z.strictObject({
      kind: z.literal('drifted'),
      reason: z.enum(DRIFT_REASONS),
      why: text,
      closed: closedStart.exactOptional(),
      beforeAgreement: z.boolean().exactOptional(),
    }),
    z.strictObject({ kind: z.literal('put-off'), by: text, why: text }),
  ]),
});

/** What is no longer as planned. */
export const knownDrift = z.strictObject({
  round: z.number(),
  at: instant,
  reason: z.enum(DRIFT_REASONS),
  why: text,
  closed: closedStart.exactOptional(),
  overAt: instant.exactOptional(),
});

/** In the first release one vote was the whole approval. */
export const approval = z
  .strictObject({
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
