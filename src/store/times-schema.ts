import { z } from 'zod';
import { WEEKDAYS } from '../restore/calendar-times.ts';
import { instant, text } from './stored-values.ts';

/** Times of a calendar, as windows and freezes are kept. */
export const times = z.union([
  z.object({
    name: text.exactOptional(),
    days: z.array(z.enum(WEEKDAYS)),
    from: text,
    to: text,
    zone: text,
  }),
  z.object({ name: text.exactOptional(), monthDays: z.object({ first: z.number(), last: z.number() }), zone: text }),
  z.object({ name: text.exactOptional(), yearDays: z.object({ first: text, last: text }), zone: text }),
  z.object({ name: text.exactOptional(), from: instant, to: instant }),
]);

/** Why a start is not possible, and when one is. */
export const closedStart = z.object({
  startAt: instant,
  closed: z.discriminatedUnion('by', [
    z.object({ by: z.literal('freezes'), names: z.array(text), until: instant.exactOptional() }),
    z.object({ by: z.literal('holidays'), names: z.array(text) }),
    z.object({ by: z.literal('windows'), sets: z.array(z.array(times)) }),
  ]),
  nextPossible: z.array(instant),
  mayOverride: z.literal(true).exactOptional(),
});
