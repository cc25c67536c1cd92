import { expect, it } from 'vitest';
import { judgeMessages } from '../../chaos/judge-messages.ts';
import type { RecordSeen } from '../../chaos/records.ts';
import type { SimMessage } from '../../playground/slack/workspace.ts';

const CHANNEL = 'C0NOTICEA';

/** A restore that is over, so many seconds after it was approved until it began, for as long of which it told people. */
function completed(secondsToBegin: number, waitsFor = 'Telling the stakeholder channels first.'): RecordSeen {
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 10) + seconds * 1000).toISOString();
  const entry = (seq: number, event: string, seconds: number) => {
    const facts: Readonly<Record<string, string>> = event === 'step-observed' ? { words: waitsFor } : {};
    const entered = event === 'approved' ? { entered: event } : {};
    return { seq, at: at(seconds), event, ...entered, facts, previous: '', hash: '' };
  };
  return {
    id: 'R-5',
    version: 3,
    request: { requestedBy: 'U1', requestedAt: at(0), reason: { text: 'x' } },
    plan: { instance: { alias: 'orders', auraId: '0a1b2c3d' }, restorePoint: {}, noticeChannels: [CHANNEL] },
    planHash: '',
    state: { status: 'completed' },
    history: [entry(1, 'approved', 0), entry(2, 'step-observed', 1), entry(3, 'preflight-passed', secondsToBegin)],
  };
}

function said(...keys: readonly string[]): SimMessage[] {
  return keys.map((key, index) => ({
    ts: `${index}.1`,
    channel: CHANNEL,
    user: 'U0BOT',
    text: 'Restore R-5 is complete. *Status:* done',
    blocks: [],
    metadata: { event_type: 'x', event_payload: { restore_id: 'R-5', key } },
  }));
}

const ALL = ['card', `head:${CHANNEL}`, `planned:${CHANNEL}`, `outcome:${CHANNEL}`, 'ended:U1'];
const without = (missing: string) => said(...ALL.filter((key) => key !== missing));
const judged = (record: RecordSeen, messages: readonly SimMessage[]) =>
  judgeMessages(record, messages).map(({ words }) => words);

it('finds nothing wrong where all was said once', () => {
  expect(judged(completed(3), said(...ALL))).toEqual([]);
});

it('misses a first notice, but not of a restore that waited for Slack for two minutes before it began', () => {
  const planned = `planned:${CHANNEL}`;
  expect(judged(completed(119), without(planned))).toEqual([`${planned} never reached Slack`]);
  expect(judged(completed(120), without(planned))).toEqual([]);
  expect(judged(completed(600, 'Aura is away.'), without(planned))).toEqual([`${planned} never reached Slack`]);
});

it.each([`outcome:${CHANNEL}`, 'ended:U1', 'card'])('misses %s however long Slack was away', (key) => {
  expect(judged(completed(600), without(key))).toEqual([`${key} never reached Slack`]);
});

it('sees what stands twice', () => {
  const twice = [...said(...ALL), ...said(`outcome:${CHANNEL}`)];
  expect(judged(completed(3), twice)).toContain(`outcome:${CHANNEL} stands 2 times in Slack`);
});

it('misses the outcome of what was stopped wherever its start was told of, by a head message alone too', () => {
  const stopped = { ...completed(3), state: { status: 'cancelled' } };
  const words = (...keys: readonly string[]) =>
    said('card', 'ended:U1', ...keys).map((one) => ({ ...one, text: 'Cancelled. *Status:* called off' }));
  expect(judged(stopped, words())).toEqual([]);
  for (const key of [`head:${CHANNEL}`, `planned:${CHANNEL}`, `planned:${CHANNEL}:1`]) {
    expect(judged(stopped, words(key))).toEqual([`outcome:${CHANNEL} never reached Slack`]);
    expect(judged(stopped, words(key, `outcome:${CHANNEL}`))).toEqual([]);
  }
});
