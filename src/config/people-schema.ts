import { z } from 'zod';
import { OVERRIDE_RULE } from '../restore/rules-needed.ts';
import type { PeopleRule } from '../restore/terms.ts';
import { durationMs } from './duration.ts';
import { escalatesTo, withEscalation } from './reminder-schema.ts';

/** Slack ids, with where to find one, since people first try names. */
const slackId = (kind: string, form: RegExp, where: string) =>
  z.string().regex(form, { error: `the id of a Slack ${kind} (${where})` });

export const userId = slackId(
  'user',
  /^[UW][A-Z0-9]+$/,
  'like U012ABCDEF; in Slack: profile, three dots, Copy member ID',
);
export const groupId = slackId(
  'user group',
  /^S[A-Z0-9]+$/,
  'like S012ABCDEF; in Slack: the group, three dots, Copy group ID',
);
export const channelId = slackId(
  'channel',
  /^[CG][A-Z0-9]+$/,
  'like C012ABCDEF; in Slack: channel details, at the very bottom',
);

/** A name that people type in commands. */
export const alias = z.string().regex(/^[a-z0-9][a-z0-9_.-]*$/, { error: 'an alias of small letters, digits, - _ .' });

/** A user or group must stand beside a schedule: they are all that counts while nobody knows who is on call. */
const NAMED_BESIDE =
  'at least one user or group, also beside on_call: they alone count while nobody knows who is on call';
/** Who may do something, in any of these ways. */
export const people = z
  .strictObject({
    users: z.array(userId).default([]),
    groups: z.array(groupId).default([]),
    on_call: z.array(alias).default([]),
  })
  .refine(({ users, groups }) => users.length + groups.length > 0, { error: NAMED_BESIDE })
  .transform(withOnCall);
/** Who may agree, and who is asked when they do not answer. */
export const approvers = z
  .strictObject({
    users: z.array(userId).default([]),
    groups: z.array(groupId).default([]),
    on_call: z.array(alias).default([]),
    escalates_to: escalatesTo,
  })
  .refine(({ users, groups }) => users.length + groups.length > 0, { error: NAMED_BESIDE })
  .transform(withEscalation)
  .transform(withOnCall);

function withOnCall<R extends PeopleRule>({ on_call, ...rule }: R & { readonly on_call: readonly string[] }) {
  return on_call.length > 0 ? { ...rule, onCall: on_call } : rule;
}

const schedule = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('pagerduty'), id: z.string().min(1) }),
  z
    .strictObject({
      provider: z.literal('opsgenie'),
      id: z.string().min(1).exactOptional(),
      name: z.string().min(1).exactOptional(),
    })
    .refine(({ id, name }) => (id === undefined) !== (name === undefined), { error: 'named by either id or name' }),
]);

/** The schedules, and how old what they said may be. */
export const onCall = z.strictObject({
  schedules: z.record(alias, schedule).default({}),
  /** Slack accounts of e-mail addresses that Slack does not know. */
  people: z
    .record(
      z.email().transform((email) => email.toLowerCase()),
      userId,
    )
    .default({}),
  max_age: durationMs.default(300_000),
});

/** Several rules of which each must agree. */
export const approvalRules = z
  .array(
    z
      .strictObject({
        name: z
          .string()
          .trim()
          .min(1)
          .max(60)
          .refine((name) => name.toLowerCase() !== OVERRIDE_RULE, { error: 'another name: the bot gives this one' }),
        users: z.array(userId).default([]),
        groups: z.array(groupId).default([]),
        on_call: z.array(alias).default([]),
        needed: z.int().min(1).max(20).default(1),
        escalates_to: escalatesTo,
      })
      .refine(({ users, groups }) => users.length + groups.length > 0, { error: NAMED_BESIDE })
      .transform(withEscalation)
      .transform(withOnCall),
  )
  .min(1)
  .max(10)
  .refine((rules) => new Set(rules.map(({ name }) => name.toLowerCase())).size === rules.length, {
    error: 'rules with different names',
  });
