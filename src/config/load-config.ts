import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { Policy } from '../restore/policy.ts';
import { readCalendars } from './calendars.ts';
import type { Config, ReadCheck } from './config.ts';
import { type Environment, type EnvironmentSettings, readEnvironment } from './environment.ts';
import { fileSchema } from './file-schema.ts';
import { onCallFrom, onCallRulesOf } from './on-call-from-file.ts';
import { policyFrom } from './policy-from-file.ts';
import { ConfigError, type Problem, problemsOf } from './problem.ts';
import { toolSurroundings } from './tool-surroundings.ts';

/**
 * Reads environment and configuration file into one `Config`. Throws `ConfigError` with every problem of both at once;
 * nothing has been started by then.
 */
export function loadConfig(env: Environment, readCheck: ReadCheck): Config {
  const problems: Problem[] = [];
  const settings = readEnvironment(env, problems);
  const file = readFile(settings.configFile, problems);
  const calendars = file && readCalendars(file.calendars, dirname(settings.configFile), problems);
  const policy = file && calendars && policyFrom(file, { secret: settings.secret, readCheck, calendars }, problems);
  const onCall = file && onCallFrom(file, settings, problems);
  if (problems.length > 0 || !file || !policy || !onCall) throw new ConfigError(problems);
  const { timing } = file;
  const { stall } = timing;
  return {
    slack: settings.slack,
    aura: { ...settings.aura, requestsPerMinute: file.aura.requests_per_minute },
    redis: redisOf(settings),
    fingerprintsKept: file.fingerprints.kept,
    allowUnsafeRedis: file.redis.allow_unsafe,
    port: settings.port,
    role: settings.role,
    logLevel: settings.logLevel,
    ...policy,
    policy: withOnCall(policy.policy, onCall),
    onCall,
    ...(file.shadow_restores === 'off' ? {} : { shadowLookMs: file.shadow_restores.look_every }),
    files: {
      places: file.backup_files,
      surroundings: toolSurroundings(env),
      uploadsDirectory: resolve(settings.dataDir, 'uploads'),
      silenceMs: timing.upload_silence,
      ...(settings.neo4jAdmin ? { tool: [settings.neo4jAdmin] } : {}),
    },
    ...(file.new_instances.password_directory ? { passwordDirectory: file.new_instances.password_directory } : {}),
    calendarTexts: Object.fromEntries(Object.values(calendars ?? {}).map(({ fileHash, text }) => [fileHash, text])),
    timing: {
      pollMs: timing.poll_interval,
      snapshotPollMs: timing.snapshot_poll,
      lateStartMs: timing.late_start,
      startWatchMs: timing.start_watch,
      startLagMs: timing.start_lag,
      verifyConnectMs: timing.verify_connect,
      sweepMs: timing.sweep,
      cardRefreshMs: timing.card_refresh,
      startChecksMs: timing.start_checks,
      fingerprintLookMs: timing.fingerprint_look,
      reaperMs: timing.reaper,
      stallMs: {
        'expire-request': stall.other,
        remind: stall.other,
        'look-at-agreement': stall.other,
        preflight: stall.other,
        'take-baseline': stall.other,
        'request-safety-snapshot': stall.safety_snapshot,
        'watch-safety-snapshot': stall.safety_snapshot,
        'send-restore': stall.other,
        'watch-start': stall.other,
        'watch-restore': stall.restore,
        verify: stall.verify,
      },
    },
  };
}

/**
 * What the file alone says, on a machine that holds none of the secrets: a variable that is missing is no problem here. Throws
 * `ConfigError` with every problem of the file.
 */
export function loadPolicy(env: Environment, readCheck: ReadCheck): Policy {
  const problems: Problem[] = [];
  const { configFile, onCall } = readEnvironment(env, []);
  const secret = () => '';
  const file = readFile(configFile, problems);
  const calendars = file && readCalendars(file.calendars, dirname(configFile), problems);
  const read = file && calendars && policyFrom(file, { secret, readCheck, calendars }, problems);
  const people = file && onCallFrom(file, { onCall, secret }, problems);
  if (problems.length > 0 || !read || !people) throw new ConfigError(problems);
  return withOnCall(read.policy, people);
}

/** What on-call names mean belongs to the rules. */
function withOnCall(policy: Policy, onCall: Config['onCall']): Policy {
  return onCall.schedules.size > 0 ? { ...policy, onCall: onCallRulesOf(onCall) } : policy;
}

/** Where the records are, for tools that need nothing else. Throws `ConfigError`. */
export function loadRedisPlace(env: Environment): Config['redis'] {
  const problems: Problem[] = [];
  const settings = readEnvironment(env, problems);
  const ours = problems.filter(({ where }) => where.startsWith('REDIS_URL'));
  if (ours.length > 0) throw new ConfigError(ours);
  return redisOf(settings);
}

/** How long audit entries stay in Redis, in milliseconds; undefined: for ever. Throws `ConfigError`. */
export function loadAuditRetention(env: Environment): number | undefined {
  const problems: Problem[] = [];
  const file = readFile(readEnvironment(env, []).configFile, problems);
  if (!file) throw new ConfigError(problems);
  return file.audit.retention;
}

function redisOf({ redisUrl, dataDir }: EnvironmentSettings): Config['redis'] {
  return redisUrl ? { url: redisUrl } : { localDirectory: join(dataDir, 'redis') };
}

function readFile(path: string, problems: Problem[]) {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    problems.push({
      where: path,
      what: 'cannot be read. Copy restore-bot.example.yaml to it, or name another file in CONFIG_FILE',
    });
    return undefined;
  }
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const hint = /\n\s*query: [^|>]/.test(text) ? ' (write Cypher as a block: "query: |" and the text below it)' : '';
    problems.push(...document.errors.map(({ message }) => ({ where: path, what: `${message.split('\n')[0]}${hint}` })));
    return undefined;
  }
  const parsed = fileSchema.safeParse(document.toJS(), { reportInput: true });
  if (parsed.success) return parsed.data;
  problems.push(...problemsOf(parsed.error.issues, KNOWN_KEYS));
  return undefined;
}

const KNOWN_KEYS = [
  'defaults',
  'instances',
  'people',
  'aura',
  'redis',
  'allow_unsafe',
  'audit',
  'timing',
  'channels',
  'language',
  'on_call',
  'schedules',
  'max_age',
  'provider',
  'id',
  'name',
  'same',
  'requests_per_minute',
  'aura_id',
  'environment',
  'retention',
  'bolt',
  'checks',
  'requesters',
  'approvers',
  'approvals',
  'deny',
  'name',
  'needed',
  'users',
  'groups',
  'approvals_channel',
  'audit_channel',
  'notice_channels',
  'notice_lead',
  'urgent_notice_lead',
  'contact',
  'action_required',
  'request_expiry',
  'execution_expiry',
  'loss_drift_bound',
  'objectives',
  'rpo',
  'rto',
  'required_fields',
  'expected_duration',
  'dependants',
  'windows',
  'freezes',
  'days',
  'zone',
  'name',
  'monthly',
  'yearly',
  'holidays',
  'calendar',
  'effect',
  'calendars',
  'file',
  'environments',
  'freeze_override',
  'delegation',
  'working_hours',
  'reminders',
  'after',
  'nudges',
  'every',
  'most',
  'escalation',
  'fallback',
  'schedules',
  'escalates_to',
  'uri',
  'user',
  'password_variable',
  'monitoring',
  'token_variable',
  'url',
  'database',
  'poll_interval',
  'snapshot_poll',
  'late_start',
  'start_watch',
  'start_lag',
  'file_load',
  'upload_silence',
  'backup_files',
  'directory',
  'console_file_limit',
  'verify_connect',
  'sweep',
  'card_refresh',
  'start_checks',
  'fingerprint_look',
  'fingerprints',
  'kept',
  'loss_receipt',
  'loss_questions',
  'refresh',
  'time',
  'rows',
  'stall',
  'exports',
  'at',
  'before_deployments',
  'keep_for',
  'file_name',
  'place',
  'owners',
  'overdue_after',
  'shadow_restores',
  'look_every',
];
