import { z } from 'zod';
import { instant, text } from './stored-values.ts';

/** What a look found of whether enough people can approve. */
export const approvability = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('unchecked'),
    at: instant,
    why: z.enum(['no-answer', 'on-call-unknown', 'too-many']),
    schedules: z.array(text).exactOptional(),
  }),
  z.object({
    kind: z.literal('short'),
    at: instant,
    short: z.array(z.object({ name: text, needed: z.number(), possible: z.number() })),
  }),
  z.object({ kind: z.literal('enough'), at: instant }),
]);
