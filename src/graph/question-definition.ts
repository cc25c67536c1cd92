import { z } from 'zod';
import { textProblem } from './read-only-gate.ts';

const cypher = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const problem = textProblem(text);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });
const name = z.string().trim().min(1).max(60);
const question = z.union([
  z.strictObject({ name, cypher }),
  z.strictObject({ name, count: z.strictObject({ label: z.string().min(1), where: cypher }) }),
]);

/** A question to the live database about what a restore would lose, as the configuration file words it. */
export type LossQuestion = z.infer<typeof question>;

/** Reads one question of the file; the problem, if there is one, in words. */
export function readLossQuestion(
  value: unknown,
): { readonly name: string; readonly question: LossQuestion } | { readonly problem: string } {
  const parsed = question.safeParse(value);
  if (parsed.success) return { name: parsed.data.name, question: parsed.data };
  const isKnownForm = typeof value === 'object' && value !== null && ('cypher' in value || 'count' in value);
  if (!isKnownForm) return { problem: 'must have a name, and cypher or count' };
  return { problem: `is not well-formed: ${z.prettifyError(parsed.error).split('\n').slice(0, 4).join(' ')}` };
}
