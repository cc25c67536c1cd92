import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../playground/aura/faults.ts';
import { NONSENSE, type Nonsense, type SlackFault } from '../playground/slack/faults.ts';
import { type Setting, seeThrough } from './acts.ts';
import { type Arena, startArena } from './arena.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, type PartResult, play, suits, untilQuiet } from './campaign.ts';
import { type Cast, createCast } from './cast.ts';
import type { Role } from './fleet.ts';
import { createProgress } from './progress.ts';
import type { Random } from './random.ts';
import { hourPasses } from './records.ts';
import { LONG_SCENES, SCENE_NAMES, SCENES_FOR_TWO } from './scenes.ts';

const INSTANCES = 24;
const PEOPLE = 30;
/** One disturbance after the other, this far apart. */
const CALM_MS = { least: 400, most: 2_000 };
/** How many of them end something: a process, Redis, the connections. With more nothing would ever get anywhere. */
const ENDING_SHARE = 0.2;
/** How often an instance with two rules plays a scene in which votes stand, fall and are taken back. */
const VOTES_SHARE = 0.5;
const REDIS_AWAY_MS = 1_500;
/**
 * How long a trouble waits for a call to befall. Counted only, troubles pile up when little is called because of them, and
 * from then on nothing but troubles happens.
 */
const TROUBLE_MS = 8_000;
/** How long the disturbances go on after the last restore was begun; it must come to its end in the calm after it. */
const LAST_STORM_MS = 10_000;

/** Restores side by side on many instances, while processes are killed and everything around them misbehaves. */
export async function randomRestores(
  bot: BuiltBot,
  random: Random,
  options: { readonly restores: number; readonly say: (line: string) => void },
): Promise<PartResult> {
  const arena = await startArena(bot, {
    instances: INSTANCES,
    people: PEOPLE,
    roles: ['slack', 'slack', 'worker', 'worker'],
  });
  try {
    const cast = createCast(arena);
    const faults: Record<string, number> = {};
    const calm = new AbortController();
    const disturbing = disturb(arena, random.fork('disturbances'), faults, calm.signal);
    const calmDown = async () => {
      await sleep(LAST_STORM_MS);
      calm.abort();
      await disturbing;
      arena.aura.faults.clear();
      arena.slack.faults.clear();
    };
    let calming: Promise<void> | undefined;
    const settings = await playAll(arena, cast, random, {
      ...options,
      onLastBegun: () => {
        calming ??= calmDown();
      },
    });
    await calming;
    // Who was not let through while things were broken tries again now: what is open after that is stuck.
    const all = settings.flatMap((setting) => marksOf(cast, setting.mark).map((mark) => ({ ...setting, mark })));
    await Promise.all(all.map(seeThrough));
    await untilQuiet(arena);
    return await conclude(arena, 'random', cast.deeds, { faults, notes: [] });
  } finally {
    await arena.close();
  }
}

/** Each instance plays one scene after the other until the number of restores is reached. */
async function playAll(
  arena: Arena,
  cast: Cast,
  random: Random,
  options: {
    readonly restores: number;
    readonly say: (line: string) => void;
    readonly onLastBegun: () => void;
  },
): Promise<readonly Setting[]> {
  let begun = 0;
  const settings: Setting[] = [];
  const progress = createProgress('restores are over', options.restores, options.say);
  await Promise.all(
    arena.instances.map(async (instance, index) => {
      const own = random.fork(`instance ${index}`);
      const suitable = SCENE_NAMES.filter((name) => suits(name, instance) && !LONG_SCENES.has(name));
      const ofVotes = suitable.filter((name) => SCENES_FOR_TWO.has(name));
      while (begun < options.restores) {
        begun++;
        if (begun === options.restores) options.onLastBegun();
        const scenes = ofVotes.length > 0 && own.next() < VOTES_SHARE ? ofVotes : suitable;
        settings.push(await play(arena, cast, own.pick(scenes), instance, `random-${begun}`, own));
        progress.done();
      }
    }),
  );
  return settings;
}

/** What was asked for in a scene and has a card: an undo is another request. */
function marksOf(cast: Cast, mark: string): readonly string[] {
  return [mark, `${mark}-undone`].filter((one) => cast.card(one));
}

type Disturbance = (arena: Arena, random: Random) => void | Promise<void>;

const AURA_ROUTES = ['get-instance', 'get-snapshot', 'take-snapshot', 'restore', 'token', 'list-snapshots'] as const;
const SLACK_METHODS = ['chat.postMessage', 'chat.update', 'users.info', 'conversations.history'] as const;
/** Forms and private answers too: they can fail to come in these ways. */
const ALL_SLACK_METHODS = [
  ...SLACK_METHODS,
  'conversations.open',
  'conversations.replies',
  'chat.postEphemeral',
  'views.open',
] as const;
/** An answer that is late, and one that comes when the bot has given up on it. */
const SLACK_SLOW_MS = [2_500, 5_500] as const;
/** The same click again, when its person and others have gone on. */
const DELIVERED_AGAIN_MS = { least: 1_000, most: 6_000 };

const aura =
  (faultOf: (random: Random) => Fault): Disturbance =>
  (arena, random) =>
    arena.aura.faults.add(faultOf(random), TROUBLE_MS);
const slack =
  (faultOf: (random: Random) => SlackFault): Disturbance =>
  (arena, random) => {
    arena.slack.faults.add(faultOf(random), TROUBLE_MS);
  };

const when = (random: Random) => random.pick(['before', 'after'] as const);

/** What ends something, by name. */
const ENDINGS: Readonly<Record<string, Disturbance>> = {
  'kill -9 of a Slack process': (arena, random) => arena.fleet.kill(placeOf(arena, 'slack', random)),
  'kill -9 of a worker': (arena, random) => arena.fleet.kill(placeOf(arena, 'worker', random)),
  'a process is replaced as in a deploy': async (arena, random) => {
    await arena.fleet.roll(random.below(arena.fleet.places.length)).catch(() => undefined);
  },
  'Redis is killed and comes back': (arena) => arena.redis.restart(REDIS_AWAY_MS),
  'Slack drops its connections': (arena) => arena.slack.dropSockets(),
};

function placeOf({ fleet }: Arena, role: Role, random: Random): number {
  return random.pick([...fleet.places.keys()].filter((place) => fleet.places[place] === role));
}

/** What goes wrong on the way, by name. */
const TROUBLES: Readonly<Record<string, Disturbance>> = {
  'Aura answers 5xx': aura((random) => ({
    kind: 'status',
    route: random.pick(AURA_ROUTES),
    status: random.pick([500, 502, 503, 504]),
    when: when(random),
    times: 1 + random.below(3),
  })),
  'Aura answers 429': aura((random) => ({
    kind: 'status',
    route: random.pick(AURA_ROUTES),
    status: 429,
    when: 'before',
    times: 1,
  })),
  'Aura drops the connection': aura((random) => ({
    kind: 'reset',
    route: random.pick(AURA_ROUTES),
    when: when(random),
    times: 1 + random.below(2),
  })),
  'Aura answers nonsense': aura((random) => ({
    kind: 'nonsense',
    route: random.pick(AURA_ROUTES),
    when: when(random),
    times: 1,
  })),
  'Aura is slow': aura((random) => ({ kind: 'slow', route: random.pick(AURA_ROUTES), delayMs: 2_500, times: 2 })),
  'Aura hangs': aura((random) => ({ kind: 'hang', route: random.pick(AURA_ROUTES), when: when(random), times: 1 })),
  'Aura is busy': aura((random) => ({
    kind: 'busy',
    route: random.pick(['take-snapshot', 'restore'] as const),
    times: 1,
  })),
  'Aura forgets all tokens': async (arena) => {
    await hourPasses(arena.redis.outside);
    arena.aura.revokeAllTokens();
  },
  'Slack is away': slack(() => ({ kind: 'away', times: 12 })),
  'Slack limits the rate': slack((random) => ({
    kind: 'rate-limit',
    method: random.pick(SLACK_METHODS),
    retryAfterSeconds: 1,
    times: 2,
  })),
  'Slack acts and loses the answer': slack((random) => ({
    kind: 'lose-answer',
    method: random.pick(['chat.postMessage', 'chat.update'] as const),
    times: 1 + random.below(2),
  })),
  'Slack fails inside': slack((random) => ({
    kind: 'error',
    method: random.pick(SLACK_METHODS),
    error: 'internal_error',
    times: 2,
  })),
  'Slack answers 5xx': slack((random) => ({
    kind: 'status',
    method: random.pick(ALL_SLACK_METHODS),
    status: random.pick([500, 502, 503, 504]),
    when: when(random),
    times: 1 + random.below(3),
  })),
  'Slack hangs': slack((random) => ({
    kind: 'hang',
    method: random.pick(ALL_SLACK_METHODS),
    when: when(random),
    times: 1 + random.below(2),
  })),
  'Slack answers nonsense': slack((random) => ({
    kind: 'nonsense',
    method: random.pick(ALL_SLACK_METHODS),
    as: random.pick(Object.keys(NONSENSE) as Nonsense[]),
    when: when(random),
    times: 1 + random.below(2),
  })),
  'Slack is slow': slack((random) => ({
    kind: 'slow',
    method: random.pick(ALL_SLACK_METHODS),
    delayMs: random.pick(SLACK_SLOW_MS),
    times: 2,
  })),
  'Slack delivers twice': slack(() => ({ kind: 'redeliver', times: 3 })),
  'Slack delivers again later': slack((random) => ({
    kind: 'redeliver',
    afterMs: DELIVERED_AGAIN_MS.least + random.below(DELIVERED_AGAIN_MS.most - DELIVERED_AGAIN_MS.least),
    times: 3,
  })),
};

async function disturb(arena: Arena, random: Random, counts: Record<string, number>, calm: AbortSignal): Promise<void> {
  const endings = inTurns(ENDINGS, random.fork('endings'));
  const troubles = inTurns(TROUBLES, random.fork('troubles'));
  while (!calm.aborted) {
    await sleep(CALM_MS.least + random.below(CALM_MS.most - CALM_MS.least), undefined, { signal: calm }).catch(
      () => undefined,
    );
    if (calm.aborted) return;
    const [name, act] = (random.next() < ENDING_SHARE ? endings : troubles)();
    counts[name] = (counts[name] ?? 0) + 1;
    await act(arena, random);
  }
}

/** Draws without putting back until all were drawn, so that a short run meets each kind too. */
function inTurns(
  all: Readonly<Record<string, Disturbance>>,
  random: Random,
): () => readonly [name: string, act: Disturbance] {
  let left: (readonly [string, Disturbance])[] = [];
  return () => {
    if (left.length === 0) left = Object.entries(all);
    const drawn = random.pick(left);
    left = left.filter((other) => other !== drawn);
    return drawn;
  };
}
