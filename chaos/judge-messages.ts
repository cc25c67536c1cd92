import type { SimMessage } from '../playground/slack/workspace.ts';
import { type Entry, entriesOf, type RecordSeen } from './records.ts';
import { roundsOf } from './rounds.ts';
import { NOTICE_CHANNELS } from './rules-of-arena.ts';
import { keyOf, restoreOf, wordsOf } from './sim-messages.ts';
import type { Violation } from './violation.ts';

/** What must stand on the card of a restore that ended so. Written down here anew, not taken from the bot. */
const CARD_SAYS: Readonly<Record<string, RegExp>> = {
  completed: /is complete/,
  rehearsed: /Dry run complete/,
  failed: /failed:/,
  denied: /Denied/,
  withdrawn: /Withdrawn/,
  cancelled: /Cancelled/,
  expired: /Expired/,
  lapsed: /Lapsed/,
};

/** What must stand in the head message of each channel that heard of a restore which ended so; written down anew as well. */
const HEAD_SAYS: Readonly<Record<string, RegExp>> = {
  completed: /\*Status:\* done/,
  failed: /\*Status:\* (?:failed|called off)/,
  denied: /\*Status:\* called off/,
  withdrawn: /\*Status:\* called off/,
  cancelled: /\*Status:\* called off/,
  expired: /\*Status:\* called off/,
  lapsed: /\*Status:\* called off/,
};
/** Whoever read of a start that ended so reads of its end. */
const STOPPED: ReadonlySet<string> = new Set(['failed', 'cancelled', 'lapsed']);

function tellsOfStart(message: SimMessage, channel: string): boolean {
  const key = keyOf(message) ?? '';
  return key === `head:${channel}` || key === `planned:${channel}` || key.startsWith(`planned:${channel}:`);
}

/** What the requester is told of the end by themselves. */
const DIRECT_AT_END: Readonly<Record<string, string>> = {
  completed: 'ended',
  rehearsed: 'ended',
  failed: 'ended',
  cancelled: 'ended',
  lapsed: 'ended',
  denied: 'denied',
  expired: 'unanswered',
};

/** What Slack holds of a restore against what its record says. */
export function judgeMessages(record: RecordSeen, messages: readonly SimMessage[]): readonly Violation[] {
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
  for (const head of mine.filter((message) => keyOf(message)?.startsWith('head:'))) {
    const expected = HEAD_SAYS[state.status];
    if (expected && !expected.test(wordsOf(head)))
      add('the card says what the record says', `the record is ${state.status}, the head message says "${head.text}"`);
  }
  const direct = DIRECT_AT_END[state.status];
  const directKey = `${direct}:${record.request.requestedBy}`;
  if (direct && !isUndeliverable(record, directKey)) expectOnce(directKey);
  const keys = new Set(mine.map((message) => keyOf(message) ?? ''));
  for (const key of keys)
    if (key !== 'card' && count(key) > 1) add('nothing twice', `${key} stands ${count(key)} times in Slack`);
  const timesPutOff = entriesOf(record, 'drifted').filter(putOff).length;
  if (state.status === 'completed') {
    for (const channel of plan.noticeChannels) {
      if (!beganUntold(record)) expectOnce(ofStart(`planned:${channel}`, timesPutOff));
      expectOnce(`outcome:${channel}`);
    }
  }
  if (STOPPED.has(state.status)) {
    const told = plan.noticeChannels.filter((channel) => mine.some((message) => tellsOfStart(message, channel)));
    for (const key of told.map((channel) => `outcome:${channel}`)) if (!isUndeliverable(record, key)) expectOnce(key);
  }
  const toldAnew = [...keys].filter((key) => key.startsWith('asked-anew:'));
  const due = dueToBeTold(record);
  for (const key of due) if (!isUndeliverable(record, key)) expectOnce(key);
  for (const key of toldAnew) if (!due.has(key)) add('nothing twice', `${key} was told, and nothing fell by it`);
  for (const { facts } of entriesOf(record, 'message-settled')) {
    const key = String(facts.message);
    if (facts.undeliverable === undefined && !keys.has(key))
      add('nothing lost', `the record says that ${key} was posted, Slack has no such message`);
  }
  return found;
}

/** Everybody whose vote fell, the requester too when it was not their doing, and the channels that knew of a start. */
function dueToBeTold(record: RecordSeen): ReadonlySet<string> {
  const posted = new Set(
    entriesOf(record, 'message-settled')
      .filter(({ facts }) => facts.undeliverable === undefined)
      .map(({ facts }) => String(facts.message)),
  );
  let timesPutOff = 0;
  const due = roundsOf(record).flatMap(({ endedBy, voters }, index): readonly string[] => {
    if (!endedBy) return [];
    const round = index + 1;
    const people = voters.map((who) => `asked-anew:${round}:${who}`);
    if (endedBy.event !== 'drifted') return people;
    const all = [...people, `asked-anew:${round}:${record.request.requestedBy}`];
    if (!putOff(endedBy)) return all;
    const told = NOTICE_CHANNELS.filter((channel) => posted.has(ofStart(`planned:${channel}`, timesPutOff)));
    timesPutOff++;
    return [...all, ...told.map((channel) => `put-off:${channel}:${timesPutOff}`)];
  });
  return new Set(due);
}

/**
 * A start without a lead waits two minutes for Slack to take its notices, as `docs/how-a-restore-goes.md` says. Whom Slack kept from
 * hearing of it for longer is told of the end alone.
 */
const WAITS_FOR_SLACK_MS = 120_000;

function beganUntold(record: RecordSeen): boolean {
  const { history } = record;
  const agreed = history.findLast(({ entered }) => entered === 'approved');
  const begun = entriesOf(record, 'preflight-passed').at(-1);
  if (!agreed || !begun) return false;
  const waited = entriesOf(record, 'step-observed').some(
    ({ seq, facts }) =>
      seq > agreed.seq && seq < begun.seq && facts.words === 'Telling the stakeholder channels first.',
  );
  return waited && Date.parse(begun.at) - Date.parse(agreed.at) >= WAITS_FOR_SLACK_MS;
}

/** What drifted while people still voted puts no start off. */
function putOff({ facts }: Entry): boolean {
  return facts.step !== 'look-at-agreement';
}

/** The bot names what is said of each start by how often the start was put off before. */
function ofStart(key: string, timesPutOff: number): string {
  return timesPutOff === 0 ? key : `${key}:${timesPutOff}`;
}

function isUndeliverable(record: RecordSeen, key: string): boolean {
  return entriesOf(record, 'message-settled').some(
    ({ facts }) => facts.message === key && facts.undeliverable !== undefined,
  );
}
