import { z } from 'zod';
import type { AuraConsole } from '../aura/console.ts';
import type { Fault } from '../aura/faults.ts';
import { Refused } from '../aura/instances.ts';
import { type NextMoment, nextMoment } from '../clock/next-moment.ts';
import type { PlaygroundClock } from '../clock/playground-clock.ts';
import { GUIDE, type GuidedScene, LOSS_SCENE } from '../guide.ts';
import { type DemoGraph, SCENES, type Scene } from '../neo4j/demo-graph.ts';
import type { Records } from '../records.ts';
import type { SlackFault } from '../slack/faults.ts';
import { PRODUCTION, STAGING, type World } from '../world.ts';

/** What the panel beside the conversation shows of the other side: the instances, their data, and what can go wrong. */
export interface SidePanelView {
  readonly instances: readonly {
    readonly alias: string;
    readonly id: string;
    readonly name: string;
    readonly environment: string;
    readonly status: string;
    readonly isReal: boolean;
    readonly data: readonly { readonly label: string; readonly value: string; readonly isWrong: boolean }[];
    readonly snapshots: readonly { readonly takenAt: string; readonly profile: string; readonly status: string }[];
  }[];
  readonly restoreCalls: number;
  readonly clock: {
    readonly nowMs: number;
    readonly aheadMs: number;
    /** Absent: this playground's clock cannot be moved. */
    readonly moves?: readonly { readonly id: string; readonly label: string }[];
  };
  /** What is worth trying here; empty where the world has not all that it needs. */
  readonly guide: readonly GuidedScene[];
  readonly scenes: readonly { readonly id: string; readonly label: string }[];
  readonly faults: readonly { readonly id: string; readonly label: string; readonly isOn: boolean }[];
  /** What somebody can do past the bot. */
  readonly consoleActs: readonly { readonly id: string; readonly label: string }[];
}

export const sideAct = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ruin'), scene: z.string() }),
  z.object({ type: z.literal('fault'), id: z.string() }),
  z.object({ type: z.literal('clear-faults') }),
  z.object({ type: z.literal('move-clock'), id: z.string() }),
  z.object({ type: z.literal('console'), id: z.string() }),
]);
export type SideAct = z.infer<typeof sideAct>;

type Switch = { readonly id: string; readonly label: string } & (
  | { readonly aura: Fault }
  | { readonly slack: SlackFault }
);

const SWITCHES: readonly Switch[] = [
  {
    id: 'lose-restore-answer',
    label: 'Aura acts on the next restore call and its answer is lost',
    aura: { kind: 'reset', route: 'restore', when: 'after', times: 1 },
  },
  {
    id: 'swallow-restore',
    label: 'The next restore call never reaches Aura, without an answer',
    aura: { kind: 'reset', route: 'restore', when: 'before', times: 1 },
  },
  {
    id: 'refuse-restore',
    label: 'Aura refuses the next restore call',
    aura: { kind: 'busy', route: 'restore', times: 1 },
  },
  {
    id: 'loading-failed',
    label: 'The next restore ends in "loading failed"',
    aura: { kind: 'restore-ends', as: 'loading failed', times: 1 },
  },
  {
    id: 'old-data',
    label: 'The next restore ends with the old data',
    aura: { kind: 'restore-ends', as: 'old data', times: 1 },
  },
  { id: 'never-ends', label: 'The next restore never ends', aura: { kind: 'restore-ends', as: 'never', times: 1 } },
  { id: 'snapshot-fails', label: 'The next snapshot fails', aura: { kind: 'snapshot-ends', as: 'Failed', times: 1 } },
  {
    id: 'aura-503',
    label: 'Aura answers the next 8 reads of an instance with 503',
    aura: { kind: 'status', route: 'get-instance', status: 503, when: 'before', times: 8 },
  },
  {
    id: 'aura-clock',
    label: "Aura's clock is ten minutes ahead",
    aura: { kind: 'clock', aheadMs: 600_000, times: 100_000 },
  },
  {
    id: 'lose-post',
    label: 'Slack posts the next message and its answer is lost',
    slack: { kind: 'lose-answer', method: 'chat.postMessage', times: 1 },
  },
  {
    id: 'no-status-channel',
    label: '#status does not exist any more',
    slack: { kind: 'error', method: 'chat.postMessage', error: 'channel_not_found', channel: 'C0STATUS', times: 1000 },
  },
  { id: 'redeliver', label: 'Slack delivers the next click twice', slack: { kind: 'redeliver', times: 1 } },
];

/** What somebody in the Aura console does to production. */
const CONSOLE_ACTS: Readonly<Record<string, { readonly label: string; readonly act: (aura: AuraConsole) => void }>> = {
  restore: {
    label: 'Someone in the console restores its newest snapshot',
    act: ({ restore }) => restore(PRODUCTION.id),
  },
  overwrite: {
    label: 'Someone in the console overwrites it with staging',
    act: ({ overwrite }) => overwrite(PRODUCTION.id, STAGING.id),
  },
  'load-file': {
    label: 'Someone in the console loads a backup file into it',
    act: ({ loadFile }) => loadFile(PRODUCTION.id, 'orders-friday.backup'),
  },
};

export interface SidePanel {
  view(): Promise<SidePanelView>;
  act(act: SideAct): Promise<void>;
}

const STEPS: Readonly<Record<string, { readonly label: string; readonly ms: number }>> = {
  'ten-minutes': { label: '+10 min', ms: 600_000 },
  'an-hour': { label: '+1 h', ms: 3_600_000 },
  'a-day': { label: '+1 day', ms: 86_400_000 },
};
const NEXT = 'next';
/** A moment has come when it is over. */
const PAST_IT_MS = 2_000;

/** With `time` its clock can be moved; `guide` says that the world has the people and instances of the scenes. */
export function createSidePanel(
  world: World,
  options: {
    readonly graph?: DemoGraph | undefined;
    readonly time?: { readonly clock: PlaygroundClock; readonly records: Records };
    readonly hasGuide?: boolean;
  } = {},
): SidePanel {
  const { aura, slack } = world;
  const { graph, time } = options;
  const upcoming = async (): Promise<NextMoment | undefined> =>
    time && nextMoment(await time.records.open().catch(() => []), Date.now());
  const production = () => aura.instances.find(PRODUCTION.id);

  async function productionData(): Promise<SidePanelView['instances'][number]['data']> {
    if (!graph) {
      const { dataVersion } = production();
      return [{ label: 'Data (simulated)', value: dataVersion, isWrong: dataVersion.startsWith('ruined') }];
    }
    if (production().status !== 'running') return [{ label: 'Data', value: 'not reachable now', isWrong: false }];
    try {
      const { customers, orders, items, products, productsWithoutPrice, constraints } = await graph.summary();
      return [
        { label: 'Customers', value: String(customers), isWrong: false },
        { label: 'Orders', value: String(orders), isWrong: false },
        { label: 'Order items', value: String(items), isWrong: items === 0 },
        { label: 'Products', value: String(products), isWrong: false },
        { label: 'Products without a price', value: String(productsWithoutPrice), isWrong: productsWithoutPrice > 0 },
        { label: 'Constraints', value: String(constraints), isWrong: constraints < 4 },
      ];
    } catch {
      return [{ label: 'Data', value: 'not reachable now', isWrong: false }];
    }
  }

  async function clockView(): Promise<SidePanelView['clock']> {
    const clock = { nowMs: Date.now(), aheadMs: time?.clock.aheadMs() ?? 0 };
    if (!time) return clock;
    const next = await upcoming();
    return {
      ...clock,
      moves: [
        ...Object.entries(STEPS).map(([id, { label }]) => ({ id, label })),
        ...(next ? [{ id: NEXT, label: `To the next moment: ${next.words}` }] : []),
      ],
    };
  }

  return {
    async view() {
      const data = await productionData();
      const waiting = [...aura.faults.list(), ...slack.faults.list()].map((fault) =>
        JSON.stringify({ ...fault, times: 0 }),
      );
      return {
        clock: await clockView(),
        guide: options.hasGuide ? [...GUIDE, ...(graph ? [LOSS_SCENE] : [])] : [],
        restoreCalls: aura.calls('restore').length,
        instances: [...aura.instances.all.values()].map((instance) => ({
          alias: world.names.get(instance.id)?.alias ?? instance.name,
          id: instance.id,
          name: instance.name,
          environment: world.names.get(instance.id)?.environment ?? '',
          status: instance.status,
          isReal: instance.backing !== undefined,
          data: instance.id === PRODUCTION.id ? data : [],
          snapshots: instance.snapshots
            .slice(0, 5)
            .map(({ timestamp, profile, status }) => ({ takenAt: timestamp, profile, status })),
        })),
        scenes: Object.entries(SCENES).map(([id, { label }]) => ({ id, label })),
        consoleActs: Object.entries(CONSOLE_ACTS).map(([id, { label }]) => ({ id, label })),
        faults: SWITCHES.map((one) => ({
          id: one.id,
          label: one.label,
          isOn: waiting.includes(JSON.stringify({ ...('aura' in one ? one.aura : one.slack), times: 0 })),
        })),
      };
    },
    async act(act) {
      switch (act.type) {
        case 'ruin':
          if (!isScene(act.scene)) return;
          if (graph) await graph.ruin(act.scene);
          else production().dataVersion = `ruined: ${SCENES[act.scene].label}`;
          return;
        case 'fault': {
          const found = SWITCHES.find(({ id }) => id === act.id);
          if (found && 'aura' in found) aura.faults.add(found.aura);
          else if (found) slack.faults.add(found.slack);
          return;
        }
        case 'console':
          try {
            CONSOLE_ACTS[act.id]?.act(aura.console);
          } catch (error) {
            // As in Aura, what an instance cannot take now is not offered.
            if (!(error instanceof Refused)) throw error;
          }
          return;
        case 'clear-faults':
          aura.faults.clear();
          slack.faults.clear();
          return;
        case 'move-clock': {
          const next = act.id === NEXT ? await upcoming() : undefined;
          const byMs = next ? next.atMs - Date.now() + PAST_IT_MS : STEPS[act.id]?.ms;
          if (byMs !== undefined) await time?.clock.forward(byMs);
          return;
        }
        default:
          act satisfies never;
      }
    },
  };
}

function isScene(id: string): id is Scene {
  return id in SCENES;
}
