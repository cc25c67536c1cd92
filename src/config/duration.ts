import { z } from 'zod';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const FORM = /^(\d+(\.\d+)?[smhd])+$/;

/** `90m`, `1h30m`, `7d` or `15s`, read as milliseconds. */
export const durationMs = z
  .string({ error: 'a duration such as 90m, 1h30m or 7d' })
  .regex(FORM, { error: 'a duration such as 90m, 1h30m or 7d' })
  .transform((text) =>
    [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)].reduce(
      (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0),
      0,
    ),
  );

/** The same, as minutes. */
export const durationMinutes = durationMs.transform((ms) => ms / 60_000);
