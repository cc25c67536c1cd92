import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Pace, QUICK } from '../playground/aura/assumptions.ts';
import { type AuraSimulator, startAuraSimulator } from '../playground/aura/simulator.ts';
import { type SimulatedMonitoring, startMonitoring } from '../playground/monitoring.ts';
import { type SlackSimulator, startSlackSimulator } from '../playground/slack/simulator.ts';
import type { SimUser } from '../playground/slack/workspace.ts';
import { manifestScopes } from '../playground/world.ts';
import { type ArenaInstance, instancesFor } from './arena-instance.ts';
import type { BuiltBot } from './built-bot.ts';
import { createEquipment, type Equipment, startDatabaseForMade } from './equipment.ts';
import { createFaultCount } from './fault-count.ts';
import { type Fleet, type Role, startFleet } from './fleet.ts';
import { hourPasses } from './records.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { REQUESTS_PER_MINUTE, type RulesFile, SECRETS, writeRulesFile } from './rules-file.ts';
import {
  APPROVALS_CHANNEL,
  NOTICE_CHANNELS,
  OWNERS_GROUP,
  type RuleOfArena,
  rulesOf,
  SERVICE_GROUP,
  serviceOwnersAmong,
} from './rules-of-arena.ts';
import { leasePasses } from './side-records.ts';
import type { Arm } from './strikes.ts';

/** Everything around and including the bot: simulators, Redis, processes, people. */
export interface Arena {
  readonly aura: AuraSimulator;
  readonly slack: SlackSimulator;
  readonly redis: RedisServer;
  /** Silenced during the restores of instances that are not hasty. */
  readonly monitoring: SimulatedMonitoring;
  readonly fleet: Fleet;
  /** What scenes and disturbances have injected into Aura and Slack, by kind. */
  faultsInjected(): Readonly<Record<string, number>>;
  readonly instances: readonly ArenaInstance[];
  readonly requesters: readonly string[];
  readonly approvers: readonly string[];
  readonly guest: string;
  /** The approvers who can fill the second rule of an instance that has two. */
  readonly serviceOwners: readonly string[];
  rulesOf(alias: string): readonly RuleOfArena[];
  readonly directory: string;
  readonly rules: RulesFile;
  /** Present where some instances are equipped. */
  readonly equipment?: Equipment;
  /** How long a scene may take, and everything afterwards to come to rest. What is open then is stuck. */
  readonly patienceMs: { readonly scene: number; readonly quiet: number };
  close(): Promise<void>;
}

const MONITORING_TOKEN = 'monitoring-token';

/** How soon an hour has passed for Aura's tokens: what deaths waste of an hour's allowance would hold everything up for minutes. */
const HOUR_MS = 3_000;

/** The bot's processes and Redis end with this one. */
const EXIT_LISTENERS = 2;

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
    /** Absent: Aura does everything at once. */
    readonly pace?: Pace;
    /** More of the configuration file. */
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly patienceMs?: Arena['patienceMs'] | undefined;
    /** Absent: the places that processes reach are reported. */
    readonly isWatched?: boolean;
    /** Where a process is to die in its first start already. */
    readonly arms?: readonly Arm[];
  },
): Promise<Arena> {
  const directory = mkdtempSync(join(tmpdir(), 'restore-chaos-'));
  process.setMaxListeners(process.getMaxListeners() + EXIT_LISTENERS);
  const equipped = options.equipped ?? 0;
  const instances = instancesFor(options.instances, equipped);
  const requesters = people('U0REQ', options.people);
  const approvers = people('U0APP', options.people);
  const deputies = people('U0DEP', 2 * instances.length);
  const approverIds = approvers.map(({ id }) => id);
  const guest: SimUser = { id: 'U0GUEST', name: 'guest', realName: 'Guest', tz: 'Europe/Berlin', isGuest: true };
  const forMade = equipped > 0 ? await startDatabaseForMade() : undefined;
  const aura = await startAuraSimulator({
    requestsPerMinute: REQUESTS_PER_MINUTE,
    pace: options.pace ?? QUICK,
    newDatabase: forMade,
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
  const faultCount = createFaultCount();
  faultCount.watch('Aura', aura.faults);
  faultCount.watch('Slack', slack.faults);
  const monitoring = await startMonitoring(MONITORING_TOKEN);
  const equipment = equipped > 0 ? await createEquipment({ aura, instances, directory }) : undefined;
  const rules = writeRulesFile({
    directory,
    instances,
    approvers: approverIds,
    equipment,
    monitoringUrl: monitoring.url,
    timing: options.timing,
    settings: options.settings,
  });
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
    ...(options.arms ? { arms: options.arms } : {}),
    env: {
      REDIS_URL: redis.url,
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_APP_TOKEN: slack.app.appToken,
      SLACK_API_URL: slack.apiUrl,
      AURA_API_URL: aura.url,
      AURA_CLIENT_ID: 'demo-client',
      AURA_CLIENT_SECRET: 'demo-secret',
      [SECRETS.monitoring]: MONITORING_TOKEN,
      [SECRETS.hastyDatabase]: 'nobody-asks',
      CONFIG_FILE: rules.path,
      DATA_DIR: directory,
      PORT: '0',
      ...equipment?.env,
    },
  });
  return {
    aura,
    slack,
    redis,
    monitoring,
    fleet,
    faultsInjected: faultCount.counts,
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
    rules,
    ...(equipment ? { equipment } : {}),
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    async close() {
      clearInterval(hours);
      await fleet.stop();
      await equipment?.close();
      await monitoring.close();
      await slack.close();
      await aura.close();
      await forMade?.close();
      await redis.stop();
      process.setMaxListeners(process.getMaxListeners() - EXIT_LISTENERS);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function people(prefix: string, count: number): readonly SimUser[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${prefix.slice(2).toLowerCase()}${index}`;
    return { id: `${prefix}${index}`, name, realName: name, tz: 'Europe/Berlin' };
  });
}
