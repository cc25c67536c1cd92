import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../messages/action-ids.ts';
import type { Arena, ArenaInstance } from './arena.ts';
import type { Cast } from './cast.ts';
import type { Change } from './changes.ts';
import { handOverAndBack } from './hand-over.ts';
import { endOfDay, entriesOf, hourPasses, isDayAnchored, isOver, type RecordSeen, readRecord } from './records.ts';
import { wordsOf } from './sim-messages.ts';

/** Who plays a scene, and where. */
export interface Setting {
  readonly arena: Arena;
  readonly cast: Cast;
  readonly instance: ArenaInstance;
  readonly requester: string;
  readonly approver: string;
  readonly other: string;
  /** What the requester changes, in a scene where they do. */
  readonly change: Change;
  /** Recognises the restore in texts. */
  readonly mark: string;
}

export type Scene = (setting: Setting) => Promise<void>;

const LOOK_EVERY_MS = 60;
/** Between two tries of people whose votes did not decide. */
const ASKED_AGAIN_MS = 500;
/** How long the world stays another than agreed to, when the bot does not notice. */
const NOTICED_WITHIN_MS = 15_000;
/** With every place armed where a click passes through, each try may end in another death. */
const MOST_TRIES = 16;
const FEW_TRIES = 4;
const DAILY_ANCHOR_WITHIN_MS = 30_000;

async function recordOf({
  arena,
  mark,
  cast,
}: Pick<Setting, 'arena' | 'cast' | 'mark'>): Promise<RecordSeen | undefined> {
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

/** Everybody who is needed confirms, again where it came to nothing, until the record has moved on. */
async function agree(setting: Setting): Promise<void> {
  const needed = setting.instance.needsTwo ? [setting.approver, setting.other] : [setting.approver];
  for (const who of needed) await confirm(setting, who);
}

/** The first who is needed agrees on a condition, again where nobody answers. */
async function agreeIf({ cast, approver, mark }: Setting): Promise<void> {
  for (let attempt = 0; attempt < FEW_TRIES; attempt++) {
    if ((await cast.approveIf(approver, mark)) !== 'unanswered') return;
  }
}

/** The requester settles a condition, again where nobody answers, until the card has none. */
async function settle(setting: Setting, how: keyof typeof SETTLING): Promise<void> {
  const { cast, requester, mark } = setting;
  for (let attempt = 0; attempt < FEW_TRIES; attempt++) {
    await cast.click(requester, mark, how, SETTLING[how]);
    if (!hasButton(setting, SETTLING[how])) return;
  }
}

function hasButton({ cast, mark }: Setting, action: string): boolean {
  const card = cast.card(mark);
  return card !== undefined && wordsOf(card).includes(`"${action}"`);
}

const SETTLING = { accept: ACTION.acceptProviso, decline: ACTION.declineProviso } as const;

/** Waits for the end, and answers truly when the bot asks whether a restore ran; who is asked anew agrees anew. */
export async function seeThrough(setting: Setting): Promise<void> {
  const { arena, cast, mark, requester } = setting;
  const deadline = Date.now() + setting.arena.patienceMs.scene;
  while (Date.now() < deadline) {
    const record = await recordOf(setting);
    if (record && isOver(record)) return;
    if (record?.state.status === 'awaiting-approval' && !setting.instance.isHasty) {
      if (hasButton(setting, ACTION.acceptProviso)) await settle(setting, 'accept');
      await agree(setting);
      await sleep(ASKED_AGAIN_MS);
    }
    if (record?.state.status === 'approved' && hasButton(setting, ACTION.answer)) {
      await cast.answer(setting.approver, mark);
    }
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
    await agree(setting);
    await seeThrough(setting);
  },
  'people who may not': async (setting) => {
    if (!(await ask(setting))) return;
    const { arena, cast, mark } = setting;
    await cast.approve(setting.requester, mark);
    await cast.approve(arena.guest, mark);
    await cast.click(setting.approver, mark, 'withdraw', ACTION.withdraw);
    await arena.slack.as(setting.other).openHome();
    await agree(setting);
    await seeThrough(setting);
  },
  'a place is handed over and back': async (setting) => {
    await handOverAndBack(setting.arena, ...setting.instance.deputies);
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'a condition is accepted': async (setting) => {
    if (!(await ask(setting))) return;
    await agreeIf(setting);
    await settle(setting, 'accept');
    await agree(setting);
    await seeThrough(setting);
  },
  'a condition is declined': async (setting) => {
    if (!(await ask(setting))) return;
    await agreeIf(setting);
    await settle(setting, 'decline');
    await agree(setting);
    await seeThrough(setting);
  },
  'a stakeholder objects': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver } = setting;
    const [reader, objector] = setting.instance.deputies;
    await during(setting, 'updating', async () => {
      await agree(setting);
      await cast.click(reader, mark, 'acknowledge', ACTION.acknowledge);
      await cast.object(objector, mark);
    });
    await cast.answer(approver, mark);
    await seeThrough(setting);
  },
  'people are nudged': async (setting) => {
    if (!(await ask(setting))) return;
    await setting.cast.click(setting.requester, setting.mark, 'nudge', ACTION.nudge);
    await agree(setting);
    await seeThrough(setting);
  },
  'several at once': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark } = setting;
    await Promise.all([confirm(setting, setting.approver), cast.approve(setting.other, mark)]);
    await agree(setting);
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
    await agree(setting);
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
    const { messages } = setting.arena.slack.workspace;
    const card = setting.cast.card(setting.mark);
    if (card) messages.splice(messages.indexOf(card), 1);
    await seeThrough(setting);
  },
  'a reminder is answered by silence': async (setting) => {
    if (!(await ask(setting))) return;
    setting.arena.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 1 });
    await seeThrough(setting);
  },
  'posts are answered by silence': async (setting) => {
    // The card, a head message, and the notice in its thread.
    setting.arena.slack.faults.add({ kind: 'lose-answer', method: 'chat.postMessage', times: 3 });
    if (!(await ask(setting))) return;
    await agree(setting);
    await seeThrough(setting);
  },
  'changed while people vote': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver, requester, other, change } = setting;
    await cast.edit(approver, mark, change);
    await confirm(setting, approver);
    const editing = cast.edit(requester, mark, change);
    // Their form is open before the change and is submitted after it.
    await Promise.all([editing, cast.approveLate(other, mark, () => editing)]);
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
  'second thoughts': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver, other } = setting;
    await cast.click(approver, mark, 'look', ACTION.look);
    await cast.click(other, mark, 'look', ACTION.look);
    await cast.approveWrongly(approver, mark);
    await confirm(setting, approver);
    await cast.click(approver, mark, 'take-back', ACTION.takeBack);
    await cast.click(other, mark, 'take-back', ACTION.takeBack);
    await seeThrough(setting);
  },
  'double clicks by several': async (setting) => {
    if (!(await ask(setting))) return;
    const { cast, mark, approver, other } = setting;
    await Promise.all([cast.approveTwice(approver, mark), cast.approveTwice(other, mark)]);
    await seeThrough(setting);
  },
  'one agrees and one says no': async (setting) => {
    if (!(await ask(setting))) return;
    await confirm(setting, setting.approver);
    await setting.cast.deny(setting.other, setting.mark);
    await stopped(setting);
  },
} as const satisfies Record<string, Scene>;

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as readonly SceneName[];

/** Scenes in which a vote must be able to stand without deciding. */
export const SCENES_FOR_TWO: ReadonlySet<SceneName> = new Set([
  'changed while people vote',
  'second thoughts',
  'one agrees and one says no',
]);

/** Scenes that end by a request's expiry need an instance where that comes soon. */
export const HASTY_SCENES: ReadonlySet<SceneName> = new Set([
  'nobody answers',
  'the card is deleted',
  'a reminder is answered by silence',
  'agreed to too late',
]);

/** Waits until the bot has noticed this, or it no longer matters. */
export async function until(setting: Pick<Setting, 'arena' | 'cast' | 'mark'>, event: string): Promise<void> {
  const deadline = Date.now() + NOTICED_WITHIN_MS;
  while (Date.now() < deadline) {
    const record = await recordOf(setting);
    if (record === undefined || isOver(record) || entriesOf(record, event).length > 0) return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Aura reports the instance so meanwhile, and as running afterwards. */
async function during({ arena, instance }: Setting, status: string, act: () => Promise<void>): Promise<void> {
  arena.aura.instances.settle(instance.auraId, status);
  await act();
  arena.aura.instances.settle(instance.auraId, 'running');
}

/** A request that was to be stopped, and was not because nobody answered, is withdrawn until it is over. */
async function stopped(setting: Setting): Promise<void> {
  const deadline = Date.now() + setting.arena.patienceMs.scene;
  while (Date.now() < deadline) {
    const record = await recordOf(setting);
    if (record && isOver(record)) return;
    await sleep(1_000);
    const again = await recordOf(setting);
    if (again?.state.status === 'awaiting-approval')
      await setting.cast.click(setting.requester, setting.mark, 'withdraw', ACTION.withdraw);
  }
}
