import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { approve, cardAt, confirm, requestRestore, until, wordsOf } from '../../playground/story.ts';
import { STAGING, startWorld } from '../../playground/world.ts';
import { startBot } from '../../src/bot.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { readCheck } from '../../src/graph/check-definition.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { startTestStore } from '../support/store.ts';

let journey: Journey | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await journey?.end();
  journey = undefined;
});

const OFTEN = { timing: { start_checks: '0.1s' } };
const MANY = 1_000_000;

async function start(options: Parameters<typeof startJourney>[0] = {}): Promise<Journey> {
  journey = await startJourney({ ...OFTEN, ...options });
  return journey;
}

async function ready({ bot }: Journey) {
  const response = await fetch(`http://127.0.0.1:${bot.port}/readyz`);
  const body = (await response.json()) as { problems: Record<string, string>; warnings: string[] };
  return { status: response.status, ...body };
}

/** Waits until `/readyz` is as it should be; vitest shows how it was when it is not in time. */
const readyIs = (on: Journey, expected: object) =>
  vi.waitFor(async () => expect(await ready(on)).toMatchObject(expected), { timeout: 30_000, interval: 50 });

const heard = ({ slack }: Journey, person: string, words: string) =>
  until(`${person} to hear "${words}"`, () =>
    slack.workspace.messages.some(({ onlyFor, text }) => onlyFor === person && text.includes(words)),
  );
const cardSays = (on: Journey, card: { channel: string; ts: string }, words: string) =>
  until(`the card to say "${words}"`, () => wordsOf(cardAt(on, card)).includes(words));

function setAuraClock({ aura }: Journey, aheadMs: number) {
  aura.faults.clear();
  if (aheadMs !== 0) aura.faults.add({ kind: 'clock', aheadMs, times: MANY });
}

describe('while the clocks of the bot and of Aura are apart', () => {
  it('nobody confirms or asks; they hear which clock is off and by how much; denying works; it ends by itself', async () => {
    const on = await start();
    const card = await requestRestore(on);
    const anton = on.slack.as(PEOPLE.approver.id);
    await anton.click(card, ACTION.approve);
    await until('the form', () => anton.modal());
    await confirm(on, card, anton.id);

    setAuraClock(on, 600_000);
    await readyIs(on, { status: 503, problems: { clocks: expect.stringContaining("10 minutes behind Aura's") } });
    await anton.submit();
    expect(JSON.stringify(anton.modal()?.errors)).toContain("the bot's clock is 10 minutes behind Aura's");
    anton.closeModal();

    await on.slack.as(PEOPLE.secondApprover.id).click(card, ACTION.approve);
    await heard(on, PEOPLE.secondApprover.id, "the bot's clock is 10 minutes behind Aura's");
    expect(on.slack.as(PEOPLE.secondApprover.id).modal()).toBeUndefined();
    await cardSays(on, card, 'approval refused, tried by <@U0ANTON>: clocks too far apart');
    await cardSays(on, card, 'approval refused, tried by <@U0AYUMI>: clocks too far apart');

    await expect(requestRestore(on, { alias: STAGING.alias })).rejects.toThrow(/10 minutes behind Aura's/);
    on.slack.as(PEOPLE.requester.id).closeModal();

    setAuraClock(on, 0);
    await readyIs(on, { status: 200, problems: {} });
    await approve(on, card);
    await cardSays(on, card, 'Restored to');
    expect(on.aura.calls('restore')).toHaveLength(1);

    const other = await requestRestore(on, { alias: STAGING.alias });
    setAuraClock(on, -600_000);
    await readyIs(on, { status: 503 });
    await anton.click(other, ACTION.deny);
    await until('the form', () => anton.modal());
    anton.type(FIELD.denialReason, 'Not needed any more');
    await anton.submit();
    await cardSays(on, other, '*Denied* by');
  });

  it('a restore that was confirmed before is held back and says so, and is then sent once', async () => {
    const on = await start({ pace: { snapshotMs: 1_500 } });
    const card = await requestRestore(on);
    await approve(on, card);
    await until('the safety snapshot', () => on.aura.calls('take-snapshot').length > 0);
    setAuraClock(on, -45_000);
    await cardSays(on, card, 'Held back: the bot');
    const { length: looks } = on.aura.calls('get-instance');
    await until('more looks', () => on.aura.calls('get-instance').length > looks + 3);
    expect(on.aura.calls('restore')).toEqual([]);

    setAuraClock(on, 0);
    await cardSays(on, card, 'Restored to');
    expect(on.aura.calls('restore')).toHaveLength(1);
  });

  it('but Aura does not answer any more, nothing is held up: unknown is not wrong', async () => {
    const on = await start({ timing: { start_checks: '0.5s' } });
    const card = await requestRestore(on);
    setAuraClock(on, 600_000);
    await readyIs(on, { status: 503 });
    on.aura.faults.clear();
    for (const route of ['list-instances', 'get-instance', 'get-snapshot', 'list-snapshots', 'token'] as const) {
      on.aura.faults.add({ kind: 'reset', route, when: 'before', times: MANY });
    }
    await readyIs(on, { status: 200 });
    await approve(on, card);
    await cardSays(on, card, 'Confirmed by');
  });
});

describe('while the clocks of the bot and of Redis are apart', () => {
  it('nobody confirms, the requester can withdraw, and it ends by itself', async () => {
    let ourClockIsAheadMs = 0;
    const realNow = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ourClockIsAheadMs);
    const on = await start();
    const card = await requestRestore(on);

    ourClockIsAheadMs = -300_000;
    await on.slack.as(PEOPLE.approver.id).click(card, ACTION.approve);
    await heard(on, PEOPLE.approver.id, "the bot's clock is 5 minutes behind Redis'");
    expect((await ready(on)).problems.clocks).toContain("5 minutes behind Redis'");
    await on.slack.as(PEOPLE.requester.id).click(card, ACTION.withdraw);
    await cardSays(on, card, 'Withdrawn');

    ourClockIsAheadMs = 0;
    const again = await requestRestore(on);
    await approve(on, again);
    await cardSays(on, again, 'Restored to');
    expect(on.aura.calls('restore')).toHaveLength(1);
  });
});

describe('the start', () => {
  it('goes on with warnings for what only some restores need, and they go when they are mended', async () => {
    const archived = { ...CHANNELS.status, botIsMember: false };
    const on = await start({
      prepare: ({ slack }) => {
        const { channels, groups } = slack.workspace;
        channels.splice(
          channels.findIndex(({ id }) => id === archived.id),
          1,
          archived,
        );
        groups.splice(0, groups.length, ...groups.map((group) => ({ ...group, users: [] })));
      },
    });
    const { status, problems, warnings } = await ready(on);
    expect({ status, problems }).toEqual({ status: 200, problems: {} });
    expect(warnings).toEqual([
      expect.stringContaining(
        'Slack channel C0STATUS (notice_channels of orders-prod), #status, does not have the bot',
      ),
      expect.stringContaining(
        'Slack user group S0DBOWNERS (approvers of orders-prod, approvers of orders-staging) has no',
      ),
      expect.stringContaining('SLACK_API_URL sends'),
      expect.stringContaining('AURA_API_URL sends'),
    ]);
    const metrics = await (await fetch(`http://127.0.0.1:${on.bot.port}/metrics`)).text();
    expect(metrics).toContain('restore_bot_start_check_findings{about="channels",weight="fault"} 1');

    const { channels } = on.slack.workspace;
    channels.splice(channels.indexOf(archived), 1, CHANNELS.status);
    await vi.waitFor(async () => expect(JSON.stringify(await ready(on))).not.toContain('C0STATUS'), 30_000);
  });

  it('does not wait long for an Aura that hangs', async () => {
    const before = performance.now();
    await start({
      prepare: ({ aura }) => aura.faults.add({ kind: 'hang', route: 'token', when: 'before', times: MANY }),
    });
    expect(performance.now() - before).toBeLessThan(7_000);
  });

  it.each([1, 2, 3])('hears people although Slack failed at its question number %i who the bot is', async (after) => {
    const on = await start({
      prepare: ({ slack }) =>
        slack.faults.add({ kind: 'error', method: 'auth.test', error: 'internal_error', times: 1, after }),
    });
    const card = await requestRestore(on);
    await approve(on, card);
    await cardSays(on, card, 'Confirmed by');
  });

  it('is refused, in words, when Slack does not accept the token or Redis may lose records', async () => {
    await expect(
      startJourney({
        prepare: ({ slack }) =>
          slack.faults.add({ kind: 'error', method: 'auth.test', error: 'token_revoked', times: 1 }),
      }),
    ).rejects.toThrow(/token \(token_revoked\).*set SLACK_BOT_TOKEN/);

    const careless = await startTestStore();
    await careless.redis.config('SET', 'appendonly', 'no');
    await expect(startOn(careless.server.target, {})).rejects.toThrow(/may lose records.*\n.*appendonly is off/);
    const bot = await startOn(careless.server.target, { redis: { allow_unsafe: true } });
    await bot.stop();
    await careless.stop();
  });
});

async function startOn(target: { readonly socketPath: string }, settings: Readonly<Record<string, unknown>>) {
  const world = await startWorld({ transport: 'socket', settings });
  const config = loadConfig(world.env, readCheck);
  try {
    const bot = await startBot(config, target, { log: pino({ level: 'silent' }) });
    return {
      async stop() {
        await bot.stop();
        await world.close();
      },
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}
