import { z } from 'zod';
import { WEEKDAYS } from '../restore/calendar-times.ts';
import { bytesOfSize } from '../restore/gigabytes.ts';
import { LANGUAGES } from '../restore/language.ts';
import { freezes, holidays, timeOfDay, windows, zone } from './calendar-schema.ts';
import { durationMinutes, durationMs } from './duration.ts';
import { exportsOf } from './export-schema.ts';
import { newInstance, prices } from './new-instance-schema.ts';
import { alias, approvalRules, approvers, channelId, groupId, onCall, people, userId } from './people-schema.ts';
import { escalationOf, reminders } from './reminder-schema.ts';

/** The methods that this release carries out. */
const OFFERED_METHODS = ['restore-snapshot', 'overwrite', 'backup-file', 'upload', 'new-instance'] as const;
const ENVIRONMENTS = ['production', 'staging', 'development'] as const;

/** How often something is looked at: never without a pause, or looking is all the bot does. */
const interval = durationMs.refine((ms) => ms > 0, { error: 'a pause longer than 0s' });

const range = z
  .strictObject({ from: durationMinutes, to: durationMinutes })
  .refine(({ from, to }) => from <= to, { error: 'from must not be longer than to' });

/** `4GB`, read as bytes. */
const sizeBytes = z.string({ error: 'a size such as 4GB' }).transform((text, context) => {
  const bytes = bytesOfSize(text);
  if (bytes !== undefined && bytes > 0) return bytes;
  context.addIssue({ code: 'custom', message: 'a size such as 4GB' });
  return z.NEVER;
});

/** What may be set per instance, or for all of them under `defaults`; what neither sets has a default of the bot's, where there is a safe one. */
const settings = {
  requesters: people.exactOptional(),
  approvers: approvers.exactOptional(),
  approvals: approvalRules.exactOptional(),
  deny: z.strictObject({ needed: z.int().min(1).max(20).default(1) }).exactOptional(),
  approvals_channel: channelId.exactOptional(),
  audit_channel: channelId.exactOptional(),
  notice_channels: z.array(channelId).exactOptional(),
  notice_lead: durationMinutes.exactOptional(),
  urgent_notice_lead: durationMinutes.exactOptional(),
  contact: z.string().min(1).exactOptional(),
  action_required: z.string().min(1).exactOptional(),
  request_expiry: durationMinutes.exactOptional(),
  execution_expiry: durationMinutes.exactOptional(),
  loss_drift_bound: durationMinutes.exactOptional(),
  objectives: z
    .strictObject({ rpo: durationMinutes.exactOptional(), rto: durationMinutes.exactOptional() })
    .exactOptional(),
  required_fields: z.array(z.enum(['ticket', 'expected-impact'])).exactOptional(),
  expected_duration: range.exactOptional(),
  stakeholders: z
    .strictObject({ users: z.array(userId).default([]), groups: z.array(groupId).default([]) })
    .refine(({ users, groups }) => users.length + groups.length > 0, { error: 'at least one user or group' })
    .exactOptional(),
  dependants: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        owner: z.string().exactOptional(),
        users: z.array(userId).exactOptional(),
        groups: z.array(groupId).exactOptional(),
        channel: channelId.exactOptional(),
      }),
    )
    .exactOptional(),
  objections: z.enum(['hold', 'tell']).exactOptional(),
  updates_every: durationMinutes.refine((minutes) => minutes >= 1, { error: 'a minute at least' }).exactOptional(),
  windows: windows.exactOptional(),
  freezes: freezes.exactOptional(),
  holidays: holidays.exactOptional(),
  language: z.enum(LANGUAGES).exactOptional(),
  freeze_override: z.strictObject({ approvers: people }).exactOptional(),
  loss_receipt: z
    .strictObject({
      refresh: durationMinutes.refine((minutes) => minutes > 0, { error: 'a pause longer than 0m' }).exactOptional(),
      time: durationMs.refine((ms) => ms >= 1_000 && ms <= 60_000, { error: 'from 1s to 60s' }).exactOptional(),
      rows: z.int().min(1_000).exactOptional(),
    })
    .exactOptional(),
  /** Whether approvers may hand their place to others for a time. */
  delegation: z.enum(['allowed', 'forbidden']).exactOptional(),
  /** How data may come back. */
  methods: z
    .array(z.enum(OFFERED_METHODS))
    .min(1)
    .transform((methods) => [...new Set(methods)])
    .exactOptional(),
  /** Which restore points must leave Aura. */
  exports: exportsOf({ userId, groupId }).exactOptional(),
  /** The largest file that the Aura console takes. */
  console_file_limit: sizeBytes.exactOptional(),
  /** How long a file may take until Aura loads it. */
  file_load: durationMinutes.refine((minutes) => minutes > 0, { error: 'longer than 0s' }).exactOptional(),
  new_instance: newInstance.exactOptional(),
  reminders: reminders.exactOptional(),
  escalation: escalationOf({ userId, groupId, alias }).exactOptional(),
  working_hours: z
    .strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1), from: timeOfDay, to: timeOfDay })
    .refine(({ from, to }) => from < to, { error: 'hours of one day: from before to' })
    .exactOptional(),
};

/** Names what is secret, which never stands in the file itself. */
const variableName = (secret: string) =>
  z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: `the NAME of an environment variable, never ${secret}` });

/** A directory that files may be restored from. */
const filePlace = z.strictObject({
  name: alias,
  directory: z.string().refine((path) => path.startsWith('/'), { error: 'the whole path of a directory, from /' }),
});

const instanceSettings = z.strictObject({
  aura_id: z
    .string()
    .regex(/^[0-9a-f]{8}$/i, { error: 'an Aura instance id: eight characters of 0-9 and a-f, in quotes' }),
  environment: z.enum(ENVIRONMENTS),
  retention: durationMs.exactOptional(),
  bolt: z
    .strictObject({
      uri: z.string().exactOptional(),
      user: z.string().default('neo4j'),
      password_variable: variableName('a password'),
      database: z.string().default('neo4j'),
    })
    .exactOptional(),
  monitoring: z
    .strictObject({
      url: z
        .url({ protocol: /^https$/, error: 'an https address' })
        .or(z.url({ hostname: /^(?:localhost|127\.0\.0\.1)$/ })),
      token_variable: variableName('a token').exactOptional(),
    })
    .exactOptional(),
  checks: z.array(z.unknown()).default([]),
  loss_questions: z.array(z.unknown()).max(10).default([]),
  ...settings,
});

export const fileSchema = z.strictObject({
  defaults: z.strictObject(settings).default({}),
  environments: z.partialRecord(z.enum(ENVIRONMENTS), z.strictObject(settings)).default({}),
  calendars: z.record(z.string(), z.strictObject({ file: z.string().min(1), zone })).default({}),
  instances: z.record(alias, instanceSettings),
  channels: z.record(channelId, z.strictObject({ language: z.enum(LANGUAGES) })).default({}),
  on_call: onCall.prefault({}),
  people: z.strictObject({ same: z.array(z.array(userId).min(2)).default([]) }).default({ same: [] }),
  prices: prices.exactOptional(),
  new_instances: z.strictObject({ password_directory: z.string().min(1).exactOptional() }).default({}),
  aura: z
    .strictObject({ requests_per_minute: z.number().int().min(5).max(600_000).default(100) })
    .default({ requests_per_minute: 100 }),
  shadow_restores: z
    .union([z.literal('off'), z.strictObject({ look_every: interval.default(120_000) })], {
      error: '"off", or look_every with a time like 2m',
    })
    .prefault({}),
  backup_files: z.array(filePlace).max(20).default([]),
  redis: z.strictObject({ allow_unsafe: z.boolean().default(false) }).prefault({}),
  fingerprints: z.strictObject({ kept: z.int().min(2).max(10_000).default(200) }).prefault({}),
  audit: z.strictObject({ retention: interval.exactOptional() }).default({}),
  timing: z
    .strictObject({
      poll_interval: interval.default(15_000),
      snapshot_poll: interval.default(10_000),
      late_start: durationMs.default(300_000),
      start_watch: durationMs.default(120_000),
      start_lag: durationMs.default(90_000),
      upload_silence: interval.default(900_000),
      verify_connect: durationMs.default(600_000),
      sweep: interval.default(5_000),
      card_refresh: interval.default(60_000),
      start_checks: interval.default(300_000),
      fingerprint_look: interval.default(60_000),
      reaper: interval.default(60_000),
      stall: z
        .strictObject({
          safety_snapshot: durationMs.default(900_000),
          restore: durationMs.default(7_200_000),
          verify: durationMs.default(600_000),
          other: durationMs.default(300_000),
        })
        .prefault({}),
    })
    .prefault({}),
});

export type ConfigFile = z.infer<typeof fileSchema>;
export type InstanceSettings = ConfigFile['instances'][string];
