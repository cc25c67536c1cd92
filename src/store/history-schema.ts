import { z } from 'zod';
import { state } from './state-schema.ts';
import { instant, text } from './stored-values.ts';

/** What became of a message that a record owed. */
export const delivery = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('posted'), channel: text, ts: text, at: instant }),
  z.looseObject({
    status: z.literal('undeliverable'),
    why: text,
    at: instant,
    mayHaveArrived: z.literal(true).exactOptional(),
  }),
]);

/** One entry of the chained history that records keep. */
export const historyEntry = z.looseObject({
  seq: z.number(),
  at: instant,
  event: text,
  by: text.exactOptional(),
  entered: z.enum(state.options.map((option) => option.shape.status.value)).exactOptional(),
  facts: z.record(text, z.union([z.string(), z.number(), z.boolean()])),
  previous: text,
  hash: text,
});
