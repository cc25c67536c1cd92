import { setTimeout as sleep } from 'node:timers/promises';
import type { Setting } from './acts.ts';
import type { Arena } from './arena.ts';
import type { Cast } from './cast.ts';
import { CHANGES } from './changes.ts';
import { type Culprit, culpritsAmong } from './culprits.ts';
import type { Deed } from './deed.ts';
import type { Random } from './random.ts';
import { isQuiet } from './records.ts';
import {
  HASTY_SCENES,
  SCENES,
  SCENES_FOR_TWO,
  SCENES_OF_EQUIPPED,
  SCENES_OF_OVERWRITE,
  type SceneName,
} from './scenes.ts';
import { judge, type Verdict } from './verdict.ts';
import type { Violation } from './violation.ts';

/** What a part of the campaign found and counted. */
export interface PartResult {
  readonly name: string;
  readonly restores: number;
  /** Processes that died at the point at which they were to die. */
  readonly deaths: number;
  /** All processes that ended, those deaths too. */
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly decisions: number;
  readonly restoreCalls: number;
  readonly violations: readonly Violation[];
  /** From a death to the next thing that happened to the restore it hit, or from an outage's end, in milliseconds. */
  readonly recoveriesMs: readonly number[];
  readonly notes: readonly string[];
  /** Histories of the records that broke a promise, for the printout. */
  readonly culprits: readonly Culprit[];
}

/** After the last scene everything must come to rest within the arena's patience, by itself. */
export async function untilQuiet(arena: Arena): Promise<void> {
  const deadline = Date.now() + arena.patienceMs.quiet;
  while (Date.now() < deadline) {
    if (await isQuiet(arena.redis.outside)) break;
    await sleep(100);
  }
  // A last drawing that overtook another would be under way now.
  await sleep(500);
}

/** Plays one scene with people picked at random on an instance of the right kind, and says who they were. */
export async function play(
  arena: Arena,
  cast: Cast,
  name: SceneName,
  instance: Arena['instances'][number],
  mark: string,
  random: Random,
): Promise<Setting> {
  const requester = random.pick(arena.requesters);
  const approver = random.pick(arena.approvers);
  // Together they can fill two rules.
  const other = random.pick(arena.serviceOwners.filter((id) => id !== approver));
  const change = random.pick(CHANGES);
  const setting = { arena, cast, instance, requester, approver, other, change, mark };
  await SCENES[name](setting);
  return setting;
}

export function suits(name: SceneName, instance: Arena['instances'][number]): boolean {
  return (
    instance.isHasty === HASTY_SCENES.has(name) &&
    instance.isEquipped === SCENES_OF_EQUIPPED.has(name) &&
    (instance.needsTwo || !SCENES_FOR_TWO.has(name)) &&
    (instance.source !== undefined || !SCENES_OF_OVERWRITE.has(name))
  );
}

/** Judges everything in the arena, and gathers what a part's table row needs. */
export async function conclude(
  arena: Arena,
  name: string,
  deeds: readonly Deed[],
  more: Pick<PartResult, 'notes'> & {
    /** Absent: what was injected into Aura and Slack. */
    readonly faults?: PartResult['faults'];
    readonly violations?: readonly Violation[];
    readonly recoveriesMs?: readonly number[];
  },
): Promise<PartResult> {
  const verdict = await judge(arena, deeds);
  const violations = [...verdict.violations, ...(more.violations ?? [])];
  return {
    name,
    restores: verdict.restores,
    deaths: arena.fleet.strikes().filter(({ kind }) => kind === 'killed').length,
    kills: arena.fleet.killed.length,
    faults: more.faults ?? arena.faultsInjected(),
    decisions: verdict.decisions,
    restoreCalls: verdict.restoreCalls,
    violations,
    recoveriesMs: [...recoveries(arena, verdict), ...(more.recoveriesMs ?? [])],
    notes: [...more.notes, whatPeopleDid(verdict), ...verdict.besides],
    culprits: culpritsAmong(violations, { ...verdict, deeds }),
  };
}

const COUNTED = [
  'approved',
  'denied',
  'proviso-accepted',
  'proviso-declined',
  'nudged',
  'acknowledged',
  'objected',
  'edited',
  'drifted',
  'looking',
  'vote-taken-back',
  'withdrawn',
  'attempt-refused',
  'undone',
  'rehearsed',
];

/** How often each thing stands on record, so that a scene that no longer does what it is for is noticed. */
function whatPeopleDid({ records }: Verdict): string {
  const all = records.flatMap(({ history }) => history.map(({ event }) => event));
  return `on record: ${COUNTED.map((event) => `${event} × ${all.filter((one) => one === event).length}`).join(', ')}`;
}

/** Statuses in which nothing happens until a person or the clock says so. */
const AT_REST: ReadonlySet<string> = new Set(['awaiting-approval', 'start-unclear']);

function recoveries(arena: Arena, { records }: Verdict): readonly number[] {
  const deaths = arena.fleet.strikes().filter((strike) => strike.kind === 'killed');
  return deaths.flatMap(({ at, subjects }) => {
    const record = records.find(({ id }) => subjects.includes(id));
    if (!record) return [];
    const status =
      record.history.findLast((entry) => entry.entered && Date.parse(entry.at) <= at)?.entered ?? 'awaiting-approval';
    const next = record.history.find((entry) => Date.parse(entry.at) > at);
    return AT_REST.has(status) || !next ? [] : [Date.parse(next.at) - at];
  });
}

/** One row of several arenas, with what was found about the whole. */
export function merge(name: string, parts: readonly PartResult[], more: readonly Violation[]): PartResult {
  const sum = (of: (part: PartResult) => number) => parts.reduce((total, part) => total + of(part), 0);
  const faults: Record<string, number> = {};
  for (const part of parts) {
    for (const [kind, count] of Object.entries(part.faults)) faults[kind] = (faults[kind] ?? 0) + count;
  }
  return {
    name,
    restores: sum(({ restores }) => restores),
    deaths: sum(({ deaths }) => deaths),
    kills: sum(({ kills }) => kills),
    faults,
    decisions: sum(({ decisions }) => decisions),
    restoreCalls: sum(({ restoreCalls }) => restoreCalls),
    violations: [...parts.flatMap((part) => part.violations), ...more],
    recoveriesMs: parts.flatMap((part) => part.recoveriesMs),
    notes: parts.flatMap((part) => part.notes),
    culprits: parts.flatMap((part) => part.culprits),
  };
}
