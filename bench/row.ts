import { median } from './statistics.ts';

/** What a figure should be at most or at least; compared with the ratio where there is one, else with our own figure. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the table: a figure of ours, and where there is a peer its figure and the ratio of the two. */
export interface Row {
  readonly part: string;
  readonly measure: string;
  readonly unit: string;
  /** Medians over the rounds. */
  readonly ours: number;
  readonly bare?: number;
  /** The median of the rounds' own ratios, ours to bare. */
  readonly ratio?: number;
  /** The least and the greatest ratio, or figure of ours, of all rounds. */
  readonly range: readonly [least: number, greatest: number];
  readonly rounds: number;
  readonly aim?: Aim;
}

interface Figure {
  readonly part: string;
  readonly measure: string;
  readonly unit: string;
  readonly aim?: Aim;
}

/** A row that compares: the two lists hold one number per round, in the same order. */
export function compared(figure: Figure, ours: readonly number[], bare: readonly number[]): Row {
  const ratios = ours.map((own, round) => own / (bare[round] ?? Number.NaN));
  return {
    ...figure,
    ours: median(ours),
    bare: median(bare),
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    rounds: ours.length,
  };
}

/** A row without a peer: one number per round. */
export function measured(figure: Figure, ours: readonly number[]): Row {
  return { ...figure, ours: median(ours), range: [Math.min(...ours), Math.max(...ours)], rounds: ours.length };
}

/** Whether the aim is met; undefined where there is none. */
export function meetsAim(row: Row): boolean | undefined {
  if (!row.aim) return undefined;
  const value = row.ratio ?? row.ours;
  return 'atMost' in row.aim ? value <= row.aim.atMost : value >= row.aim.atLeast;
}
