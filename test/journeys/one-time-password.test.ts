import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, cards, until, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { QUEUE_NAME } from '../../src/queue/work-queue.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { watchRedis } from '../support/watch-redis.ts';

/** Everything that the bot wrote anywhere, from its start on. */
interface Written {
  readonly logged: readonly string[];
  /** Every command that Redis got, with its arguments: also what was deleted again. */
  readonly commands: () => readonly string[];
  readonly directory: string;
}

let journey: Journey;
let redis: Redis | undefined;
let watched: Awaited<ReturnType<typeof watchRedis>> | undefined;
afterEach(async () => {
  watched?.stop();
  redis?.disconnect();
  await journey.end();
});

const cardSays = (card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(journey, card)).includes(words));

async function start(): Promise<Written> {
  const logged: string[] = [];
  let directory = '';
  journey = await startJourney({
    logTo: (line) => void logged.push(line),
    settings: {
      prices: { as_of: '2026-11-01', currency: 'USD', per_hour: { 'business-critical': { '8GB': 1.6 } } },
    },
    productionSettings: {
      methods: ['new-instance'],
      new_instance: { time_to_live: '2h', longest: '24h', monthly_cap: 50 },
    },
    async surround(world) {
      directory = world.directory;
      return {};
    },
  });
  redis = connectForClicks(journey.redis.target);
  await redis.connect();
  watched = await watchRedis(journey.redis.target);
  return { logged, commands: watched.lines, directory };
}

/** A new instance is asked for, agreed to and made; its password as Aura told it. */
async function makeOne(): Promise<{ readonly password: string; readonly card: { channel: string; ts: string } }> {
  const rita = journey.slack.as(PEOPLE.requester.id);
  const form = () => JSON.stringify(rita.modal()?.view ?? {});
  await rita.slash('/restore', PRODUCTION.alias, CHANNELS.approvals.id);
  await until('the sizes', () => form().includes(FIELD.newSize));
  await until('the list', () => form().includes('restore points in') && !form().includes('are being read'));
  const groups = await until('restore points', () => rita.suggestions(ACTION.chooseSnapshot, ''));
  const points = groups.flatMap(({ options }) => options as { value: string; description?: { text: string } }[]);
  const point = points.find(({ description }) => description?.text.endsWith(', exportable'));
  await rita.choose(ACTION.chooseSnapshot, point?.value ?? '');
  await rita.choose(ACTION.chooseReason, 'failed-migration');
  await until('what it means', () => form().includes('Keep in mind'));
  rita.type(FIELD.reasonText, 'Is that night clean?');
  await rita.submit();
  const { channel, ts } = await until('the card', () => cards(journey)[0]);
  await approve(journey, { channel, ts }, PEOPLE.approver.id);
  await cardSays({ channel, ts }, 'The new instance runs');
  const [password, ...others] = journey.slack.calls.flatMap(
    ({ args }) => /, password `([^`]+)`/.exec(String(args.text))?.[1] ?? [],
  );
  expect(others).toEqual([]);
  if (password === undefined) throw new Error('nobody was told a password');
  return { password, card: { channel, ts } };
}

/** Where the password stands, of all places that outlive the moment or are seen by more than one person. */
async function foundIn(password: string, { logged, commands, directory }: Written): Promise<readonly string[]> {
  const places: string[] = [];
  const search = (place: string, text: string) => {
    if (text.includes(password)) places.push(place);
  };
  for (const line of logged) search('a log', line);
  for (const command of commands()) search(`Redis, by ${command.slice(0, 60)}`, command);
  for (const key of (await redis?.keys('*')) ?? []) {
    const dump = await redis?.dumpBuffer(key);
    search(`the key ${key}`, dump?.toString('latin1') ?? '');
  }
  const { workspace, calls } = journey.slack;
  for (const message of workspace.messages) if (!message.onlyFor) search('a message', JSON.stringify(message));
  for (const { method, args } of calls) if (method !== 'chat.postEphemeral') search(method, JSON.stringify(args));
  search('a home', JSON.stringify([...workspace.homes.values()]));
  for (const file of filesIn(directory)) search(file, readFileSync(file, 'latin1'));
  return places;
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());
}

const told = (password: string) =>
  journey.slack.calls.filter(
    ({ method, args }) => method === 'chat.postEphemeral' && JSON.stringify(args).includes(password),
  );

it('is told to one person once, and stands in no record, job, log, file or message that anybody keeps', async () => {
  const written = await start();
  const { password } = await makeOne();
  expect(told(password).map(({ args }) => args.user)).toEqual([PEOPLE.requester.id]);
  expect(
    written.commands().some((command) => command.includes(QUEUE_NAME)),
    'the jobs were watched',
  ).toBe(true);
  expect(await foundIn(password, written)).toEqual([]);
  expect(told(password)).toHaveLength(1);
});

it.each(['lose-answer', 'error'] as const)(
  'is in no log either when Slack does not take it (%s), and not told again',
  async (kind) => {
    const written = await start();
    const method = 'chat.postEphemeral';
    journey.slack.faults.add(
      kind === 'error' ? { kind, method, error: 'user_not_in_channel', times: 5 } : { kind, method, times: 5 },
    );
    const { password, card } = await makeOne();
    await cardSays(card, 'one-time password is lost');
    expect(written.logged.some((line) => line.includes('could not be handed over'))).toBe(true);
    expect(await foundIn(password, written)).toEqual([]);
    expect(told(password)).toHaveLength(1);
  },
);
