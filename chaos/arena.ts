import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { QUICK } from '../playground/aura/assumptions.ts';
import { type AuraSimulator, startAuraSimulator } from '../playground/aura/simulator.ts';
import { type SlackSimulator, startSlackSimulator } from '../playground/slack/simulator.ts';
import type { SimUser } from '../playground/slack/workspace.ts';
import { manifestScopes } from '../playground/world.ts';
import { WEEKDAYS } from '../src/restore/calendar-times.ts';
import type { BuiltBot } from './built-bot.ts';
import { createEquipment, type Equipment, equippedWith } from './equipment.ts';
import { type Fleet, type Role, startFleet } from './fleet.ts';
import { hourPasses } from './records.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { OWNERS_GROUP, type RuleOfArena, rulesOf, SERVICE_GROUP, serviceOwnersAmong } from './rules-of-arena.ts';
import { leasePasses } from './side-records.ts';

export const APPROVALS_CHANNEL = 'C0APPROVALS';
export const NOTICE_CHANNELS = ['C0NOTICEA', 'C0NOTICEB'] as const;

/** One database of the arena. */
export interface ArenaInstance {
  readonly alias: string;
  readonly auraId: string;
  /** Requests for it expire within seconds, and so do approvals. */
  readonly isHasty: boolean;
  /** Two rules must be filled, by different people. */
  readonly needsTwo: boolean;
  /** The confirmation asks for the restore point's time. */
  readonly isProduction: boolean;
  /** New instances, files and exports are configured for it: see `equipment.ts`. */
  readonly isEquipped: boolean;
  /** The alias of the instance whose data may overwrite it. */
  readonly source?: string;
  /** Two approvers who take no other part, so that a place can be handed over without changing whose votes count. */
  readonly deputies: readonly [from: string, to: string];
}

type Kind = Pick<ArenaInstance, 'isHasty' | 'needsTwo' | 'isProduction' | 'isEquipped'>;

/** The kinds of instances take turns. */
const KINDS: readonly Partial<Kind>[] = [
  { isHasty: true },
  { needsTwo: true },
  { isProduction: true },
  {},
  { needsTwo: true, isProduction: true },
  {},
];
/** The kind of which each may be overwritten from the next plain one. */
const MAY_BE_OVERWRITTEN = 3;
const PLAIN: Kind = { isHasty: false, needsTwo: false, isProduction: false, isEquipped: false };

/** Nobody waits long there: people are reminded, at any hour, and then the request expires. */
const HASTY = {
  request_expiry: '3s',
  execution_expiry: '4s',
  reminders: { after: ['0.5s', '1.5s'] },
  escalation: { fallback: { after: '1s', groups: [OWNERS_GROUP] } },
  // Nothing listens there: the loss is looked at, and is unknown.
  bolt: { uri: 'bolt://127.0.0.1:9', password_variable: 'HASTY_BOLT_PASSWORD' },
};

/** Everything around and including the bot: simulators, Redis, processes, people. */
export interface Arena {
  readonly aura: AuraSimulator;
  readonly slack: SlackSimulator;
  readonly redis: RedisServer;
  readonly fleet: Fleet;
  readonly instances: readonly ArenaInstance[];
  readonly requesters: readonly string[];
  readonly approvers: readonly string[];
  readonly guest: string;
  /** The approvers who can fill the second rule of an instance that has two. */
  readonly serviceOwners: readonly string[];
  rulesOf(alias: string): readonly RuleOfArena[];
  readonly directory: string;
  /** Present where some instances are equipped. */
  readonly equipment?: Equipment;
  /** How long a scene may take, and everything afterwards to come to rest. What is open then is stuck. */
  readonly patienceMs: { readonly scene: number; readonly quiet: number };
  close(): Promise<void>;
}

/** Far above Aura's limit, because the arena's minutes are short. */
const REQUESTS_PER_MINUTE = 6000;

/** How soon an hour has passed for Aura's tokens: what deaths waste of an hour's allowance would hold everything up for minutes. */
const HOUR_MS = 3_000;

/** Work that hangs is taken up once more after two minutes. */
const PATIENCE_MS = { scene: 150_000, quiet: 45_000 };
/** Apart by more than the minute to which the confirmation asks for them. */
const SNAPSHOT_AGES_MS = [300_000, 60_000];

export async function startArena(
  bot: BuiltBot,
  options: {
    readonly instances: number;
    /** How many more there are that are equipped. */
    readonly equipped?: number;
    readonly people: number;
    readonly roles: readonly Role[];
    readonly timing?: Readonly<Record<string, string>>;
    /** More of the configuration file. */
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly patienceMs?: Arena['patienceMs'] | undefined;
    /** Absent: the places that processes reach are reported. */
    readonly isWatched?: boolean;
  },
): Promise<Arena> {
  const directory = mkdtempSync(join(tmpdir(), 'restore-chaos-'));
  const equipped = options.equipped ?? 0;
  const instances: readonly ArenaInstance[] = [
    ...Array.from({ length: options.instances }, (_, index) => ({
      ...instanceAt(index),
      ...KINDS[index % KINDS.length],
      // From one of its kind, so that the same people decide about both.
      ...(index % KINDS.length === MAY_BE_OVERWRITTEN && index + 2 < options.instances
        ? { source: aliasOf(index + 2) }
        : {}),
    })),
    ...Array.from({ length: equipped }, (_, index) => ({
      ...instanceAt(options.instances + index),
      isEquipped: true,
    })),
  ];
  const requesters = people('U0REQ', options.people);
  const approvers = people('U0APP', options.people);
  const deputies = people('U0DEP', 2 * instances.length);
  const approverIds = approvers.map(({ id }) => id);
  const guest: SimUser = { id: 'U0GUEST', name: 'guest', realName: 'Guest', tz: 'Europe/Berlin', isGuest: true };
  const aura = await startAuraSimulator({
    requestsPerMinute: REQUESTS_PER_MINUTE,
    pace: QUICK,
    instances: instances.map(({ alias, auraId }) => ({
      id: auraId,
      name: alias,
      type: 'business-critical',
      memory: '8GB',
      seed: 'none',
    })),
  });
  for (const { auraId } of instances) {
    for (const ageMs of SNAPSHOT_AGES_MS) {
      aura.addSnapshot(auraId, { timestamp: `${new Date(Date.now() - ageMs).toISOString().slice(0, 19)}Z` });
    }
  }
  const slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T0CHAOS', name: 'Chaos', domain: 'chaos' },
      users: [...requesters, ...approvers, ...deputies, guest],
      channels: [
        { id: APPROVALS_CHANNEL, name: 'restore-approvals', botIsMember: true },
        ...NOTICE_CHANNELS.map((id) => ({ id, name: id.toLowerCase(), botIsMember: true })),
      ],
      groups: [
        {
          id: OWNERS_GROUP,
          handle: 'owners',
          users: [...requesters, ...approvers, ...deputies, guest].map(({ id }) => id),
        },
        { id: SERVICE_GROUP, handle: 'service-owners', users: serviceOwnersAmong(approverIds) },
      ],
    },
    scopes: manifestScopes(),
  });
  const equipment = equipped > 0 ? await createEquipment({ aura, instances, directory }) : undefined;
  const configFile = join(directory, 'restore-bot.yaml');
  writeFileSync(
    configFile,
    stringify({
      defaults: {
        approvers: { groups: [OWNERS_GROUP] },
        approvals_channel: APPROVALS_CHANNEL,
        notice_channels: [...NOTICE_CHANNELS],
        notice_lead: '0m',
        contact: 'the owners',
        working_hours: { days: WEEKDAYS, from: '00:00', to: '24:00' },
      },
      instances: Object.fromEntries(
        instances.map(({ alias, auraId, deputies, isHasty, needsTwo, isProduction, isEquipped, source }) => [
          alias,
          {
            aura_id: auraId,
            environment: isProduction ? 'production' : 'staging',
            ...(isHasty ? HASTY : {}),
            ...(isEquipped ? equippedWith(deputies[0]) : {}),
            ...(source ? { methods: ['restore-snapshot', 'overwrite'] } : {}),
            ...(needsTwo
              ? { approvals: rulesOf(true, approverIds).map(({ name, group }) => ({ name, groups: [group] })) }
              : {}),
          },
        ]),
      ),
      aura: { requests_per_minute: REQUESTS_PER_MINUTE },
      timing: {
        poll_interval: '0.3s',
        snapshot_poll: '0.3s',
        start_watch: '3s',
        start_lag: '2s',
        sweep: '0.5s',
        card_refresh: '30s',
        late_start: '2s',
        verify_connect: '1s',
        stall: { other: '2s' },
        ...equipment?.timing,
        ...options.timing,
      },
      ...equipment?.settings,
      ...options.settings,
    }),
  );
  const redis = await startRedisServer(join(directory, 'redis'));
  const hours = setInterval(() => {
    aura.forgetTokenRequests();
    hourPasses(redis.outside).catch(() => undefined);
    leasePasses(redis.outside).catch(() => undefined);
  }, HOUR_MS);
  const fleet = await startFleet({
    ...bot,
    roles: options.roles,
    directory,
    isWatched: options.isWatched ?? true,
    env: {
      REDIS_URL: redis.url,
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_APP_TOKEN: slack.app.appToken,
      SLACK_API_URL: slack.apiUrl,
      AURA_API_URL: aura.url,
      AURA_CLIENT_ID: 'demo-client',
      AURA_CLIENT_SECRET: 'demo-secret',
      HASTY_BOLT_PASSWORD: 'nobody-asks',
      CONFIG_FILE: configFile,
      DATA_DIR: directory,
      PORT: '0',
      ...equipment?.env,
    },
  });
  return {
    aura,
    slack,
    redis,
    fleet,
    instances,
    requesters: requesters.map(({ id }) => id),
    approvers: approverIds,
    serviceOwners: serviceOwnersAmong(approverIds),
    rulesOf: (alias) =>
      rulesOf(
        instances.some((one) => one.alias === alias && one.needsTwo),
        approverIds,
      ),
    guest: guest.id,
    directory,
    ...(equipment ? { equipment } : {}),
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    async close() {
      clearInterval(hours);
      await fleet.stop();
      await equipment?.close();
      await slack.close();
      await aura.close();
      await redis.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function instanceAt(index: number) {
  return {
    alias: aliasOf(index),
    auraId: (0xc0000000 + index).toString(16),
    deputies: [`U0DEP${2 * index}`, `U0DEP${2 * index + 1}`] as const,
    ...PLAIN,
  };
}

function aliasOf(index: number): string {
  return `db-${String(index).padStart(3, '0')}`;
}

function people(prefix: string, count: number): readonly SimUser[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${prefix.slice(2).toLowerCase()}${index}`;
    return { id: `${prefix}${index}`, name, realName: name, tz: 'Europe/Berlin' };
  });
}
