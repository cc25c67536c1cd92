import type { Redis } from 'ioredis';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { fillRequest, until } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { readLine } from '../../src/audit/line.ts';
import { KEY } from '../../src/store/keys.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { verdictOn } from '../audit/files-of.ts';
import { exported } from '../audit/recorded.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { startSite } from '../support/site.ts';
import { sightsOf } from './sights.ts';

let journey: Journey | undefined;
afterEach(async () => {
  await journey?.end();
  journey = undefined;
});
const at = (): Journey => {
  if (!journey) throw new Error('the journey has not begun');
  return journey;
};
const { heard, whispers } = sightsOf(at);

const { requester, stakeholder: outsider } = PEOPLE;
const FOR_RITA = { requesters: { users: [requester.id] }, exports: undefined };
const NOT_ASKED = 'among those who may ask';

async function start() {
  journey = await startJourney({ productionSettings: FOR_RITA });
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  onTestFinished(() => redis.disconnect());
  return { journey, redis };
}

/** Who was refused what, as an export of the audit tells it. */
async function refusedIn(redis: Redis) {
  const lines = await exported({ redis, store: createRestoreStore(redis) }, { instance: PRODUCTION.alias });
  expect(verdictOn([lines])).toMatchObject({ kind: 'unbroken' });
  return lines.map(readLine).flatMap((read) => {
    if (read.kind !== 'line' || read.body.kind !== 'entry' || !read.body.restore.startsWith('N-')) return [];
    const { attempt, reason } = read.body.entry.facts;
    return [`${read.body.restore} ${attempt} ${reason}`];
  });
}

it('an outsider is refused at the form, when they send it and with each command, and the audit has each of it', async () => {
  const { redis } = await start();
  const sam = await fillRequest(at(), { by: outsider.id });
  await heard(outsider.id, NOT_ASKED);
  expect(await refusedIn(redis)).toEqual(['N-1 open-form not-a-requester']);
  await sam.submit();
  expect(sam.modal()?.errors).toEqual({ [FIELD.instance]: expect.stringContaining(NOT_ASKED) });
  sam.closeModal();
  for (const [nth, word] of ['snapshot', 'export'].entries()) {
    await sam.slash('/restore', `${word} ${PRODUCTION.alias}`, CHANNELS.approvals.id);
    await until(`the answer to ${word}`, () => whispers(outsider.id).length === nth + 2);
  }
  expect(await refusedIn(redis)).toEqual([
    'N-1 open-form not-a-requester',
    'N-2 request not-a-requester',
    'N-3 snapshot not-a-requester',
    'N-4 export not-a-requester',
  ]);
}, 60_000);

it('a refused form that Slack delivers again stands there once; whoever presses again tried again', async () => {
  const { redis } = await start();
  const sam = await fillRequest(at(), { by: outsider.id });
  at().slack.faults.add({ kind: 'redeliver', isLeftOpen: true, times: 1 });
  await sam.submit();
  expect(at().slack.faults.list()).toEqual([]);
  expect(await refusedIn(redis)).toEqual(['N-1 open-form not-a-requester', 'N-2 request not-a-requester']);
  await sam.submit();
  expect(await refusedIn(redis)).toHaveLength(3);
}, 60_000);

it('the daily anchor names a refused request with its instance', async () => {
  const { redis } = await start();
  await fillRequest(at(), { by: outsider.id });
  await heard(outsider.id, NOT_ASKED);
  await redis.hset(KEY.auditDaily, 'day', '2026-01-01');
  const anchor = await until('the anchor', () =>
    at()
      .slack.messages(CHANNELS.audit.id)
      .find(({ text }) => text.includes('N-1 (')),
  );
  expect(anchor.text).toContain(`N-1 (${PRODUCTION.alias}): 1 entries up to`);
}, 60_000);

it('a refusal that cannot be recorded is not told as one: they hear that nothing was recorded, and nothing is', async () => {
  const site = await startSite({ productionSettings: FOR_RITA });
  onTestFinished(() => site.end());
  await site.start();
  const sam = await fillRequest(site, { by: outsider.id });
  const before = await site.eye.xlen(KEY.audit);
  // Redis answers everything but this: the judgement is made, and cannot be put on record.
  await site.eye.set(KEY.refusedSequence, 'damaged');
  await sam.submit();
  expect(JSON.stringify(sam.modal()?.errors)).toContain('Nothing was recorded');
  await site.redis.kill();
  await sam.submit();
  expect(JSON.stringify(sam.modal()?.errors)).toContain('Nothing was recorded');
  await site.redis.restart();
  await until('Redis', () => site.eye.status === 'ready');
  expect(await site.eye.xlen(KEY.audit)).toBe(before);
}, 60_000);
