import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { meetsAim, type Row } from './row.ts';

/** Everything a run found out. */
export interface Report {
  readonly at: string;
  readonly mode: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rows: readonly Row[];
}

/** The report of a run that ends now on this machine. */
export function reportOf(mode: string, redisVersion: string, rows: readonly Row[]): Report {
  return {
    at: new Date().toISOString(),
    mode,
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? 'unknown',
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      redis: redisVersion,
    },
    rows,
  };
}

/** Writes the report as JSON. Replaces what stood there. */
export function writeReport(report: Report, file: string): void {
  const rows = report.rows.map((row) => ({ ...row, met: meetsAim(row) }));
  writeFileSync(file, `${JSON.stringify({ ...report, rows }, undefined, 2)}\n`);
}

const HEADINGS = ['part', 'measure', 'ours', 'bare', 'ratio', 'range', 'rounds', 'aim', 'met'] as const;

/** The rows as one table of plain text. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  const [heading, ...rest] = lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [heading, '-'.repeat(heading?.length ?? 0), ...rest].join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const { aim } = row;
  const met = meetsAim(row);
  return [
    row.part,
    row.measure,
    `${short(row.ours)} ${row.unit}`,
    row.bare === undefined ? '' : `${short(row.bare)} ${row.unit}`,
    row.ratio === undefined ? '' : short(row.ratio),
    `${short(row.range[0])}–${short(row.range[1])}`,
    String(row.rounds),
    aim ? ('atMost' in aim ? `≤ ${aim.atMost}` : `≥ ${aim.atLeast}`) : '',
    met === undefined ? '' : met ? 'yes' : 'no',
  ];
}

/** Three significant digits, and all digits of whole thousands. */
function short(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
