import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** One thing wrong with the configuration: where, what kind of value stands there, and what to do. Never a secret's value. */
export interface Problem {
  readonly where: string;
  readonly what: string;
}

/** Every problem at once. Nothing was started. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map(({ where, what }) => `  ${where}: ${what}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Zod's issues in our words; an unknown key gets the nearest known one as a hint. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], knownKeys: readonly string[]): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const where = issue.path.length > 0 ? issue.path.join('.') : 'the file';
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ where: `${where}.${key}`, what: `unknown key${nearestHint(key, knownKeys)}` }));
    }
    if (issue.code === 'invalid_type') {
      return [
        {
          where,
          what: issue.message.startsWith('Invalid input')
            ? `must be ${issue.expected}, but is ${kindOf(issue.input)}`
            : `must be ${issue.message}`,
        },
      ];
    }
    const words =
      issue.message.startsWith('Invalid') || issue.message.startsWith('Too')
        ? issue.message
        : `must be ${issue.message}`;
    return [{ where, what: words }];
  });
}

function nearestHint(key: string, knownKeys: readonly string[]): string {
  if (knownKeys.length === 0) return '';
  const nearest = closest(key, knownKeys);
  return distance(key, nearest) <= 3 ? `; did you mean ${nearest}?` : '';
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
