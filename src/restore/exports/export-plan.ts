import type { Weekday } from '../calendar-times.ts';
import type { Instant } from '../names.ts';
import type { PeopleRule } from '../terms.ts';

/** When a restore point falls due to leave Aura, by the wall clock of a zone. */
export type ExportSchedule = {
  /** `HH:MM` */
  readonly at: string;
  /** IANA zone. */
  readonly zone: string;
} & (
  | { readonly every: 'week'; readonly days: readonly Weekday[] }
  /** 1 is the first day of the month, -1 the last; one that a month does not have is its last. */
  | { readonly every: 'month'; readonly days: readonly number[] }
);

/** Which restore points of an instance must leave Aura, as a file that somebody exports in the console. */
export interface ExportPlan {
  /** Names it among those of its instance. */
  readonly name: string;
  /** Absent: only when somebody asks for it. */
  readonly schedule?: ExportSchedule;
  /** Whether anybody who may ask for a restore can also ask for it, before a deployment. */
  readonly beforeDeployments: boolean;
  /** For how long the file must be kept. */
  readonly keepDays: number;
  /** With `{instance}`, `{name}`, `{date}` and `{time}`, the last two being the restore point's in UTC. */
  readonly fileName: string;
  /** Where the file goes, in words. */
  readonly place: string;
  /** Who must see to it. */
  readonly owners: Pick<PeopleRule, 'users' | 'groups'>;
  /** How long after it fell due it is overdue. */
  readonly overdueMinutes: number;
}

export const FILE_NAME_PARTS = ['instance', 'name', 'date', 'time'] as const;

/** The file name of a plan for one restore point: `orders-prod-2026-11-21-0304.backup`. */
export function fileNameFor(
  pattern: string,
  { alias, name, takenAt }: { readonly alias: string; readonly name: string; readonly takenAt: Instant },
): string {
  const parts: Readonly<Record<(typeof FILE_NAME_PARTS)[number], string>> = {
    instance: alias,
    name: name.replaceAll(/[^A-Za-z0-9._-]+/g, '-'),
    date: takenAt.slice(0, 10),
    time: takenAt.slice(11, 16).replace(':', ''),
  };
  return FILE_NAME_PARTS.reduce((text, part) => text.replaceAll(`{${part}}`, parts[part]), pattern);
}
