import { createHash } from 'node:crypto';
import type { ApiCall } from '../playground/aura/simulator.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';
import type { Arena } from './arena.ts';
import { type Deed, keyOf, restoreOf, wordsOf } from './cast.ts';
import { type Entry, isOver, type RecordSeen, readAudit, readRecords } from './records.ts';

/** Which promise was broken, by what, in words. */
export interface Violation {
  readonly promise:
    | 'one restore call per decision'
    | 'a second person decides'
    | 'one run per instance'
    | 'nothing lost'
    | 'nothing twice'
    | 'nothing stuck'
    | 'the card says what the record says';
  readonly restoreId: string;
  readonly words: string;
}

export interface Verdict {
  readonly violations: readonly Violation[];
  readonly restores: number;
  readonly decisions: number;
  readonly restoreCalls: number;
  readonly records: readonly RecordSeen[];
}

/** What must stand on the card of a restore that ended so. Written down here anew, not taken from the bot. */
const CARD_SAYS: Readonly<Record<string, RegExp>> = {
  completed: /is complete/,
  failed: /failed:/,
  denied: /Denied/,
  withdrawn: /Withdrawn/,
  cancelled: /Cancelled/,
  expired: /Expired/,
  lapsed: /Lapsed/,
};

const CLOCK_SLACK_MS = 5;

/** Judges what the bot did by what Slack, Aura and Redis saw of it and by what people were told. */
export async function judge(arena: Arena, deeds: readonly Deed[]): Promise<Verdict> {
  const records = await readRecords(arena.redis.outside);
  const audit = await readAudit(arena.redis.outside);
  const calls = arena.aura.calls('restore');
  const { messages } = arena.slack.workspace;
  const violations: Violation[] = [
    ...records.flatMap((record) => [
      ...judgeRecord(record, audit.get(record.id) ?? []),
      ...judgeDecision(record, deeds),
      ...judgeMessages(record, messages),
    ]),
    ...judgeCalls(records, calls),
    ...judgeDeeds(records, deeds),
  ];
  return {
    violations,
    restores: records.length,
    decisions: records.filter((record) => entriesOf(record, 'approved').length > 0).length,
    restoreCalls: calls.length,
    records,
  };
}

function entriesOf(record: RecordSeen, event: string): readonly Entry[] {
  return record.history.filter((entry) => entry.event === event);
}

/** Events that can happen only once to a restore. */
const ONCE = [
  'approved',
  'denied',
  'withdrawn',
  'cancelled',
  'preflight-passed',
  'baseline-settled',
  'safety-snapshot-intended',
  'safety-snapshot-requested',
  'safety-snapshot-completed',
  'restore-intended',
  'restore-finished',
  'verification-finished',
] as const;

function judgeRecord(record: RecordSeen, audit: readonly Entry[]): readonly Violation[] {
  const { id, history } = record;
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: id, words });
  if (!isOver(record)) add('nothing stuck', `still ${record.state.status} when everything should be over`);
  for (const event of ONCE) {
    const times = entriesOf(record, event).length;
    if (times > 1) add('nothing twice', `${event} stands ${times} times in the history`);
  }
  const settled = entriesOf(record, 'message-settled').map(({ facts }) => String(facts.message));
  for (const key of new Set(settled)) {
    const times = settled.filter((other) => other === key).length;
    if (times > 1) add('nothing twice', `message ${key} was settled ${times} times`);
  }
  if (history.length !== record.version)
    add('nothing lost', `version ${record.version} with ${history.length} entries`);
  let previous = '';
  for (const [index, { hash, ...linked }] of history.entries()) {
    if (linked.seq !== index + 1 || linked.previous !== previous || digest(linked) !== hash) {
      add('nothing lost', `the history is broken at entry ${index + 1}`);
      break;
    }
    previous = hash;
  }
  const inAudit = audit.map(({ hash }) => hash).join();
  if (inAudit !== history.map(({ hash }) => hash).join())
    add(
      'nothing lost',
      `the audit stream has ${audit.length} entries that differ from the history's ${history.length}`,
    );
  return found;
}

/** SHA-256 over JSON with sorted keys: the documented form of the chain. */
function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

function judgeDecision(record: RecordSeen, deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  const add = (words: string) => found.push({ promise: 'a second person decides', restoreId: record.id, words });
  const [approved] = entriesOf(record, 'approved');
  const [intended] = entriesOf(record, 'restore-intended');
  if (intended && !approved) add('a restore call was intended without an approval');
  if (!approved) return found;
  const who = approved.by ?? 'nobody';
  if (who === record.request.requestedBy) add(`${who} approved their own request`);
  if (!who.startsWith('U0APP')) add(`${who} approved and is no approver`);
  if (approved.facts.planHash !== record.planHash) add('the approval is for another plan');
  const mark = markOf(record);
  if (
    !deeds.some((deed) => deed.what === 'approve' && deed.who === who && deed.mark === mark && deed.told !== 'refused')
  )
    add(`${who} did not approve, the record says so`);
  return found;
}

export function markOf(record: RecordSeen): string {
  return record.request.reason.text.replace(/\.$/, '');
}

function judgeMessages(record: RecordSeen, messages: readonly SimMessage[]): readonly Violation[] {
  const { id, state, plan } = record;
  const found: Violation[] = [];
  const add = (promise: Violation['promise'], words: string) => found.push({ promise, restoreId: id, words });
  const mine = messages.filter((message) => restoreOf(message) === id);
  const count = (key: string) => mine.filter((message) => keyOf(message) === key).length;
  const expectOnce = (key: string) => {
    const times = count(key);
    if (times === 0) add('nothing lost', `${key} never reached Slack`);
    if (times > 1) add('nothing twice', `${key} stands ${times} times in Slack`);
  };
  expectOnce('card');
  const card = mine.find((message) => keyOf(message) === 'card');
  const says = CARD_SAYS[state.status];
  if (card && says && !says.test(wordsOf(card)))
    add('the card says what the record says', `the record is ${state.status}, the card says "${card.text}"`);
  const keys = new Set(mine.map((message) => keyOf(message) ?? ''));
  for (const key of keys)
    if (key !== 'card' && count(key) > 1) add('nothing twice', `${key} stands ${count(key)} times in Slack`);
  if (state.status === 'completed') {
    for (const channel of plan.noticeChannels) {
      for (const key of [`planned:${channel}`, `outcome:${channel}`]) if (!keys.has(key)) expectOnce(key);
    }
  }
  for (const { facts } of entriesOf(record, 'message-settled')) {
    const key = String(facts.message);
    if (facts.undeliverable === undefined && !keys.has(key))
      add('nothing lost', `the record says that ${key} was posted, Slack has no such message`);
  }
  return found;
}

/** Each restore call that reached Aura belongs to exactly one decision, on its instance, for its snapshot, in its time. */
function judgeCalls(records: readonly RecordSeen[], calls: readonly ApiCall[]): readonly Violation[] {
  const found: Violation[] = [];
  const callsOf = new Map<string, number>();
  const over = records.map((record) => ({
    record,
    from: Date.parse(entriesOf(record, 'restore-intended')[0]?.at ?? ''),
    to: isOver(record)
      ? Date.parse(record.history.findLast(({ entered }) => entered !== undefined)?.at ?? '')
      : Number.POSITIVE_INFINITY,
  }));
  for (const call of calls) {
    const owner = over.find(
      ({ record, from, to }) =>
        call.path.includes(`/${record.plan.instance.auraId}/`) &&
        call.path.includes(encodeURIComponent(record.plan.restorePoint.snapshotId)) &&
        call.at >= from - CLOCK_SLACK_MS &&
        call.at <= to + CLOCK_SLACK_MS,
    );
    if (!owner) {
      found.push({
        promise: 'a second person decides',
        restoreId: '',
        words: `a restore call to ${call.path} belongs to no decision`,
      });
      continue;
    }
    callsOf.set(owner.record.id, (callsOf.get(owner.record.id) ?? 0) + 1);
  }
  for (const [id, times] of callsOf) {
    if (times > 1)
      found.push({ promise: 'one restore call per decision', restoreId: id, words: `${times} restore calls` });
  }
  for (const { record } of over) {
    if (record.state.status === 'completed' && !callsOf.has(record.id))
      found.push({ promise: 'one restore call per decision', restoreId: record.id, words: 'completed without a call' });
  }
  return [...found, ...overlaps(records)];
}

function overlaps(records: readonly RecordSeen[]): readonly Violation[] {
  const found: Violation[] = [];
  const spans = records.map((record) => ({
    record,
    from: Date.parse(record.request.requestedAt),
    to: isOver(record)
      ? Date.parse(record.history.findLast(({ entered }) => entered !== undefined)?.at ?? '')
      : Number.POSITIVE_INFINITY,
  }));
  for (const [index, one] of spans.entries()) {
    for (const other of spans.slice(index + 1)) {
      const isSame = one.record.plan.instance.auraId === other.record.plan.instance.auraId;
      if (isSame && one.from < other.to && other.from < one.to)
        found.push({
          promise: 'one run per instance',
          restoreId: one.record.id,
          words: `open at the same time as ${other.record.id} on ${one.record.plan.instance.alias}`,
        });
    }
  }
  return found;
}

const EVENT_OF: Readonly<Partial<Record<Deed['what'], string>>> = {
  approve: 'approved',
  deny: 'denied',
  withdraw: 'withdrawn',
  cancel: 'cancelled',
  judge: 'start-judged',
};
const ATTEMPTS: Readonly<Partial<Record<Deed['what'], readonly string[]>>> = {
  approve: ['approve', 'open-approval'],
  deny: ['deny', 'open-denial'],
  withdraw: ['withdraw'],
  cancel: ['cancel'],
  judge: ['judge-start'],
};
/** The record keeps this many refusals of one person and reason, so that nobody can flood it. */
const KEPT_REFUSALS = 5;

/** What people were told is what the records say: every yes and every no, once. */
function judgeDeeds(records: readonly RecordSeen[], deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  for (const mark of new Set(deeds.map((deed) => deed.mark))) {
    const mine = records.filter((record) => markOf(record) === mark);
    const add = (promise: Violation['promise'], words: string) =>
      found.push({ promise, restoreId: mine[0]?.id ?? mark, words });
    if (mine.length > 1) add('nothing twice', `the request ${mark} stands ${mine.length} times on record`);
    const ofMark = deeds.filter((deed) => deed.mark === mark);
    const isAccepted = ofMark.some((deed) => deed.what === 'request' && deed.told === 'done');
    const [record] = mine;
    if (isAccepted && !record) add('nothing lost', `the request ${mark} was accepted and is not on record`);
    if (!record) continue;
    for (const deed of ofMark) {
      const event = EVENT_OF[deed.what];
      if (!event || deed.told !== 'done') continue;
      if (!entriesOf(record, event).some(({ by }) => by === deed.who))
        add('nothing lost', `${deed.who} was told that their ${deed.what} was taken; the record has no such entry`);
    }
    found.push(...judgeRefusals(record, ofMark));
  }
  return found;
}

function judgeRefusals(record: RecordSeen, deeds: readonly Deed[]): readonly Violation[] {
  const found: Violation[] = [];
  for (const who of new Set(deeds.map((deed) => deed.who))) {
    for (const [what, attempts] of Object.entries(ATTEMPTS)) {
      const ofWho = deeds.filter((deed) => deed.who === who && deed.what === what);
      const told = ofWho.filter((deed) => deed.told === 'refused').length;
      const unanswered = ofWho.filter((deed) => deed.told === 'unanswered').length;
      const kept = entriesOf(record, 'attempt-refused').filter(
        ({ by, facts }) => by === who && attempts.includes(String(facts.attempt)),
      ).length;
      const add = (promise: Violation['promise'], words: string) =>
        found.push({ promise, restoreId: record.id, words });
      if (kept < Math.min(told, KEPT_REFUSALS))
        add('nothing lost', `${who} was refused ${what} ${told} times, on record ${kept}`);
      if (kept > told + unanswered) add('nothing twice', `${who} was refused ${what} ${told} times, on record ${kept}`);
    }
  }
  return found;
}
