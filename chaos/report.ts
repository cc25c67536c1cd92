import type { PartResult } from './campaign.ts';
import { COMPLETE, lineOf, type Sought, type Violation } from './violation.ts';

/** The campaign's table, in plain columns. */
export function tableOf(results: readonly PartResult[]): string {
  const rows = [
    [
      'part',
      'restores',
      'deaths',
      'kills',
      'faults',
      'decisions',
      'restore calls',
      'lost',
      'duplicated',
      'stuck',
      'other',
      'left out',
      'recovery p50/p99 s',
    ],
    ...results.map((result) => [
      result.name,
      String(result.restores),
      String(result.deaths),
      String(result.kills),
      String(Object.values(result.faults).reduce((sum, count) => sum + count, 0)),
      String(result.decisions),
      String(result.restoreCalls),
      ...counts(result),
      recovery(result.recoveriesMs),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const faults = results.flatMap(({ name, faults: kinds }) =>
    Object.entries(kinds).map(([kind, count]) => `  ${name}: ${kind} × ${count}`),
  );
  const notes = results.flatMap(({ name, notes: said }) => said.map((note) => `  ${name}: ${note}`));
  return [...lines, ...(faults.length > 0 ? ['', 'faults by kind', ...faults] : []), ...notes].join('\n');
}

function counts({ violations }: PartResult): readonly string[] {
  const count = (promise: Violation['promise']) =>
    violations.filter((violation) => violation.promise === promise).length;
  const lost = count('nothing lost');
  const twice = count('nothing twice');
  const stuck = count('nothing stuck');
  const leftOut = count(COMPLETE);
  return [lost, twice, stuck, violations.length - lost - twice - stuck - leftOut, leftOut].map(String);
}

function recovery(recoveriesMs: readonly number[]): string {
  if (recoveriesMs.length === 0) return '-';
  return `${seconds(percentile(recoveriesMs, 0.5))} / ${seconds(percentile(recoveriesMs, 0.99))}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** What a part found, as soon as it is over: the whole long form takes more than an hour. */
export function verdictOn({ name, violations }: PartResult): string {
  if (violations.length === 0) return `${name}: nothing broken`;
  return [`${name}: not as promised`, ...violations.map((violation) => `  ${lineOf(name, violation)}`)].join('\n');
}

/** What went wrong in a part, with what was sought in vain and the history of each record it happened to. */
export function culpritsOf({ name, violations, culprits }: PartResult): string {
  const lines = violations.flatMap((violation) => [
    lineOf(name, violation),
    ...(violation.sought ? [`  sought: ${soughtIn(violation.sought)}`] : []),
  ]);
  for (const { id, status, history, deeds } of culprits) {
    lines.push(`\n${id} is ${status}; its history:`);
    for (const { hash: _, previous: __, ...entry } of history) lines.push(`  ${JSON.stringify(entry)}`);
    if (deeds.length > 0) lines.push('what people did and were told:');
    for (const { at, who, what, told, words, shown } of deeds)
      lines.push(
        `  ${new Date(at).toISOString()} ${who} ${what}: ${told} ${JSON.stringify(shown ?? {})} ${words.slice(0, 200)}`,
      );
  }
  return lines.join('\n');
}

function soughtIn({ at, auraId, seen }: Sought): string {
  return `${new Date(at).toISOString()} ${auraId} ${JSON.stringify(seen ?? {})}`;
}
