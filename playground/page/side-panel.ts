import { z } from 'zod';
import type { MadeInstance } from '../../src/restore/new-instance/made-instance.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ImportConsole } from '../aura/import-console.ts';
import type { SimInstance } from '../aura/instances.ts';
import type { Changes } from '../changes.ts';
import { type NextMoment, nextMoment } from '../clock/next-moment.ts';
import type { PlaygroundClock } from '../clock/playground-clock.ts';
import type { DemoFile, DemoFiles } from '../demo-files.ts';
import type { PriceLine } from '../demo-world.ts';
import { GUIDE, LOSS_SCENE } from '../guide.ts';
import type { GuidedScene } from '../guided-scene.ts';
import { type DemoGraph, SCENES, type Scene } from '../neo4j/demo-graph.ts';
import type { Records } from '../records.ts';
import { PRODUCTION, type World } from '../world.ts';
import { type ChangingCall, changingCalls } from './changing-calls.ts';
import { actInConsole, type ConsoleAct, consoleActs } from './console-acts.ts';
import { dataOf, simulatedDataOf } from './data-shown.ts';
import { FAULT_SWITCHES, faultOf } from './fault-switches.ts';

/** What the panel beside the conversation shows of the other side: the instances, their data, and what can go wrong. */
export interface SidePanelView {
  readonly instances: readonly {
    readonly alias: string;
    readonly id: string;
    readonly name: string;
    readonly environment: string;
    /** When the bot removes it, as an ISO time; only for one that the bot made. */
    readonly removeAt?: string;
    readonly status: string;
    readonly isReal: boolean;
    readonly data: readonly { readonly label: string; readonly value: string; readonly isWrong: boolean }[];
    readonly snapshots: readonly { readonly takenAt: string; readonly profile: string; readonly status: string }[];
    /** What somebody can do to it in the Aura console, past the bot or because the bot asked for it. */
    readonly consoleActs: readonly ConsoleAct[];
  }[];
  /** The files that a worker may upload. Absent: this playground has none. */
  readonly files?: readonly DemoFile[];
  /** What instances cost, as the bot is told. Absent: nothing is made here. */
  readonly prices?: readonly PriceLine[];
  /** What else changes, when somebody chooses it. Absent: nothing. */
  readonly changes?: Changes['offered'];
  /** What was asked of Aura so far that changes an instance. */
  readonly changingCalls: readonly ChangingCall[];
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
}

export const sideAct = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ruin'), scene: z.string() }),
  z.object({ type: z.literal('fault'), id: z.string() }),
  z.object({ type: z.literal('clear-faults') }),
  z.object({ type: z.literal('move-clock'), id: z.string() }),
  z.object({ type: z.literal('console'), instanceId: z.string(), id: z.string() }),
  z.object({ type: z.literal('change'), id: z.string() }),
  z.object({ type: z.literal('put-file') }),
  z.object({ type: z.literal('damage-file'), name: z.string() }),
]);
export type SideAct = z.infer<typeof sideAct>;

export interface SidePanel {
  view(): Promise<SidePanelView>;
  /** Does it; returns in words what came of it. */
  act(act: SideAct): Promise<string>;
}

const STEPS: Readonly<Record<string, { readonly label: string; readonly ms: number }>> = {
  'ten-minutes': { label: '+10 min', ms: 600_000 },
  'an-hour': { label: '+1 h', ms: 3_600_000 },
  'a-day': { label: '+1 day', ms: 86_400_000 },
};
const NEXT = 'next';
const NO_FILES = 'There is no such file.';
/** A moment has come when it is over. */
const PAST_IT_MS = 2_000;

/** With `time` its clock can be moved; `guide` says that the world has the people and instances of the scenes. */
export function createSidePanel(
  world: World,
  options: {
    readonly graph?: DemoGraph | undefined;
    readonly time?: { readonly clock: PlaygroundClock; readonly records: Records };
    readonly hasGuide?: boolean;
    readonly files?: DemoFiles;
    readonly prices?: readonly PriceLine[];
    readonly changes?: Changes;
    readonly importConsole?: Pick<ImportConsole, 'loads' | 'add' | 'waiting' | 'clear'>;
  } = {},
): SidePanel {
  const { aura, slack } = world;
  const { graph, time, files, prices, changes, importConsole } = options;
  const switches = FAULT_SWITCHES.filter((one) => importConsole || !('upload' in one));
  const openRestores = async () => (time ? time.records.open().catch(() => []) : []);
  const upcoming = async (): Promise<NextMoment | undefined> => time && nextMoment(await openRestores(), Date.now());
  const production = () => aura.instances.find(PRODUCTION.id);

  function clockView(open: readonly Restore[]): SidePanelView['clock'] {
    const clock = { nowMs: Date.now(), aheadMs: time?.clock.aheadMs() ?? 0 };
    if (!time) return clock;
    const next = nextMoment(open, Date.now());
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
      const [open, made] = await Promise.all([openRestores(), time?.records.made().catch(() => []) ?? []]);
      const realData = production().backing && graph ? await dataOf(graph, production()) : undefined;
      const waiting = [...aura.faults.list(), ...slack.faults.list(), ...(importConsole?.waiting() ?? [])].map(
        (fault) => JSON.stringify({ ...fault, times: 0 }),
      );
      return {
        clock: clockView(open),
        guide: options.hasGuide ? [...GUIDE, ...(graph ? [LOSS_SCENE] : [])] : [],
        changingCalls: changingCalls(aura, importConsole),
        instances: [...aura.instances.all.values()].map((instance) => ({
          alias: world.names.get(instance.id)?.alias ?? instance.name,
          id: instance.id,
          name: instance.name,
          environment: world.names.get(instance.id)?.environment ?? 'not in the configuration',
          ...madeBy(instance, made),
          status: instance.status,
          isReal: instance.backing !== undefined,
          data: (instance.id === PRODUCTION.id ? realData : undefined) ?? simulatedDataOf(instance),
          snapshots: instance.snapshots
            .slice(0, 5)
            .map(({ timestamp, profile, status }) => ({ takenAt: timestamp, profile, status })),
          consoleActs: consoleActs(instance, world, open),
        })),
        ...(files ? { files: files.list() } : {}),
        ...(prices ? { prices } : {}),
        ...(changes ? { changes: changes.offered } : {}),
        scenes: Object.entries(SCENES).map(([id, { label }]) => ({ id, label })),
        faults: switches.map((one) => ({
          id: one.id,
          label: one.label,
          isOn: waiting.includes(JSON.stringify({ ...faultOf(one), times: 0 })),
        })),
      };
    },
    async act(act) {
      switch (act.type) {
        case 'ruin':
          if (!isScene(act.scene)) return 'There is no such damage.';
          if (graph) await graph.ruin(act.scene);
          else production().dataVersion = `ruined: ${SCENES[act.scene].label}`;
          return `Done to ${PRODUCTION.alias}: ${SCENES[act.scene].label}.`;
        case 'fault': {
          const found = switches.find(({ id }) => id === act.id);
          if (found && 'aura' in found) aura.faults.add(found.aura);
          else if (found && 'slack' in found) slack.faults.add(found.slack);
          else if (found) importConsole?.add(found.upload);
          return found ? `On: ${found.label}.` : 'There is no such fault.';
        }
        case 'console':
          return actInConsole(act, world, await openRestores());
        case 'change':
          return (await changes?.make(act.id)) ?? 'Nothing else changes here.';
        case 'put-file':
          return files ? `${files.put()} is there now. A worker reads it within seconds.` : NO_FILES;
        case 'damage-file':
          return files?.damage(act.name) ? `${act.name} is damaged now and has another checksum.` : NO_FILES;
        case 'clear-faults':
          aura.faults.clear();
          slack.faults.clear();
          importConsole?.clear();
          return 'Nothing goes wrong from now on.';
        case 'move-clock': {
          const next = act.id === NEXT ? await upcoming() : undefined;
          const byMs = next ? next.atMs - Date.now() + PAST_IT_MS : STEPS[act.id]?.ms;
          if (byMs !== undefined) await time?.clock.forward(byMs);
          return '';
        }
        default:
          return act satisfies never;
      }
    },
  };
}

/** When the bot removes an instance that it made. */
function madeBy(instance: SimInstance, made: readonly MadeInstance[]): { readonly removeAt?: string } {
  const found = made.find(({ state }) => 'auraId' in state && state.auraId === instance.id);
  return found ? { removeAt: found.removeAt } : {};
}

function isScene(id: string): id is Scene {
  return id in SCENES;
}
