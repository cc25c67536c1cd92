import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WEEKDAYS } from '../src/restore/calendar-times.ts';
import type { Pace } from './aura/assumptions.ts';
import { type ImportConsole, startImportConsole } from './aura/import-console.ts';
import { createDemoFiles, type DemoFiles } from './demo-files.ts';
import { startSimulatedNeo4j } from './neo4j/simulated-neo4j.ts';
import { startPagerDuty } from './on-call/pagerduty.ts';
import type { OnCallStandIn } from './on-call/stand-in.ts';
import { APPROVERS_GROUP, CHANNELS, PEOPLE } from './people.ts';
import type { SimUser } from './slack/workspace.ts';
import { standInTool } from './stand-in-tool.ts';
import { type ProductionDatabase, STAGING, startWorld, TIMING, type World } from './world.ts';

/** Whom only the demo has, beside the people of the story. */
export const MORE_PEOPLE = {
  onCall: {
    id: 'U0NOOR',
    name: 'noor',
    realName: 'Noor Haddad',
    tz: 'America/Los_Angeles',
    email: 'noor@harbour-roasters.example',
    role: 'On call tonight, in no group',
  },
  release: {
    id: 'U0PRIYA',
    name: 'priya',
    realName: 'Priya Nair',
    tz: 'Asia/Kolkata',
    role: 'Release manager',
  },
  support: { id: 'U0OTTO', name: 'otto', realName: 'Otto Lind', tz: 'Europe/Stockholm', role: 'Support lead' },
} as const satisfies Record<string, SimUser>;

const ON_CALL = { token: 'demo-pagerduty', schedule: 'PDEMO1' } as const;
const DAY_MS = 86_400_000;
const LEAST_AHEAD_MS = 2 * 3_600_000;

/** Whoever waits, or moves the clock, sees reminders, an escalation and who may agree then. */
const ASKING_AGAIN = {
  approvers: { groups: [APPROVERS_GROUP], escalates_to: ['fallback'] },
  reminders: { after: ['10m', '25m'], nudges: { every: '5m', most: 3 } },
  escalation: { fallback: { after: '40m', users: [MORE_PEOPLE.release.id] } },
  working_hours: { days: WEEKDAYS, from: '08:00', to: '20:00' },
};

/** The password of the staging database, which only the stand-ins of this playground ask for. */
const STAGING_PASSWORD = 'demo-staging';
/** How long the stand-in for `neo4j-admin` rests after each tenth of an upload, in milliseconds: slow enough to watch. */
const UPLOAD_PAUSE_MS = 400;

/** What the simulated Aura charges, as the operator would have looked it up. */
const PRICES = {
  as_of: '2026-11-01',
  currency: 'USD',
  per_hour: {
    'professional-db': { '4GB': 0.36, '8GB': 0.72 },
    'business-critical': { '8GB': 1.6, '16GB': 3.2 },
  },
};
const NEW_INSTANCE = { time_to_live: '2h', longest: '24h', monthly_cap: 50 };

/** Every way back, on an instance whose data and database are simulated. */
const everyMethod = (uri: string) => ({
  methods: ['restore-snapshot', 'overwrite', 'backup-file', 'upload', 'new-instance'],
  new_instance: NEW_INSTANCE,
  bolt: { uri, password_variable: 'STAGING_BOLT_PASSWORD' },
  checks: [],
});

/**
 * The instance with the strict rules: two people of two rules, a quarter of an hour for objections, a freeze ahead, and who
 * may agree to an override.
 */
export const STRICT = { alias: 'payments-prod', id: 'c3d4e5f6', name: 'Payments' } as const;

/** What an instance of one size costs. */
export interface PriceLine {
  readonly size: string;
  readonly price: string;
}

/** What only the demo's world has. */
export interface DemoWorld extends World {
  readonly onCall: OnCallStandIn;
  readonly files: DemoFiles;
  readonly prices: readonly PriceLine[];
  /** What the stand-in for `neo4j-admin` talks to. */
  readonly importConsole: ImportConsole;
}

/**
 * The world of `npm run demo`: `orders-prod` with one approver and no freeze for the quick story, `orders-staging` where data
 * may come back in every way, and `payments-prod` where database owners or whoever is on call, and the service owner, must
 * both agree.
 */
export async function startDemoWorld(
  options: { readonly production?: ProductionDatabase | undefined; readonly pace?: Pace } = {},
): Promise<DemoWorld> {
  const now = Date.now();
  const { onCall: noor, release, support } = MORE_PEOPLE;
  const onCall = await startPagerDuty({ token: ON_CALL.token, shifts: turns(now) });
  const filesDirectory = mkdtempSync(join(tmpdir(), 'restore-bot-files-'));
  const files = createDemoFiles(filesDirectory);
  let isStagingRunning = () => true;
  const staging = await startSimulatedNeo4j(() => isStagingRunning());
  const world = await startWorld({
    transport: 'socket',
    ...options,
    locales: { [PEOPLE.approver.id]: 'de-DE' },
    productionSettings: {
      ...ASKING_AGAIN,
      methods: ['restore-snapshot', 'overwrite', 'new-instance'],
      new_instance: NEW_INSTANCE,
    },
    stagingSettings: everyMethod(staging.uri),
    morePeople: Object.values(MORE_PEOPLE),
    moreInstances: [
      {
        ...STRICT,
        type: 'business-critical',
        memory: '16GB',
        settings: {
          environment: 'production',
          approvals: [
            { name: 'database owners', groups: [APPROVERS_GROUP], on_call: ['databases'] },
            { name: 'service owner', users: [PEOPLE.stakeholder.id] },
          ],
          notice_channels: [CHANNELS.status.id],
          notice_lead: '15m',
          stakeholders: { users: [support.id] },
          objectives: { rpo: '1h', rto: '1h' },
          exports: [
            {
              name: 'off-site',
              every: 'monthly',
              on: [-1],
              before_deployments: true,
              keep_for: '400d',
              place: 'the off-site bucket of the database owners',
              owners: { users: [PEOPLE.approver.id] },
            },
          ],
          freezes: [freezeAhead(now)],
          freeze_override: { approvers: { users: [release.id] } },
        },
      },
    ],
    settings: {
      timing: { ...TIMING, start_watch: '30s', verify_connect: '15s', reaper: '2s', upload_silence: '40s' },
      prices: PRICES,
      backup_files: [{ name: 'exports', directory: filesDirectory }],
      shadow_restores: { look_every: '8s' },
      channels: { [CHANNELS.status.id]: { language: 'de' } },
      on_call: {
        schedules: { databases: { provider: 'pagerduty', id: ON_CALL.schedule } },
        people: { [noor.email]: noor.id },
      },
    },
    env: { PAGERDUTY_TOKEN: ON_CALL.token, PAGERDUTY_API_URL: onCall.url },
  });
  isStagingRunning = () => world.aura.instances.all.get(STAGING.id)?.status === 'running';
  const importConsole = await startImportConsole({
    instances: world.aura.instances,
    passwords: { [STAGING.id]: STAGING_PASSWORD },
  });
  return {
    ...world,
    onCall,
    files,
    prices: priceLines(),
    importConsole,
    env: {
      ...world.env,
      STAGING_BOLT_PASSWORD: STAGING_PASSWORD,
      NEO4J_ADMIN: standInTool(world.directory),
      JAVA_OPTS: new URLSearchParams({ console: importConsole.url, pauseMs: String(UPLOAD_PAUSE_MS) }).toString(),
    },
    async close() {
      await world.close();
      await onCall.close();
      await staging.close();
      await importConsole.close();
      rmSync(filesDirectory, { recursive: true, force: true });
    },
  };
}

/** The price table, a line for each size. */
function priceLines(): readonly PriceLine[] {
  return Object.entries(PRICES.per_hour).flatMap(([type, sizes]) =>
    Object.entries(sizes).map(([memory, perHour]) => ({
      size: `${type}, ${memory}`,
      price: `${perHour.toFixed(2)} ${PRICES.currency} an hour`,
    })),
  );
}

/** Two whole days from a midnight that is not too near to be watched coming. */
function freezeAhead(now: number) {
  const from = (Math.floor((now + LEAST_AHEAD_MS) / DAY_MS) + 1) * DAY_MS;
  return {
    name: 'Month-end closing',
    from: new Date(from).toISOString(),
    to: new Date(from + 2 * DAY_MS).toISOString(),
  };
}

/** Noor for the next twelve hours, then Anton. */
function turns(now: number) {
  const change = new Date(Math.floor(now / 3_600_000) * 3_600_000 + DAY_MS / 2).toISOString();
  const schedule = { scheduleId: ON_CALL.schedule, scheduleName: 'Databases' };
  return [
    { ...schedule, email: MORE_PEOPLE.onCall.email, to: change },
    { ...schedule, email: PEOPLE.approver.email, from: change },
  ];
}
