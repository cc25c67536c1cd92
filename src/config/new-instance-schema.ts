import { z } from 'zod';
import { durationMinutes } from './duration.ts';
import { approvalRules, approvers } from './people-schema.ts';

const memory = z.string().regex(/^\d+GB$/, { error: 'a memory size such as 4GB' });
const LONGEST_LIFE_MINUTES = 7 * 24 * 60;
const life = durationMinutes.refine((minutes) => minutes >= 60 && minutes <= LONGEST_LIFE_MINUTES, {
  error: 'between 1h and 7d',
});

/** What is different for a preview of an open request. */
const preview = z.strictObject({
  approvers: approvers.exactOptional(),
  approvals: approvalRules.exactOptional(),
  sizes: z.array(memory).min(1).exactOptional(),
  time_to_live: life.exactOptional(),
  longest: life.exactOptional(),
});

/** What may be made from an instance's snapshots. */
export const newInstance = z
  .strictObject({
    approvers: approvers.exactOptional(),
    approvals: approvalRules.exactOptional(),
    sizes: z.array(memory).min(1).exactOptional(),
    time_to_live: life.default(24 * 60),
    longest: life.default(LONGEST_LIFE_MINUTES),
    monthly_cap: z.number().positive(),
    preview: preview.exactOptional(),
  })
  .refine((rules) => rules.time_to_live <= rules.longest, { error: 'time_to_live must not be longer than longest' })
  .refine(({ preview: own, longest }) => (own?.time_to_live ?? 0) <= (own?.longest ?? longest), {
    error: 'time_to_live of preview must not be longer than its longest',
  });

/** What Aura charges, which its API does not tell. */
export const prices = z.strictObject({
  as_of: z.iso.date({ error: 'the day of the prices, like 2026-11-01' }),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'a currency such as USD' }),
  per_hour: z.record(z.string(), z.record(memory, z.number().positive())),
});
