import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readCalendarFile } from '../../src/config/calendar-file.ts';
import { SaveUnclearError } from '../../src/coordinator.ts';
import { createPolicyKeeper } from '../../src/policy-keeper.ts';
import { startRefusal } from '../../src/restore/calendar.ts';
import type { Clocks } from '../../src/restore/clock-difference.ts';
import { firstBrokenEntry } from '../../src/restore/history.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { hashPolicy } from '../../src/restore/policy/hash.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { createAuditStream } from '../../src/store/audit-stream.ts';
import { KEY } from '../../src/store/keys.ts';
import { createPolicyStore } from '../../src/store/policy-store.ts';
import { createRefusedRequestStore } from '../../src/store/refused-request-store.ts';
import { answerLost, connectBadly, heldUp, type Mishap, sentAgain, untilItAnswers } from '../support/bad-line.ts';
import { makePolicy } from '../support/make-restore.ts';
import { APPROVER, BYSTANDER, makePerson } from '../support/people.ts';
import { startTestStore, type TestStore } from '../support/store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.stop());
beforeEach(() => test.clear());

const ICS = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Harbour day',
  'DTSTART;VALUE=DATE:20270310',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');
const FILE_HASH = createHash('sha256').update(ICS).digest('hex');
const ON_HARBOUR_DAY = '2027-03-10T12:00:00.000Z';

const policyWith = (facts: Partial<InstancePolicy>): Policy => ({ instances: [makePolicy(facts)], samePeople: [] });

function withHolidays(): Policy {
  const read = readCalendarFile(ICS, 'UTC');
  if ('problem' in read) throw new Error(read.problem);
  const holidays = [{ ...read.calendar, calendar: 'harbour', zone: 'UTC', effect: 'closed' as const }];
  const times = {
    windows: [{ days: ['mon' as const, 'wed' as const], from: '00:00', to: '24:00', zone: 'UTC' }],
    freezes: [
      { name: 'weekly', days: ['sat' as const], from: '01:00', to: '02:00', zone: 'UTC' },
      { name: 'monthly', monthDays: { first: -2, last: 1 }, zone: 'UTC' },
      { name: 'yearly', yearDays: { first: '12-20', last: '01-02' }, zone: 'UTC' },
      { name: 'dated', from: '2027-01-01T00:00:00.000Z', to: '2027-01-05T00:00:00.000Z' },
    ],
  };
  return policyWith({
    calendar: { ...times, holidays },
    requesters: { users: ['U0RITA'], groups: [], onCall: ['nights'] },
    overrideApprovers: { users: ['U0ANTON'], groups: [] },
    workingHours: { days: ['mon'], from: '09:00', to: '17:00' },
    estimate: { fromMinutes: 1, toMinutes: 2 },
    retentionDays: 30,
  });
}

function keeperWith(file: Policy, texts: Readonly<Record<string, string>> = {}, clocks?: Clocks, redis = test.redis) {
  return createPolicyKeeper({
    store: createPolicyStore(redis),
    refusedRequests: createRefusedRequestStore(redis),
    now: test.store.now,
    file,
    calendarTexts: texts,
    ...(clocks ? { clocks } : {}),
    log: pino({ level: 'silent' }),
  });
}

const LOOSE = policyWith({ requestExpiryMinutes: 180 });
const TIGHT = policyWith({ requestExpiryMinutes: 60 });

describe('a looser rule that waits for answers', () => {
  it('gets none while clocks are apart, does not expire by them either, and who tried is in the history', async () => {
    await keeperWith(TIGHT).begin();
    const apart = keeperWith(LOOSE, {}, { known: () => [], apart: () => ({ clock: 'redis', aheadMs: 40_000 }) });
    await apart.begin();
    const { hash = '' } = (await apart.record()).proposals[0] ?? {};
    const answered = await apart.answer({ kind: 'agree', hash, person: APPROVER, others: [] });
    expect(answered).toMatchObject({ kind: 'refused', refusal: { reason: 'clocks-apart' } });
    const { history, proposals } = await apart.expire();
    expect(history.at(-1)).toMatchObject({ event: 'attempt-refused', by: APPROVER.id });
    expect(proposals).toMatchObject([{ votes: [], state: { status: 'open' } }]);
  });

  it('has each answer that was refused on record, also those for which the history has no room', async () => {
    await keeperWith(TIGHT).begin();
    const rules = keeperWith(LOOSE);
    await rules.begin();
    const { id, proposals } = await rules.record();
    const { hash = '' } = proposals[0] ?? {};
    for (const interaction of ['1', '2', '3', '4', '5', '6', '7', '7'])
      await rules.answer({ kind: 'agree', hash, person: BYSTANDER, others: [], interaction });
    const { history } = await rules.record();
    expect(history.filter(({ event }) => event === 'attempt-refused')).toHaveLength(5);
    const store = createRefusedRequestStore(test.redis);
    const apart = await Promise.all(['N-1', 'N-2', 'N-3'].map(store.load));
    expect(apart.map((one) => one?.history[0])).toMatchObject([
      { by: BYSTANDER.id, facts: { attempt: 'agree', reason: 'not-bound', about: id, interaction: '6' } },
      { facts: { interaction: '7' } },
      undefined,
    ]);
  });

  it('expires after a day, once for all processes', async () => {
    await keeperWith(TIGHT).begin();
    await keeperWith(LOOSE).begin();
    const now = async () => addMinutes(await test.store.now(), 25 * 60);
    const parts = { file: LOOSE, calendarTexts: {}, log: pino({ level: 'silent' }), now };
    const refusedRequests = createRefusedRequestStore(test.redis);
    const later = () => createPolicyKeeper({ ...parts, refusedRequests, store: createPolicyStore(test.redis) });
    const [one, other] = await Promise.all([later().expire(), later().expire()]);
    expect([one, other].map(({ proposals }) => proposals[0]?.state.status)).toEqual(['expired', 'expired']);
    const { history } = await keeperWith(LOOSE).record();
    expect(history.filter(({ event }) => event === 'policy-expired')).toHaveLength(1);
  });
});

describe('an answer to a looser rule that is recorded over a bad line', () => {
  async function agreeOver(mishap: Mishap) {
    await keeperWith(TIGHT).begin();
    await keeperWith(LOOSE).begin();
    const line = await connectBadly(test.redis, mishap);
    onTestFinished(() => line.disconnect());
    const keeper = keeperWith(LOOSE, {}, undefined, line);
    const { hash = '' } = (await keeper.record()).proposals[0] ?? {};
    return keeper.answer({ kind: 'agree', hash, person: APPROVER, others: [], interaction: 'click-1' });
  }
  const votes = async () => (await keeperWith(LOOSE).record()).proposals[0]?.votes.map(({ by }) => by);

  it('does not count when Redis was stuck until its giver was told that it failed', async () => {
    await expect(agreeOver(heldUp(test.redis))).rejects.toThrow();
    await untilItAnswers(test.redis);
    expect(await votes()).toEqual([]);
  }, 20_000);

  it('is found on record when the line loses the answer, and counts once when it sends it again', async () => {
    expect((await agreeOver(answerLost)).kind).toBe('changed');
    expect(await votes()).toEqual([APPROVER.id]);
    await test.clear();
    expect((await agreeOver(sentAgain)).kind).toBe('changed');
    expect(await votes()).toEqual([APPROVER.id]);
  });

  it('is reported as unclear when it cannot be looked for', async () => {
    const lost = agreeOver(async (run) => {
      await run();
      await test.redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
      throw new Error('Command timed out');
    });
    await expect(lost).rejects.toBeInstanceOf(SaveUnclearError);
    await untilItAnswers(test.redis);
    expect(await votes()).toEqual([APPROVER.id]);
  }, 20_000);
});

describe('the rules in force', () => {
  it('are read as they were written, calendar files included, also by a process that has no such file', async () => {
    const file = withHolidays();
    await keeperWith(file, { [FILE_HASH]: ICS }).begin();
    const { policy, hash } = await keeperWith(LOOSE).now();
    expect(hash).toBe(hashPolicy(file));
    const [instance] = policy.instances;
    expect(instance && startRefusal(instance.calendar, ON_HARBOUR_DAY)?.words).toContain('Harbour day');
    expect(hashPolicy((await createPolicyStore(test.redis).policyOf(hash)) ?? TIGHT)).toBe(hash);
  });

  it('are closed at all times where the text of a calendar file is lost', async () => {
    await keeperWith(withHolidays(), { [FILE_HASH]: ICS }).begin();
    await test.redis.del(KEY.calendarText(FILE_HASH));
    const [instance] = (await keeperWith(LOOSE).now()).policy.instances;
    expect(instance && startRefusal(instance.calendar, '2027-03-08T12:00:00.000Z')?.words).toContain('is lost');
  });

  it('are one for all processes: of many that start at once with many files, none loosens', async () => {
    const files = [TIGHT, LOOSE, policyWith({ requestExpiryMinutes: 30 }), LOOSE, TIGHT];
    await keeperWith(TIGHT).begin();
    await Promise.all(files.map((file) => keeperWith(file).begin()));
    const record = await keeperWith(LOOSE).record();
    expect(record.inForce.instances[0]?.requestExpiryMinutes).toBe(30);
    expect(firstBrokenEntry(record.history)).toBeUndefined();
    expect(record.version).toBe(record.history.length);
  });

  it('are audited: each entry of their history is in the stream, under their own name', async () => {
    const keeper = keeperWith(TIGHT);
    await keeper.begin();
    await keeperWith(LOOSE).begin();
    const [proposal] = (await keeper.record()).proposals;
    const hash = proposal?.hash ?? '';
    await keeper.answer({ kind: 'agree', hash, person: makePerson('U0ANTON'), others: [] });
    await keeper.answer({ kind: 'agree', hash, person: makePerson('U0BEA'), others: [] });
    const { id, history } = await keeper.record();
    const recorded: { readonly restore: string; readonly entry: { readonly hash: string } }[] = [];
    for await (const entry of createAuditStream(test.redis).entries()) recorded.push(entry);
    expect(recorded.map(({ restore, entry }) => [restore, entry.hash])).toEqual(
      history.map((entry) => [id, entry.hash]),
    );
    expect(history.map(({ event }) => event)).toEqual([
      'policy-first',
      'policy-file',
      'policy-vote-agree',
      'attempt-refused',
    ]);
  });

  it('are as a process knew them when the record is lost, never looser; what the file loosens is asked anew', async () => {
    await keeperWith(TIGHT).begin();
    const running = keeperWith(LOOSE);
    await running.begin();
    await test.redis.del(KEY.policy);
    const record = await running.record();
    expect(record).toMatchObject({ id: 'P-2', inForce: { instances: [{ requestExpiryMinutes: 60 }] } });
    expect(record.history[0]).toMatchObject({ event: 'policy-first', facts: { hadEarlier: true } });
    expect(record.proposals.map(({ state }) => state.status)).toEqual(['open']);
  });

  it('are begun with the file when nobody knows them any more, and that is said', async () => {
    await keeperWith(TIGHT).begin();
    await test.redis.del(KEY.policy);
    const fresh = keeperWith(LOOSE);
    await fresh.begin();
    expect((await fresh.record()).history[0]?.facts).toMatchObject({ hadEarlier: true, restore: 'P-2' });
    await test.clear();
    const { history } = await keeperWith(LOOSE).record();
    expect(history[0]?.facts).toMatchObject({ hadEarlier: false, restore: 'P-1' });
  });

  it('are those on record for a process whose own save a failover lost, and nothing is saved on top of what was lost', async () => {
    await keeperWith(TIGHT).begin();
    const before = await test.redis.hgetall(KEY.policy);
    const one = keeperWith(policyWith({ requestExpiryMinutes: 30 }));
    await one.begin();
    const lost = await one.record();
    // The failover: what stands now is what stood before, and another process saves its own under the same version.
    await test.redis.hset(KEY.policy, before);
    const other = keeperWith(policyWith({ requestExpiryMinutes: 45 }));
    await other.begin();
    const onRecord = await other.record();
    expect([onRecord.id, onRecord.version]).toEqual([lost.id, lost.version]);
    expect((await one.record()).inForce.instances[0]?.requestExpiryMinutes).toBe(45);
    await one.announced('m1', { status: 'posted', channel: 'C0AUDIT', at: await test.store.now(), ts: '1.1' });
    const { history } = await other.record();
    expect(history.slice(0, -1)).toEqual(onRecord.history);
    expect(firstBrokenEntry(history)).toBeUndefined();
  });

  it('are not saved on top of a record that took the place of the one that was judged', async () => {
    await keeperWith(TIGHT).begin();
    const store = createPolicyStore(test.redis);
    const judged = await store.load();
    if (!judged) throw new Error('there are no rules');
    await test.redis.hset(KEY.policy, 'save', 'another');
    const next = { ...judged.record, version: judged.record.version + 1 };
    expect(await store.save(judged, next)).toBe('conflict');
    expect(await store.save(undefined, next)).toBe('conflict');
  });

  it('that cannot be read stop the bot with words, and are not taken from the file', async () => {
    await keeperWith(TIGHT).begin();
    const document = JSON.parse((await test.redis.hget(KEY.policy, 'document')) ?? '');
    await test.redis.hset(KEY.policy, 'document', JSON.stringify({ ...document, schemaVersion: 2 }));
    await expect(keeperWith(LOOSE).begin()).rejects.toThrow(/the record of the rules in force cannot be read/);
  });
});
