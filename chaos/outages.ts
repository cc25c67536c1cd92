import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Route } from '../playground/aura/faults.ts';
import { type Setting, seeThrough } from './acts.ts';
import { type Arena, startArena } from './arena.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, type PartResult, play, suits, untilQuiet } from './campaign.ts';
import { createCast } from './cast.ts';
import type { Random } from './random.ts';
import { isOver, owedNow, readRecord, readRecords } from './records.ts';
import { SCENE_NAMES, type SceneName } from './scenes.ts';
import { SCENES_OF_PEOPLE } from './scenes-of-people.ts';
import type { Violation } from './violation.ts';

/** How long each is away, in seconds. */
export interface OutageLengths {
  readonly redisSeconds: number;
  readonly slackSeconds: number;
  readonly auraSeconds: number;
}

const INSTANCES = 24;
const PEOPLE = 30;
/** The scenes begin one after the other over this time, so that an outage meets restores in every phase. */
const BEGINNINGS_MS = 8_000;
const PACE = { restoreMs: 4_000, snapshotMs: 2_000, statusLagMs: 0, otherMs: 400, createVisibleMs: 100 };
/** Everything goes on this soon after what was away is back. */
const GOES_ON_WITHIN_MS = 30_000;
/** Until then it waits for a person, or for the clock. */
const AT_REST: ReadonlySet<string> = new Set(['awaiting-approval', 'start-unclear']);
/** Scenes that hold a restore up by themselves, or that ask for none. */
const NOT_HERE: ReadonlySet<SceneName> = new Set(['a stakeholder objects', 'advice is asked for']);

type Outage = (arena: Arena, seconds: OutageLengths) => Promise<void>;

/** What is away, by name; each resolves when it is back. */
const OUTAGES: Readonly<Record<string, Outage>> = {
  'Redis away': (arena, { redisSeconds }) => arena.redis.restart(redisSeconds * 1000),
  'Slack away': async ({ slack }, { slackSeconds }) => {
    slack.faults.add({ kind: 'away', times: Number.POSITIVE_INFINITY });
    slack.dropSockets();
    await sleep(slackSeconds * 1000);
    slack.faults.clear();
  },
  'Aura away': async ({ aura }, { auraSeconds }) => {
    for (const faultAt of WAYS_TO_BE_AWAY) {
      for (const route of ROUTES) aura.faults.add(faultAt(route));
      await sleep((auraSeconds * 1000) / WAYS_TO_BE_AWAY.length);
      aura.faults.clear();
    }
  },
};

const ROUTES: readonly Route[] = [
  'token',
  'get-instance',
  'list-snapshots',
  'take-snapshot',
  'get-snapshot',
  'restore',
];
const ALWAYS = { when: 'before', times: Number.POSITIVE_INFINITY } as const;
/** A service that hangs, then answers 503, then takes no connections. */
const WAYS_TO_BE_AWAY: readonly ((route: Route) => Fault)[] = [
  (route) => ({ kind: 'hang', route, ...ALWAYS }),
  (route) => ({ kind: 'status', status: 503, route, ...ALWAYS }),
  (route) => ({ kind: 'reset', route, ...ALWAYS }),
];

/** Redis, Slack and Aura are away for long, one after the other, each in the middle of many restores. */
export async function outages(
  bot: BuiltBot,
  random: Random,
  options: { readonly lengths: OutageLengths; readonly say: (line: string) => void },
): Promise<PartResult> {
  const arena = await startArena(bot, {
    instances: INSTANCES,
    people: PEOPLE,
    roles: ['slack', 'slack', 'worker', 'worker'],
    pace: PACE,
    isWatched: false,
  });
  try {
    const cast = createCast(arena);
    const recoveriesMs: number[] = [];
    const violations: Violation[] = [];
    const notes: string[] = [];
    for (const [name, outage] of Object.entries(OUTAGES)) {
      const own = random.fork(name);
      const playing = arena.instances.map(async (instance, index): Promise<Setting> => {
        await sleep((BEGINNINGS_MS * index) / INSTANCES);
        const scenes = SCENE_NAMES.filter(
          (scene) => suits(scene, instance) && (instance.isHasty || scene in SCENES_OF_PEOPLE) && !NOT_HERE.has(scene),
        );
        const mark = `outage-${name.replace(' ', '-')}-${index}`;
        const chance = own.fork(`instance ${index}`);
        return play(arena, cast, chance.pick(scenes), instance, mark, chance);
      });
      await sleep(BEGINNINGS_MS);
      await outage(arena, options.lengths);
      const back = await untilAllGoOn(arena, name);
      recoveriesMs.push(...back.recoveriesMs);
      violations.push(...back.violations);
      // Who got no answer meanwhile tries again now: what is open after that is stuck.
      const settings = await Promise.all(playing);
      await Promise.all(settings.filter(({ mark }) => cast.card(mark)).map(seeThrough));
      notes.push(`${name}: ${back.hit} restores and ${back.owed} messages and cards waited for it`);
      options.say(`  ${notes.at(-1)}`);
    }
    await untilQuiet(arena);
    const faults = Object.fromEntries(Object.keys(OUTAGES).map((name) => [name, 1]));
    return await conclude(arena, 'outages', cast.deeds, { faults, notes, violations, recoveriesMs });
  } finally {
    await arena.close();
  }
}

/** Waits until each restore that had something to do moved on, and all that was owed then has been said. */
async function untilAllGoOn(arena: Arena, name: string) {
  const { outside } = arena.redis;
  const backAt = Date.now();
  const inHand = (await readRecords(outside)).filter((record) => !isOver(record) && !AT_REST.has(record.state.status));
  const owed = await owedNow(outside);
  const waitsFor = new Map<string, () => Promise<boolean>>([
    ...inHand.map(
      ({ id, version }) => [`${id} `, async () => (await readRecord(outside, id))?.version !== version] as const,
    ),
    ...[...owed].map((what) => [what, async () => !(await owedNow(outside)).has(what)] as const),
  ]);
  const recoveriesMs: number[] = [];
  while (waitsFor.size > 0 && Date.now() - backAt < GOES_ON_WITHIN_MS) {
    for (const [what, hasGoneOn] of waitsFor) {
      if (!(await hasGoneOn())) continue;
      waitsFor.delete(what);
      recoveriesMs.push(Date.now() - backAt);
    }
    await sleep(50);
  }
  const words = `did not go on within ${GOES_ON_WITHIN_MS / 1000} s after: ${name}`;
  return {
    recoveriesMs,
    hit: inHand.length,
    owed: owed.size,
    violations: [...waitsFor.keys()].map((what): Violation => {
      const [restoreId = '', ...rest] = what.split(' ');
      return { promise: 'nothing stuck', restoreId, words: `${rest.join(' ')} ${words}`.trim() };
    }),
  };
}
