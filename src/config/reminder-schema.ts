import { z } from 'zod';
import type { EscalationStage, Stage } from '../restore/terms.ts';
import { durationMinutes } from './duration.ts';

/** What the stages are called in the file, where every key is written so. */
const STAGE_KEYS = { fallback: 'fallback', on_call: 'on-call' } as const satisfies Record<string, Stage>;

const GROWING = 'longer and longer waits, such as [10m, 30m, 2h]: each one longer than the one before';

/** When people are reminded and how often the requester may nudge them. */
export const reminders = z.strictObject({
  after: z.array(durationMinutes).max(10).refine(areGrowing, { error: GROWING }).exactOptional(),
  nudges: z
    .strictObject({
      every: durationMinutes.refine((minutes) => minutes > 0, { error: 'a time longer than 0s' }).default(15),
      most: z.int().min(0).max(20).default(3),
    })
    .prefault({}),
});

/** Stages whose people may agree for a rule as well, once they were told. */
export const escalatesTo = z
  .array(z.enum(['fallback', 'on_call'], { error: 'fallback or on_call: the stages of escalation' }))
  .default([]);

/** Puts what `escalates_to` says in the bot's words. */
export function withEscalation<R extends object>({
  escalates_to,
  ...rule
}: R & { readonly escalates_to: readonly (keyof typeof STAGE_KEYS)[] }) {
  const escalatesTo = [...new Set(escalates_to.map((key) => STAGE_KEYS[key]))];
  return escalatesTo.length > 0 ? { ...rule, escalatesTo } : rule;
}

/** Whom an unanswered request escalates to: a fallback group first, then whoever is on call. */
export function escalationOf(ids: {
  readonly userId: z.ZodString;
  readonly groupId: z.ZodString;
  readonly alias: z.ZodString;
}) {
  const fallback = z
    .strictObject({
      after: durationMinutes,
      users: z.array(ids.userId).default([]),
      groups: z.array(ids.groupId).default([]),
    })
    .refine(({ users, groups }) => users.length + groups.length > 0, { error: 'at least one user or group' });
  const onCall = z.strictObject({ after: durationMinutes, schedules: z.array(ids.alias).min(1) });
  return z
    .strictObject({ fallback: fallback.exactOptional(), on_call: onCall.exactOptional() })
    .refine((stages) => stages.fallback !== undefined || stages.on_call !== undefined, {
      error: 'fallback, on_call, or both',
    })
    .refine((stages) => !stages.fallback || !stages.on_call || stages.fallback.after < stages.on_call.after, {
      error: 'fallback first: its after must be shorter than that of on_call',
    })
    .transform(stagesIn);
}

interface StagesOfFile {
  readonly fallback?: Pick<EscalationStage, 'users' | 'groups'> & { readonly after: number };
  readonly on_call?: { readonly after: number; readonly schedules: readonly string[] };
}

function stagesIn({ fallback, on_call }: StagesOfFile): readonly EscalationStage[] {
  return [
    ...(fallback
      ? [{ stage: 'fallback' as const, afterMinutes: fallback.after, users: fallback.users, groups: fallback.groups }]
      : []),
    ...(on_call
      ? [{ stage: 'on-call' as const, afterMinutes: on_call.after, users: [], groups: [], onCall: on_call.schedules }]
      : []),
  ];
}

function areGrowing(after: readonly number[]): boolean {
  const waits = after.map((minutes, index) => minutes - (after[index - 1] ?? 0));
  return waits.every((wait, index) => wait > (waits[index - 1] ?? 0));
}
