import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Assumptions, DEMO, type Pace } from './aura/assumptions.ts';
import type { BackingDatabase, NewDatabase } from './aura/instances.ts';
import { type AuraSimulator, startAuraSimulator } from './aura/simulator.ts';
import { APPROVERS_GROUP, CHANNELS, GROUPS, PEOPLE } from './people.ts';
import { type SlackSimulator, startSlackSimulator } from './slack/simulator.ts';
import type { SimUser } from './slack/workspace.ts';

export const PRODUCTION = { alias: 'orders-prod', id: 'a1b2c3d4', name: 'Orders' } as const;
export const STAGING = { alias: 'orders-staging', id: 'b2c3d4e5', name: 'Orders staging' } as const;

/** Far above Aura's own limit, because the playground's minutes are short. */
const REQUESTS_PER_MINUTE = 3000;

/** How quickly the bot looks again in a playground. */
export const TIMING = {
  poll_interval: '1s',
  snapshot_poll: '1s',
  start_watch: '15s',
  start_lag: '5s',
  verify_connect: '1m',
  sweep: '2s',
  card_refresh: '15s',
  start_checks: '10s',
  fingerprint_look: '0.3s',
} as const;

/** An instance besides production and staging. */
export interface ExtraInstance {
  readonly alias: string;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly memory: string;
  /** Its part of the configuration file, beside its Aura id. */
  readonly settings: Readonly<Record<string, unknown>> & { readonly environment: string };
}

/** A real database to stand behind the production instance. */
export interface ProductionDatabase extends BackingDatabase {
  readonly boltUrl: string;
  readonly user: string;
  readonly password: string;
  /** Resolves when it is filled; until then its instance is `creating`. */
  readonly ready: Promise<void>;
  /** Snapshots taken while it was being filled, oldest first. */
  readonly history: readonly { readonly snapshotId: string; readonly takenAt: string; readonly holds: string }[];
}

export interface World {
  readonly aura: AuraSimulator;
  readonly slack: SlackSimulator;
  /** What the configuration calls each instance, by its Aura id. */
  readonly names: ReadonlyMap<string, { readonly alias: string; readonly environment: string }>;
  /** Everything the bot is told, as environment variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  close(): Promise<void>;
}

/** Both simulators and a configuration for the bot between them: what a real workspace and tenant would be. */
export async function startWorld(options: {
  readonly transport: 'socket' | 'http';
  readonly pace?: Pace;
  readonly assumptions?: Partial<Assumptions>;
  readonly production?: ProductionDatabase | undefined;
  /** A real database to stand behind an instance that the bot makes. */
  readonly newDatabase?: NewDatabase | undefined;
  /** Merged into the configuration file at the top level. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Merged into the settings of the production instance. */
  readonly productionSettings?: Readonly<Record<string, unknown>>;
  /** The same for the staging instance. */
  readonly stagingSettings?: Readonly<Record<string, unknown>>;
  /** The language that people use Slack in, by their ids, as Slack writes it. */
  readonly locales?: Readonly<Record<string, string>>;
  /** People besides those of the story. */
  readonly morePeople?: readonly SimUser[];
  readonly moreInstances?: readonly ExtraInstance[];
  /** More of the bot's environment. */
  readonly env?: Readonly<Record<string, string>>;
}): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'restore-bot-'));
  const { production } = options;
  const aura = await startAuraSimulator({
    requestsPerMinute: REQUESTS_PER_MINUTE,
    pace: options.pace ?? DEMO,
    newDatabase: options.newDatabase,
    ...(options.assumptions ? { assumptions: options.assumptions } : {}),
    instances: [
      {
        id: PRODUCTION.id,
        name: PRODUCTION.name,
        type: 'business-critical',
        memory: '8GB',
        seed: production ? 'none' : 'by-tier',
        ...(production
          ? { backing: production, connection_url: production.boltUrl, status: 'creating', operation: 'creating' }
          : {}),
      },
      { id: STAGING.id, name: STAGING.name, type: 'professional-db', memory: '4GB' },
      ...(options.moreInstances ?? []).map(({ id, name, type, memory }) => ({ id, name, type, memory })),
    ],
  });
  for (const { snapshotId, takenAt, holds } of production?.history ?? []) {
    aura.addSnapshot(PRODUCTION.id, {
      snapshot_id: snapshotId,
      timestamp: `${takenAt.slice(0, 19)}Z`,
      dataVersion: holds,
    });
  }
  production?.ready.then(
    () => aura.instances.settle(PRODUCTION.id, 'running'),
    () => aura.instances.settle(PRODUCTION.id, 'loading failed'),
  );
  const slack = await startSlackSimulator({
    workspace: {
      team: { id: 'T0HARBOUR', name: 'Harbour Roasters', domain: 'harbour-roasters' },
      users: [...Object.values(PEOPLE), ...(options.morePeople ?? [])].map((user) => withLocale(user, options.locales)),
      channels: Object.values(CHANNELS),
      groups: [...GROUPS],
    },
    scopes: manifestScopes(),
  });
  const configFile = join(directory, 'restore-bot.yaml');
  writeFileSync(configFile, stringify(configuration(options)));
  return {
    aura,
    slack,
    names: new Map([
      [PRODUCTION.id, { alias: PRODUCTION.alias, environment: 'production' }],
      [STAGING.id, { alias: STAGING.alias, environment: 'staging' }],
      ...(options.moreInstances ?? []).map(
        ({ id, alias, settings }) => [id, { alias, environment: settings.environment }] as const,
      ),
    ]),
    directory,
    env: {
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_API_URL: slack.apiUrl,
      ...(options.transport === 'socket'
        ? { SLACK_APP_TOKEN: slack.app.appToken }
        : { SLACK_SIGNING_SECRET: slack.signingSecret }),
      AURA_API_URL: aura.url,
      AURA_CLIENT_ID: 'demo-client',
      AURA_CLIENT_SECRET: 'demo-secret',
      CONFIG_FILE: configFile,
      DATA_DIR: directory,
      PORT: '0',
      ...(production ? { ORDERS_BOLT_PASSWORD: production.password } : {}),
      ...options.env,
    },
    async close() {
      await slack.close();
      await aura.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function withLocale(user: SimUser, locales: Readonly<Record<string, string>> = {}): SimUser {
  const locale = locales[user.id];
  return locale === undefined ? user : { ...user, locale };
}

/** The scopes of the real manifest, so that one that is missing there fails here. */
export function manifestScopes(): readonly string[] {
  const manifest: unknown = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));
  const { oauth_config } = manifest as { oauth_config: { scopes: { bot: string[] } } };
  return oauth_config.scopes.bot;
}

function configuration(options: Parameters<typeof startWorld>[0]): Record<string, unknown> {
  const { production } = options;
  return {
    defaults: {
      approvers: { groups: [APPROVERS_GROUP] },
      approvals_channel: CHANNELS.approvals.id,
      audit_channel: CHANNELS.audit.id,
      contact: 'the database owners in #restore-approvals',
      dependants: [
        { name: 'Checkout', owner: 'team-orders' },
        { name: 'Warehouse sync', owner: 'team-logistics' },
      ],
    },
    instances: {
      [PRODUCTION.alias]: {
        aura_id: PRODUCTION.id,
        environment: 'production',
        notice_channels: [CHANNELS.orders.id, CHANNELS.status.id],
        objectives: { rpo: '1h', rto: '30m' },
        ...(production
          ? {
              bolt: { user: production.user, uri: production.boltUrl, password_variable: 'ORDERS_BOLT_PASSWORD' },
              loss_questions: LOSS_QUESTIONS,
              loss_receipt: { refresh: '15s' },
            }
          : {}),
        checks: CHECKS,
        ...options.productionSettings,
      },
      [STAGING.alias]: {
        aura_id: STAGING.id,
        environment: 'staging',
        notice_channels: [CHANNELS.orders.id],
        notice_lead: '0m',
        ...options.stagingSettings,
      },
      ...Object.fromEntries(
        (options.moreInstances ?? []).map(({ alias, id, settings }) => [alias, { aura_id: id, ...settings }]),
      ),
    },
    aura: { requests_per_minute: REQUESTS_PER_MINUTE },
    timing: TIMING,
    ...options.settings,
  };
}

/** The checks of the demo graph: counts alone would not notice that every price was wiped. */
const CHECKS = [
  { name: 'orders_exist', count: { label: 'Order' }, expect: { gte: 700 } },
  { name: 'orders_contain_products', count: { type: 'CONTAINS' }, expect: { gte: 1000 } },
  {
    name: 'no_zero_prices',
    query: 'MATCH (p:Product) WHERE p.priceCents IS NULL OR p.priceCents <= 0 RETURN p.sku AS sku LIMIT 20',
    expect: 'no_rows',
    owner: 'catalog team',
  },
  {
    name: 'newest_order_close_to_restore_point',
    freshness: { label: 'Order', property: 'updatedAt' },
    expect: { warn_after: '26h' },
  },
  { name: 'schema_complete', schema: { constraints: ['order_id', 'customer_id', 'product_sku'] } },
];

/** What the owners of the demo graph want to know before anybody agrees. */
const LOSS_QUESTIONS = [
  { name: 'orders changed since', count: { label: 'Order', where: 'n.updatedAt > $restorePoint' } },
  {
    name: 'open orders changed since',
    cypher: "MATCH (o:Order {status: 'open'}) WHERE o.updatedAt > $restorePoint RETURN count(o)",
  },
];
