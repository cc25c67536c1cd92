import { z } from 'zod';
import { NOT_COUNTED_BECAUSE } from '../restore/new-instance/preview-stage.ts';
import { CHECK_STATUSES } from '../restore/validation.ts';
import { instant, text } from './stored-values.ts';

/** How checks came out, without what they said. */
export const seenChecks = z.array(z.object({ name: text, status: z.enum(CHECK_STATUSES) }));

/** How far a preview of a request has come. */
export const seenPreview = z.object({
  by: text,
  at: instant,
  snapshotId: text,
  stage: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('asked') }),
    z.object({ kind: z.literal('being-made') }),
    z.object({ kind: z.literal('counted'), checks: seenChecks }),
    z.object({ kind: z.literal('not-counted'), because: z.enum(NOT_COUNTED_BECAUSE) }),
  ]),
});
