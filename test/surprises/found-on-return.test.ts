import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { noticesIn, wordsOf } from '../../playground/story.ts';
import { PRODUCTION } from '../../playground/world.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { KEY } from '../../src/store/keys.ts';
import { connectForClicks } from '../../src/store/redis.ts';
import { createRestoreStore } from '../../src/store/restore-store.ts';
import { exampleEvent } from '../support/example-events.ts';
import { startJourney } from '../support/journey.ts';
import { followedBy, makeRestore } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP } from '../support/people.ts';
import { until } from '../support/until.ts';

const { orders, status, approvals } = CHANNELS;

/** The records below were made by these rules; a bot with tighter ones would ask everybody anew. */
const RULES_OF_THE_RECORDS = {
  approvers: { users: [APPROVER.id], groups: [APPROVERS_GROUP] },
  notice_lead: '0m',
  execution_expiry: '60m',
  loss_drift_bound: '600m',
};

/** A bot that finds records as an outage of its own, or of Slack, left them: in the past, with messages still owed. */
async function openCase({ onTestFinished }: TestContext) {
  const journey = await startJourney({ productionSettings: RULES_OF_THE_RECORDS });
  const redis = connectForClicks(journey.redis.target);
  await redis.connect();
  onTestFinished(async () => {
    redis.disconnect();
    await journey.end();
  });
  const store = createRestoreStore(redis);
  const { slack, aura } = journey;

  /** A record of the production instance as the events up to this status made it, the first of them so long ago. */
  function leftBehind(in_: Status, minutesAgo: number, id = 'R-17', auraId: string = PRODUCTION.id): Restore {
    const [newest] = aura.instances.find(PRODUCTION.id).snapshots;
    if (!newest) throw new Error('the instance has no snapshot');
    return makeRestore(in_, {
      id,
      requestedAt: addMinutes(new Date().toISOString(), -minutesAgo),
      policy: {
        alias: PRODUCTION.alias,
        auraId,
        approvalsChannel: approvals.id,
        auditChannel: CHANNELS.audit.id,
        noticeChannels: [orders.id, status.id],
        noticeLeadMinutes: 0,
        executionExpiryMinutes: 60,
        lossBoundMinutes: 600,
      },
      draft: {
        person: requester(),
        instance: { name: PRODUCTION.name, type: 'business-critical', memory: '8GB' },
        chosen: {
          method: 'restore-snapshot',
          snapshot: {
            snapshotId: newest.snapshot_id,
            takenAt: new Date(newest.timestamp).toISOString(),
            profile: newest.profile,
            status: newest.status,
          },
        },
      },
    });
  }

  const texts = (channel: string) => slack.messages(channel).map(({ text }) => text);
  const notices = (channel: string) => noticesIn(journey, channel).map(({ text }) => text);
  const told = (person: string) => texts(`D${person.slice(1)}`);
  return {
    journey,
    redis,
    leftBehind,
    texts,
    notices,
    told,
    async save(restore: Restore) {
      expect(await store.save(0, restore)).toEqual({ kind: 'saved' });
    },
    record: async (id = 'R-17') => (await store.load(id))?.restore,
    cardSays: (words: string) =>
      until(
        `the card to say "${words}"`,
        () => slack.messages(approvals.id).some((one) => wordsOf(one).includes(words)),
        30_000,
      ),
  };
}

function requester() {
  return {
    kind: 'known',
    id: PEOPLE.requester.id,
    isActive: true,
    isBot: false,
    isGuest: false,
    isExternal: false,
    groups: [],
  } as const;
}

describe.concurrent('a bot that was away', { timeout: 90_000 }, () => {
  it('past a planned start says that it starts late, by how much and why, to everybody it concerns, and then starts', async (context) => {
    const { save, leftBehind, notices, told, record, cardSays, journey } = await openCase(context);
    const approved = leftBehind('approved', 21);
    const toldBefore = {
      ...exampleEvent('message-settled', approved),
      key: plannedKey(orders.id),
    };
    await save(followedBy(approved, toldBefore));
    await cardSays('late:* 20 min after its planned start');
    await cardSays('Restored to');
    const after = await record();
    const at = (event: string) => after?.history.find((entry) => entry.event === event)?.at ?? '';
    const said = after?.deliveries[`starting-late:${PEOPLE.requester.id}`];
    expect(said).toMatchObject({ status: 'posted' });
    expect(at('start-late') < at('preflight-passed')).toBe(true);
    expect((said?.at ?? 'never') <= at('preflight-passed')).toBe(true);
    expect(told(PEOPLE.requester.id).join()).toMatch(
      /starts late, 20 min after its planned start.*The bot was not running/,
    );
    expect(notices(orders.id)[0]).toMatch(/^MAINTENANCE LATE/);
    expect(notices(status.id)[0]).toMatch(/^PLANNED MAINTENANCE[\s\S]*it was planned for .* and starts late/);
    await until('both outcomes', () =>
      [orders, status].every(({ id }) => notices(id).at(-1)?.startsWith('MAINTENANCE COMPLETE')),
    );
    expect([notices(orders.id).length, notices(status.id).length]).toEqual([2, 2]);
    expect(journey.aura.calls('restore')).toHaveLength(1);
  });

  it('past the execution expiry does not start, and says until when it could have', async (context) => {
    const { save, leftBehind, told, cardSays, journey } = await openCase(context);
    await save(leftBehind('approved', 90));
    await cardSays('*Lapsed.*');
    await cardSays('The bot was away then, and saw it');
    await until('the requester to hear of it', () => told(PEOPLE.requester.id).join().includes('could not start by'));
    expect(journey.aura.calls('restore')).toEqual([]);
  });

  it('past the end of a request lets it expire, and says when that was', async (context) => {
    const { save, leftBehind, told, cardSays } = await openCase(context);
    const waiting = leftBehind('awaiting-approval', 200);
    await save(waiting);
    await cardSays('*Expired.*');
    const end = addMinutes(waiting.request.requestedAt, 60).slice(11, 16);
    await cardSays(`by <!date`);
    await cardSays(`${end} UTC`);
    await until('the requester to hear of it', () =>
      told(PEOPLE.requester.id).join().includes(`${end} UTC), so nothing was done`),
    );
  });
});

describe.concurrent('stakeholders whom Slack kept from hearing of a start', { timeout: 90_000 }, () => {
  it('hear how it ended, and what it was, and nothing of a start to come', async (context) => {
    const { save, leftBehind, notices } = await openCase(context);
    await save(leftBehind('completed', 60));
    for (const { id } of [orders, status]) {
      await until('the outcome', () => notices(id).length > 0);
      expect(notices(id)).toEqual([
        expect.stringMatching(/^MAINTENANCE COMPLETE[\s\S]*could not be posted here in time.*, begun /),
      ]);
    }
  });

  it('and whose restore is under way hear that it has begun already', async (context) => {
    const { save, leftBehind, notices, cardSays, journey } = await openCase(context);
    const { instances } = journey.aura;
    instances.settle(PRODUCTION.id, 'restoring');
    await save(leftBehind('restoring', 9));
    for (const { id } of [orders, status]) await until('the first notice', () => notices(id).length === 1);
    instances.settle(PRODUCTION.id, 'running');
    await cardSays('Restored to');
    for (const { id } of [orders, status]) {
      await until('both notices', () => notices(id).length === 2);
      const [first, second] = notices(id);
      expect(first).toMatch(/^PLANNED MAINTENANCE[\s\S]*When: Has begun already, /);
      expect(first).not.toContain('Save work before');
      expect(second).toMatch(/^MAINTENANCE COMPLETE/);
      expect(second).not.toContain('could not be posted');
    }
  });
});

describe.concurrent('a word that was promised to stakeholders', { timeout: 90_000 }, () => {
  it('while the bot was away is one when it is back, which says that it is late; the next ones come as promised, until the end', async (context) => {
    const { save, leftBehind, journey, cardSays } = await openCase(context);
    const { slack, aura } = journey;
    aura.instances.settle(PRODUCTION.id, 'restoring');
    const restoring = leftBehind('restoring', 300);
    const toldBefore = [orders.id, status.id].map((channel) => ({
      ...exampleEvent('message-settled', restoring),
      key: plannedKey(channel),
    }));
    const told = followedBy(restoring, ...toldBefore);
    await save({ ...told, terms: { ...told.terms, updateMinutes: 3 / 60 } });
    const words = (channel: string) => slack.messages(channel).filter(({ text }) => text.includes('Still the same'));
    for (const { id } of [orders, status]) {
      await until('two words', () => words(id).length >= 2);
      expect(words(id)[0]?.text).toContain('This word comes late: it was promised for');
      expect(words(id)[1]?.text).not.toContain('comes late');
      expect(words(id)[0]?.text).toContain('Next update');
      expect(new Set(words(id).map(({ threadTs }) => threadTs)).size).toBe(1);
    }
    aura.instances.settle(PRODUCTION.id, 'running');
    await cardSays('Restored to');
    await until('the outcome', () => notesOf(slack.messages(orders.id), 'MAINTENANCE COMPLETE') === 1);
    const afterEnd = words(orders.id).length;
    await sleep(4_000);
    expect(words(orders.id)).toHaveLength(afterEnd);
  });
});

function notesOf(messages: readonly { readonly text: string }[], start: string): number {
  return messages.filter(({ text }) => text.startsWith(start)).length;
}

describe.concurrent('a restore that people cannot see', { timeout: 90_000 }, () => {
  it('because its channel is gone is told to its requester, once; the card comes when the channel does', async (context) => {
    const { save, leftBehind, told, cardSays, record, journey } = await openCase(context);
    const gone = { kind: 'error', method: 'chat.postMessage', channel: approvals.id, times: 1_000 } as const;
    journey.slack.faults.add({ ...gone, error: 'channel_not_found' });
    await save(leftBehind('awaiting-approval', 1));
    await until('the requester to hear of it', () => told(PEOPLE.requester.id).length > 0);
    const tries = () => journey.slack.calls.filter(({ args, error }) => args.channel === approvals.id && error).length;
    const triesThen = tries();
    await until('more tries', () => tries() > triesThen + 2);
    expect(told(PEOPLE.requester.id)).toEqual([expect.stringMatching(/could not be posted in <#.*channel_not_found/)]);
    const { version } = (await record()) ?? {};
    journey.slack.faults.clear();
    await cardSays('A second person must confirm');
    expect((await record())?.version).toBe(version);
  });

  it('because its record cannot be read is named, and hides no other', async (context) => {
    const { save, leftBehind, redis, journey, told, cardSays } = await openCase(context);
    await save(leftBehind('awaiting-approval', 1, 'R-18', 'ffffffff'));
    await cardSays('R-18');
    // With its version, so that a save that is on its way does not mend it.
    await redis.hset(KEY.restore('R-18'), 'document', '{"schemaVersion":99}', 'version', '99');
    await redis.zadd(KEY.due, 1, 'R-18');
    await save(leftBehind('awaiting-approval', 200));
    await cardSays('*Expired.*');
    await save(leftBehind('awaiting-approval', 1, 'R-19'));
    const rita = journey.slack.as(PEOPLE.requester.id);
    const heard = () =>
      [
        ...told(PEOPLE.requester.id),
        ...journey.slack.messages(approvals.id, PEOPLE.requester.id).map(({ text }) => text),
      ].join();
    await rita.slash('/restore', 'list', approvals.id);
    await until('the list', () => heard().includes('cannot read its records of R-18'));
    expect(heard()).toContain('*R-19* ·');
    await rita.slash('/restore', 'status 18', approvals.id);
    await until('the status', () => heard().includes('cannot read its record of this restore'));
    await rita.openHome();
    const home = () => JSON.stringify(journey.slack.workspace.homes.get(PEOPLE.requester.id)?.view ?? {});
    await until('the home', () => home().includes('cannot read its records of R-18') && home().includes('R-19'));
  });
});
