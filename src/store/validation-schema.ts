import { z } from 'zod';
import { CHECK_STATUSES } from '../restore/validation.ts';
import { fingerprint } from './receipt-schema.ts';
import { instant, text } from './stored-values.ts';

/** What the checks of the data found. */
export const validationOutcome = z.object({
  status: z.enum(['passed', 'warned', 'failed', 'error', 'not-run']),
  at: instant,
  words: text,
  results: z.array(
    z.object({
      name: text,
      severity: z.enum(['error', 'warn']),
      status: z.enum(CHECK_STATUSES),
      words: text,
      owner: text.exactOptional(),
      durationMs: z.number().exactOptional(),
    }),
  ),
  fingerprint: fingerprint.exactOptional(),
});
/** Whether the data was checked, and what was found. */
export const validation = z.discriminatedUnion('status', [
  z.object({ status: z.literal('not-started') }),
  z.object({ status: z.literal('running') }),
  validationOutcome,
]);
