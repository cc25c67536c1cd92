import { z } from 'zod';
import { WEEKDAYS } from '../restore/calendar-times.ts';
import { type ExportPlan, FILE_NAME_PARTS, fileNameFor } from '../restore/exports/export-plan.ts';
import { FILE_KINDS } from '../restore/plan.ts';
import { timeOfDay, zone } from './calendar-schema.ts';
import { durationMinutes, durationMs } from './duration.ts';

const DAY_MS = 86_400_000;
const EVERY = 'an export with every: weekly, monthly or on-request';
const PARTS = FILE_NAME_PARTS.map((part) => `{${part}}`).join(', ');
const dayOfMonth = z.int().refine((day) => day !== 0 && Math.abs(day) <= 31, {
  error: 'days of the month, counted from the end when negative',
});

const fileName = z
  .string()
  .max(120)
  .refine(isFileName, {
    error: `a file name of letters, digits, . _ - and ${PARTS} that ends in .backup, .dump or .tar`,
  });

/** Which restore points must leave Aura; people are named by `users` and `groups` as the file checks them. */
export function exportsOf(ids: { readonly userId: z.ZodType<string>; readonly groupId: z.ZodType<string> }) {
  const owners = z
    .strictObject({ users: z.array(ids.userId).default([]), groups: z.array(ids.groupId).default([]) })
    .refine(({ users, groups }) => users.length + groups.length > 0, { error: 'at least one user or group' });
  const base = {
    name: z.string().trim().min(1).max(60),
    at: timeOfDay.default('06:00'),
    zone: zone.default('UTC'),
    before_deployments: z.boolean().default(false),
    keep_for: durationMs,
    file_name: fileName.default('{instance}-{date}-{time}-{name}.backup'),
    place: z.string().trim().min(1).max(200),
    owners,
    overdue_after: durationMinutes.default(2 * 24 * 60),
  };
  const weekly = z.strictObject({
    ...base,
    every: z.literal('weekly'),
    on: z.array(z.enum(WEEKDAYS)).min(1).default(['sun']),
  });
  const monthly = z.strictObject({ ...base, every: z.literal('monthly'), on: z.array(dayOfMonth).min(1).default([1]) });
  const { before_deployments: _, ...asked } = base;
  const onRequest = z.strictObject({ ...asked, every: z.literal('on-request') });
  return z
    .array(z.discriminatedUnion('every', [weekly, monthly, onRequest], { error: EVERY }).transform(planOf))
    .max(10)
    .refine((plans) => new Set(plans.map(({ name }) => name.toLowerCase())).size === plans.length, {
      error: 'exports with different names',
    });
}

interface Base {
  readonly name: string;
  readonly at: string;
  readonly zone: string;
  readonly keep_for: number;
  readonly file_name: string;
  readonly place: string;
  readonly owners: ExportPlan['owners'];
  readonly overdue_after: number;
}

interface Both {
  readonly before_deployments: boolean;
}

type FromFile =
  | (Base & Both & { readonly every: 'weekly'; readonly on: readonly (typeof WEEKDAYS)[number][] })
  | (Base & Both & { readonly every: 'monthly'; readonly on: readonly number[] })
  | (Base & { readonly every: 'on-request' });

function planOf(file: FromFile): ExportPlan {
  const { name, at, zone: inZone, place, owners } = file;
  return {
    name,
    beforeDeployments: file.every === 'on-request' || file.before_deployments,
    keepDays: Math.ceil(file.keep_for / DAY_MS),
    fileName: file.file_name,
    place,
    owners,
    overdueMinutes: file.overdue_after,
    ...(file.every !== 'on-request'
      ? {
          schedule:
            file.every === 'weekly'
              ? { every: 'week', days: file.on, at, zone: inZone }
              : { every: 'month', days: file.on, at, zone: inZone },
        }
      : {}),
  };
}

function isFileName(pattern: string): boolean {
  const example = fileNameFor(pattern, { alias: 'a', name: 'n', takenAt: '2026-11-21T03:04:05.000Z' });
  return /^[A-Za-z0-9._-]+$/.test(example) && FILE_KINDS.some((kind) => example.endsWith(`.${kind}`));
}
