import { readLossQuestion } from '../graph/question-definition.ts';
import type { LossBudget } from './config.ts';
import type { InstanceSettings } from './file-schema.ts';
import type { Problem } from './problem.ts';

/** What a look may cost, and how often it is repeated, where the file says nothing. */
const DEFAULTS = { refresh: 5, time: 20_000, rows: 200_000 } as const;

/** The settings of several levels, the narrowest last; each counts by itself. */
export function lossFrom(levels: readonly InstanceSettings['loss_receipt'][]): {
  readonly refreshMinutes: number;
  readonly budget: Pick<LossBudget, 'timeMs' | 'rows'>;
} {
  const { refresh, time, rows } = Object.assign({ ...DEFAULTS }, ...levels) as Required<
    NonNullable<InstanceSettings['loss_receipt']>
  >;
  return { refreshMinutes: refresh, budget: { timeMs: time, rows } };
}

/** What is wrong with the questions of an instance. */
export function questionProblems({ bolt, loss_questions }: InstanceSettings, where: string): readonly Problem[] {
  const read = loss_questions.map(readLossQuestion);
  const names = read.flatMap((one) => ('name' in one ? [one.name] : []));
  return [
    ...(loss_questions.length > 0 && !bolt
      ? [{ where: `${where}.loss_questions`, what: 'cannot be asked: the instance has no bolt' }]
      : []),
    ...read.flatMap((one, index) =>
      'problem' in one ? [{ where: `${where}.loss_questions.${index}`, what: one.problem }] : [],
    ),
    ...(new Set(names).size < names.length
      ? [{ where: `${where}.loss_questions`, what: 'has two of the same name' }]
      : []),
  ];
}
