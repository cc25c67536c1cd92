import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import { stopped } from './acts.ts';
import { type Arena, startArena } from './arena.ts';
import type { ArenaInstance } from './arena-instance.ts';
import type { BuiltBot } from './built-bot.ts';
import { conclude, type PartResult, untilQuiet } from './campaign.ts';
import { type Cast, createCast } from './cast.ts';
import type { Deed } from './deed.ts';
import { fills } from './judge-votes.ts';
import type { Random } from './random.ts';
import { markOf, readRecords } from './records.ts';
import { roundsOf } from './rounds.ts';
import type { Violation } from './violation.ts';
import { driftAgainstApprove, editAgainstApprove, twoForOnePlace } from './vote-races.ts';

const INSTANCES = 24;
/** Requests for a hasty instance expire after this time. */
const EXPIRY_MS = 3_000;

/** People who decide at the same moment, over two processes: one decision counts, and everybody hears the truth. */
export async function races(
  bot: BuiltBot,
  random: Random,
  options: { readonly approvers: number; readonly rounds: number; readonly say: (line: string) => void },
): Promise<PartResult> {
  const arena = await startArena(bot, {
    instances: INSTANCES,
    people: options.approvers,
    roles: ['slack', 'slack', 'worker', 'worker'],
    isWatched: false,
  });
  try {
    const cast = createCast(arena);
    const patient = arena.instances.filter(({ isHasty, needsTwo }) => !isHasty && !needsTwo);
    const forTwo = arena.instances.filter(({ needsTwo }) => needsTwo);
    const hasty = arena.instances.filter(({ isHasty }) => isHasty);
    const notes = [await crowd(arena, cast, random.pick(patient), options.approvers)];
    options.say(`  ${notes[0]}`);
    for (const [name, race] of Object.entries(RACES)) {
      const places = race === approveAgainstExpiry ? hasty : race === twoForOnePlace ? forTwo : patient;
      await inTurns(places, options.rounds, async (instance, round) => {
        const mark = `race-${name.replaceAll(' ', '-')}-${round}`;
        await race({ arena, cast, instance, mark, random: random.fork(mark) });
      });
      options.say(`  ${options.rounds} times ${name}`);
    }
    await endAll(arena, cast);
    await untilQuiet(arena);
    return await conclude(arena, 'races', cast.deeds, {
      notes,
      violations: await twoEnds(arena, cast.deeds),
    });
  } finally {
    await arena.close();
  }
}

/** One race: who meets where. */
export interface Race {
  readonly arena: Arena;
  readonly cast: Cast;
  readonly instance: ArenaInstance;
  readonly mark: string;
  readonly random: Random;
}

/** Who gave up asking has asked all the same, and ends it when the card comes. Hasty requests end by themselves. */
async function endAll(arena: Arena, cast: Cast): Promise<void> {
  const asked = new Map(cast.deeds.filter(({ what }) => what === 'request').map(({ mark, who }) => [mark, who]));
  await Promise.all(
    [...asked].map(async ([mark, requester]) => {
      if (cast.card(mark)) await stopped({ arena, cast, mark, requester });
    }),
  );
}

/** Everybody has the form open and confirms at the same moment. */
async function crowd(arena: Arena, cast: Cast, instance: ArenaInstance, size: number): Promise<string> {
  const mark = 'race-crowd-1';
  const [requester = ''] = arena.requesters;
  await cast.request(requester, instance.alias, mark);
  const begunAt = Date.now();
  const told = await cast.approveTogether(arena.approvers.slice(0, size), mark);
  const count = (answer: Deed['told']) => told.filter((one) => one === answer).length;
  return `${size} approvals at once: ${count('done')} counted, ${count('refused')} refused, ${count('unanswered')} without an answer in Slack's 3 s; ${((Date.now() - begunAt) / 1000).toFixed(1)} s`;
}

async function against(race: Race, other: () => Promise<unknown>): Promise<void> {
  const { arena, cast, instance, mark, random } = race;
  const requester = random.pick(arena.requesters);
  if (!(await cast.request(requester, instance.alias, mark))) return;
  await Promise.all([cast.approve(random.pick(arena.approvers), mark), other()]);
  await cast.click(requester, mark, 'cancel', ACTION.cancel);
  await stopped({ arena, cast, mark, requester });
}

async function approveAgainstExpiry(race: Race): Promise<void> {
  const { arena, cast, instance, mark, random } = race;
  const requester = random.pick(arena.requesters);
  if (!(await cast.request(requester, instance.alias, mark))) return;
  await cast.approveLate(random.pick(arena.approvers), mark, () => sleep(EXPIRY_MS - 300 - random.below(400)));
}

const RACES: Readonly<Record<string, (race: Race) => Promise<void>>> = {
  'approve against withdraw': (race) =>
    against(race, async () => {
      await sleep(race.random.below(60));
      const owner = ownerOf(race);
      if (owner) await race.cast.click(owner, race.mark, 'withdraw', ACTION.withdraw);
    }),
  'approve against deny': (race) =>
    against(race, () => race.cast.deny(race.random.pick(race.arena.approvers), race.mark)),
  'approve against expiry': approveAgainstExpiry,
  'edit against approve': editAgainstApprove,
  'drift against approve': driftAgainstApprove,
  'two approvers for one place': twoForOnePlace,
  'two requests for one instance': async ({ arena, cast, instance, mark, random }) => {
    const [one, other] = [random.pick(arena.requesters.slice(0, 5)), random.pick(arena.requesters.slice(5))];
    await Promise.all([
      cast.request(one, instance.alias, `${mark}-a`, { withinMs: 1_000 }),
      cast.request(other, instance.alias, `${mark}-b`, { withinMs: 1_000 }),
    ]);
    for (const [who, own] of [
      [one, `${mark}-a`],
      [other, `${mark}-b`],
    ] as const) {
      if (!cast.card(own)) continue;
      await cast.click(who, own, 'withdraw', ACTION.withdraw);
      await stopped({ arena, cast, mark: own, requester: who });
    }
  },
};

/** Who asked for it, as they noted themselves. */
function ownerOf({ cast, mark }: Race): string | undefined {
  return cast.deeds.find((deed) => deed.what === 'request' && deed.mark === mark)?.who;
}

/** A round on each instance side by side, until the number of rounds is reached. Which round is where does not depend on who is quick. */
async function inTurns(
  places: readonly ArenaInstance[],
  rounds: number,
  play: (instance: ArenaInstance, round: number) => Promise<void>,
): Promise<void> {
  await Promise.all(
    places.map(async (instance, index) => {
      for (let round = index + 1; round <= rounds; round += places.length) await play(instance, round);
    }),
  );
}

/** Each time that people are asked there is one end at most, and nobody is told yes to another. */
async function twoEnds(arena: Arena, deeds: readonly Deed[]): Promise<readonly Violation[]> {
  const records = await readRecords(arena.redis.outside);
  return records.flatMap((record): readonly Violation[] => {
    const rules = arena.rulesOf(record.plan.instance.alias);
    const yes = deeds.filter(({ mark, told }) => mark === markOf(record) && told === 'done');
    const rounds = roundsOf(record);
    return rounds.flatMap((_, number): readonly Violation[] => {
      const approvals = yes.filter(({ what, shown }) => what === 'approve' && shown?.round === number);
      // A no and a withdrawal end the request, so they come while people are asked for the last time.
      const isLast = number === rounds.length - 1;
      const others = isLast ? yes.filter(({ what }) => what === 'deny' || what === 'withdraw') : [];
      const areFilled = fills(
        rules,
        approvals.map(({ who }) => who),
      );
      const ends = others.length + (areFilled ? 1 : 0);
      // With several rules a yes that fills nothing any more is kept in reserve, and its giver is told yes too.
      const isOneTooMany = rules.length === 1 && approvals.length > 1;
      if (!isOneTooMany && ends <= 1) return [];
      const words = [...approvals, ...others].map(({ who, what }) => `${who} ${what}`).join(' and ');
      return [
        { promise: 'nothing twice', restoreId: record.id, words: `${words} were all told yes in round ${number}` },
      ];
    });
  });
}
