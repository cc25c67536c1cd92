import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { WEEKDAYS } from '../src/restore/calendar-times.ts';
import type { ArenaInstance } from './arena-instance.ts';
import { type Equipment, equippedWith } from './equipment.ts';
import { APPROVALS_CHANNEL, NOTICE_CHANNELS, OWNERS_GROUP, rulesOf } from './rules-of-arena.ts';

/** Far above Aura's limit, because the arena's minutes are short. */
export const REQUESTS_PER_MINUTE = 6000;
/** Names of what the processes are given beside the file. */
export const SECRETS = { monitoring: 'MONITORING_TOKEN', hastyDatabase: 'HASTY_BOLT_PASSWORD' } as const;
/** Less each time that requests of an instance are to expire sooner; nobody waits so long. */
const EXPIRY_MINUTES = 600;

/** Nobody waits long there: people are reminded, at any hour, and then the request expires. */
const HASTY = {
  request_expiry: '3s',
  execution_expiry: '4s',
  reminders: { after: ['0.5s', '1.5s'] },
  escalation: { fallback: { after: '1s', groups: [OWNERS_GROUP] } },
  // Nothing listens there: the loss is looked at, and is unknown.
  bolt: { uri: 'bolt://127.0.0.1:9', password_variable: SECRETS.hastyDatabase },
};

/** The configuration file, as every process reads it when it starts. */
export interface RulesFile {
  readonly path: string;
  /** From its next version on, requests for this instance expire sooner than they did. */
  tighten(alias: string): void;
}

export function writeRulesFile(parts: {
  readonly directory: string;
  readonly instances: readonly ArenaInstance[];
  readonly approvers: readonly string[];
  readonly monitoringUrl: string;
  readonly equipment: Equipment | undefined;
  readonly timing?: Readonly<Record<string, string>> | undefined;
  /** More of the file. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}): RulesFile {
  const { equipment } = parts;
  const path = join(parts.directory, 'restore-bot.yaml');
  const tightened = new Map<string, number>();

  function write(): void {
    const file = {
      defaults: {
        approvers: { groups: [OWNERS_GROUP] },
        approvals_channel: APPROVALS_CHANNEL,
        notice_channels: [...NOTICE_CHANNELS],
        notice_lead: '0m',
        contact: 'the owners',
        working_hours: { days: WEEKDAYS, from: '00:00', to: '24:00' },
      },
      instances: Object.fromEntries(parts.instances.map((one) => [one.alias, settingsOf(one)])),
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
        ...parts.timing,
      },
      ...equipment?.settings,
      ...parts.settings,
    };
    // A process that starts in this moment reads the one or the other.
    writeFileSync(`${path}.new`, stringify(file));
    renameSync(`${path}.new`, path);
  }

  function settingsOf(instance: ArenaInstance): Readonly<Record<string, unknown>> {
    const { alias, auraId, deputies, source } = instance;
    const patient = {
      request_expiry: `${EXPIRY_MINUTES - (tightened.get(alias) ?? 0)}m`,
      updates_every: '1m',
      monitoring: { url: parts.monitoringUrl, token_variable: SECRETS.monitoring },
    };
    return {
      aura_id: auraId,
      environment: instance.isProduction ? 'production' : 'staging',
      ...(instance.isHasty ? HASTY : patient),
      ...(instance.isEquipped && equipment ? equippedWith(deputies[0], equipment.boltUrl(auraId)) : {}),
      ...(source ? { methods: ['restore-snapshot', 'overwrite'] } : {}),
      ...(instance.needsTwo
        ? { approvals: rulesOf(true, parts.approvers).map(({ name, group }) => ({ name, groups: [group] })) }
        : {}),
    };
  }

  write();
  return {
    path,
    tighten(alias) {
      tightened.set(alias, (tightened.get(alias) ?? 0) + 1);
      write();
    },
  };
}
