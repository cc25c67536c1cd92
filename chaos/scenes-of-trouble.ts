import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import type { SimMessage } from '../playground/slack/workspace.ts';
import { agree, ask, during, recordOf, type Scene, seeThrough, until } from './acts.ts';
import { endOfDay, entriesOf, hourPasses, isDayAnchored, isOver } from './records.ts';
import { NOTICE_CHANNELS } from './rules-of-arena.ts';
import { keyOf, restoreOf, soon } from './sim-messages.ts';

const DAILY_ANCHOR_WITHIN_MS = 30_000;
/** A minute from the start, and the wait for that. */
const PROMISED_WITHIN_MS = 120_000;
const RESUMED_WITHIN_MS = 10_000;
/** Nobody can look for what was posted without an answer, for so long and so many looks. */
const IN_DOUBT_FOR_MS = 5_000;
const MOST_LOOKS = 100;

/** What the world does to a restore: answers that are lost, a busy Aura, time that passes. */
export const SCENES_OF_TROUBLE = {
  "the restore's answer is lost": async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.aura.faults.add({
      kind: 'reset',
      route: 'restore',
      when: 'after',
      times: 1,
      instance: setting.instance.auraId,
    });
    await agree(setting);
    await seeThrough(setting);
  },
  'the restore call is lost on its way': async (setting) => {
    if (!(await ask(setting))) return;
    // Nobody can know that it was not carried out: somebody is asked.
    setting.arena.aura.faults.add({
      kind: 'reset',
      route: 'restore',
      when: 'before',
      times: 1,
      instance: setting.instance.auraId,
    });
    await agree(setting);
    await seeThrough(setting);
  },
  "the safety snapshot's answer is lost": async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.aura.faults.add({
      kind: 'reset',
      route: 'take-snapshot',
      when: 'after',
      times: 1,
      instance: setting.instance.auraId,
    });
    await agree(setting);
    await seeThrough(setting);
  },
  'the monitoring refuses at first': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, arena } = setting;
    const left = { silence: 2, resume: 2 };
    const refusal = arena.monitoring.answer(({ restore, action }) => {
      if (restore !== cast.restoreId(mark) || left[action] === 0) return undefined;
      left[action] -= 1;
      return { status: 503 };
    });
    await agree(setting);
    await seeThrough(setting);
    await soon(RESUMED_WITHIN_MS, () => left.resume === 0 || undefined);
    refusal.undo();
  },
  'a promised word falls due': async (setting) => {
    if (!(await ask(setting))) return;
    const { aura } = setting.arena;
    const instance = setting.instance.auraId;
    aura.faults.add({ kind: 'restore-ends', as: 'never', times: 1, instance });
    await agree(setting);
    await soon(PROMISED_WITHIN_MS, async () => {
      const record = await recordOf(setting);
      return record === undefined || isOver(record) || entriesOf(record, 'update-due').length > 0 || undefined;
    });
    aura.instances.settle(instance, 'running');
    await seeThrough(setting);
  },
  'Aura refuses the restore': async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.aura.faults.add({ kind: 'status', route: 'restore', status: 400, when: 'before', times: 1 });
    await agree(setting);
    await seeThrough(setting);
  },
  'Aura takes the restore and still says running': async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.aura.faults.add({ kind: 'show-status', route: 'restore', status: 'running', times: 1 });
    await agree(setting);
    await seeThrough(setting);
  },
  'another operation is in the way': async (setting) => {
    if (!(await ask(setting))) return;
    await during(setting, 'updating', async () => {
      await agree(setting);
      await until(setting, 'stall-noticed');
    });
    await seeThrough(setting);
  },
  'agreed to too late': async (setting) => {
    if (!(await ask(setting))) return;
    await during(setting, 'updating', async () => {
      await setting.cast.approve(setting.approver, setting.mark);
      await setting.cast.approve(setting.other, setting.mark);
      await until(setting, 'approval-lapsed');
    });
    await seeThrough(setting);
  },
  'running, and once more not': async (setting) => {
    if (!(await ask(setting))) return;
    await agree(setting);
    await until(setting, 'running-seen');
    await during(setting, 'updating', () => until(setting, 'running-lost'));
    await seeThrough(setting);
  },
  'Aura refuses tokens and asks to slow down': async (setting) => {
    if (!(await ask(setting))) return;
    const { aura } = setting.arena;
    await hourPasses(setting.arena.redis.outside);
    aura.revokeAllTokens();
    aura.faults.add({ kind: 'status', route: 'get-instance', status: 429, when: 'before', times: 1 });
    await agree(setting);
    await seeThrough(setting);
  },
  'a day ends': async (setting) => {
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
    const { outside } = setting.arena.redis;
    await endOfDay(outside);
    const deadline = Date.now() + DAILY_ANCHOR_WITHIN_MS;
    while (Date.now() < deadline && !(await isDayAnchored(outside))) await sleep(200);
  },
  'clicks are delivered twice': async (setting) => {
    if (!(await ask(setting))) return;
    const { slack } = setting.arena;
    slack.faults.add({ kind: 'redeliver', times: 4 });
    await setting.cast.approve(setting.requester, setting.mark);
    await agree(setting);
    await seeThrough(setting);
  },
  'the card is deleted': async (setting) => {
    if (!(await ask(setting))) return;
    // One that nobody draws any more stays deleted.
    if ((await recordOf(setting))?.state.status === 'awaiting-approval') setting.cast.deleteCard(setting.mark);
    await seeThrough(setting);
  },
  'a reminder is answered by silence': async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
    await seeThrough(setting);
  },
  'posts are refused for the moment': async (setting) => {
    // Nobody knows whether such a post was made, so the next try looks, and finds nothing.
    const fault = { kind: 'error', method: 'chat.postMessage', error: 'internal_error', times: 2 } as const;
    setting.arena.slack.faults.add(fault);
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'posts are answered by silence': async (setting) => {
    // The card, a head message, and a notice in the thread of one.
    const { faults } = setting.arena.slack;
    faults.add({ kind: 'lose-answer', method: 'chat.postMessage', inThread: false, times: 2 });
    faults.add({ kind: 'lose-answer', method: 'chat.postMessage', inThread: true, times: 1 });
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'cancelled while its first notice is in doubt': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, requester, arena } = setting;
    const { faults } = arena.slack;
    const [channel] = NOTICE_CHANNELS;
    // Slack takes the first notice and does not say so, and nobody can look for it until the restore is cancelled.
    const noLook = { kind: 'status', method: 'conversations.history', when: 'before', status: 503 } as const;
    faults.add({ ...noLook, times: MOST_LOOKS }, IN_DOUBT_FOR_MS);
    faults.add(
      { kind: 'lose-answer', method: 'chat.postMessage', inThread: false, channel, times: 1 },
      IN_DOUBT_FOR_MS,
    );
    await agree(setting);
    const isTold = (message: SimMessage) =>
      restoreOf(message) === cast.restoreId(mark) && keyOf(message) === `head:${channel}`;
    await soon(IN_DOUBT_FOR_MS, () => arena.slack.messages(channel).find(isTold));
    await cast.click(requester, mark, 'cancel', ACTION.cancel);
    await seeThrough(setting);
  },
  'another world than agreed to': async (setting) => {
    if (!(await ask(setting))) return;
    await during(setting, 'paused', async () => {
      await agree(setting);
      await until(setting, 'drifted');
    });
    await seeThrough(setting);
  },
} as const satisfies Record<string, Scene>;
