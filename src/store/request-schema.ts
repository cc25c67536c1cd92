import { z } from 'zod';
import { METHODS } from '../restore/plan.ts';
import { REASON_KINDS } from '../restore/request.ts';
import { instant, text } from './stored-values.ts';

/** What was asked for, by whom and why. */
export const request = z.strictObject({
  requestedBy: text,
  requestedAt: instant,
  delegates: z.array(z.strictObject({ to: text, from: text, until: instant })).exactOptional(),
  onCall: z.array(z.strictObject({ alias: text, people: z.array(text).exactOptional() })).exactOptional(),
  reason: z.strictObject({ kind: z.enum(REASON_KINDS), text }),
  undoes: text.exactOptional(),
  otherThanAdvised: z.strictObject({ advised: z.enum(METHODS), why: text }).exactOptional(),
  ticket: text.exactOptional(),
  expectedImpact: text.exactOptional(),
  urgent: z.literal(true).exactOptional(),
  interaction: text.exactOptional(),
});
