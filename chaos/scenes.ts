import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import type { Arena, ArenaInstance } from './arena.ts';
import type { Cast } from './cast.ts';
import { endOfDay, hourPasses, isDayAnchored, isOver, type RecordSeen, readRecord } from './records.ts';

/** Who plays a scene, and where. */
export interface Setting {
  readonly arena: Arena;
  readonly cast: Cast;
  readonly instance: ArenaInstance;
  readonly requester: string;
  readonly approver: string;
  readonly other: string;
  /** Recognises the restore in texts. */
  readonly mark: string;
}

export type Scene = (setting: Setting) => Promise<void>;

/** The longest a scene may take before its people go home; what is open then is stuck. */
const LONGEST_SCENE_MS = 60_000;
const LOOK_EVERY_MS = 60;
/** With every place armed where a click passes through, each try may end in another death. */
const MOST_TRIES = 16;
const DAILY_ANCHOR_WITHIN_MS = 30_000;

async function recordOf({ arena, mark, cast }: Setting): Promise<RecordSeen | undefined> {
  const id = cast.restoreId(mark);
  return id === undefined ? undefined : readRecord(arena.redis.outside, id);
}

/** Confirms until the record has moved on: who is not answered looks at the card and tries again. */
async function confirm(setting: Setting, who: string): Promise<void> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    if ((await setting.cast.approve(who, setting.mark)) !== 'unanswered') return;
    const record = await recordOf(setting);
    if (record && record.state.status !== 'awaiting-approval') return;
  }
}

/** Waits for the end, and answers truly when the bot asks whether a restore ran. */
async function seeThrough(setting: Setting): Promise<void> {
  const { arena, cast, mark, requester } = setting;
  const deadline = Date.now() + LONGEST_SCENE_MS;
  while (Date.now() < deadline) {
    const record = await recordOf(setting);
    if (record && isOver(record)) return;
    if (record?.state.status === 'start-unclear') {
      const from = Date.parse(record.history.find(({ event }) => event === 'restore-intended')?.at ?? '');
      const hasRun = arena.aura
        .calls('restore')
        .some(({ path, applied, at }) => applied && at >= from - 50 && path.includes(record.plan.instance.auraId));
      await cast.click(requester, mark, 'judge', hasRun ? ACTION.judgeRan : ACTION.judgeDidNotRun);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function ask({ cast, requester, instance, mark }: Setting): Promise<boolean> {
  return (await cast.request(requester, instance.alias, mark)) !== undefined;
}

/** What can become of a restore; together they reach every place where the bot writes or calls out. */
export const SCENES = {
  'the whole way': async (setting) => {
    if (!(await ask(setting))) return;
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
  'people who may not': async (setting) => {
    if (!(await ask(setting))) return;
    const { arena, cast, mark } = setting;
    await cast.approve(setting.requester, mark);
    await cast.approve(arena.guest, mark);
    await cast.click(setting.approver, mark, 'withdraw', ACTION.withdraw);
    await arena.slack.as(setting.other).openHome();
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
  'several at once': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark } = setting;
    await Promise.all([confirm(setting, setting.approver), cast.approve(setting.other, mark)]);
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
  'asked for twice': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, instance, other, mark } = setting;
    await cast.request(other, instance.alias, `${mark}-again`, 1_000);
    await cast.click(setting.requester, mark, 'withdraw', ACTION.withdraw);
    await stopped(setting);
  },
  denied: async (setting) => {
    if (!(await ask(setting))) return;
    for (let attempt = 0; attempt < 4; attempt++) {
      if ((await setting.cast.deny(setting.approver, setting.mark)) !== 'unanswered') break;
    }
    await stopped(setting);
  },
  withdrawn: async (setting) => {
    if (!(await ask(setting))) return;
    await setting.cast.click(setting.requester, setting.mark, 'withdraw', ACTION.withdraw);
    await stopped(setting);
  },
  'stopped on the way': async (setting) => {
    if (!(await ask(setting))) return;
    await confirm(setting, setting.approver);
    await setting.cast.click(setting.requester, setting.mark, 'cancel', ACTION.cancel);
    await seeThrough(setting);
  },
  'nobody answers': async (setting) => {
    if (await ask(setting)) await seeThrough(setting);
  },
  "the restore's answer is lost": async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.aura.faults.add({
      kind: 'reset',
      route: 'restore',
      when: 'after',
      times: 1,
      instance: setting.instance.auraId,
    });
    await confirm(setting, setting.approver);
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
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
  'Aura refuses tokens and asks to slow down': async (setting) => {
    if (!(await ask(setting))) return;
    const { aura } = setting.arena;
    await hourPasses(setting.arena.redis.outside);
    aura.revokeAllTokens();
    aura.faults.add({ kind: 'status', route: 'get-instance', status: 429, when: 'before', times: 1 });
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
  'a day ends': async (setting) => {
    if (!(await ask(setting))) return;
    await confirm(setting, setting.approver);
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
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
  'the card is deleted': async (setting) => {
    if (!(await ask(setting))) return;
    const { messages } = setting.arena.slack.workspace;
    const card = setting.cast.card(setting.mark);
    if (card) messages.splice(messages.indexOf(card), 1);
    await seeThrough(setting);
  },
  'posts are answered by silence': async (setting) => {
    setting.arena.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 2 });
    if (!(await ask(setting))) return;
    await confirm(setting, setting.approver);
    await seeThrough(setting);
  },
} as const satisfies Record<string, Scene>;

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as readonly SceneName[];

/** Scenes that end by a request's expiry need an instance where that comes soon. */
export const HASTY_SCENES: ReadonlySet<SceneName> = new Set(['nobody answers', 'the card is deleted']);

/** A request that was to be stopped, and was not because nobody answered, is withdrawn until it is over. */
async function stopped(setting: Setting): Promise<void> {
  const deadline = Date.now() + LONGEST_SCENE_MS;
  while (Date.now() < deadline) {
    const record = await recordOf(setting);
    if (record && isOver(record)) return;
    await sleep(1_000);
    const again = await recordOf(setting);
    if (again?.state.status === 'awaiting-approval')
      await setting.cast.click(setting.requester, setting.mark, 'withdraw', ACTION.withdraw);
  }
}
