import { z } from 'zod';
import { durationMs } from '../config/duration.ts';
import { textProblem } from './read-only-gate.ts';

const name = z.string().min(1).max(60);
const label = z.string().min(1);
const shared = {
  name,
  description: z.string().exactOptional(),
  severity: z.enum(['error', 'warn']).default('error'),
  owner: z.string().exactOptional(),
  timeout: durationMs.default(10_000),
};
const bounds = z.strictObject({
  gte: z.number().exactOptional(),
  lte: z.number().exactOptional(),
  between: z.tuple([z.number(), z.number()]).exactOptional(),
});

const check = z.union([
  z.strictObject({
    ...shared,
    count: z.union([z.strictObject({ label }), z.strictObject({ type: label })]),
    expect: bounds,
  }),
  z.strictObject({
    ...shared,
    query: z
      .string()
      .min(1)
      .superRefine((query, context) => {
        const problem = textProblem(query);
        if (problem) context.addIssue({ code: 'custom', message: problem });
      }),
    expect: z.union([z.literal('no_rows'), z.strictObject({ value: bounds })]),
  }),
  z.strictObject({
    ...shared,
    freshness: z.strictObject({ label, property: label }),
    expect: z.strictObject({
      warn_after: durationMs.exactOptional(),
      error_after: durationMs.exactOptional(),
      not_newer: z.boolean().default(true),
    }),
  }),
  z.strictObject({
    ...shared,
    schema: z.strictObject({ indexes_online: z.boolean().default(true), constraints: z.array(z.string()).default([]) }),
  }),
]);

/** A question about restored data, as the configuration file words it. */
export type CheckDefinition = z.infer<typeof check>;
export type Bounds = z.infer<typeof bounds>;

/** Reads one check of the file; the problem, if there is one, in words. */
export function readCheck(
  value: unknown,
): { readonly name: string; readonly check: CheckDefinition } | { readonly problem: string } {
  const parsed = check.safeParse(value);
  if (parsed.success) return { name: parsed.data.name, check: parsed.data };
  const kind = ['count', 'query', 'freshness', 'schema'].find(
    (key) => typeof value === 'object' && value !== null && key in value,
  );
  if (!kind) return { problem: 'must have one of count, query, freshness or schema' };
  return {
    problem: `is not a well-formed ${kind} check: ${z.prettifyError(parsed.error).split('\n').slice(0, 4).join(' ')}`,
  };
}
